"""Rows that a user saw at some row version and does not see any more: deleted ones, and those that left their sight.

What a row was follows from what it is, or was last, and from the audit of its changes since. It is asked only while the
user's rights are as they were then (`engine.sight`), so a row that was never seen is not among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from handsel.database.statements import mark, run
from handsel.database.storage import from_json
from handsel.engine.access import ReadAs
from handsel.engine.reading import fetch
from handsel.engine.rights.privileges import RowsBy, coverage_of
from handsel.engine.rights.sharing import above
from handsel.engine.sight import Sight, counting
from handsel.tables.info import table_info

Seen = Sequence[Sequence[Sight]]


class Departure(NamedTuple):
    """A row that is not seen any more, and whether it is gone for everybody."""

    id: UUID
    is_deleted: bool


class _Past:
    """What the audit says of rows of some tables since a version: values they had before, and rows that are gone."""

    def __init__(self, tables: Iterable[str], version: int) -> None:
        self.before: dict[str, dict[UUID, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
        self.gone: dict[str, dict[UUID, dict[str, Any]]] = defaultdict(dict)
        wanted = frozenset(tables)
        for (text,) in run(*_entries(wanted, version)):
            for each in from_json(text):
                table, id = each["table"], UUID(each["id"])
                if table not in wanted:
                    continue
                if each["action"] == "delete":
                    self.gone[table][id] = {name: _id(value) for name, value in each["values"].items()}
                for column, (old, _new) in each.get("changed", {}).items():
                    self.before[table][id].setdefault(column, _id(old))


def departures(table: str, version: int, seen: Seen) -> list[Departure]:
    """The rows of a table that were seen at a version and are not seen any more, in the order of their ids."""
    past = _Past((table, *counting(table)), version)
    found = {id: Departure(id, id in past.gone[table]) for id in _left(table, past, seen)}
    return [found[id] for id in sorted(found)]


def is_told_since(version: int) -> bool:
    """Whether the audit still tells what was done since a version: nothing of it was deleted after that."""
    return not run(
        f"SELECT 1 FROM hs_audit WHERE versionnumber > {mark()} AND action = 'erase' LIMIT 1",
        (version,),
    )


def made_since(tables: Iterable[str], version: int) -> frozenset[UUID]:
    """The rows of some tables that were made after a version."""
    listed = sorted(set(tables))
    if not listed:
        return frozenset()
    found = run(
        f"SELECT objectid FROM hs_audit WHERE versionnumber > {mark()} AND action = 'create' AND objecttypecode IN "
        f"({', '.join([mark()] * len(listed))})",
        (version, *listed),
    )
    return frozenset(id if isinstance(id, UUID) else UUID(id) for (id,) in found)


def _left(table: str, past: _Past, seen: Seen) -> set[UUID]:
    """The ids of rows that were seen and are not any more."""
    covered = coverage_of(table)
    if covered.rows_by is RowsBy.PARENT:
        return _left_with_parents(table, past, seen)
    before = {**past.before[table], **past.gone[table]}
    info = table_info(table)
    there = {row.id: row for row in fetch(table, info.primary_key, sorted(before), read_as=ReadAs.SYSTEM)}
    still = {row.id for row in fetch(table, info.primary_key, sorted(before), read_as=ReadAs.USER)}
    return {id for id in before if id not in still and _was_seen(table, id, there.get(id), past, seen)}


def _was_seen(table: str, id: UUID, row: Mapping[str, Any] | None, past: _Past, seen: Seen) -> bool:
    values = {**(row or past.gone[table].get(id, {})), **past.before[table].get(id, {})}
    return all(any(sight.table == table and sight.covers(id, values) for sight in sights) for sights in seen)


def _left_with_parents(table: str, past: _Past, seen: Seen) -> set[UUID]:
    """Parts of rows that left, and parts that were deleted from rows that were seen."""
    info, found = table_info(table), set[UUID]()
    for lookup in coverage_of(table).parents:
        for parent in info.columns[lookup].targets:
            column = info.columns[lookup].split.get(parent, lookup)
            left = _left(parent, past, seen)
            found |= {row.id for row in fetch(table, column, sorted(left), read_as=ReadAs.SYSTEM)}
            of = {id: values[column] for id, values in past.gone[table].items() if values.get(column) is not None}
            key = table_info(parent).primary_key
            kept = {row.id for row in fetch(parent, key, sorted(set(of.values())), read_as=ReadAs.USER)}
            found |= {id for id, owner in of.items() if owner in left or owner in kept}
    still = {row.id for row in fetch(table, info.primary_key, sorted(found), read_as=ReadAs.USER)}
    return found - still


def _entries(tables: frozenset[str], version: int) -> tuple[str, list[object]]:
    """The audit entries that may say how rows came out of sight, oldest first."""
    columns = {"ownerid", "owningbusinessunit"}
    for table in tables:
        covered = coverage_of(table)
        columns |= {covered.unit} if covered.unit else set()
        columns |= {name for each in above(table) for name in (each.column, each.type_column) if name}
    patterns = ['%"action":"delete"%', *(f'%"{column}":[%' for column in sorted(columns))]
    named = [f'%"table":"{table}"%' for table in sorted(tables)]  # a part is audited under the row it belongs to
    tests = (" OR ".join([f"changes LIKE {mark()}"] * len(each)) for each in (named, patterns))
    both = " AND ".join(f"({test})" for test in tests)
    return (
        f"SELECT changes FROM hs_audit WHERE versionnumber > {mark()} AND {both} ORDER BY versionnumber, hs_auditid",
        [version, *named, *patterns],
    )


def _id(value: Any) -> Any:
    """A value as the audit keeps it, with an id as such."""
    try:
        return UUID(value) if isinstance(value, str) and len(value) == _LENGTH else value
    except ValueError:
        return value


_LENGTH = len(str(UUID(int=0)))
