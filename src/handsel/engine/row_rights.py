"""Rights on rows that a round has read: for lines and other parts, those on the row they belong to (security 5.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handsel.database.context import Actor
from handsel.database.row import Reference, Row
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.identity_map import is_new
from handsel.engine.rights.grants import Rights, rights_of
from handsel.engine.rights.privileges import RowsBy, coverage_of
from handsel.engine.row_reader import RowReader
from handsel.tables.info import table_info


def unreached(
    actor: Actor, reader: RowReader, verb: Privilege, rows: Iterable[Row]
) -> list[tuple[Row, Row, Privilege]]:
    """Those of some rows on which the user lacks a right, each with the row that counts and the right it lacks there.

    `reader` is the system's door: what rows belong to has been read with them as a rule, and costs no statement.
    """
    return unreached_with(rights_of(actor), reader, verb, rows)


def unreached_with(
    rights: Rights, reader: RowReader, verb: Privilege, rows: Iterable[Row]
) -> list[tuple[Row, Row, Privilege]]:
    """The same for given rights (see `access.unreached_with`)."""
    found: list[tuple[Row, Row, Privilege]] = []
    asked: dict[tuple[Privilege, str], list[tuple[Row, Row]]] = defaultdict(list)
    for row, deciding, verbs in counting(reader, verb, list(rows)):
        for each in verbs:
            asked[(each, deciding.table)].append((row, deciding))
    for (each, _table), pairs in asked.items():
        beyond = {row.id for row in access.unreached_with(rights, each, {row.id: row for _, row in pairs}.values())}
        found += [(row, deciding, each) for row, deciding in pairs if deciding.id in beyond]
    return found


def deciding(reader: RowReader, row: Row) -> Row:
    """The row whose rights count for a row: for a line its document, for any other the row itself."""
    found = counting(reader, Privilege.READ, [row])
    return found[0][1] if found else row


def counting(reader: RowReader, verb: Privilege, rows: Sequence[Row]) -> list[tuple[Row, Row, tuple[Privilege, ...]]]:
    """Each row, the row whose rights count for it, and the rights that it takes there (`reader` as in `unreached`)."""
    found: list[tuple[Row, Row, tuple[Privilege, ...]]] = []
    upward: list[tuple[Row, Row]] = [(row, row) for row in rows]
    while upward:
        parents: dict[str, dict[Reference, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row, part in upward:
            parent = _parent(part)
            if parent is None:
                found.append((row, part, _verbs(verb, row, part)))
            else:
                parents[parent.table][parent].append(row)
        upward = []
        for table, belonging in parents.items():
            loaded = reader.load(table, [parent.id for parent in belonging])
            upward += [
                (row, loaded[parent.id]) for parent, owned in belonging.items() for row in owned if parent.id in loaded
            ]
    return found


def _verbs(verb: Privilege, row: Row, counting: Row) -> tuple[Privilege, ...]:
    """What it takes on the row that counts: to change a part of it, Write and AppendTo; AppendTo of one just made."""
    if counting is row or verb is Privilege.READ:
        return (verb,)
    return (Privilege.APPEND_TO,) if is_new(counting) else (Privilege.WRITE, Privilege.APPEND_TO)


def _parent(row: Row) -> Reference | None:
    """The row that a row works through, if it has no rights of its own."""
    covered = coverage_of(row.table)
    if covered.rows_by is not RowsBy.PARENT:
        return None
    columns = table_info(row.table).columns
    for lookup in covered.parents:
        column, id = columns[lookup], row.get(lookup)
        if id is not None:
            named = row.get(column.type_column) if column.type_column else None
            split = next((table for table, part in column.split.items() if row.get(part) is not None), None)
            return Reference(named or split or column.targets[0], id)
    return None
