"""Refusals of the access door: a plain sentence, then the vendor's for clients that search its text (security 8.2)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.engine.rights.grants import Rights
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Privilege, coverage_of, privilege_name
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
        f"Ask an administrator for {cure}. {_vendors(actor, rights, names, table)}"
    )
    if not having:
        return PrivilegeDenied(text, table=table, missing=tuple(names))
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
    info = table_info(row.table)
    name = row.get(info.primary_name)
    called = f"{info.label} '{name}'" if name else f"{info.label} {row.id}"
    grants = rights.grants.get(privilege_name(verb, coverage_of(row.table).stem), ())
    reaches = [
        f"role {grant.role_name} reaches {grant.depth.word} ({_unit_name(rights, grant.unit)})"
        if grant.depth.value
        else f"role {grant.role_name} reaches {grant.depth.word}"
        for grant in grants
    ]
    whose = f": it belongs to {_owner_name(rights, row)}" if row.get("ownerid") else ""
    how = f" and your {enumerated(list(dict.fromkeys(reaches)))}" if reaches else ""
    text = (
        f"User {actor.domain_name} may not {_DOING[verb]} {called}{whose}{how}. Ask its owner to share it, or an "
        f"administrator for a role that reaches further. Principal with id {actor.user_id} does not have "
        f"{verb.right_name} right(s) for record with id {row.id} of entity {row.table}."
    )
    return PrivilegeDenied(text, Code.ACCESS_DENIED, table=row.table, id=str(row.id), right=verb.right_name)


def doing(verb: Privilege, table: str) -> str:
    """What is refused, as people say it: `create quotes`."""
    info = table_info(table)
    plural = info.plural_label or info.label
    return f"{_DOING[verb]} {plural.lower()}"


def _owner_name(rights: Rights, row: Row) -> str:
    owner, unit = row["ownerid"], row.get("owningbusinessunit")
    name = _name(rights, "systemuser", owner) or _name(rights, "team", owner) or "another user or team"
    return f"{name}, unit {_unit_name(rights, unit)}," if unit else name


def _unit_name(rights: Rights, unit: UUID | None) -> str:
    return _name(rights, "businessunit", unit) or "of the organization"


def _name(rights: Rights, table: str, key: UUID | None) -> str | None:
    """The name of a user, team or unit; None for one that the user may not see."""
    info = table_info(table)
    seen = reached(rights, Privilege.READ, table).narrowed(info.model._default_manager.filter(pk=key))
    name: str | None = seen.values_list(info.attribute(info.primary_name), flat=True).first()
    return name or None
