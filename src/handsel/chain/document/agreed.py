"""The amounts that a document takes over from the one it is made from, instead of being priced (behaviour 7.1).

Where prices are locked, what was agreed travels as it is: amounts, base amounts, exchange rate, and the settings they
were computed with. Nothing is calculated, so no setting that was changed meanwhile changes a sold price. Amounts that a
client or the organization's own code wrote travel always (pricing 9.4).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from handsel.chain.document.kinds import kind_of
from handsel.chain.document.maps import TOTALS
from handsel.chain.document.price_authority import is_system_priced
from handsel.chain.document.priced_by import PRICED_BY, pricing_settings
from handsel.database.row import ColumnValue, Row
from handsel.engine.added_maps import added_map
from handsel.engine.conversion import ColumnMap
from handsel.engine.work import Work
from handsel.money.rounding import at_scale
from handsel.pricing.request import PricingSettings
from handsel.tables.facts import PrecisionSource
from handsel.tables.info import table_info

_LINE_AMOUNTS = ("baseamount", "extendedamount", "volumediscountamount", "pricingerrorcode")
"""What pricing computes on a line, besides the price that its map copies."""

_HEADER_INPUTS = frozenset(("discountamount", "discountpercentage", "freightamount", "transactioncurrencyid"))
_LINE_INPUTS = frozenset(
    (
        "productid",
        "uomid",
        "quantity",
        "priceperunit",
        "manualdiscountamount",
        "tax",
        "isproductoverridden",
        "ispriceoverridden",
        "producttypecode",
    )
)
"""What the amounts follow from: they can be taken over where the maps copy all of these as they are."""


class TakenAmounts:
    """The amounts that the new documents of one conversion take over from their sources."""

    def __init__(self, work: Work, header: ColumnMap, lines: ColumnMap) -> None:
        self._work = work
        self._header, self._lines = header, lines
        self._price_lock = kind_of(header.target).price_lock
        self._is_sent = not is_system_priced(work, header.target)
        self._settled: dict[UUID, PricingSettings] = {}
        self._copies_inputs = self._leaves_alone(header, _HEADER_INPUTS) and self._leaves_alone(lines, _LINE_INPUTS)

    def _leaves_alone(self, column_map: ColumnMap, inputs: frozenset[str]) -> bool:
        added = added_map(self._work.context, self._work.organization, column_map.source, column_map.target)
        return inputs <= set(column_map.same) and inputs.isdisjoint(target for _, target in added.pairs)

    def is_settled(self, source: Row) -> bool:
        """Whether the document that is made from this source needs no calculation."""
        return source.id in self._settled

    def add_to_header(self, source: Row, values: dict[str, ColumnValue], given: Mapping[str, object]) -> None:
        """Complete the values of a new header; `given` are those that do not come from its source.

        A source that nobody priced has nothing to take over: what is made from it is priced.
        """
        is_settled = (
            self._copies_inputs
            and bool(values.get(self._price_lock))
            and source.get("totalamount") is not None
            and _HEADER_INPUTS.isdisjoint(given)
        )
        table = self._header.target
        if is_settled or self._is_sent:
            columns = table_info(table).columns
            values.update({name: source.get(name) for name in TOTALS if name in columns})
        if is_settled:
            currency = self._work.as_system.row("transactioncurrency", source.get("transactioncurrencyid"))
            settings = self._work.organization.settings
            self._settled[source.id] = used = pricing_settings(settings, currency, source, as_agreed=True)
            _take_along(source, values, table, used)

    def add_to_line(self, source: Row, line: Row, values: dict[str, ColumnValue], *, is_locked: bool) -> None:
        """Complete the values of a line that is copied with its document; `is_locked` says whether prices stay."""
        if is_locked or self._is_sent:
            values.update({name: line.get(name) for name in _LINE_AMOUNTS})
        used = self._settled.get(source.id)
        if used is not None:
            _take_along(line, values, self._lines.target, used)


def _take_along(source: Row, values: dict[str, ColumnValue], table: str, used: PricingSettings) -> None:
    """Base amounts, exchange rate and settings; amounts without the further zeros they are stored with."""
    for name in _along(source.table, table):
        values[name] = source.get(name)
    for name, is_price in _amounts(table):
        value = values.get(name)
        if isinstance(value, Decimal):
            values[name] = at_scale(value, used.price_precision if is_price else used.currency.precision)


@functools.cache
def _amounts(table: str) -> tuple[tuple[str, bool], ...]:
    info = table_info(table)
    return tuple((name, info.columns[name].precision_source is PrecisionSource.PRICING) for name in info.money_columns)


@functools.cache
def _along(source: str, target: str) -> tuple[str, ...]:
    here, there = table_info(source).columns, table_info(target).columns
    bases = (column.base_column for column in there.values() if column.base_column is not None)
    return tuple(name for name in (*bases, "exchangerate", *PRICED_BY) if name in here and name in there)
