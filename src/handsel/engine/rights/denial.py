"""Refusals of the access door: a plain sentence, then the vendor's for clients that search its text (security 8.2)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.columns import ALLOWED
from handsel.engine.rights.grants import Rights
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


def out_of_reach(actor: Actor, rights: Rights, verb: Privilege, row: Row) -> PrivilegeDenied:
    """The refusal for a row that the user may read, but on which the user lacks a right."""
    info = table_info(row.table)
    name = row.get(info.primary_name)
    called = f"{info.label} '{name}'" if name else f"{info.label} {row.id}"
    grants = rights.grants.get(privilege_name(verb, coverage_of(row.table).stem), ())
    reaches = [
        f"role {grant.role_name} reaches {grant.depth.word} ({_unit_name(grant.unit)})"
        if grant.depth.value
        else f"role {grant.role_name} reaches {grant.depth.word}"
        for grant in grants
    ]
    whose = f": it belongs to {_owner_name(row)}" if row.get("ownerid") else ""
    how = f" and your {enumerated(list(dict.fromkeys(reaches)))}" if reaches else ""
    text = (
        f"User {actor.domain_name} may not {_DOING[verb]} {called}{whose}{how}. Ask its owner to share it, or an "
        f"administrator for a role that reaches further. Principal with id {actor.user_id} does not have "
        f"{verb.right_name} right(s) for record with id {row.id} of entity {row.table}."
    )
    return PrivilegeDenied(text, Code.ACCESS_DENIED, table=row.table, id=str(row.id), right=verb.right_name)


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


def _owner_name(row: Row) -> str:
    name = _one_text("SELECT coalesce(fullname, domainname) FROM systemuser WHERE systemuserid = ", row["ownerid"])
    name = name or _one_text("SELECT name FROM team WHERE teamid = ", row["ownerid"]) or str(row["ownerid"])
    unit = row.get("owningbusinessunit")
    return f"{name}, unit {_unit_name(unit)}," if unit else name


def _unit_name(unit: object) -> str:
    return _one_text("SELECT name FROM businessunit WHERE businessunitid = ", unit) or "of the organization"


def _one_text(sql: str, key: object) -> str | None:
    found = run(sql + mark(), (key_value(key),))
    return str(found[0][0]) if found and found[0][0] else None
