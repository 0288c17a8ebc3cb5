"""The content of the database after the import, compared with the file."""

from __future__ import annotations

import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import handsel

Values = dict[str, Decimal]
"""Amounts by opportunity id of the file."""

VALUE_COLUMNS = {
    "opportunity": "actualvalue",
    "quote": "totalamount",
    "salesorder": "totalamount",
    "invoice": "totalamount",
}
"""Document types, upstream first, and the column with the close value of a won deal."""


def report(session: handsel.Session, price_list: UUID, pipeline: Path, started: float) -> int:
    """Print counts and sums, what differs, and last a summary as JSON. The result is the exit status."""
    stages, expected = file_says(pipeline)
    counts = {
        state: session.count("opportunity", f"statecode eq {value} and pricelevelid eq {price_list}")
        for state, value in (("open", 0), ("won", 1), ("lost", 2))
    }
    found = {table: stored(session, table, price_list) for table in VALUE_COLUMNS}
    print(f"\n{'':14}{'won':>8}{'value':>18}")
    for name, values in {**found, "file": expected}.items():
        print(f"{name:14}{len(values):>8,}{total(values):>18,.2f}")
    differences = [*differing_counts(counts, stages), *differing_values(found, expected)]
    print(*differences[:10], sep="\n", end="\n" if differences else "")
    print(f"{len(differences)} differences." if differences else "Every deal agrees with the file.")
    seconds = time.monotonic() - started
    print(f"{sum(counts.values()) / seconds:,.0f} deals a second, set-up included.")
    print(json.dumps(summary(counts, found, seconds)))
    return 1 if differences else 0


def file_says(pipeline: Path) -> tuple[Counter[str], Values]:
    """How many deals are in each stage, and the close value of each won one, from the file alone."""
    stages: Counter[str] = Counter()
    values: Values = {}
    with pipeline.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            stages[row["deal_stage"]] += 1
            if row["deal_stage"] == "Won":
                values[row["opportunity_id"]] = Decimal(row["close_value"])
    return stages, values


def stored(session: handsel.Session, table: str, price_list: UUID) -> Values:
    """The values of the won deals in one document type, read back a page at a time; a second document adds up."""
    won = " and statecode eq 1" if table == "opportunity" else ""
    values: Values = defaultdict(Decimal)
    for row in session.rows(table, f"pricelevelid eq {price_list}{won}"):
        values[row["name"].partition(" ")[0]] += row[VALUE_COLUMNS[table]]
    return values


def differing_counts(counts: Mapping[str, int], stages: Mapping[str, int]) -> Iterator[str]:
    """Differences in the number of open, won or lost opportunities."""
    for state, inside in (("open", ("Prospecting", "Engaging")), ("won", ("Won",)), ("lost", ("Lost",))):
        wanted = sum(stages[stage] for stage in inside)
        if counts[state] != wanted:
            yield f"{counts[state]} opportunities are {state}, instead of {wanted}"


def differing_values(found: Mapping[str, Values], expected: Values) -> Iterator[str]:
    """Won deals without a document or with another value, and documents of no won deal."""
    for table, values in found.items():
        for deal in sorted(expected.keys() | values.keys()):
            if values.get(deal) != expected.get(deal):
                yield f"{table} of {deal}: {values.get(deal, 'missing')} instead of {expected.get(deal, 'none')}"


def total(values: Values) -> Decimal:
    """The sum of all values."""
    return sum(values.values(), Decimal(0))


def summary(counts: Mapping[str, int], found: Mapping[str, Values], seconds: float) -> dict[str, int | float | str]:
    """The last line: counts, and the values of the won opportunities and of the invoices."""
    return {
        "opportunities": sum(counts.values()),
        **counts,
        "quotes": len(found["quote"]),
        "orders": len(found["salesorder"]),
        "invoices": len(found["invoice"]),
        "won_value": f"{total(found['opportunity']):.2f}",
        "total": f"{total(found['invoice']):.2f}",
        "seconds": round(seconds, 1),
    }
