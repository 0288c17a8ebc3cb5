"""Refusals of the access door: a plain sentence, then the vendor's for clients that search its text (security 8.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.columns import ALLOWED
from handsel.engine.rights.grants import Grant, Rights
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth, Privilege, coverage_of, privilege_name
from handsel.engine.rights.reaching import reached
from handsel.errors import Code, PrivilegeDenied, enumerated
from handsel.tables.info import table_info

ASSIGN_ROLE = privilege_name(Privilege.ASSIGN, "Role")
"""The privilege to give roles: who has it is told which roles would do."""

_DOING = {
    Privilege.CREATE: "create",
    Privilege.READ: "read",
    Privilege.WRITE: "change",
    Privilege.DELETE: "delete",
    Privilege.APPEND: "link",
    Privilege.APPEND_TO: "link to",
    Privilege.ASSIGN: "assign",
    Privilege.SHARE: "share",
}


def lacks(actor: Actor, rights: Rights, names: Sequence[str], table: str, doing: str) -> PrivilegeDenied:
    """The refusal of a user who lacks privileges at any depth: all of them, and the roles that have them all."""
    if not rights.roles:
        text = (
            f"User {actor.domain_name} holds no role and may do nothing. Ask an administrator for a role: "
            f"`handsel user role {actor.domain_name} ROLE`. It takes {enumerated(names)} to {doing}."
        )
        return PrivilegeDenied(text, Code.USER_HAS_NO_ROLES, table=table, missing=tuple(names))
    # What other roles hold is for those who may give roles (security 12).
    having = rights.tables.roles_with(names) if rights.holds(ASSIGN_ROLE) else []
    cure = f"a role that has {'it' if len(names) == 1 else 'them'}"
    if having:
        cure += f", such as {enumerated(having, 'or')}"
    text = (
        f"User {actor.domain_name} may not {doing}: no role of theirs has {enumerated(names)}. "
        f"Ask an administrator for {cure}. {_vendors(_principal(actor.user_id, 'user', rights), names, table)}"
    )
    if not having:
        return PrivilegeDenied(text, table=table, missing=tuple(names))
    return PrivilegeDenied(text, table=table, missing=tuple(names), cure=tuple(having))


def cannot_take(known: Rights, row: Row, names: Sequence[str], table: str, refused: str) -> PrivilegeDenied:
    """The refusal to make somebody the owner of a row, or to share one with them, who could do nothing with it.

    `row` is the user or team who lacks the privileges, `known` the rights of who asks, `refused` what is refused.
    """
    whom = principal_called(row)
    having = known.tables.roles_with(names)
    such = f", such as {enumerated(having, 'or')}" if having else ""
    it = "it" if len(names) == 1 else "them"
    nobody = "no role of theirs" if row.table == "systemuser" else "neither a role of the team nor of its members"
    rights = known.tables.holding[row.id]
    assert rights is not None, "of whom nothing is known nothing is lacked"
    text = (
        f"{refused}: {nobody} has {enumerated(names)}. Give {whom} a role that has {it} first{such}. "
        f"{_vendors(_principal(row.id, 'user' if row.table == 'systemuser' else 'team', rights), names, table)}"
    )
    return PrivilegeDenied(text, table=table, id=str(row.id), missing=tuple(names), cure=tuple(having))


def principal_called(row: Row) -> str:
    """A user or team as people say it: `user anna`, `team 'North'`."""
    return f"user {row.get('domainname')}" if row.table == "systemuser" else f"team '{row.get('name')}'"


def _principal(id: object, kind: str, rights: Rights) -> str:
    number = 8 if kind == "user" else 9
    counts = f"roleCount={len(rights.roles)}, privilegeCount={len(rights.grants)}"
    return f"Principal {kind} (Id={id}, type={number}, {counts})"


def _vendors(principal: str, names: Sequence[str], table: str) -> str:
    info = table_info(table) if table else None
    where = (
        "" if info is None else (f" on OTC={info.object_type_code} for entity '{table}' (LocalizedName='{info.label}')")
    )
    lacking = ", ".join(f"{name} privilege (Id={privilege_id(name)})" for name in names)
    return f"{principal}, is missing {lacking}{where}."


def out_of_reach(actor: Actor, rights: Rights, lacked: Sequence[tuple[Privilege, Row]]) -> list[PrivilegeDenied]:
    """The refusals for rows that the user may read, but on which the user lacks a right; people are named at once."""
    names = _names(rights, [row for _verb, row in lacked])
    return [_out_of_reach(actor, rights, verb, row, names) for verb, row in lacked]


def _out_of_reach(
    actor: Actor, rights: Rights, verb: Privilege, row: Row, names: Mapping[UUID, str]
) -> PrivilegeDenied:
    ask = "Ask its owner to share it, or" if row.get("ownerid") and verb is not Privilege.CREATE else "Ask"
    text = (
        f"User {actor.domain_name} may not {doing_to(verb, row)}{beyond(rights, verb, row, names)}. {ask} "
        f"an administrator for a role that reaches further. Principal with id {actor.user_id} does not "
        f"have {verb.right_name} right(s) for record with id {row.id} of entity {row.table}."
    )
    return PrivilegeDenied(text, Code.ACCESS_DENIED, table=row.table, id=str(row.id), right=verb.right_name)


def beyond(rights: Rights, verb: Privilege, row: Row, names: Mapping[UUID, str] | None = None) -> str:
    """Why a row is out of reach: whose it is, and how far each role reaches. `names` are those of people and units."""
    grants = rights.grants.get(privilege_name(verb, coverage_of(row.table).stem), ())
    known = _all_names(rights, row) if names is None else names
    whose = f"it belongs to {_owner_name(row, known)}" if row.get("ownerid") else _unit_text(row, known)
    how = enumerated(dict.fromkeys(how_far(rights, grant) for grant in grants)) if grants else ""
    told = " and ".join(filter(None, (whose, how)))
    return f": {told}" if told else ""


def _unit_text(row: Row, names: Mapping[UUID, str]) -> str:
    unit = row.get(coverage_of(row.table).unit)
    return f"it stands in unit {names[unit]}" if unit in names else ""


def how_far(rights: Rights, grant: Grant) -> str:
    """What a role gives, as people say it: `role Salesperson reaches the unit (North)`."""
    through = "" if grant.team is None else f" of team {rights.tables.team_names[grant.team]}"
    return f"role {grant.role_name}{through} reaches {reach_of(rights, grant)}"


def reach_of(rights: Rights, grant: Grant) -> str:
    """Which rows a grant reaches, as people say it: `the unit (North)`."""
    if grant.team is not None and grant.team_rows_only:
        return f"rows of team {rights.tables.team_names[grant.team]}"
    unit = f" ({rights.tables.unit_names[grant.unit]})" if grant.depth in (Depth.LOCAL, Depth.DEEP) else ""
    return f"{grant.depth.word}{unit}"


def doing_to(verb: Privilege, row: Row) -> str:
    """What is done to one row, as people say it: `change Quote 'Office move'`."""
    return f"{_DOING[verb]} {called(row)}"


def called(row: Row) -> str:
    """A row by its name: `Quote 'Office move'`."""
    info = table_info(row.table)
    name = row.get(info.primary_name) or row.get("domainname")
    return f"{info.label} '{name}'" if name else f"{info.label} {row.id}"


_COLUMN_CODES = {
    Privilege.CREATE: Code.SECURED_COLUMN_CREATE_DENIED,
    Privilege.READ: Code.PRIVILEGE_DENIED,
    Privilege.WRITE: Code.SECURED_COLUMN_UPDATE_DENIED,
}
_COLUMN_VERBS = {Privilege.CREATE: "set", Privilege.READ: "read", Privilege.WRITE: "change"}
_PERMISSIONS = {Privilege.CREATE: "cancreate", Privilege.READ: "canread", Privilege.WRITE: "canupdate"}


def of_columns(actor: Actor, verb: Privilege, table: str, columns: Sequence[str]) -> PrivilegeDenied:
    """The refusal of what a user wants to do with secured columns; it names profiles that allow it."""
    info, it = table_info(table), "it" if len(columns) == 1 else "them"
    allowing = run(
        "SELECT DISTINCT p.name FROM fieldpermission AS f JOIN fieldsecurityprofile AS p "
        f"ON p.fieldsecurityprofileid = f.fieldsecurityprofileid WHERE f.entityname = {mark()} AND "
        f"f.attributelogicalname = {mark()} AND f.{_PERMISSIONS[verb]} = {ALLOWED} ORDER BY p.name",
        (table, columns[0]),
    )
    such = f" such as '{allowing[0][0]}'" if allowing else ""
    text = (
        f"User {actor.domain_name} may not {_COLUMN_VERBS[verb]} {enumerated(columns)} of {info.label} ({table}): "
        f"{'the column is' if len(columns) == 1 else 'these columns are'} secured. Leave {it} out, or ask an "
        f"administrator for a column security profile that allows {it},{such or ' of which there is none yet'}."
    )
    return PrivilegeDenied(text, _COLUMN_CODES[verb], table=table, columns=tuple(columns))


def doing(verb: Privilege, table: str) -> str:
    """What is refused, as people say it: `create quotes`."""
    info = table_info(table)
    plural = info.plural_label or info.label
    return f"{_DOING[verb]} {plural.lower()}"


_OTHER = "another user or team"
_ALL = "of the organization"


def _owner_name(row: Row, names: Mapping[UUID, str]) -> str:
    name, unit = names.get(row["ownerid"], _OTHER), row.get("owningbusinessunit")
    return f"{name}, unit {names.get(unit, _ALL)}," if unit else name


def _all_names(rights: Rights, row: Row) -> Mapping[UUID, str]:
    """The owner of a row and its unit by name, for an explanation to who may ask about other users."""
    owner, unit = row.get("ownerid"), row.get("owningbusinessunit") or row.get(coverage_of(row.table).unit)
    found = {} if owner is None else {owner: principal_name(owner)}
    return found if unit is None else {**found, unit: rights.tables.unit_names[unit]}


def _names(rights: Rights, rows: Iterable[Row]) -> Mapping[UUID, str]:
    """The owners of rows and their units that the user may see, with their names."""
    ids = {
        row.get(column) for row in rows for column in ("ownerid", "owningbusinessunit", coverage_of(row.table).unit)
    } - {None}
    wanted, found = sorted(ids), dict[UUID, str]()
    for table in ("systemuser", "team", "businessunit") if wanted else ():
        info = table_info(table)
        seen = reached(rights, Privilege.READ, table).narrowed(info.model._default_manager.filter(pk__in=wanted))
        found.update((id, name) for id, name in seen.values_list("pk", info.attribute(info.primary_name)) if name)
    return found


def principal_name(id: UUID) -> str:
    """The name of a user or team."""
    name = _one_text("SELECT coalesce(fullname, domainname) FROM systemuser WHERE systemuserid = ", id)
    return name or _one_text("SELECT name FROM team WHERE teamid = ", id) or str(id)


def _one_text(sql: str, key: UUID) -> str | None:
    found = run(sql + mark(), (key_value(key),))
    return str(found[0][0]) if found and found[0][0] else None
