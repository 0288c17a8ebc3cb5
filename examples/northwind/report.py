"""The content of the database after the import, compared with the files."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from files import Order

import handsel

LINES = {
    "opportunity": "opportunityproduct",
    "quote": "quotedetail",
    "salesorder": "salesorderdetail",
    "invoice": "invoicedetail",
}
"""Document types, upstream first, and the tables of their lines."""


@dataclass(slots=True)
class Found:
    """One document type: how many documents, how many lines, all freight, and the total of each document by name."""

    count: int
    lines: int
    freight: Decimal
    totals: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """The sum of all documents."""
        return sum(self.totals.values(), Decimal(0))


def document_name(order: Order) -> str:
    """The name of all four documents of an order."""
    return f"Northwind order {order.number}"


def report(session: handsel.Session, price_list: UUID, orders: Sequence[Order], started: float) -> int:
    """Print totals, what differs, and last a summary as JSON. The result is the exit status."""
    found = {table: stored(session, table, price_list) for table in LINES}
    files = expected(orders)
    print(f"\n{'':14}{'documents':>10}{'lines':>8}{'freight':>14}{'total':>16}")
    for name, part in {**found, "files": files}.items():
        print(f"{name:14}{part.count:>10,}{part.lines:>8,}{part.freight:>14,.2f}{part.total:>16,.2f}")
    differences = [text for table, part in found.items() for text in differing(table, part, files)]
    print(*differences[:10], sep="\n", end="\n" if differences else "")
    print(f"{len(differences)} differences." if differences else "Every document agrees with the files, to the cent.")
    count, seconds = sum(part.count for part in found.values()), time.monotonic() - started
    print(f"{count:,} documents in {seconds:.1f} seconds, {count / seconds:,.0f} a second, set-up included.")
    print(json.dumps(summary(found, seconds)))
    return 1 if differences else 0


def stored(session: handsel.Session, table: str, price_list: UUID) -> Found:
    """The documents of this import, read back; `rows` reads them a page at a time."""
    found = Found(0, 0, Decimal(0), {})
    for row in session.rows(table, f"pricelevelid eq {price_list}"):
        found.count += 1
        found.freight += row["freightamount"]
        found.totals[row["name"]] = row["totalamount"]
    found.lines = session.count(LINES[table], f"{table}id/pricelevelid eq {price_list}")
    return found


def expected(orders: Sequence[Order]) -> Found:
    """The expected totals of each document type, from the files alone, with plain decimal arithmetic."""
    totals: dict[str, Decimal] = {}
    for order in orders:
        total = order.freight
        for line in order.lines:
            amount = line.unit_price * line.quantity
            total += amount - (amount * line.discount).quantize(Decimal("0.01"), ROUND_HALF_UP)
        totals[document_name(order)] = total
    lines = sum(len(order.lines) for order in orders)
    return Found(len(orders), lines, sum((order.freight for order in orders), Decimal(0)), totals)


def differing(table: str, found: Found, files: Found) -> Iterator[str]:
    """The differences between a document type and the files."""
    for what, ours, theirs in (
        ("documents", found.count, files.count),
        ("lines", found.lines, files.lines),
        ("freight", found.freight, files.freight),
    ):
        if ours != theirs:
            yield f"{table}: {what} {ours} instead of {theirs}"
    for name, total in files.totals.items():
        if found.totals.get(name) != total:
            yield f"{table} '{name}': {found.totals.get(name, 'missing')} instead of {total}"


def summary(found: Mapping[str, Found], seconds: float) -> dict[str, int | float | str]:
    """The last line: counts of documents; lines, freight and total of the invoices."""
    invoices = found["invoice"]
    return {
        "opportunities": found["opportunity"].count,
        "lines": invoices.lines,
        "quotes": found["quote"].count,
        "orders": found["salesorder"].count,
        "invoices": invoices.count,
        "freight": f"{invoices.freight:.2f}",
        "total": f"{invoices.total:.2f}",
        "seconds": round(seconds, 1),
    }
