"""Every table, right and depth against every kind of row: the access door's answer beside that of a model of few lines.

Tables, rights and relationships are read from the declarations; the model knows the rules of security 1.3 and 1.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from handsel import Session
from handsel.engine import access
from handsel.engine.access import Depth, Privilege
from handsel.engine.organization import read_settings
from handsel.engine.rights.privileges import RowsBy, all_privileges, coverage_of, privilege_name
from handsel.query.run import select
from handsel.tables.cascades import Reach
from handsel.tables.info import ColumnInfo, TableInfo, all_tables, table_info
from handsel.tables.referring import relations_to
from tests.door.office import ALL_RIGHTS, Office, shared

VERBS = (*Privilege,)
LEVELS = (None, *Depth)
READ_ONLY = Privilege.READ.right


@dataclass
class Place:
    """A row, by what rights follow from: its owner, its unit, its shares, and the rows above it."""

    table: str
    kind: str
    owner: UUID | None = None
    unit: UUID | None = None
    shares: Mapping[UUID, int] = field(default_factory=dict)
    above: tuple[Place, ...] = ()
    parents: tuple[Place, ...] = ()
    id: UUID = field(default_factory=uuid4)
    values: Mapping[str, Any] = field(default_factory=dict)


# The model


def is_reached(office: Office, verb: Privilege, levels: Mapping[Privilege, Depth | None], place: Place) -> bool:
    """Whether the seller has a right on a row."""
    rows_by = coverage_of(place.table).rows_by
    if rows_by is RowsBy.PARENT:
        on_parent = verb if verb is Privilege.READ else Privilege.WRITE
        return any(is_reached(office, on_parent, levels, parent) for parent in place.parents)
    if rows_by is RowsBy.OPEN and verb is Privilege.READ:
        return True
    level = levels[verb] if privilege_name(verb, coverage_of(place.table).stem) in GRANTABLE else None
    if level is None:
        return False
    if rows_by in (RowsBy.TABLE, RowsBy.OPEN) or level is Depth.GLOBAL:
        return True
    principals = {office.seller, office.team}
    units = {Depth.LOCAL: {office.anchor}, Depth.DEEP: office.below(office.anchor)}.get(level, set())
    if rows_by is RowsBy.UNIT:
        own = principals if level > Depth.BASIC or office.members_get_basic else {office.team}
        return place.unit in units or place.id in own
    owners = {office.team} if level is Depth.BASIC and not office.members_get_basic else principals
    return place.owner in owners or place.unit in units or is_handed_down(verb, principals, place)


def is_handed_down(verb: Privilege, principals: set[UUID], place: Place) -> bool:
    """Whether a row, or one above it, is shared with the user; one above may also be owned."""
    if any(principal in principals and mask & verb.right for principal, mask in place.shares.items()):
        return True
    return any(above.owner in principals or is_handed_down(verb, principals, above) for above in place.above)


GRANTABLE = {each.name for each in all_privileges()}


# The rows


def places(office: Office) -> dict[str, list[Place]]:
    """Rows of every kind, by table."""
    found: dict[str, list[Place]] = {}
    for info in sorted(all_tables(), key=lambda info: coverage_of(info.logical_name).rows_by is RowsBy.PARENT):
        if not info.is_view:
            rows_by = coverage_of(info.logical_name).rows_by
            if rows_by is RowsBy.OWNER:
                found[info.logical_name] = list(_owned(office, info.logical_name))
            elif rows_by in (RowsBy.TABLE, RowsBy.OPEN) and info.logical_name not in _SINGLE:
                found[info.logical_name] = [Place(info.logical_name, "any")]
    _hand_down(office, found)
    found["systemuser"] = [
        Place("systemuser", name, unit=office.unit_of[name], id=id) for name, id in office.users.items()
    ]
    found["team"] = [Place("team", "deals", unit=office.anchor, id=office.team)]
    found["role"] = [Place("role", "idle", unit=office.anchor, id=office.idle)]
    found["businessunit"] = [
        Place("businessunit", "a unit", unit=id, id=id)
        for id in (office.root, office.north, office.harbour, office.south)
    ]
    for info in all_tables():
        if coverage_of(info.logical_name).rows_by is RowsBy.PARENT:
            found.setdefault(info.logical_name, [])
            for lookup in coverage_of(info.logical_name).parents:
                _parts(office, info, info.columns[lookup], found)
    return found


def _only(tables: Iterable[str], found: Mapping[str, list[Place]]) -> dict[str, list[Place]]:
    """The rows of some tables that refer to no others."""
    few = {table: list(found[table]) for table in tables}
    while True:
        kept = {place.id for listed in few.values() for place in listed}
        left = {table: [each for each in listed if _refers_to(each) <= kept] for table, listed in few.items()}
        if left == few:
            return few
        few = left


def _refers_to(place: Place) -> set[UUID]:
    """The rows that a row refers to."""
    return {value for name, value in place.values.items() if isinstance(value, UUID) and name != "roleid"}


FEW = (
    *("account", "contact", "opportunity", "quote", "annotation", "task"),
    *("systemuser", "team", "role", "businessunit", "quotedetail", "customeraddress"),
)
"""Tables enough to see what a team's role is: how rows are reached by owner, unit, parent and rows above."""

