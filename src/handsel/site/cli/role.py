"""`handsel role`: what roles there are, and what each grants."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from handsel.site.cli.people import add_action

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handsel.database.result import Row
    from handsel.engine.rights.privileges import Depth
    from handsel.site.session import Session

HELP = """List, make, change and compare roles.

  handsel role list
  handsel role show Salesperson
  handsel role copy Salesperson 'Key Accounts'
  handsel role grant 'Key Accounts' quote:read,write units
  handsel role grant 'Key Accounts' prvOverridePriceEngineQuote all
  handsel role revoke 'Key Accounts' quote:delete
  handsel role diff Salesperson 'Key Accounts'

How far a privilege reaches: own (own rows), unit (those of the unit), units (the unit and those below it), all."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_action(actions, "list", "list the roles")
    add_action(actions, "show", "show what a role grants").add_argument("name", metavar="ROLE")
    create = add_action(actions, "create", "make a role that grants nothing yet")
    create.add_argument("name", metavar="ROLE", help="its name")
    create.add_argument("--unit", metavar="UNIT", help="it can be held here and below (default: the root)")
    create.add_argument("--description", metavar="TEXT")
    copy = add_action(actions, "copy", "make a role that grants what another one grants")
    copy.add_argument("name", metavar="ROLE", help="the role that is copied")
    copy.add_argument("new", metavar="NEW", help="the name of the copy")
    copy.add_argument("--unit", metavar="UNIT", help="it can be held here and below (default: the root)")
    privilege_help = "a privilege, prvReadQuote, or a table with verbs, quote:read,write or quote:every"
    grant = add_action(actions, "grant", "let a role do something, or change how far")
    grant.add_argument("name", metavar="ROLE")
    grant.add_argument("privilege", metavar="PRIVILEGE|TABLE:VERBS", help=privilege_help)
    grant.add_argument("depth", metavar="DEPTH", help="own, unit, units or all")
    revoke = add_action(actions, "revoke", "let a role do something no longer")
    revoke.add_argument("name", metavar="ROLE")
    revoke.add_argument("privilege", metavar="PRIVILEGE|TABLE:VERBS", help=privilege_help)
    diff = add_action(actions, "diff", "show what two roles grant differently")
    diff.add_argument("name", metavar="ROLE")
    diff.add_argument("other", metavar="OTHER")


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action not in ("list", "show", "diff")) as session:
        _ACTIONS[options.action](session, options)
    return 0


