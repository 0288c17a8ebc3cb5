"""PreviewMove, SetBusinessSystemUser and SetParentSystemUser: users and teams in other units, under other managers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.rights.moves import roles_after_move
from handsel.chain.rights.reassigning import reassign
from handsel.chain.rights.sharing import principal_named
from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.crud.changing import update_rows
from handsel.engine.edm import ROW, ComplexType, Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.owned_rows import count_rows
from handsel.engine.parameters import Parameter
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, not_found

ROLE_AFTER_MOVE = ComplexType("RoleAfterMove", {"RoleId": UUID, "Name": str, "IsKept": bool, "NewRoleId": UUID})
PRINCIPALS = ("systemuser", "team")
_RECEIVER = "ReassignPrincipal"


@dataclass(frozen=True, slots=True)
class PreviewMove(Message[Mapping[str, Any]]):
    """What a user or team would keep and lose in another business unit; nothing is written.

    `Roles` lists each role with the role that takes its place (`IsKept`, `NewRoleId`), `OwnedRows` counts the rows that
    move along, `ReassignedRows` those that `reassign_principal` gets instead.
    """

    needs: ClassVar[Needs] = Needs(besides="Read of the user or team, of units and of roles.")
    operation: ClassVar[Operation] = Operation(
        bound_to=PRINCIPALS,
        binding="principal",
        returns={"Roles": Many(ROLE_AFTER_MOVE), "OwnedRows": int, "ReassignedRows": int},
    )
    changes: ClassVar[bool] = False

    principal: Reference
    business_unit_id: Annotated[UUID, Parameter(type="businessunit")]
    reassign_principal: Annotated[Reference | None, Parameter(type=ROW)] = None


@handles(PreviewMove)
def preview(work: Work, items: list[Item[PreviewMove]]) -> None:
    """Work out what a move would do."""
    needs = [Need(Privilege.READ, table) for table in ("role", "businessunit")]

    def answer(item: Item[PreviewMove]) -> None:
        table, id = item.message.principal
        unit, given = item.message.business_unit_id, item.message.reassign_principal
        if table not in PRINCIPALS:
            raise InvalidArgument(f"PreviewMove: users and teams move, not rows of {table}.")
        access.require_all(work.actor, [Need(Privilege.READ, table), *needs], "see what a move would do")
        receiver = Reference(table, id) if given is None else principal_named("PreviewMove", _RECEIVER, given)
        for asked, key in (Reference(table, id), Reference("businessunit", unit), receiver):
            if key not in work.as_user.load(asked, [key]):
                raise not_found(asked, key)
        owned, stays = count_rows(id), receiver == (table, id)
        item.result = {
            "Roles": [
                {
                    "RoleId": each.role.id,
                    "Name": each.role["name"],
                    "IsKept": each.following is not None,
                    "NewRoleId": each.following,
                }
                for each in roles_after_move(work, table, {id: unit})[id]
            ],
            "OwnedRows": owned if stays else 0,
            "ReassignedRows": 0 if stays else owned,
        }

    work.each(items, answer)


@dataclass(frozen=True, slots=True)
class SetBusinessSystemUser(Message[None]):
    """Move a user to another business unit, and give all that the user owns to `reassign_principal`.

    That is the user who moves, whose rows move along, or another user or team, who gets them as by
    ReassignObjectsSystemUser. Needs prvReparentUser, prvReadBusinessUnit, prvReadUser and prvWriteUser; for somebody
    else also Read, Write and Assign on each row.
    """

    needs: ClassVar[Needs] = Needs(
        besides="Read of units, Write on the user, and `prvReparentUser`; if another gets the rows, Read, Write and "
        "Assign on each."
    )
    operation: ClassVar[Operation] = Operation(bound_to="systemuser", binding="system_user_id")

    system_user_id: UUID
    business_unit_id: Annotated[UUID, Parameter(type="businessunit")]
    reassign_principal: Annotated[Reference, Parameter(type=ROW)]

    def locks(self) -> Sequence[Reference]:
        receiver = principal_named("SetBusinessSystemUser", _RECEIVER, self.reassign_principal)
        return tuple(dict.fromkeys((Reference("systemuser", self.system_user_id), receiver)))

    @classmethod
    def conflicts_with(cls, messages: Sequence[SetBusinessSystemUser]) -> Sequence[Hashable | None]:
        # What one message gives away another one may have to give on, or to move.
        gives = any(message.reassign_principal.id != message.system_user_id for message in messages)
        return ["ReassignObjects" if gives else None] * len(messages)


@handles(SetBusinessSystemUser)
def set_business(work: Work, items: list[Item[SetBusinessSystemUser]]) -> None:
    """Move users, after what they own has gone to who is to have it."""
    work.require(Privilege.READ, "businessunit")
    moved: list[tuple[Item[object], Row, Mapping[str, Any]]] = []

    def read(item: Item[SetBusinessSystemUser]) -> None:
        user = _user(work, item.message.system_user_id)
        reassign(work, item, user.reference, item.locks[-1])
        unit = Reference("businessunit", item.message.business_unit_id)
        moved.append((item, user, {"businessunitid": unit}))

    work.each(items, read)
    update_rows(work, [asked for asked in moved if asked[0].refusal is None])


@dataclass(frozen=True, slots=True)
class SetParentSystemUser(Message[None]):
    """Give a user another manager. Without `keep_child_users` those whom the user manages have no manager any more.

    Needs prvAssignManager, prvReadUser and prvWriteUser.
    """

    needs: ClassVar[Needs] = Needs(besides="Write on the user, and `prvAssignManager`.")
    operation: ClassVar[Operation] = Operation(bound_to="systemuser", binding="system_user_id")

    system_user_id: UUID
    parent_id: Annotated[UUID, Parameter(type="systemuser")]
    keep_child_users: bool

    def locks(self) -> Sequence[Reference]:
        return (Reference("systemuser", self.system_user_id),)


@handles(SetParentSystemUser)
def set_parent(work: Work, items: list[Item[SetParentSystemUser]]) -> None:
    """Change managers."""
    leaving = [item.message.system_user_id for item in items if not item.message.keep_child_users]
    managed = work.as_system.children("systemuser", "parentsystemuserid", leaving)
    changed: list[tuple[Item[object], Row, Mapping[str, Any]]] = []

    def read(item: Item[SetParentSystemUser]) -> None:
        message = item.message
        user = _user(work, message.system_user_id)
        changed.append((item, user, {"parentsystemuserid": Reference("systemuser", message.parent_id)}))
        for row in managed.get(user.id, ()):
            if row.id != user.id:
                changed.append((item, row, {"parentsystemuserid": None}))

    work.each(items, read)
    update_rows(work, changed)


def _user(work: Work, id: UUID) -> Row:
    work.require(Privilege.READ, "systemuser")
    user = work.as_user.load("systemuser", [id]).get(id)
    if user is None:
        raise not_found("systemuser", id)
    return user