_SINGLE = ("organization", "transactioncurrency")
"""Tables with one row, which there is already, or whose rows others refer to."""


def _owned(office: Office, table: str) -> Iterator[Place]:
    def place(kind: str, owner: str | UUID, unit: UUID, shares: Mapping[UUID, int] | None = None) -> Place:
        return Place(table, kind, office.users.get(str(owner)) or UUID(str(owner)), unit, shares or {})

    yield place("own", "seller", office.north)
    yield place("the team's", office.team, office.anchor)
    yield place("own unit", "colleague", office.north)
    yield place("child unit", "docker", office.harbour)
    yield place("sibling unit", "southerner", office.south)
    yield place("root", "director", office.root)
    yield place("shared to read", "director", office.root, {office.seller: READ_ONLY})
    yield place("shared wholly", "director", office.root, {office.seller: ALL_RIGHTS})
    yield place("shared with the team", "director", office.root, {office.team: ALL_RIGHTS})
    yield place("shared with others", "director", office.root, {office.users["southerner"]: ALL_RIGHTS})


def _hand_down(office: Office, found: dict[str, list[Place]]) -> None:
    """Under rows of each kind, rows of others, by every relationship that hands rights down; and rows below those."""
    director = office.users["director"]
    for level in (1, 2):
        for table in [name for name in found if coverage_of(name).rows_by is RowsBy.OWNER]:
            kinds = ("own", "the team's", "sibling unit", "shared to read", "shared wholly", "shared with the team")
            wanted = kinds if level == 1 else ("below shared to read", "below own")
            above = [place for place in found[table] if place.kind in wanted]
            for relation in relations_to(table):
                columns = table_info(relation.child).columns.values()
                is_half = any(relation.column.logical_name in column.split.values() for column in columns)
                if is_half or relation.cascades.is_part or coverage_of(relation.child).rows_by is not RowsBy.OWNER:
                    continue
                for parent in above:
                    cascades = relation.cascades
                    hands_down = cascades.share is Reach.CASCADE and cascades.reparent is Reach.CASCADE
                    kind = f"below {parent.kind}"
                    values = _link(relation.column, parent)
                    up = (parent,) if hands_down else ()
                    found[relation.child].append(
                        Place(relation.child, kind, director, office.root, above=up, values=values)
                    )


def _parts(office: Office, info: TableInfo, column: ColumnInfo, found: dict[str, list[Place]]) -> None:
    for table in column.targets:
        for parent in found.get(table, ())[:12]:
            values = _link(column, parent)
            if "roleid" in info.columns:
                values.setdefault("roleid", office.idle)
            found[info.logical_name].append(
                Place(info.logical_name, f"of {parent.kind}", parents=(parent,), values=values)
            )


