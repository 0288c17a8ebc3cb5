"""What can be shared with whom, and by whom (security 3.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.database.row import Item, Notice, Reference, Row
from handsel.engine import access
from handsel.engine.access import Need, Privilege
from handsel.engine.crud.shares import Shares
from handsel.engine.edm import ROW, ComplexType
from handsel.engine.listing import capitalized, one
from handsel.engine.parameters import as_reference
from handsel.engine.rights import access_rights
from handsel.engine.rights.access_rights import ACCESS_RIGHTS, verbs_in
from handsel.engine.rights.denial import principal_called
from handsel.engine.rights.privileges import SHARED_RIGHTS, RowsBy, coverage_of, privilege_name
from handsel.engine.rights.sharing import SHARES
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, PrivilegeDenied, Refused, abbreviated, enumerated, not_found
from handsel.tables.info import TableInfo, all_tables

PRINCIPALS = ("systemuser", "team")
PRINCIPAL_ACCESS = ComplexType("PrincipalAccess", {"AccessMask": ACCESS_RIGHTS, "Principal": ROW})
LEFT_OUT = "right_left_out"


@dataclass(slots=True)
class Wanted:
    """One share to be made or changed: its item, the row, the user or team, the rights."""

    item: Item[object]
    row: Row
    principal: Reference
    mask: int
    receiver: Row | None = None


def target_of(given: Reference) -> Reference:
    """The row that a message is about, by its logical table. Raises BadRequest for an unknown table."""
    return Reference(table_named(given.table).logical_name, given.id)


def principal_named(owner: str, name: str, given: object) -> Reference:
    """The user or team that a parameter names. Raises InvalidArgument for anything else."""
    found = as_reference(owner, name, given)
    if found.table == "organization":
        raise InvalidArgument(
            f"{owner}: rows are not shared with the whole organization. Share with a team of which everybody is a "
            "member, such as that of the root business unit, or grant the privilege by a role."
        )
    if found.table not in PRINCIPALS:
        raise InvalidArgument(f"{owner}: {name} is a user or a team (systemuser, team), not a row of {found.table}.")
    return found


def access_named(owner: str, given: object) -> tuple[Reference, int]:
    """The user or team and the rights in a `PrincipalAccess`. Raises InvalidArgument for a malformed one."""
    if not isinstance(given, Mapping):
        raise InvalidArgument(
            f'{owner} needs PrincipalAccess: {{"Principal": a user or team, "AccessMask": "ReadAccess, WriteAccess"}}, '
            f"not {abbreviated(given)}."
        )
    for name in given:
        if name not in PRINCIPAL_ACCESS.properties and "@" not in str(name):
            raise InvalidArgument(
                f"{owner}: PrincipalAccess has no property {abbreviated(name)}. It takes Principal and AccessMask."
            )
    principal = principal_named(owner, "PrincipalAccess.Principal", given.get("Principal"))
    return principal, access_rights.parsed(owner, "PrincipalAccess.AccessMask", given.get("AccessMask"))


def require_shareable(info: TableInfo) -> None:
    """Refuse tables whose rows nobody owns, lines and other parts, and views of other tables."""
    if info.united:
        raise Refused(
            f"{info.plural_label} are shared under their own table. Name that instead of {info.logical_name}, for "
            f"example {info.united[0]}."
        )
    covered = coverage_of(info.logical_name)
    if covered.rows_by is RowsBy.PARENT:
        tables = [table for lookup in covered.parents for table in info.columns[lookup].targets]
        labels = enumerated(dict.fromkeys(one(table_named(table).label) for table in tables), "or")
        raise Refused(
            f"{capitalized(one(info.label))} is not shared by itself: it has the rights of the row that it belongs to. "
            f"Share that one ({labels})."
        )
    if covered.rows_by is not RowsBy.OWNER:
        raise Refused(
            f"{capitalized(one(info.label))} is not shared: nobody owns it. A role with prvRead{covered.stem} lets "
            "users read all of them."
        )


def load_receivers(work: Work, wanted: Sequence[Wanted]) -> None:
    """Read the users and teams, as the acting user: one statement for each of the two tables."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for each in wanted:
        ids[each.principal.table].add(each.principal.id)
    for table in sorted(ids):
        work.as_user.load(table, ids[table])
    for each in wanted:
        each.receiver = work.as_user.row(*each.principal)
        if each.receiver is None:
            work.refuse(each.item, not_found(*each.principal))


def permit_sharing(work: Work, wanted: Iterable[Wanted], *, handing_out: bool) -> None:
    """Refuse whoever lacks Share and Read on the row, and when handing out, any of the rights handed out.

    Raises PrivilegeDenied for missing privileges (0x80040220), and for rows out of their reach (0x80048306).
    """
    live = [each for each in wanted if each.item.refusal is None]
    asked: dict[Privilege, list[Wanted]] = defaultdict(list)
    for each in live:
        verbs = [Privilege.READ, Privilege.SHARE, *(verbs_in(each.mask) if handing_out else ())]
        with work.refusing(each.item):
            info = work.info(each.row.table)
            needs = [Need(verb, info.logical_name) for verb in dict.fromkeys(verbs)]
            what = (info.plural_label or info.label).lower()
            access.require_all(work.actor, needs, f"share {what} with these rights")
        for verb in dict.fromkeys(verbs):
            asked[verb].append(each)
    for verb, group in asked.items():
        live = [each for each in group if each.item.refusal is None]
        beyond = {row.id for row, _, _ in work.unreached(verb, [each.row for each in live])}
        for each in live:
            if each.row.id in beyond and each.item.refusal is None:
                work.refuse(each.item, _beyond(work, verb, each.row))


