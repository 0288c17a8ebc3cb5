"""What an organization adds to the declared column maps: its mappings (rows of `attributemap`) and its own columns.

An own column that both tables of a conversion have travels by itself, unless an administrator switched it off or its
values might not fit (behaviour 7). All of it is worked out once for each change of a column or a map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from handsel.database.context import Context
from handsel.engine.conversion import NOTHING_ADDED, AddedMap, all_maps, read_mappings
from handsel.engine.organization import Organization
from handsel.money.amount import HIGHEST_AMOUNT, LOWEST_AMOUNT
from handsel.tables.facts import PrecisionSource
from handsel.tables.info import ColumnInfo, TableInfo

Pair = tuple[str, str]
"""Source and target table."""
Mapped = tuple[str, str, bool]
"""Source column, target column, and whether the mapping is switched off."""


@dataclass(slots=True)
class _Known:
    """What was read under one metadata version, and the maps worked out from it so far."""

    version: int
    rows: Mapping[Pair, list[Mapped]]
    made: dict[Pair, AddedMap] = field(default_factory=dict)


_known: dict[str, _Known] = {}
"""By database."""


def added_map(context: Context, organization: Organization, source: str, target: str) -> AddedMap:
    """What an organization copies from one table to another besides the declared columns.

    Costs a statement only after a column or a map has changed.
    """
    version = organization.settings.get("hs_metadataversion") or 0
    if version == 0:
        return NOTHING_ADDED
    known = _known.get(context.alias)
    if known is None or known.version != version:
        _known[context.alias] = known = _Known(version, rows_by_tables(read_mappings()))
    found = known.made.get((source, target))
    if found is None:
        rows = known.rows.get((source, target), ())
        found = known.made[(source, target)] = made_of(organization.table(source), organization.table(target), rows)
    return found


def rows_by_tables(rows: Iterable[tuple[str, str, str, str, bool | None]]) -> dict[Pair, list[Mapped]]:
    """Rows of `READ_MAPPINGS` by source and target table."""
    grouped: dict[Pair, list[Mapped]] = {}
    for source, target, from_column, to_column, is_off in rows:
        grouped.setdefault((source, target), []).append((from_column, to_column, bool(is_off)))
    return grouped


def made_of(source: TableInfo, target: TableInfo, rows: Iterable[Mapped]) -> AddedMap:
    """The map of two tables with their own columns, and the organization's mappings between them."""
    rows = list(rows)
    switched_off = frozenset(name for _, name, is_off in rows if is_off)
    pairs = tuple((here, there) for here, there, is_off in rows if not is_off)
    taken = {*switched_off, *(there for _, there in pairs)}
    automatic, unfit = [], {}
    for name, column in target.columns.items():
        here = source.columns.get(name)
        if not _is_shared(source, target, here, column) or name in taken:
            continue
        assert here is not None
        reason = None if source.logical_name == target.logical_name else misfit(here, column)
        if reason is None:
            automatic.append(name)
        else:
            unfit[name] = reason
    is_copy = source.logical_name == target.logical_name  # it stays as it is, also if the column has changed since
    copied = (*pairs, *(() if is_copy else ((name, name) for name in automatic)))
    rounded = tuple(there for here, there in copied if _is_rounded(source.columns.get(here), target.columns.get(there)))
    return AddedMap(pairs, tuple(automatic), switched_off, unfit, rounded)


def _is_rounded(source: ColumnInfo | None, target: ColumnInfo | None) -> bool:
    """Whether an amount has to be rounded as if it were written: one with the currency's decimals stays as agreed."""
    if source is None or target is None or target.kind != "Money":
        return False
    return not source.precision_source is target.precision_source is PrecisionSource.CURRENCY


def _is_shared(source: TableInfo, target: TableInfo, here: ColumnInfo | None, there: ColumnInfo) -> bool:
    """Whether a column is an own one of both tables, and a conversion joins them."""
    if here is None or not (here.is_custom and there.is_custom):
        return False
    return any((each.source, each.target) == (source.logical_name, target.logical_name) for each in all_maps())


_TEXTS = ("String", "Memo")


def misfit(source: ColumnInfo, target: ColumnInfo) -> str | None:
    """Why values of one own column may not fit into another; None where each of them does.

    So no conversion is ever refused because of a column that travels by itself.
    """
    if source.kind in _TEXTS and target.kind in _TEXTS:
        return _longer(source, target)
    if source.kind != target.kind:
        return f"{source.kind} does not become {target.kind}"
    if source.kind in ("Integer", "Decimal", "Money"):
        return _wider(source, target) or _finer(source, target)
    if source.kind == "Picklist":
        other = [
            f"{value} {label}"
            for value, label in source.labels.items()
            if target.labels.get(value, "").casefold() != label.casefold()
        ]
        return f"the target has no option {', '.join(other)}" if other else None
    if source.kind == "DateTime" and source.behavior != target.behavior:
        return f"{source.behavior} does not become {target.behavior}"
    if source.is_lookup and not set(source.targets) <= set(target.targets):
        return f"a lookup to {' or '.join(source.targets)} does not become one to {' or '.join(target.targets)}"
    return None


def _longer(source: ColumnInfo, target: ColumnInfo) -> str | None:
    if target.max_length is None or (source.max_length is not None and source.max_length <= target.max_length):
        return None
    return f"a text of {source.max_length or 'any number of'} characters does not fit into {target.max_length}"


_TYPE_LIMITS = {
    "Integer": (Decimal(-(2**31)), Decimal(2**31 - 1)),
    "Money": (LOWEST_AMOUNT, HIGHEST_AMOUNT),
}
"""The limits that a type has by itself."""


def _wider(source: ColumnInfo, target: ColumnInfo) -> str | None:
    (low, high), (lowest, highest) = _limits(source), _limits(target)
    fits_below = lowest is None or (low is not None and low >= lowest)
    fits_above = highest is None or (high is not None and high <= highest)
    if fits_below and fits_above:
        return None
    return f"the range {_limit(low)} to {_limit(high)} does not fit into {_limit(lowest)} to {_limit(highest)}"


def _limits(column: ColumnInfo) -> tuple[Decimal | None, Decimal | None]:
    low, high = _TYPE_LIMITS.get(column.kind, (None, None))
    return (low if column.minimum is None else column.minimum), (high if column.maximum is None else column.maximum)


def _limit(limit: Decimal | None) -> str:
    return "any" if limit is None else f"{limit:f}"


_MOST_DECIMALS = 4  # of an amount (pricing 1.1)


def _finer(source: ColumnInfo, target: ColumnInfo) -> str | None:
    """Amounts by the currency's decimals fit into each other: both rows have the same currency."""
    if target.precision is None or target.precision_source is not PrecisionSource.OWN:
        return None
    follows_currency = source.precision_source is PrecisionSource.CURRENCY
    most = _MOST_DECIMALS if follows_currency or source.precision is None else source.precision
    return f"{most} decimals do not fit into {target.precision}" if most > target.precision else None
