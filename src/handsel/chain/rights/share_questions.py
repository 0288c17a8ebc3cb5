"""With whom a row is shared, what somebody may do with it, and why (security 3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from handsel.chain.rights.origins import Principal, origin
from handsel.chain.rights.sharing import PRINCIPAL_ACCESS, PRINCIPALS, target_of
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.crud.shares import Shares
from handsel.engine.edm import Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.rights.access_rights import ACCESS_RIGHTS, mask_of, named
from handsel.engine.rights.grants import ACCESS_TEAM, rights_of_user
from handsel.engine.row_rights import deciding
from handsel.engine.work import Work
from handsel.errors import not_found


@dataclass(frozen=True, slots=True)
class RetrieveSharedPrincipalsAndAccess(Message[Mapping[str, object]]):
    """The users and teams that a row itself was shared with, and with which rights."""

    needs: ClassVar[Needs] = Needs(besides="Read on the row.")
    operation: ClassVar[Operation] = Operation(returns={"PrincipalAccesses": Many(PRINCIPAL_ACCESS)})
    changes: ClassVar[bool] = False

    target: Reference


@handles(RetrieveSharedPrincipalsAndAccess)
def retrieve_shared_principals(work: Work, items: list[Item[RetrieveSharedPrincipalsAndAccess]]) -> None:
    """Set the results."""
    rows = _targets(work, items)
    shares = Shares(work, [row.reference for row in rows.values()])
    for item in items:
        if item.index in rows:
            item.result = {
                "PrincipalAccesses": [
                    {"AccessMask": named(share["accessrightsmask"]), "Principal": _principal(share)}
                    for share in shares.of(rows[item.index].reference)
                ]
            }


def _principal(share: Row) -> Mapping[str, object]:
    """A user or team as documented answers name one: its id is called `ownerid`."""
    return {"@odata.type": f"#Microsoft.Dynamics.CRM.{share['principaltypecode']}", "ownerid": share["principalid"]}


@dataclass(frozen=True, slots=True)
class RetrievePrincipalAccess(Message[str]):
    """What a user or team may do with a row, by roles, teams, ownership and shares: `"ReadAccess, WriteAccess"`.

    For lines it is what holds for their document. `"None"` where there is no right at all.
    """

    needs: ClassVar[Needs] = Needs(besides="Read on the row; for somebody else Read of the user or team.")
    operation: ClassVar[Operation] = Operation(
        returns={"AccessRights": ACCESS_RIGHTS}, bound_to=(*PRINCIPALS, "organization"), binding="principal"
    )
    changes: ClassVar[bool] = False

    principal: Reference
    target: Reference


@handles(RetrievePrincipalAccess)
def retrieve_principal_access(work: Work, items: list[Item[RetrievePrincipalAccess]]) -> None:
    """Set the results."""
    rows = _targets(work, items)

    def answer(item: Item[RetrievePrincipalAccess]) -> None:
        principal = target_of(item.message.principal)
        if principal != Reference("systemuser", work.actor.user_id):
            work.require(Privilege.READ, principal.table)
            if principal.id not in work.as_user.load(principal.table, [principal.id]):
                raise not_found(*principal)
        # Nothing is shared with the organization as a whole.
        known = principal.table in PRINCIPALS
        row = deciding(work.as_system, rows[item.index])
        item.result = named(mask_of(access.rights_on(principal, row))) if known else named(0)

    work.each(items, answer)


@dataclass(frozen=True, slots=True)
class RetrieveAccessOrigin(Message[str]):
    """Why a user or team has access to a row, in one documented sentence. Access by a role is not explained."""

    needs: ClassVar[Needs] = Needs(besides="Nothing; what may not be seen is told as unknown.")
    operation: ClassVar[Operation] = Operation(returns={"Response": str})
    changes: ClassVar[bool] = False

    object_id: UUID
    logical_name: str
    principal_id: UUID


@handles(RetrieveAccessOrigin)
def retrieve_access_origin(work: Work, items: list[Item[RetrieveAccessOrigin]]) -> None:
    """Set the results. Whatever is unknown, or may not be seen, is told in the sentence."""

    def answer(item: Item[RetrieveAccessOrigin]) -> None:
        asked = item.message
        target = target_of(Reference(asked.logical_name, asked.object_id))
        row = work.as_user.load(target.table, [target.id]).get(target.id)
        if row is None:
            item.result = not_found(*target).message
            return
        principal = _asked_principal(work, asked.principal_id)
        if principal is None:
            item.result = not_found("systemuser", asked.principal_id).message
            return
        item.result = origin(work, principal, deciding(work.as_system, row))

    work.each(items, answer)


def _asked_principal(work: Work, id: UUID) -> Principal | None:
    if id == work.actor.user_id or id in work.as_user.load("systemuser", [id]):
        return Principal(id, rights_of_user(id).teams)
    return Principal(id, frozenset()) if id in work.as_user.load("team", [id]) else None


@dataclass(frozen=True, slots=True)
class RetrieveSharedLinks(Message[list[result.Row]]):
    """The access teams that a row is shared with, as far as the caller may read them."""

    needs: ClassVar[Needs] = Needs(besides="Read on the row.")
    operation: ClassVar[Operation] = Operation(returns=Many("team"))
    changes: ClassVar[bool] = False

    target: Reference


@handles(RetrieveSharedLinks)
def retrieve_shared_links(work: Work, items: list[Item[RetrieveSharedLinks]]) -> None:
    """Set the results."""
    rows = _targets(work, items)
    shares = Shares(work, [row.reference for row in rows.values()])
    sharing = {
        index: [share["principalid"] for share in shares.of(row.reference) if share["principaltypecode"] == "team"]
        for index, row in rows.items()
    }
    teams = work.as_user.load("team", {id for ids in sharing.values() for id in ids})
    for item in items:
        if item.index in rows:
            found = [teams[id] for id in sharing[item.index] if id in teams]
            item.result = [
                result.Row(team.table, team.id, team) for team in found if team.get("teamtype") == ACCESS_TEAM
            ]


def _targets(work: Work, items: Sequence[Item[Any]]) -> Mapping[int, Row]:
    """The rows that items are about, by the items' index. Those that the caller may not read are refused (404)."""
    named_rows: dict[int, Reference] = {}

    def name(item: Item[Any]) -> None:
        named_rows[item.index] = target_of(item.message.target)

    work.each(items, name)
    for table in sorted({reference.table for reference in named_rows.values()}):
        work.require(Privilege.READ, table)
        work.as_user.load(table, [reference.id for reference in named_rows.values() if reference.table == table])
    found: dict[int, Row] = {}

    def read(item: Item[Any]) -> None:
        reference = named_rows[item.index]
        row = work.as_user.row(*reference)
        if row is None:
            raise not_found(*reference)
        found[item.index] = row

    work.each(items, read)
    return found
