"""GrantAccess, ModifyAccess and RevokeAccess: who else has rights on a row (security 3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from handsel.chain.rights.sharing import (
    PRINCIPAL_ACCESS,
    Wanted,
    access_named,
    check_receivers,
    load_receivers,
    permit_sharing,
    principal_named,
    require_unmanaged,
    rights_handed_out,
    shareable_row,
    target_of,
)
from handsel.database.row import Item, Reference
from handsel.engine.crud.shares import Shares
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.parameters import Parameter
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, not_found

PrincipalAccess = Annotated[Mapping[str, object] | None, Parameter(type=PRINCIPAL_ACCESS)]
"""`{"Principal": Reference("systemuser", id), "AccessMask": "ReadAccess, WriteAccess"}`."""


@dataclass(frozen=True, slots=True)
class GrantAccess(Message[None]):
    """Share a row with a user or team. Rights that they have by an earlier share stay.

    `principal_access` is `{"Principal": Reference("systemuser", id), "AccessMask": "ReadAccess, WriteAccess"}`.
    """

    needs: ClassVar[Needs] = Needs(besides="Read and Share on the row, and each right that is handed out.")
    target: Reference
    principal_access: PrincipalAccess = None

    def locks(self) -> Sequence[Reference]:
        access_named(type(self).__name__, self.principal_access)
        return (target_of(self.target),)


@dataclass(frozen=True, slots=True)
class ModifyAccess(Message[None]):
    """Share a row with exactly these rights, whatever was shared before; `"None"` ends the share.

    `principal_access` is as in `GrantAccess`.
    """

    needs: ClassVar[Needs] = Needs(besides="Read and Share on the row, and each right that is handed out.")
    target: Reference
    principal_access: PrincipalAccess = None

    def locks(self) -> Sequence[Reference]:
        access_named(type(self).__name__, self.principal_access)
        return (target_of(self.target),)


@dataclass(frozen=True, slots=True)
class RevokeAccess(Message[None]):
    """Take back everything that was shared with a user or team on a row. Nothing shared is no error.

    Rights by ownership, roles, other teams or the row above stay (`RetrievePrincipalAccess` tells).
    """

    needs: ClassVar[Needs] = Needs(besides="Read and Share on the row.")
    target: Reference
    revokee: Reference

    def locks(self) -> Sequence[Reference]:
        principal_named("RevokeAccess", "Revokee", self.revokee)
        return (target_of(self.target),)


@handles(GrantAccess)
def grant(work: Work, items: list[Item[GrantAccess]]) -> None:
    """Add to shares."""
    _share(work, items, unites=True)


@handles(ModifyAccess)
def modify(work: Work, items: list[Item[ModifyAccess]]) -> None:
    """Replace shares."""
    _share(work, items, unites=False)


def _share(work: Work, items: Sequence[Item[GrantAccess | ModifyAccess]], *, unites: bool) -> None:
    wanted: list[Wanted] = []

    def read(item: Item[GrantAccess | ModifyAccess]) -> None:
        owner = type(item.message).__name__
        principal, mask = access_named(owner, item.message.principal_access)
        if unites and not mask:
            raise InvalidArgument(f"{owner}: AccessMask names no right. RevokeAccess takes a share back.")
        each = Wanted(item, shareable_row(work, item), principal, mask)
        each.mask = rights_handed_out(work, each) if mask else 0
        wanted.append(each)

    work.each(items, read)
    load_receivers(work, wanted)
    permit_sharing(work, wanted, handing_out=True)
    check_receivers(work, wanted)
    live = [each for each in wanted if each.item.refusal is None]
    shares = Shares(work, [each.row.reference for each in live])
    for each in live:
        present = shares.find(each.row.reference, each.principal) if unites else None
        mask = each.mask | (present["accessrightsmask"] if present is not None else 0)
        shares.put(each.item, each.row.reference, each.principal, mask)


@handles(RevokeAccess)
def revoke(work: Work, items: list[Item[RevokeAccess]]) -> None:
    """Take shares back."""
    wanted: list[Wanted] = []

    def read(item: Item[RevokeAccess]) -> None:
        principal = principal_named("RevokeAccess", "Revokee", item.message.revokee)
        wanted.append(Wanted(item, shareable_row(work, item), principal, 0))

    work.each(items, read)
    permit_sharing(work, wanted, handing_out=False)
    live = [each for each in wanted if each.item.refusal is None]
    shares = Shares(work, [each.row.reference for each in live])
    # A share can be taken back from somebody whom the user may not see; whether anybody else exists is not told.
    for table in ("systemuser", "team"):
        asked = [each.principal.id for each in live if each.principal.table == table]
        work.as_system.load(table, asked)
        work.as_user.load(table, asked)
    for each in live:
        with work.refusing(each.item):
            share = shares.find(each.row.reference, each.principal)
            if share is None and work.as_user.row(*each.principal) is None:
                raise not_found(*each.principal)
            receiver = work.as_system.row(*each.principal)
            if receiver is not None:
                require_unmanaged(receiver)
            shares.put(each.item, each.row.reference, each.principal, 0)
