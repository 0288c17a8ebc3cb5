"""Deleting rows: what is deleted along with them, what loses its link to them, and what prevents it (tables 10).

A deletion is refused as a whole where one of the rows that would go along may not go. What happens to rows that refer
to others is done with the rights of the system: the caller needs rights on the rows that the message names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege, TablelessPrivilege
from handsel.engine.crud.dependents import Dependents, Edge, Sample, counted, dependents, samples
from handsel.engine.crud.hooks import Entry, refuse_forbidden, rules
from handsel.engine.crud.permitting import permit_rows
from handsel.engine.lifecycle import lifecycle_of, parent_lifecycle
from handsel.engine.listing import MOST_LISTED, list_rows, name_row, veiled
from handsel.engine.work import Work
from handsel.errors import Code, HandselError, Refused, enumerated
from handsel.tables.cascades import OnDelete
from handsel.tables.info import table_info
from handsel.tables.referring import Relation

Wanted = Sequence[tuple[Item[object], Row]]


def delete_rows(work: Work, wanted: Wanted, *, by_system: bool = False) -> None:
    """Delete rows with all that goes along, and empty the lookups to them.

    Refuses read-only documents, also among what would go along, and rows that others need. `by_system` says that the
    message has checked the rights that it takes.
    """
    for table in dict.fromkeys(row.table for _, row in wanted):
        group = [(item, row) for item, row in wanted if row.table == table]
        if not by_system:
            work.require(Privilege.DELETE, table)
            permit_rows(work, Privilege.DELETE, group)
        _check(work, table, group)
    live = [(item, row) for item, row in wanted if item.refusal is None]
    if not live:
        return
    found, plan = _planned(work, live)
    _check_along(work, plan)
    _restrict(work, plan)
    _apply(work, found, [removal for removal in plan if removal.item.refusal is None])


def foresee_deletion(work: Work, wanted: Wanted) -> None:
    """Refuse the items whose rows `delete_rows` would not delete, each by itself, and change nothing.

    Rights are a matter of the caller. What refers to rows is found for all of them at once.
    """
    for table in dict.fromkeys(row.table for _, row in wanted):
        _check(work, table, [(item, row) for item, row in wanted if row.table == table])
    live = [(item, row) for item, row in wanted if item.refusal is None]
    if not live:
        return
    found, plan = _planned(work, live, lock=False)
    _check_along(work, plan, lock=False)
    _foresee_restrictions(work, plan, found)


def _planned(work: Work, live: Wanted, *, lock: bool = True) -> tuple[Dependents, list[_Removal]]:
    found = dependents(work, [row.reference for _, row in live], _goes_along, _loses_link)
    found.load(work, [row for _, row in live], lock=lock)
    return found, [_Removal(work, item, row, found) for item, row in live]


def _check(work: Work, table: str, group: Wanted) -> None:
    """Whether rows that a message names may be deleted."""
    refuse_forbidden(work, "delete", table, [item for item, _ in group])
    for item, row in group:
        if item.refusal is None:
            with work.refusing(item):
                _require_deletable(work, row)
    _apply_rules(work, table, [Entry(item, row) for item, row in group])


def _apply_rules(work: Work, table: str, entries: Sequence[Entry]) -> None:
    for check in rules("delete", table):
        live = [entry for entry in entries if entry.item.refusal is None]
        if live:
            check(work, live)


def _require_deletable(work: Work, row: Row) -> None:
    lifecycle = lifecycle_of(row.table)
    if lifecycle is not None and row.get("statecode") in lifecycle.deletable_states:
        work.require(TablelessPrivilege.OVERRIDE_DELETE, row.table)  # behaviour 3.10
    elif lifecycle is not None:
        lifecycle.require_editable(work, row, deleting=True)
    _require_editable_parent(work, row)


def _require_editable_parent(work: Work, row: Row) -> None:
    """A line can be deleted only while its document can be changed."""
    parent_rule, info = parent_lifecycle(row.table), table_info(row.table)
    if parent_rule is not None and info.parent is not None:
        parent = work.as_system.row(info.columns[info.parent].targets[0], row.get(info.parent))
        if parent is not None:
            parent_rule.require_editable(work, parent, line=True)


def _goes_along(relation: Relation) -> bool:
    return relation.cascades.delete is OnDelete.CASCADE


def _loses_link(relation: Relation) -> bool:
    return relation.cascades.delete is OnDelete.REMOVE_LINK


def _stands_in_the_way(relation: Relation) -> bool:
    return relation.cascades.delete is OnDelete.RESTRICT


class _Removal:
    """One row that a message deletes, and the rows that go along with it, each with the row it is audited under."""

    __slots__ = ("checked", "item", "roots", "row")

    def __init__(self, work: Work, item: Item[object], row: Row, found: Dependents) -> None:
        self.item, self.row = item, row
        root = work.root_of(row) if row.change is None else row.change.root
        self.roots: dict[Reference, Reference] = {row.reference: root}
        self.checked: list[Row] = []
        """Those that are no part of the row they go along with, so that they may have their own reasons to stay."""
        queue = [row.reference]
        for parent in queue:
            for edge in found.followed.get(parent, ()):
                child = found.rows.get(edge.child)
                if child is None or edge.child in self.roots or not edge.holds(child):
                    continue
                is_part = edge.relation.cascades.is_part
                self.roots[edge.child] = self.roots[parent] if is_part else work.root_of(child)
                queue.append(edge.child)
                if not is_part:
                    self.checked.append(child)


def _check_along(work: Work, plan: Sequence[_Removal], *, lock: bool = True) -> None:
    """Whether the rows that go along may be deleted."""
    _load_documents(work, [row for removal in plan for row in removal.checked], lock=lock)
    by_table: dict[str, list[Entry]] = defaultdict(list)
    for removal in plan:
        for row in removal.checked:
            if removal.item.refusal is None:
                _check_one(work, removal, row)
            by_table[row.table].append(Entry(removal.item, row))
    for table, entries in by_table.items():
        refuse_forbidden(work, "delete", table, [entry.item for entry in entries])
        _apply_rules(work, table, [entry for entry in entries if not _goes_with_document(plan, entry)])


def _load_documents(work: Work, lines: Iterable[Row], *, lock: bool) -> None:
    """Read the documents of lines that go along with something else."""
    documents: dict[str, set[UUID]] = defaultdict(set)
    for line in lines:
        parent = table_info(line.table).parent
        if parent is not None:
            documents[table_info(line.table).columns[parent].targets[0]].add(line[parent])
    for table, ids in documents.items():
        work.as_system.load(table, ids, lock=lock)


def _goes_with_document(plan: Sequence[_Removal], entry: Entry) -> bool:
    parent = table_info(entry.row.table).parent
    if parent is None:
        return False
    document = Reference(table_info(entry.row.table).columns[parent].targets[0], entry.row[parent])
    return any(document in removal.roots for removal in plan if removal.item is entry.item)


def _check_one(work: Work, removal: _Removal, row: Row) -> None:
    lifecycle = lifecycle_of(row.table)
    try:
        if lifecycle is not None and not lifecycle.may_go_along(row):
            lifecycle.require_editable(work, row, deleting=True)
        if not _goes_with_document([removal], Entry(removal.item, row)):
            _require_editable_parent(work, row)
    except HandselError as error:
        root, reason = removal.row, veiled(work, row, error).message
        text = f"{_named(work, root)} cannot be deleted with what belongs to it. {reason}"
        work.refuse(removal.item, type(error)(text, error.code, table=root.table, id=str(root.id)))


def _restrict(work: Work, plan: Sequence[_Removal]) -> None:
    """Refuse what other rows need, until what remains is needed by no row that remains."""
    while True:
        live = [removal for removal in plan if removal.item.refusal is None]
        doomed: dict[str, set[UUID]] = defaultdict(set)
        for removal in live:
            for table, id in removal.roots:
                doomed[table].add(id)
        blocked: dict[Reference, list[tuple[Relation, int]]] = defaultdict(list)
        for relation, parent, count in counted(work, doomed, _stands_in_the_way, doomed) if doomed else ():
            blocked[parent].append((relation, count))
        if not blocked:
            return
        needed = []
        for removal in live:
            reference = next((each for each in removal.roots if each in blocked), None)
            if reference is not None:
                needed.append((removal, reference, blocked[reference]))
        _refuse_needed(work, needed, [doomed] * len(needed))


def _foresee_restrictions(work: Work, plan: Sequence[_Removal], found: Dependents) -> None:
    """Refuse what rows need that would not go along with it, as `_restrict` does, but each removal by itself."""
    live = [removal for removal in plan if removal.item.refusal is None]
    asked: dict[str, set[UUID]] = defaultdict(set)
    for removal in live:
        for table, id in removal.roots:
            asked[table].add(id)
    standing: dict[Reference, list[tuple[Relation, int]]] = defaultdict(list)
    for relation, parent, count in counted(work, asked, _stands_in_the_way, {}) if asked else ():
        standing[parent].append((relation, count))
    blocked: list[tuple[_Removal, Reference, list[tuple[Relation, int]]]] = []
    for removal in live if standing else ():
        for reference in removal.roots:
            others = [
                (relation, count - _along(removal, found, relation, reference))
                for relation, count in standing[reference]
            ]
            others = [(relation, count) for relation, count in others if count]
            if others:
                blocked.append((removal, reference, others))
                break
    _refuse_needed(work, blocked, [_doomed(removal) for removal, _needed, _others in blocked])


def _along(removal: _Removal, found: Dependents, relation: Relation, parent: Reference) -> int:
    """How many of the rows that go along refer to one of them by a relation."""
    children = (found.rows[root] for root in removal.roots if root.table == relation.child)
    return sum(child.get(relation.column.logical_name) == parent.id for child in children)


def _doomed(removal: _Removal) -> dict[str, set[UUID]]:
    doomed: dict[str, set[UUID]] = defaultdict(set)
    for table, id in removal.roots:
        doomed[table].add(id)
    return doomed


def _refuse_needed(
    work: Work,
    blocked: Sequence[tuple[_Removal, Reference, Sequence[tuple[Relation, int]]]],
    doomed: Sequence[Mapping[str, set[UUID]]],
) -> None:
    """Refuse removals whose rows are needed by others, and name some of those: read for all removals at once."""
    asked = [
        Sample(relation, needed.id, going.get(relation.child, ()))
        for (_removal, needed, others), going in zip(blocked, doomed, strict=True)
        for relation, _count in others
    ]
    ids = iter(samples(asked, MOST_LISTED) if asked else ())
    named = [[(relation, count, next(ids)) for relation, count in others] for _removal, _needed, others in blocked]
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for relation, _count, some in (each for entry in named for each in entry):
        wanted[relation.child].update(some)
    loaded = {row.reference: row for table in wanted for row in work.as_system.load(table, wanted[table]).values()}
    documents: dict[str, set[UUID]] = defaultdict(set)
    for row in loaded.values():
        root = work.root_of(row)
        if root != row.reference:
            documents[root.table].add(root.id)
    for table, parents in documents.items():
        work.as_system.load(table, parents)
    for (removal, needed, _others), entry in zip(blocked, named, strict=True):
        if removal.item.refusal is None:
            work.refuse(removal.item, _needed_by(work, removal, needed, entry, loaded))


def _needed_by(
    work: Work,
    removal: _Removal,
    needed: Reference,
    blocked: Sequence[tuple[Relation, int, Sequence[UUID]]],
    loaded: Mapping[Reference, Row],
) -> Refused:
    """The refusal that names the rows that need a row."""
    names, total, listed = [], 0, 0
    for relation, count, ids in blocked:
        found = [loaded[reference] for id in ids if (reference := Reference(relation.child, id)) in loaded]
        names.append(list_rows(work, _documents(work, found), lambda row: _named(work, row), joined=", "))
        total, listed = total + count, listed + len(ids)
    text = enumerated(dict.fromkeys(names)) + (f", and {total - listed} more rows" if total > listed else "")
    refer, those = ("refers", "that") if total == 1 else ("refer", "those")
    return Refused(
        f"{_named(work, removal.row)} cannot be deleted: {text} {refer} to {_target(work, removal, needed)}. Delete or "
        f"change {those} first.",
        Code.CANNOT_DELETE_DUE_TO_ASSOCIATION,
        table=removal.row.table,
        id=str(removal.row.id),
    )


def _target(work: Work, removal: _Removal, needed: Reference) -> str:
    row = work.as_system.row(*needed)
    if row is None or needed == removal.row.reference:
        return "it"
    return f"{name_row(work, row, lambda row: _named(work, row))}, which would be deleted along"


def _documents(work: Work, rows: Sequence[Row]) -> list[Row]:
    """The rows, each line replaced by its document."""
    wanted: dict[Reference, Row] = {}
    for row in rows:
        root = work.root_of(row)
        found = row if root == row.reference else work.as_system.load(root.table, [root.id]).get(root.id)
        wanted[root] = found or row
    return list(wanted.values())


def _named(work: Work, row: Row) -> str:
    """A row as refusals name it: `Quote QUO-01000-A1B2C3`, `Account 'Acme'`."""
    lifecycle = lifecycle_of(row.table)
    if lifecycle is not None and lifecycle.number_column != work.info(row.table).primary_name:
        return lifecycle.name(row)
    info = work.info(row.table)
    return f"{info.label} '{row.get(info.primary_name) or row.id}'"


def _apply(work: Work, found: Dependents, plan: Sequence[_Removal]) -> None:
    """Delete the rows in memory, and empty the lookups of those that remain."""
    owners: dict[Reference, _Removal] = {}
    for removal in plan:
        for reference in removal.roots:
            owners.setdefault(reference, removal)
    for reference, removal in owners.items():
        work.delete(removal.item, found.rows[reference], root=removal.roots[reference])
    for edge in found.noted:
        row, owner = found.rows.get(edge.child), owners.get(edge.parent)
        if row is not None and owner is not None and edge.child not in owners and edge.holds(row):
            work.update(owner.item, row, dict.fromkeys(_columns(edge)))


def _columns(edge: Edge) -> Iterable[str]:
    """The columns that hold a link."""
    column = edge.relation.column
    yield column.logical_name
    yield from column.split.values()
    if column.type_column:
        yield column.type_column
