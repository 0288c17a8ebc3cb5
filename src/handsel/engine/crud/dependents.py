"""The rows that refer to rows, and the rows that refer to those, and so on: found set-based, one statement per level.

The number of statements depends on how tables refer to each other, not on the number of rows: what refers to rows of
its own table is found by one recursive statement, however deep it goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from handsel.database.context import current
from handsel.database.row import Reference, Row
from handsel.database.statements import run
from handsel.engine.work import Work
from handsel.tables.referring import Relation

MOST_PARTS = 200
"""How many SELECTs one statement unites; SQLite takes 500."""


class Edge(NamedTuple):
    """One row that refers to another: `child` by `relation` to `parent`."""

    relation: Relation
    child: Reference
    parent: Reference

    def holds(self, row: Row) -> bool:
        """Whether the row, read under its lock, still refers to the parent."""
        return bool(row.get(self.relation.column.logical_name) == self.parent.id)


Asked = Mapping[str, Collection[UUID]]
"""Ids of rows, by table."""


@dataclass(slots=True)
class Dependents:
    """What refers to some rows, directly and over others.

    `followed` holds the rows below each row by the relations that were followed, `noted` what else refers to any of
    the rows; `rows` are the rows themselves, as far as `load` has read them.
    """

    followed: dict[Reference, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    noted: list[Edge] = field(default_factory=list)
    rows: dict[Reference, Row] = field(default_factory=dict)

    def load(self, work: Work, known: Iterable[Row], *, lock: bool = True) -> None:
        """Read and lock the rows that refer to others, one statement per table. `known` are the rows they lead to."""
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for edge in (*(edge for edges in self.followed.values() for edge in edges), *self.noted):
            wanted[edge.child.table].add(edge.child.id)
        for table in sorted(wanted):
            loaded = work.as_system.load(table, wanted[table], lock=lock)
            self.rows.update((row.reference, row) for row in loaded.values())
        self.rows.update((row.reference, row) for row in known)


def dependents(
    work: Work,
    roots: Iterable[Reference],
    follow: Callable[[Relation], bool],
    note: Callable[[Relation], bool] = lambda _relation: False,
) -> Dependents:
    """The rows that refer to `roots` by relations to `follow`, and so on from each of them.

    Of all these rows and the roots, what refers to them by relations to `note` is found as well, but not followed.
    """
    found = Dependents()
    seen: dict[str, set[UUID]] = defaultdict(set)
    level: dict[str, set[UUID]] = defaultdict(set)
    for root in roots:
        level[root.table].add(root.id)
    while level:
        for table in list(level):
            level[table] |= _own_descendants(work, table, level[table], follow)
            level[table] -= seen[table]
            seen[table] |= level[table]
        below: dict[str, set[UUID]] = defaultdict(set)
        for edge in referring(work, level, lambda relation: follow(relation) or note(relation)):
            if follow(edge.relation):
                found.followed[edge.parent].append(edge)
                if edge.child.id not in seen[edge.child.table]:
                    below[edge.child.table].add(edge.child.id)
            else:
                found.noted.append(edge)
        level = below
    return found


def referring(work: Work, asked: Asked, chosen: Callable[[Relation], bool]) -> list[Edge]:
    """The rows that refer to some rows by the chosen relations."""
    parts = [
        (relation, _select(relation, ids, f'"{relation.child_key}", {_value(relation)}'))
        for relation, ids in _asks(work, asked, chosen)
    ]
    return [
        Edge(relation, Reference(relation.child, _id(child)), Reference(relation.parent, _id(parent)))
        for relation, (child, parent) in _united(parts)
    ]


def counted(
    work: Work, asked: Asked, chosen: Callable[[Relation], bool], without: Asked
) -> list[tuple[Relation, Reference, int]]:
    """How many rows refer to each of some rows by the chosen relations, those of `without` left out."""
    parts = []
    for relation, ids in _asks(work, asked, chosen):
        value = _value(relation)
        sql, params = _select(relation, ids, f"{value}, count(*)", without.get(relation.child, ()))
        parts.append((relation, (f"{sql} GROUP BY {value}", params)))
    return [
        (relation, Reference(relation.parent, _id(parent)), int(count)) for relation, (parent, count) in _united(parts)
    ]


class Sample(NamedTuple):
    """A question for some of the rows that refer to one by a relation, those of `without` left out."""

    relation: Relation
    parent: UUID
    without: Collection[UUID]


def samples(asked: Sequence[Sample], most: int) -> list[list[UUID]]:
    """For each question the ids of at most `most` rows, in one statement."""
    parts: list[tuple[int, _Sql]] = []
    for index, (relation, parent, without) in enumerate(asked):
        key = f'"{relation.child_key}"'
        sql, params = _select(relation, [parent], key, without)
        parts.append((index, (f"SELECT {key} FROM ({sql} ORDER BY {key} LIMIT {most}) AS part", params)))
    found: list[list[UUID]] = [[] for _ in asked]
    for index, (id,) in _united(parts):
        found[index].append(_id(id))
    return [sorted(ids) for ids in found]


def _own_descendants(work: Work, table: str, ids: Collection[UUID], follow: Callable[[Relation], bool]) -> Set[UUID]:
    """The rows below some rows by lookups from the table to itself, to any depth."""
    own = [relation for relation, _ids in _asks(work, {table: ids}, follow) if relation.child == table]
    if not own:
        return frozenset()
    dialect, key = current().dialect, own[0].child_key
    steps = " OR ".join(f"({_value(relation)} = below.id{_guard(relation)})" for relation in own)
    first = dialect.any_of(f'"{key}"', dialect.mark)
    found = run(
        f'WITH RECURSIVE below(id) AS (SELECT "{key}" FROM "{table}" WHERE {first} '
        f'UNION SELECT "{key}" FROM "{table}" JOIN below ON {steps}) SELECT id FROM below',
        (dialect.keys(sorted(ids)),),
    )
    return {_id(id) for (id,) in found}


def _asks(work: Work, asked: Asked, chosen: Callable[[Relation], bool]) -> Iterable[tuple[Relation, Collection[UUID]]]:
    for table in sorted(asked):
        for relation in work.organization.relations_to(table) if asked[table] else ():
            if chosen(relation):
                yield relation, asked[table]


_Sql = tuple[str, Sequence[object]]
Part = TypeVar("Part")


def _united(parts: Sequence[tuple[Part, _Sql]]) -> Iterable[tuple[Part, Sequence[Any]]]:
    """The rows that each SELECT finds, each with what it was asked for: as few statements as the databases take."""
    for start in range(0, len(parts), MOST_PARTS):
        some = parts[start : start + MOST_PARTS]
        marked = [sql.replace("SELECT ", f"SELECT {index}, ", 1) for index, (_, (sql, _)) in enumerate(some)]
        for index, *values in run(" UNION ALL ".join(marked), [each for _, (_, params) in some for each in params]):
            yield some[index][0], values


def _select(relation: Relation, parents: Collection[UUID], wanted: str, without: Collection[UUID] = ()) -> _Sql:
    dialect = current().dialect
    params: list[object] = [dialect.keys(sorted(parents))]
    refers = dialect.any_of(_value(relation), dialect.mark)
    sql = f'SELECT {wanted} FROM "{relation.child}" WHERE {refers}{_guard(relation)}'
    if without:
        left_out = dialect.any_of(f'"{relation.child_key}"', dialect.mark)
        sql += f" AND NOT ({left_out})"
        params.append(dialect.keys(sorted(without)))
    return sql, params


def _value(relation: Relation) -> str:
    """The id in the lookup, as SQL."""
    name = relation.column.logical_name
    return current().dialect.custom_id(name) if relation.column.is_custom else f'"{name}"'


def _guard(relation: Relation) -> str:
    """What else makes it an id of the parent's table: ids of two tables may be equal."""
    column = relation.column
    if column.type_column:
        return f" AND \"{column.type_column}\" = '{relation.parent}'"
    part = column.split.get(relation.parent)
    return f' AND "{part}" IS NOT NULL' if part else ""


def _id(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
