"""Rules of column security: which columns are secured, and who permits what with them (security 7)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.rights.options import ColumnPermission
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.customization.securing import open_column, securable, secured_row, tell_metadata
from handsel.engine.rights.columns import ADMINISTRATOR_PROFILE
from handsel.engine.work import Work
from handsel.errors import Code, DuplicateRecord, InvalidArgument, Refused


def check_secured(work: Work, entries: Sequence[Entry]) -> None:
    """A secured column is named as its table has it, can be secured, and is secured once."""

    def check(entry: Entry) -> None:
        table, name = _named(entry)
        info, _column = securable(work, table, name)
        if secured_row(work, info.logical_name, name) is not entry.row:
            raise DuplicateRecord(f"{info.label}: {name} is secured already.")

    each_entry(work, entries, check)
    tell_metadata()


def forget_secured(work: Work, entries: Sequence[Entry]) -> None:
    """What profiles permitted with a column goes when it is secured no longer."""
    each_entry(work, entries, lambda entry: open_column(work, entry.item, *_named(entry)))
    tell_metadata()


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
        given = [column for column in _GIVES if entry.row.get(column) == ColumnPermission.ALLOWED]
        if "canread" in given:
            access.require_readable(work.actor, table, [name])
        for column, verb in (("cancreate", Privilege.CREATE), ("canupdate", Privilege.WRITE)):
            if column in given:
                access.require_writable(work.actor, verb, table, [name])

    each_entry(work, entries, check)


_GIVES = ("canread", "cancreate", "canupdate")


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