def _list(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.people import print_objects, unit_names

    units = unit_names(session)
    held = _holders(session)
    found = [
        {
            "id": row.id,
            "name": row["name"],
            "unit": units.get(row.value("businessunitid", UUID)),
            "holders": held.get(row.id, 0),
            "isshipped": bool(row.get("ismanaged")),
            "description": row.get("description"),
        }
        for row in session.rows("role", order_by="name")
        if row.get("parentrootroleid") in (None, row.id)
    ]
    if options.json:
        print_objects(found)
        return
    shown = columns("Role", "Unit", "Held by", "What it is for", right=("Held by",))
    for each in found:
        shown.add_row(*(str(each[name]) for name in ("name", "unit", "holders")), str(each["description"] or ""))
    console().print(shown)


def _holders(session: Session) -> Mapping[UUID, int]:
    """How many users and teams hold each role, in whichever unit."""
    from handsel.database.row import referenced

    originals = {row.id: referenced(row.get("parentrootroleid")) or row.id for row in session.rows("role")}
    found: dict[UUID, int] = {}
    for table in ("systemuserroles", "teamroles"):
        for row in session.rows(table):
            original = originals.get(row.value("roleid", UUID))
            if original is not None:
                found[original] = found.get(original, 0) + 1
    return found


def _show(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.json_text import written
    from handsel.site.cli.people import find_role, unit_names
    from handsel.site.cli.privilege_table import print_privileges

    role = find_role(session, options.name)
    unit = unit_names(session).get(role.value("businessunitid", UUID))
    held = _granted(session, role)
    if options.json:
        depths = {name: depth.name.capitalize() for name, depth in held.items()}
        print(written({"id": role.id, "name": role["name"], "unit": unit, "privileges": depths}))
        return
    print(f"Role {role['name']}, unit {unit}: {role.get('description') or 'no description'}")
    if not held:
        print("It may do everything." if _is_administrator(role) else "It grants nothing.")
        return
    print()
    print_privileges(held)


def _create(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.people import print_done

    made = _made(session, options.name, options.unit, options.description)
    sentence = f"Made role {made['name']}, which grants nothing yet. `handsel role grant` lets it do something."
    print_done(options, sentence, {"id": made.id, "name": made["name"]})


def _made(session: Session, name: str, unit: str | None, description: str | None) -> Row:
    from handsel.engine.crud.messages import Create
    from handsel.site.cli.people import unit_of

    values = {"name": name, "businessunitid": unit_of(session, unit), "description": description}
    return session.execute(Create("role", {name: value for name, value in values.items() if value}))


def _copy(session: Session, options: argparse.Namespace) -> None:
    from django.db import transaction

    from handsel.errors import Refused
    from handsel.site.cli.people import find_role, print_done

    role = find_role(session, options.name)
    if _is_administrator(role):
        raise Refused(
            f"Role '{role['name']}' may do everything, also what comes later; it cannot be copied. Copy another role."
        )
    held = _granted(session, role)
    with transaction.atomic(using=session.context.alias):
        made = _made(session, options.new, options.unit, str(role.get("description") or ""))
        _grant_all(session, made.id, held)
    sentence = f"Made role {made['name']}, which grants what {role['name']} grants ({len(held)} privileges)."
    print_done(options, sentence, {"id": made.id, "name": made["name"], "privileges": len(held)})


def _grant(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.people import depth_named, find_role, print_done, privileges_named

    role = find_role(session, options.name)
    depth = depth_named(options.depth)
    names = privileges_named(session, options.privilege)
    _grant_all(session, role.id, dict.fromkeys(names, depth))
    sentence = f"Role {role['name']} grants {', '.join(names)}: {depth.word}."
    print_done(options, sentence, {"id": role.id, "privileges": names, "depth": depth.name.capitalize()})


def _grant_all(session: Session, role: UUID, wanted: Mapping[str, Depth]) -> None:
    from handsel.engine.message import message_from
    from handsel.engine.rights.privilege_ids import privilege_id

    privileges = [
        {"PrivilegeId": str(privilege_id(name)), "PrivilegeName": name, "Depth": depth.name.capitalize()}
        for name, depth in wanted.items()
    ]
    session.execute(message_from("AddPrivilegesRole", {"RoleId": str(role), "Privileges": privileges}))


def _revoke(session: Session, options: argparse.Namespace) -> None:
    from handsel.engine.message import message_from
    from handsel.engine.rights.privilege_ids import privilege_id
    from handsel.errors import NotFound
    from handsel.site.cli.people import find_role, print_done, privileges_named

    role = find_role(session, options.name)
    held = _granted(session, role)
    names = privileges_named(session, options.privilege)
    granted = [name for name in names if name in held]
    if not granted:
        raise NotFound(f"Role '{role['name']}' does not grant {' or '.join(names)}.")
    privileges = [{"@odata.type": _PRIVILEGE, "privilegeid": str(privilege_id(name))} for name in granted]
    session.execute_many(
        [message_from("RemovePrivilegeRole", {"RoleId": str(role.id), "Privilege": each}) for each in privileges]
    )
    sentence = f"Role {role['name']} no longer grants {', '.join(granted)}."
    print_done(options, sentence, {"id": role.id, "privileges": granted})


_PRIVILEGE = "Microsoft.Dynamics.CRM.privilege"


def _diff(session: Session, options: argparse.Namespace) -> None:
    from handsel.chain.rights.explaining.differences import differences, held_by_role
    from handsel.engine.rights.privileges import all_privileges
    from handsel.site.cli.people import find_role, print_objects
    from handsel.site.cli.privilege_table import print_differences

    roles = [find_role(session, name) for name in (options.name, options.other)]
    everything = {each.name: max(each.depths) for each in all_privileges()}
    held = [held_by_role(everything if _is_administrator(role) else _granted(session, role)) for role in roles]
    found = differences(held[0], held[1])
    if options.json:
        print_objects(each.as_object() for each in found)
    else:
        print_differences(str(roles[0]["name"]), str(roles[1]["name"]), found)


def _granted(session: Session, role: Row) -> Mapping[str, Depth]:
    """What a role grants, by privilege, in the order of the names."""
    from handsel.engine.rights.privileges import Depth

    names = {row.id: str(row["name"]) for row in session.rows("privilege")}
    rows: Iterable[Row] = session.rows("roleprivileges", f"roleid eq {role.id}")
    found = {names[row.value("privilegeid", UUID)]: Depth.of_mask(row.value("privilegedepthmask", int)) for row in rows}
    return dict(sorted(found.items()))


def _is_administrator(role: Row) -> bool:
    from handsel.engine.rights.grants import ADMINISTRATOR_TEMPLATE

    return bool(role.get("roletemplateid") == ADMINISTRATOR_TEMPLATE)


_ACTIONS = {
    "list": _list,
    "show": _show,
    "create": _create,
    "copy": _copy,
    "grant": _grant,
    "revoke": _revoke,
    "diff": _diff,
}
