"""Messages that only read: why a user may do something or may not, and who has a right on a row (security 12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from handsel.chain.rights.explaining.explain import explain
from handsel.chain.rights.explaining.holders import holders_of
from handsel.chain.rights.explaining.questions import question, right_named
from handsel.database.context import Actor
from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.edm import ComplexType, Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, not_found

ACCESS_CHECK = ComplexType("AccessCheck", {"Kind": str, "Right": str, "Table": str, "IsPassed": bool, "Sentence": str})
ACCESS_GRANT = ComplexType(
    "AccessGrant", {"Privilege": str, "Role": str, "Team": str, "Depth": str, "Unit": str, "Reaches": bool}
)
ACCESS_SHARE = ComplexType(
    "AccessShare",
    {
        "Principal": str,
        "PrincipalId": "Edm.Guid",
        "Rights": str,
        "Mask": int,
        "Shared": str,
        "Through": list[str],
        "IsForUser": bool,
    },
)
ACCESS_HOLDER = ComplexType("AccessHolder", {"User": str, "UserId": "Edm.Guid", "Unit": str, "Reason": str})


@dataclass(frozen=True, slots=True)
class ExplainAccess(Message[Mapping[str, object]]):
    """Why a user may do something, or may not: a sentence, each check, grants, shares, what is missing.

    Told along are the secured columns of the table that stay hidden or cannot be changed.
    `asked` is a right (`Read`, `Write`, `AppendTo`), a privilege of no table, or a message; it is asked of one row in
    `target`, or of the rows of `table`. Without `principal` it is asked of oneself; of others, who may read users and
    roles. The roles that would be enough are named to those who may assign roles.
    """

    needs: ClassVar[Needs] = Needs(besides="Nothing for oneself; for another user Read of users and roles.")
    operation: ClassVar[Operation] = Operation(
        returns={
            "User": str,
            "UserId": "Edm.Guid",
            "IsAllowed": bool,
            "Sentence": str,
            "Checks": Many(ACCESS_CHECK),
            "Grants": Many(ACCESS_GRANT),
            "Shares": Many(ACCESS_SHARE),
            "Missing": list[str],
            "Cure": list[str],
            "HiddenColumns": list[str],
            "ReadOnlyColumns": list[str],
        }
    )
    changes: ClassVar[bool] = False

    asked: str
    target: Reference | None = None
    table: str | None = None
    principal: Reference | None = None


@handles(ExplainAccess)
def explain_access(work: Work, items: list[Item[ExplainAccess]]) -> None:
    """Explain each."""

    def answer(item: Item[ExplainAccess]) -> None:
        message = item.message
        actor, is_disabled = _subject(work, message.principal)
        table = message.table if message.target is None else message.target.table
        row = None
        if message.target is not None and _may_look(work, actor, message.target.table):
            row = _row(work, message.target)
        item.result = explain(
            work,
            actor,
            question(message.asked, None if table is None else table_named(table).logical_name, row),
            is_disabled=is_disabled,
            with_cure=access.holds(work.actor, Privilege.ASSIGN, "role"),
        ).as_object()

    work.each(items, answer)


@dataclass(frozen=True, slots=True)
class RetrieveAccessHolders(Message[list[Mapping[str, object]]]):
    """The enabled users who have a right on a row, each with the reason. It takes the right to read users and roles."""

    needs: ClassVar[Needs] = Needs(besides="Read of users and roles, and on the row.")
    operation: ClassVar[Operation] = Operation(returns=Many(ACCESS_HOLDER))
    changes: ClassVar[bool] = False

    target: Reference
    right: str = "Read"


@handles(RetrieveAccessHolders)
def retrieve_access_holders(work: Work, items: list[Item[RetrieveAccessHolders]]) -> None:
    """List them for each row."""

    def answer(item: Item[RetrieveAccessHolders]) -> None:
        verb = right_named(item.message.right)
        if verb is None or verb is Privilege.CREATE:
            known = ", ".join(each for each in Privilege if each is not Privilege.CREATE)
            raise InvalidArgument(f"'{item.message.right}' is no right on a row. Take {known}.")
        _require_insight(work)
        item.result = [each.as_object() for each in holders_of(work, verb, _row(work, item.message.target))]

    work.each(items, answer)


def _subject(work: Work, principal: Reference | None) -> tuple[Actor, bool]:
    """The user that is asked about, and whether the user is disabled. Raises NotFound, and PrivilegeDenied."""
    if principal is None or principal.id == work.actor.user_id:
        return work.actor, False
    if principal.table != "systemuser":
        raise InvalidArgument(f"ExplainAccess: Principal is a user, not a row of {principal.table}.")
    _require_insight(work)
    user = _row(work, principal)
    actor = Actor(user.id, user["domainname"], user["businessunitid"], bool(user.get("isintegrationuser")))
    return actor, bool(user.get("isdisabled"))


def _require_insight(work: Work) -> None:
    """Refuse who may not read users and roles: they see no other user's rights."""
    needs = [access.Need(Privilege.READ, "systemuser"), access.Need(Privilege.READ, "role")]
    access.require_all(work.actor, needs, "see the rights of other users")


def _may_look(work: Work, actor: Actor, table: str) -> bool:
    """Whether the row is to be read; one's own lack of the privilege to read is an answer, not a refusal."""
    return actor is not work.actor or access.holds(work.actor, Privilege.READ, table_named(table).logical_name)


def _row(work: Work, target: Reference) -> Row:
    table = table_named(target.table).logical_name
    work.require(Privilege.READ, table)
    row = work.as_user.load(table, [target.id]).get(target.id)
    if row is None:
        raise not_found(table, target.id)
    return row
