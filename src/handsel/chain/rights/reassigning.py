"""ReassignObjectsOwner and ReassignObjectsSystemUser: everything that one user or team owns gets another owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from handsel.chain.rights.sharing import name_of, principal_named
from handsel.database.row import ColumnValue, Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.crud.creating import expand
from handsel.engine.crud.dependents import referring
from handsel.engine.crud.owning import ASSIGNED, check_new_owners
from handsel.engine.handlers import handles
from handsel.engine.listing import list_rows
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter
from handsel.engine.rights.denial import principal_called
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, PrivilegeDenied
from handsel.tables.info import all_tables
from handsel.tables.referring import Relation

_VERBS = (Privilege.READ, Privilege.WRITE, Privilege.ASSIGN)


@dataclass(frozen=True, slots=True)
class ReassignObjectsOwner(Message[None]):
    """Give everything that a user or team owns, closed rows too, to another user or team.

    Nothing else is cascaded: what others own below such a row stays theirs. Former owners get no shares.
    """

    needs: ClassVar[Needs] = Needs(besides="Read, Write and Assign on each row.")
    from_principal: Reference
    to_principal: Reference

    def locks(self) -> Sequence[Reference]:
        return tuple(
            principal_named("ReassignObjectsOwner", name, given)
            for name, given in (("FromPrincipal", self.from_principal), ("ToPrincipal", self.to_principal))
        )

    @classmethod
    def conflicts_with(cls, messages: Sequence[ReassignObjectsOwner]) -> Sequence[Hashable | None]:
        # What one message gives away another one may have to give on.
        return ["ReassignObjects"] * len(messages)


@dataclass(frozen=True, slots=True)
class ReassignObjectsSystemUser(Message[None]):
    """Give everything that a user owns, closed rows too, to another user or team.

    `object_type` limits that to the table with this object type code; 0 means all tables.
    """

    needs: ClassVar[Needs] = Needs(besides="Read, Write and Assign on each row.")
    operation: ClassVar[Operation] = Operation(bound_to="systemuser", binding="system_user_id")

    system_user_id: UUID
    reassign_principal: Reference
    object_type: Annotated[int, Parameter(name="objectType", is_documented=False)] = 0

    def locks(self) -> Sequence[Reference]:
        receiver = principal_named("ReassignObjectsSystemUser", "ReassignPrincipal", self.reassign_principal)
        return (Reference("systemuser", self.system_user_id), receiver)

    @classmethod
    def conflicts_with(cls, messages: Sequence[ReassignObjectsSystemUser]) -> Sequence[Hashable | None]:
        return ["ReassignObjects"] * len(messages)


@handles(ReassignObjectsOwner)
def reassign_of_owners(work: Work, items: list[Item[ReassignObjectsOwner]]) -> None:
    """Give rows to other owners."""
    work.each(items, lambda item: reassign(work, item, *item.locks))


@handles(ReassignObjectsSystemUser)
def reassign_of_users(work: Work, items: list[Item[ReassignObjectsSystemUser]]) -> None:
    """Give rows to other owners."""
    work.each(items, lambda item: reassign(work, item, *item.locks, only=_table(item.message.object_type)))


def reassign(
    work: Work, item: Item[object], former: Reference, receiver: Reference, *, only: str | None = None
) -> None:
    """Give everything that one owner has to another: one statement finds the rows, two for each table move them.

    `only` limits that to one table. The acting user needs Read, Write and Assign on each of the rows, and the new owner
    Read on each table.
    """
    if former == receiver:
        return
    old, new = work.as_user.row(*former), work.as_user.row(*receiver)
    assert old is not None, "locks names it, so it is there"
    assert new is not None, "locks names it, so it is there"
    found: dict[str, list[UUID]] = defaultdict(list)
    for edge in referring(work, {former.table: [former.id]}, lambda relation: _owns(relation, only)):
        found[edge.child.table].append(edge.child.id)
    needs = [Need(verb, table) for table in sorted(found) for verb in _VERBS]
    access.require_all(work.actor, needs, f"assign all that {principal_called(old)} owns")
    for table in sorted(found):
        check_new_owners(work, work.info(table), [(item, new)], ASSIGNED)
        if item.refusal is not None:
            return
        loaded = work.as_system.load(table, found[table], lock=True).values()
        rows = sorted((row for row in loaded if row.get("ownerid") == former.id), key=lambda row: row.id)
        _require_reached(work, old, rows)
        for row in rows:
            values: dict[str, ColumnValue] = {"owningbusinessunit": new.get("businessunitid")}
            expand(values, work.info(table).columns["ownerid"], receiver)
            work.update(item, row, values)


def _require_reached(work: Work, owner: Row, rows: Sequence[Row]) -> None:
    """Refuse rows of one table that the acting user may not assign; those they may not see are only counted."""
    beyond = {row.id: row for verb in _VERBS for row, _, _ in work.unreached(verb, rows)}
    if beyond:
        info = work.info(rows[0].table)
        listed = list_rows(work, list(beyond.values()), lambda row: name_of(work, row))
        raise PrivilegeDenied(
            f"User {work.actor.domain_name} may not assign all {(info.plural_label or info.label).lower()} of "
            f"{principal_called(owner)}: {listed} {'is' if len(beyond) == 1 else 'are'} out of reach. Nothing was "
            "assigned. Ask an administrator for a role that assigns in the whole organization.",
            Code.ACCESS_DENIED,
            table=info.logical_name,
        )


def _owns(relation: Relation, only: str | None) -> bool:
    return relation.column.kind == "Owner" and relation.child_is_owned and only in (None, relation.child)


def _table(object_type: int) -> str | None:
    if not object_type:
        return None
    for info in all_tables():
        if info.object_type_code == object_type:
            return info.logical_name
    raise InvalidArgument(f"ReassignObjectsSystemUser: no table has the object type code {object_type}. 0 means all.")
