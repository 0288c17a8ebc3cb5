"""What holds for business units, teams and users."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from handsel.chain.party.cycles import looped
from handsel.chain.party.uniqueness import require_unique
from handsel.database.row import Reference
from handsel.engine import access
from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, Refused, RequiredFieldMissing


def root_unit(work: Work) -> UUID | None:
    """The business unit that has no parent: the organization as a whole."""
    units = access.all_rows("businessunit").filter(parent_business_unit__isnull=True)
    found: UUID | None = units.order_by("pk").values_list("pk", flat=True).first()
    return found


def fill_units(work: Work, drafts: Sequence[Draft]) -> None:
    """The parent of a new business unit is the root, unless another one is given."""
    _default_to_root(work, drafts, "parentbusinessunitid")


def fill_users(work: Work, drafts: Sequence[Draft]) -> None:
    """A new user belongs to the root business unit, unless another one is given."""
    _default_to_root(work, drafts, "businessunitid")


def fill_teams(work: Work, drafts: Sequence[Draft]) -> None:
    """A new team belongs to the root business unit and is administered by the caller, unless others are given."""
    _default_to_root(work, drafts, "businessunitid")
    for draft in drafts:
        if draft.values.get("administratorid") is None:
            draft.values["administratorid"] = Reference("systemuser", work.actor.user_id)


def _default_to_root(work: Work, drafts: Sequence[Draft], column: str) -> None:
    empty = [draft for draft in drafts if draft.values.get(column) is None]
    root = root_unit(work) if empty else None
    for draft in empty:
        draft.values[column] = Reference("businessunit", root) if root else None


def check_units(work: Work, entries: Sequence[Entry]) -> None:
    """There is one root, it stays enabled, no unit is its own ancestor, and names are unique."""
    if not entries:
        return
    require_unique(work, entries, "name")
    moved = [entry for entry in entries if entry.changed("parentbusinessunitid", "isdisabled")]
    loops = looped(work, "businessunit", "parentbusinessunitid", [entry.row for entry in moved])
    root = root_unit(work) if moved else None

    def check(entry: Entry) -> None:
        row, name = entry.row, f"Business unit '{entry.row.get('name')}'"
        if row.id == root and (row.get("parentbusinessunitid") or row.get("isdisabled")):
            raise Refused(f"{name} is the root of the organization: it has no parent and stays enabled.")
        if row.id != root and row.get("parentbusinessunitid") is None:
            raise Refused(f"{name} needs a parent in parentbusinessunitid; only the root has none.")
        if row.id in loops:
            raise Refused(f"{name} would stand above itself. Choose a parent that is not below it.")

    each_entry(work, moved, check)


def protect_root(work: Work, entries: Sequence[Entry]) -> None:
    """The root business unit cannot be deleted."""
    for entry in entries:
        if entry.row.get("parentbusinessunitid") is None:
            text = f"Business unit '{entry.row.get('name')}' is the root of the organization and cannot be deleted."
            work.refuse(entry.item, Refused(text, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION))


def protect_default_teams(work: Work, entries: Sequence[Entry]) -> None:
    """The team of a whole business unit cannot be deleted."""
    for entry in entries:
        if entry.row.get("isdefault"):
            text = f"Team '{entry.row.get('name')}' stands for its whole business unit and cannot be deleted."
            work.refuse(entry.item, Refused(text, Code.CANNOT_DELETE_DEFAULT_TEAM))


def check_users(work: Work, entries: Sequence[Entry]) -> None:
    """User names are unique, no user is their own manager, and no user can disable themselves.

    Because users cannot disable themselves, at least one enabled user always remains.
    """
    require_unique(work, entries, "domainname")
    live = [entry for entry in entries if entry.item.refusal is None]
    managed = [
        entry.row for entry in live if entry.changed("parentsystemuserid") and entry.row.get("parentsystemuserid")
    ]
    loops = looped(work, "systemuser", "parentsystemuserid", managed)

    def check(entry: Entry) -> None:
        row, name = entry.row, f"User '{entry.row.get('domainname')}'"
        if not row.get("domainname"):
            raise RequiredFieldMissing("A user needs a user name in domainname.", table="systemuser")
        if row.id in loops:
            raise Refused(
                f"{name} would be their own manager. Choose a manager who is not below them.",
                Code.USER_LOOP_BEING_CREATED,
            )
        if row.id == work.actor.user_id and row.get("isdisabled"):
            text = f"{name} is you, and you cannot disable yourself. Ask another administrator."
            raise Refused(text, Code.CANNOT_DISABLE_SELF)
        if entry.changed("hs_privileges"):
            _require_known(access.names_of_privileges(row.get("hs_privileges")))

    each_entry(work, live, check)


def _require_known(names: Sequence[str]) -> None:
    """Refuse a privilege that is held by a role or unknown, so that a misspelled one is noticed."""
    known = access.single_privileges()
    for name in names:
        if name not in known:
            raise InvalidArgument(
                f"'{name}' is no privilege that is granted one by one. These are: {', '.join(sorted(known))}.",
                table="systemuser",
                column="hs_privileges",
            )


def forbid_deleting_oneself(work: Work, entries: Sequence[Entry]) -> None:
    """Users cannot delete themselves."""
    for entry in entries:
        if entry.row.id == work.actor.user_id:
            name = entry.row.get("domainname")
            text = f"User '{name}' is you, and you cannot delete yourself. Ask another administrator."
            work.refuse(entry.item, Refused(text, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION))
