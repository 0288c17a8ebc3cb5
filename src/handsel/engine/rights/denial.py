"""Refusals of the access door: a plain sentence, then the vendor's for clients that search its text (security 8.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from handsel.database.context import Actor, current
from handsel.database.row import Row
from handsel.database.statements import run
from handsel.engine.rights.grants import Grant, Rights
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Privilege, coverage_of, privilege_name
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


def out_of_reach(actor: Actor, rights: Rights, lacked: Sequence[tuple[Privilege, Row]]) -> list[PrivilegeDenied]:
    """The refusals for rows that the user may read, but on which the user lacks a right; one statement names people."""
    asked: set[UUID | None] = {grant.unit for verb, row in lacked for grant in _grants(rights, verb, row)}
    for _verb, row in lacked:
        asked |= {row.get("ownerid"), row.get("owningbusinessunit")}
    names = _names(id for id in asked if id is not None)
    return [_out_of_reach(actor, rights, verb, row, names) for verb, row in lacked]


def _grants(rights: Rights, verb: Privilege, row: Row) -> Sequence[Grant]:
    return rights.grants.get(privilege_name(verb, coverage_of(row.table).stem), ())


def _out_of_reach(
    actor: Actor, rights: Rights, verb: Privilege, row: Row, names: Mapping[UUID, str]
) -> PrivilegeDenied:
    info = table_info(row.table)
    name = row.get(info.primary_name)
    called = f"{info.label} '{name}'" if name else f"{info.label} {row.id}"
    reaches = [
        f"role {grant.role_name} reaches {grant.depth.word} ({names.get(grant.unit, _ALL)})"
        if grant.depth.value
        else f"role {grant.role_name} reaches {grant.depth.word}"
        for grant in _grants(rights, verb, row)
    ]
    whose = f": it belongs to {_owner_name(row, names)}" if row.get("ownerid") else ""
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


def _owner_name(row: Row, names: Mapping[UUID, str]) -> str:
    name = names.get(row["ownerid"]) or str(row["ownerid"])
    unit = row.get("owningbusinessunit")
    return f"{name}, unit {names.get(unit, _ALL)}," if unit else name


_ALL = "of the organization"


def _names(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Users, teams and units by id."""
    dialect, wanted = current().dialect, sorted(set(ids))
    if not wanted:
        return {}
    keys = dialect.keys(wanted)
    found = run(
        "SELECT systemuserid, coalesce(fullname, domainname) FROM systemuser "
        f"WHERE {dialect.any_of('systemuserid', dialect.mark)} "
        f"UNION ALL SELECT teamid, name FROM team WHERE {dialect.any_of('teamid', dialect.mark)} "
        f"UNION ALL SELECT businessunitid, name FROM businessunit "
        f"WHERE {dialect.any_of('businessunitid', dialect.mark)}",
        (keys, keys, keys),
    )
    return {id if isinstance(id, UUID) else UUID(id): str(name) for id, name in found if name}
