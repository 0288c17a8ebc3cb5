"""Refusals of the access door: a plain sentence, then the vendor's for clients that search its text (security 8.2)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.grants import Grant, Rights
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth, Privilege, coverage_of, privilege_name
from handsel.errors import Code, PrivilegeDenied, enumerated
from handsel.tables.info import table_info

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
    having = rights.tables.roles_with(names)
    cure = f"a role that has {'it' if len(names) == 1 else 'them'}"
    if having:
        cure += f", such as {enumerated(having, 'or')}"
    text = (
        f"User {actor.domain_name} may not {doing}: no role of theirs has {enumerated(names)}. "
        f"Ask an administrator for {cure}. {_vendors(actor, rights, names, table)}"
    )
    return PrivilegeDenied(text, table=table, missing=tuple(names), cure=tuple(having))


def _vendors(actor: Actor, rights: Rights, names: Sequence[str], table: str) -> str:
    info = table_info(table) if table else None
    where = (
        "" if info is None else (f" on OTC={info.object_type_code} for entity '{table}' (LocalizedName='{info.label}')")
    )
    lacking = ", ".join(f"{name} privilege (Id={privilege_id(name)})" for name in names)
    return (
        f"Principal user (Id={actor.user_id}, type=8, roleCount={len(rights.roles)}, "
        f"privilegeCount={len(rights.grants)}), is missing {lacking}{where}."
    )


def out_of_reach(actor: Actor, rights: Rights, verb: Privilege, row: Row) -> PrivilegeDenied:
    """The refusal for a row that the user may read, but on which the user lacks a right."""
    text = (
        f"User {actor.domain_name} may not {doing_to(verb, row)}{beyond(rights, verb, row)}. Ask its owner to share "
        f"it, or an administrator for a role that reaches further. Principal with id {actor.user_id} does not have "
        f"{verb.right_name} right(s) for record with id {row.id} of entity {row.table}."
    )
    return PrivilegeDenied(text, Code.ACCESS_DENIED, table=row.table, id=str(row.id), right=verb.right_name)


def beyond(rights: Rights, verb: Privilege, row: Row) -> str:
    """Why a row is out of reach: whose it is, and how far each role reaches."""
    grants = rights.grants.get(privilege_name(verb, coverage_of(row.table).stem), ())
    whose = f": it belongs to {owner_name(row)}" if row.get("ownerid") else ""
    how = f" and {enumerated(dict.fromkeys(how_far(rights, grant) for grant in grants))}" if grants else ""
    return whose + how


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
    name = row.get(info.primary_name)
    return f"{info.label} '{name}'" if name else f"{info.label} {row.id}"


def doing(verb: Privilege, table: str) -> str:
    """What is refused, as people say it: `create quotes`."""
    info = table_info(table)
    plural = info.plural_label or info.label
    return f"{_DOING[verb]} {plural.lower()}"


def owner_name(row: Row) -> str:
    """The user or team that owns a row, with the unit the row belongs to."""
    unit = row.get("owningbusinessunit")
    name = principal_name(row["ownerid"])
    return f"{name}, unit {unit_name(unit)}," if unit else name


def principal_name(id: UUID) -> str:
    """The name of a user or team."""
    name = _one_text("SELECT coalesce(fullname, domainname) FROM systemuser WHERE systemuserid = ", id)
    return name or _one_text("SELECT name FROM team WHERE teamid = ", id) or str(id)


def unit_name(unit: UUID) -> str:
    """The name of a business unit."""
    return _one_text("SELECT name FROM businessunit WHERE businessunitid = ", unit) or "of the organization"


def _one_text(sql: str, key: UUID) -> str | None:
    found = run(sql + mark(), (key_value(key),))
    return str(found[0][0]) if found and found[0][0] else None
