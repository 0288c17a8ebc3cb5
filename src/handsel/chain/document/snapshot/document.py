"""A document as it was when it was read: header, lines and totals with all names they need, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handsel.chain.document.expiry import expired_on
from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.chain.document.snapshot.lines import LineSnapshot, line_snapshots
from handsel.chain.document.snapshot.row import RowSnapshot, named_fields, row_snapshot
from handsel.database.row import Reference, Row
from handsel.engine.work import Work
from handsel.errors import not_found
from handsel.query.formatting.amounts import CurrencyFormat
from handsel.query.formatting.formatter import CURRENCY_COLUMN, Formatter
from handsel.tables.info import TableInfo


@dataclass(frozen=True, slots=True)
class Totals:
    """The steps from the lines to the total of a document. All but `base_total` are in the document's currency.

    `discount_percentage` is of `detail_amount`; `total` is `before_freight` plus `freight` and `tax`. `base_total` is
    the same amount in the base currency; one unit of it costs `exchange_rate`.
    """

    detail_amount: Decimal | None
    discount_percentage: Decimal | None
    discount_amount: Decimal | None
    before_freight: Decimal | None
    freight: Decimal | None
    tax: Decimal | None
    total: Decimal | None
    base_total: Decimal | None
    exchange_rate: Decimal | None

    @property
    def percentage_discount(self) -> Decimal | None:
        """The discount by the percentage alone, as an amount of at most zero; None without a percentage."""
        if not self.discount_percentage or self.detail_amount is None or self.before_freight is None:
            return None
        return self.before_freight - self.detail_amount + (self.discount_amount or 0)


@dataclass(frozen=True, slots=True)
class DocumentSnapshot:
    """A document with its lines. `header` has every column; `price_precision` is the decimals of prices per unit.

    `expired_on` is the last day of a document that still waits to be accepted, if it has passed.
    """

    kind: DocumentKind
    header: RowSnapshot
    lines: tuple[LineSnapshot, ...]
    totals: Totals
    currency: CurrencyFormat
    base_currency: CurrencyFormat
    is_in_base_currency: bool
    price_precision: int
    expired_on: date | None

    @property
    def reference(self) -> Reference:
        """The document as a lookup value."""
        return self.header.reference

    @property
    def title(self) -> str:
        """`Quote QUO-01000-A1B2C3, revision 1`; an opportunity by its name."""
        number = self.header.get(self.kind.number) or self.header.id
        revision = self.header.get("revisionnumber")
        return f"{self.header.info.label} {number}" + (f", revision {revision}" if revision else "")

    @property
    def state(self) -> str:
        """State and status reason, and what they do not tell: `Active (In Progress), expired 2026-03-31`."""
        total = self.totals.total
        credit = ["credit"] if self.kind.is_claim and total is not None and total < 0 else []
        return ", ".join([state_text(self.header.info, self.header), *expired_text(self.expired_on), *credit])


def state_text(info: TableInfo, row: Mapping[str, int]) -> str:
    """State and status reason as text; only the state where both are equal."""
    state = info.columns["statecode"].labels.get(row["statecode"], str(row["statecode"]))
    status = info.columns["statuscode"].labels.get(row.get("statuscode") or 0, "")
    return f"{state} ({status})" if status and status != state else state


def expired_text(day: date | None) -> list[str]:
    """That a document has expired, as a remark after its state; nothing where it has not."""
    return [] if day is None else [f"expired {day.isoformat()}"]


def take_snapshot(work: Work, document: Reference) -> DocumentSnapshot:
    """Read a document as far as the acting user may see it. Raises NotFound when it is deleted or may not be seen."""
    kind, info, line_info = kind_of(document.table), work.info(document.table), work.info(kind_of(document.table).lines)
    found = work.as_user.load(kind.table, [document.id]).get(document.id)
    if found is None:
        raise not_found(document.table, document.id)
    header = work.shown(found)
    order = ("lineitemnumber", line_info.primary_key)
    lines = [
        work.shown(line)
        for line in work.as_user.children(kind.lines, kind.parent, [document.id], order=order)[document.id]
    ]
    settings = work.organization.settings
    formatter = Formatter(work.as_user.load, work.as_system.load, settings)
    fields, line_fields = named_fields(info), named_fields(line_info)
    formatter.prefetch(fields, [header])
    formatter.prefetch(line_fields, lines)
    return DocumentSnapshot(
        kind=kind,
        header=row_snapshot(info, header, fields, formatter),
        lines=line_snapshots(row_snapshot(line_info, line, line_fields, formatter) for line in lines),
        totals=_totals(header),
        currency=formatter.currency(header.get(CURRENCY_COLUMN)),
        base_currency=CurrencyFormat(
            formatter.currency(formatter.base_currency).code,
            settings.get("basecurrencysymbol") or "",
            settings.get("basecurrencyprecision") or 0,
        ),
        is_in_base_currency=header.get(CURRENCY_COLUMN) == formatter.base_currency,
        price_precision=_price_precision(settings),
        expired_on=expired_on(kind, header, work.now.date()),
    )


def _price_precision(settings: Mapping[str, Any]) -> int:
    precision = settings.get("pricingdecimalprecision")
    return 2 if precision is None else int(precision)


def _totals(header: Row) -> Totals:
    return Totals(
        detail_amount=header.get("totallineitemamount"),
        discount_percentage=header.get("discountpercentage"),
        discount_amount=header.get("discountamount"),
        before_freight=header.get("totalamountlessfreight"),
        freight=header.get("freightamount"),
        tax=header.get("totaltax"),
        total=header.get("totalamount"),
        base_total=header.get("totalamount_base"),
        exchange_rate=header.get("exchangerate"),
    )
