"""Rules of column security: which columns are secured, and who permits what with them (security 7)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from handsel.chain.rights.options import ColumnPermission
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.customization.definitions import count_metadata_change, hold_definitions
from handsel.engine.customization.secured import open_column, securable, secured_row
from handsel.engine.rights.columns import ADMINISTRATOR_PROFILE
from handsel.engine.rights.grants import rights_of
from handsel.engine.work import Work
from handsel.errors import Code, DuplicateRecord, InvalidArgument, PrivilegeDenied, Refused


def check_secured(work: Work, entries: Sequence[Entry]) -> None:
    """A secured column is named as its table has it, can be secured, and is secured once."""
    hold_definitions(work.organization)

    def check(entry: Entry) -> None:
        table, name = _named(entry)
        info, _column = securable(work, table, name)
        if secured_row(work, info.logical_name, name) is not entry.row:
            raise DuplicateRecord(f"{info.label}: {name} is secured already.")

    each_entry(work, entries, check)
    count_metadata_change()  # whether it is secured is part of the definition of a column


def forget_secured(work: Work, entries: Sequence[Entry]) -> None:
    """What profiles permitted with a column goes when it is secured no longer."""
    hold_definitions(work.organization)
    each_entry(work, entries, lambda entry: open_column(work, entry.item, *_named(entry)))
    count_metadata_change()  # whether it is secured is part of the definition of a column


def check_permission(work: Work, entries: Sequence[Entry]) -> None:
    """A permission is about a secured column, and nobody gives what they lack. The administrators' profile is fixed."""

    def check(entry: Entry) -> None:
        _require_changeable(entry.row.get("fieldsecurityprofileid"))
        table, name = _named(entry)
        if secured_row(work, table, name) is None:
            raise Refused(
                f"{table}.{name} is not secured, so there is nothing to permit. Secure it first: create a row of "
                "hs_securedcolumns, or set IsSecured of its definition.",
                Code.COLUMN_IS_NOT_SECURED,
            )
        _require_given(work, entry.row)

    each_entry(work, entries, check)


def _require_given(work: Work, permission: Row) -> None:
    """Refuse who lacks something that a permission gives (403)."""
    table, names = permission["entityname"], [permission["attributelogicalname"]]
    if permission.get("canread") == ColumnPermission.ALLOWED:
        access.require_readable(work.actor, table, names)
    for column, verb in (("cancreate", Privilege.CREATE), ("canupdate", Privilege.WRITE)):
        if permission.get(column) == ColumnPermission.ALLOWED:
            access.require_writable(work.actor, verb, table, names)


def check_members(work: Work) -> None:
    """Who adds members to a profile may change it, and holds what it permits. For a copied role stands the original."""
    for change in [each for each in work.changes if each.action == "create" and each.row.table in _MEMBERS]:
        if change.item.refusal is None:
            with work.refusing(change.item):
                work.require(Privilege.WRITE, "fieldsecurityprofile")
                _require_held(work, change.row["fieldsecurityprofileid"])
                if change.row.table == "hs_roleprofiles":
                    role = change.row["roleid"]
                    change.row["roleid"] = work.as_system.load("role", [role])[role]["parentrootroleid"] or role


_MEMBERS = frozenset(("systemuserprofiles", "teamprofiles", "hs_roleprofiles"))


def _require_held(work: Work, profile: UUID) -> None:
    if profile == ADMINISTRATOR_PROFILE and not rights_of(work.actor).is_administrator:
        raise PrivilegeDenied(
            "Only a System Administrator adds members to the profile System Administrator, which holds every secured "
            "column. Ask one of them."
        )
    for permission in work.as_system.children("fieldpermission", "fieldsecurityprofileid", [profile])[profile]:
        _require_given(work, permission)


def keep_permission(work: Work, entries: Sequence[Entry]) -> None:
    """The permissions of the administrators' profile stay."""
    each_entry(work, entries, lambda entry: _require_changeable(entry.row.get("fieldsecurityprofileid")))


def keep_profile(work: Work, entries: Sequence[Entry]) -> None:
    """The administrators' profile stays as it is."""
    each_entry(work, entries, lambda entry: _require_changeable(entry.row.id))


def _require_changeable(profile: object) -> None:
    if profile == ADMINISTRATOR_PROFILE:
        raise Refused(
            "The profile System Administrator holds every secured column and cannot be changed. Make a profile of your "
            "own, or add users and teams to this one.",
            Code.ADMINISTRATOR_PROFILE_IS_FIXED,
        )


def _named(entry: Entry) -> tuple[str, str]:
    table, name = entry.row.get("entityname"), entry.row.get("attributelogicalname")
    if not isinstance(table, str) or not isinstance(name, str):
        raise InvalidArgument("Name a table in entityname and a column in attributelogicalname, both logical names.")
    return table, name
