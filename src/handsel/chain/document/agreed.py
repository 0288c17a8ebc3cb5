"""The amounts that a document takes over from the one it is made from, instead of being priced (behaviour 7.1).

Where prices are locked, what was agreed travels as it is: amounts, base amounts, exchange rate, and the settings they
were computed with. Nothing is calculated, so no setting that was changed meanwhile changes a sold price.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from handsel.chain.document.maps import TOTALS
from handsel.chain.document.priced_by import PRICED_BY
from handsel.database.row import ColumnValue, Row
from handsel.engine.conversion import AddedMap, ColumnMap
from handsel.tables.info import table_info

LINE_AMOUNTS = ("baseamount", "extendedamount", "volumediscountamount", "pricingerrorcode")
"""The amounts of a line that pricing computes."""

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


def copies_inputs(header: ColumnMap, lines: ColumnMap, added: AddedMap, added_to_lines: AddedMap) -> bool:
    """Whether the maps leave everything as it is that the amounts of a document follow from."""
    return (
        set(header.same) >= _HEADER_INPUTS
        and set(lines.same) >= _LINE_INPUTS
        and _HEADER_INPUTS.isdisjoint(target for _, target in added.pairs)
        and _LINE_INPUTS.isdisjoint(target for _, target in added_to_lines.pairs)
    )


def is_priced(source: Row, given: Mapping[str, object]) -> bool:
    """Whether a source has amounts to take over, and the target gets no other values that amounts follow from."""
    return source.get("totalamount") is not None and _HEADER_INPUTS.isdisjoint(given)


def totals(source: Row, target: str) -> dict[str, ColumnValue]:
    """The totals of a source for a new document of the table `target`."""
    columns = table_info(target).columns
    return {name: source[name] for name in TOTALS if source.get(name) is not None and name in columns}


def agreed(source: Row, target: str) -> dict[str, ColumnValue]:
    """What goes with amounts that are taken over as they are: base amounts, exchange rate, settings of pricing."""
    return {name: source[name] for name in _along(source.table, target) if source.get(name) is not None}


@functools.cache
def _along(source: str, target: str) -> tuple[str, ...]:
    here, there = table_info(source).columns, table_info(target).columns
    bases = (column.base_column for column in there.values() if column.base_column is not None)
    return tuple(name for name in (*bases, "exchangerate", *PRICED_BY) if name in here and name in there)