def _link(column: ColumnInfo, parent: Place) -> dict[str, Any]:
    values: dict[str, Any] = {column.logical_name: parent.id}
    if column.split:
        values[column.split[parent.table]] = parent.id
    if column.type_column:
        values[column.type_column] = parent.table
    return values


def rows_of(office: Office, found: Mapping[str, list[Place]]) -> dict[str, list[dict[str, Any]]]:
    """The rows to insert; those of the office are there already."""
    given = {*office.users.values(), office.team, office.idle, office.root, office.north, office.harbour, office.south}
    rows: dict[str, list[dict[str, Any]]] = {"principalobjectaccess": []}
    for table, listed in found.items():
        info = table_info(table)
        stored = office.session.context.dialect.storage(table).name_set
        for place in listed:
            rows["principalobjectaccess"] += [
                shared(table, place.id, principal, mask) for principal, mask in place.shares.items()
            ]
            if place.id in given:
                continue
            row = {info.primary_key: place.id, **place.values}
            if place.owner is not None:
                part = "owningteam" if place.owner == office.team else "owninguser"
                row |= {"ownerid": place.owner, part: place.owner, "owningbusinessunit": place.unit}
            rows.setdefault(table, []).append({name: value for name, value in row.items() if name in stored})
    return rows


# The test


@pytest.mark.parametrize(
    ("through_team", "members_get_basic"),
    [(False, True), (True, True), (True, False)],
    ids=["own", "team", "team only"],
)
def test_every_right_on_every_row(session: Session, through_team: bool, members_get_basic: bool) -> None:
    office = Office(session, through_team=through_team, members_get_basic=members_get_basic)
    found = places(office)
    if through_team:
        found = _only(FEW, found)
    office.write_all(rows_of(office, found))
    everything = {place.id: place for listed in found.values() for place in listed}
    wrong = []
    for levels in grants(through_team):
        office.grant(
            {
                name: level
                for name in GRANTABLE
                for verb, level in levels.items()
                if level is not None and name.startswith(f"prv{verb.value}") and not _is_longer(name, verb)
            }
        )
        actor = office.actor
        seller = session.as_user("seller")
        with seller.entered():
            read_settings(seller.context)  # as every call does first
            for table, listed in found.items():
                for verb in VERBS:
                    if verb is Privilege.CREATE:
                        continue
                    allowed = access.predicate_of(verb, actor, table).narrowed(access.all_rows(table))
                    ids = set(allowed.values_list("pk", flat=True)) & everything.keys()
                    for place in listed:
                        expected = is_reached(office, verb, levels, place)
                        if expected is not (place.id in ids):
                            wrong.append((table, verb.value, str(levels[verb]), place.kind, expected))
                _check_reads(office, table, listed, levels, wrong)
    assert not wrong, (len(wrong), wrong[:20])


def grants(through_team: bool) -> Iterator[dict[Privilege, Depth | None]]:
    """Each right at every depth, and at another than its neighbours, so that none stands in for another.

    A team's role differs from a user's own in two ways, which are seen at the two lowest depths.
    """
    levels = (Depth.BASIC, Depth.LOCAL) if through_team else LEVELS
    for turn in range(len(levels)):
        yield {verb: levels[(turn + index) % len(levels)] for index, verb in enumerate(VERBS)}


def _is_longer(name: str, verb: Privilege) -> bool:
    """`prvAppendToX` begins with `prvAppend`, too."""
    return verb is Privilege.APPEND and name.startswith("prvAppendTo")


def _check_reads(
    office: Office, table: str, listed: list[Place], levels: Mapping[Privilege, Depth | None], wrong: list[Any]
) -> None:
    """A query finds what the predicate says; without the privilege it is refused."""
    expected = {place.id for place in listed if is_reached(office, Privilege.READ, levels, place)}
    holds = access.holds(office.actor, Privilege.READ, table)
    try:
        ids = {row.id for row in select.rows(table)} & {place.id for place in listed}
    except access.PrivilegeDenied:
        ids = None
    if (None if not holds else expected) != ids:
        wrong.append((table, "rows()", levels[Privilege.READ], ids, expected))