def _beyond(work: Work, verb: Privilege, row: Row) -> PrivilegeDenied:
    error = access.out_of_reach(work.actor, verb, row)
    if verb in (Privilege.READ, Privilege.SHARE):
        return error
    return PrivilegeDenied(f"Nobody gives away more than they have. {error.message}", error.code, **error.details)


def check_receivers(work: Work, wanted: Sequence[Wanted]) -> None:
    """Refuse shares with the owner (0x80040214) and of managed teams (0x80048339), and those that would do nothing."""
    live = [each for each in wanted if each.item.refusal is None and each.receiver is not None]
    needs: dict[UUID, list[Need]] = defaultdict(list)
    for each in live:
        needs[each.principal.id].append(Need(Privilege.READ, each.row.table))
    receivers = {each.principal.id: each.receiver for each in live if each.receiver is not None}
    lacking = access.lacked_privileges(work.actor, list(receivers.values()), needs) if receivers else {}
    for each in live:
        with work.refusing(each.item):
            _check_receiver(work, each, lacking)


def _check_receiver(work: Work, each: Wanted, lacking: Mapping[UUID, Sequence[str]]) -> None:
    receiver, row = each.receiver, each.row
    assert receiver is not None
    require_unmanaged(receiver)
    called = name_of(work, row)
    if row.get("ownerid") == receiver.id:
        raise Refused(
            f"{called} belongs to {principal_called(receiver)} already and cannot be shared with its owner, who has "
            "the rights of their roles on it. Leave it out.",
            Code.CANNOT_SHARE_WITH_OWNER,
            table=row.table,
            id=str(row.id),
        )
    read = privilege_name(Privilege.READ, coverage_of(row.table).stem)
    if read in lacking.get(receiver.id, ()):
        refused = f"{called} cannot be shared with {principal_called(receiver)}, who could do nothing with it"
        raise access.cannot_take(work.actor, receiver, [read], row.table, refused)


def require_unmanaged(receiver: Row) -> None:
    """Refuse to touch the share of a team that the system manages (0x80048339)."""
    if receiver.table == "team" and receiver.get("systemmanaged"):
        raise Refused(
            f"{capitalized(principal_called(receiver))} was made for one row and has the rights of its template. Use "
            "AddUserToRecordTeam and RemoveUserFromRecordTeam for its members, or change the template for new teams.",
            Code.CANNOT_SHARE_SYSTEM_MANAGED_TEAM,
            table="team",
            id=str(receiver.id),
        )


def rights_handed_out(work: Work, each: Wanted) -> int:
    """The rights that a share can hold: those on a row that exists. Says so where CreateAccess was asked for."""
    kept = each.mask & SHARED_RIGHTS
    if kept != each.mask:
        if not kept:
            raise InvalidArgument("CreateAccess alone cannot be shared: the row exists already. Name ReadAccess, too.")
        text = "CreateAccess was left out of the share: the row exists already."
        work.notice(each.item, Notice(LEFT_OUT, text, (each.row.reference,), is_warning=False))
    return kept


def name_of(work: Work, row: Row) -> str:
    """A row as refusals name it: `Quote 'Office move'`."""
    info = work.info(row.table)
    return f"{info.label} '{row.get(info.primary_name) or row.id}'"


def shareable_row(work: Work, item: Item[object]) -> Row:
    """The row that an item is about, which is its first lock. Refuses tables that are not shared."""
    row = work.as_user.row(*item.locks[0])
    assert row is not None, "locks names it, so it is there"
    require_shareable(work.info(row.table))
    return row


def shared_tables() -> list[str]:
    """The tables whose rows can be shared."""
    return [
        info.logical_name
        for info in all_tables()
        if not info.is_view and coverage_of(info.logical_name).rows_by is RowsBy.OWNER
    ]


def move_shares(work: Work, item: Item[object], target: Row, moved: Mapping[str, Sequence[Row]]) -> None:
    """Unite shares that moved to a row by a merge with those it has. Its owner needs none."""
    arrived = {share.id: share for share in moved.get(SHARES, ())}
    if not arrived:
        return
    present = {
        share["principalid"]: share
        for share in Shares(work, [target.reference]).of(target.reference)
        if share.id not in arrived
    }
    for share in arrived.values():
        own = present.get(share["principalid"])
        assert share.change is not None, "it moved"
        share.change.root = target.reference
        if own is not None:
            mask = own["accessrightsmask"] | share["accessrightsmask"]
            work.update(item, own, {"accessrightsmask": mask}, root=target.reference)
        if own is not None or share["principalid"] == target.get("ownerid"):
            work.delete(item, share)
