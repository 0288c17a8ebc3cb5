"""`handsel user`: who may come in, where they stand, and which roles they hold."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from handsel.site.cli.people import add_action

if TYPE_CHECKING:
    from handsel.database.result import Row
    from handsel.engine.rights.grants import Rights
    from handsel.site.session import Session

HELP = """Make users, give them roles, move, disable and compare them.

  handsel user create anna --role Salesperson --unit North
  handsel user create erp --role Integration --integration
  handsel user role anna 'Sales Manager'               give a role; --remove takes it away
  handsel user move anna South --preview               what would change; without --preview, move
  handsel user move anna South --rows-to bert          their rows stay, and become those of another user or team
  handsel user disable anna
  handsel user diff anna bert                          what one may do and the other not

A new user's password is printed once."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = add_action(actions, "create", "make a user; the password is printed once")
    create.add_argument("name", metavar="NAME", help="the user name, by which the user signs in")
    create.add_argument("--role", action="append", default=[], metavar="ROLE", help="a role, as often as wanted")
    create.add_argument("--unit", metavar="UNIT", help="the business unit (default: the root)")
    create.add_argument("--first", metavar="TEXT", help="first name")
    create.add_argument("--last", metavar="TEXT", help="last name (default: the user name)")
    create.add_argument("--email", metavar="ADDRESS")
    create.add_argument("--integration", action="store_true", help="a program, whose amounts are taken as they are")
    add_action(actions, "list", "list the users with their units and roles")
    for name, text in (
        ("show", "show a user: roles, teams, and what they give"),
        ("enable", "let a user in again"),
        ("disable", "let a user do nothing any more"),
        ("password", "set a new password and print it once"),
    ):
        add_action(actions, name, text).add_argument("name", metavar="NAME", help="user name or full name")
    move = add_action(actions, "move", "move a user to another unit")
    move.add_argument("name", metavar="NAME", help="user name or full name")
    move.add_argument("unit", metavar="UNIT", help="where to")
    move.add_argument("--rows-to", metavar="NAME", help="a user or team who gets what the user owns")
    move.add_argument("--preview", action="store_true", help="only say what would change")
    role = add_action(actions, "role", "give a user a role, or take it away")
    role.add_argument("name", metavar="NAME", help="user name or full name")
    role.add_argument("role", metavar="ROLE")
    role.add_argument("--remove", action="store_true", help="take the role away")
    diff = add_action(actions, "diff", "show what two users may do differently")
    diff.add_argument("name", metavar="NAME")
    diff.add_argument("other", metavar="OTHER")


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action not in ("list", "show", "diff")) as session:
        _ACTIONS[options.action](session, options)
    return 0


def _create(session: Session, options: argparse.Namespace) -> None:
    from django.db import transaction

    from handsel.engine.crud.messages import Create
    from handsel.site.cli.people import find_role, hold, print_done, unit_of
    from handsel.site.setup import new_password, set_password

    unit = unit_of(session, options.unit)
    roles = [find_role(session, name) for name in options.role]
    password = new_password()
    values = {
        "domainname": options.name,
        "firstname": options.first,
        "lastname": options.last or options.name,
        "internalemailaddress": options.email,
        "businessunitid": unit,
        "isintegrationuser": options.integration,
    }
    with transaction.atomic(using=session.context.alias):
        made = session.execute(Create("systemuser", {name: value for name, value in values.items() if value}))
        user = session.retrieve("systemuser", made.id)
        for role in roles:
            hold(session, user, role)
        with session.entered():
            set_password(user.id, password)
    held = [str(role["name"]) for role in roles]
    unit_name = session.retrieve("businessunit", unit.id, ["name"])["name"]
    what = f"with the role {' and '.join(held)}" if held else "without a role: they may do nothing until they get one"
    print_done(
        options,
        f"Made user {options.name} in unit {unit_name}, {what}.\nPassword: {password}   (shown only now)",
        {"id": user.id, "user": options.name, "unit": unit_name, "roles": held, "password": password},
    )


def _list(session: Session, options: argparse.Namespace) -> None:
    from handsel.engine.rights.grants import rights_of_users
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.people import print_objects, require_roles, unit_names

    users = list(session.rows("systemuser", order_by="domainname"))
    units = unit_names(session)
    with session.entered():
        require_roles(session)
        rights = rights_of_users(user.id for user in users)
        found = [_described(user, rights[user.id], units) for user in users]
    if options.json:
        print_objects(found)
        return
    shown = columns("User", "Name", "Unit", "Roles", "")
    for each in found:
        shown.add_row(
            *(str(each[name] or "") for name in ("user", "name", "unit")),
            ", ".join(_texts(each["roles"])) or "none: may do nothing",
            "disabled" if each["isdisabled"] else "",
        )
    console().print(shown)


def _described(user: Row, rights: Rights, units: Mapping[UUID, str]) -> Mapping[str, object]:
    from handsel.site.cli.people import role_text

    return {
        "id": user.id,
        "user": user["domainname"],
        "name": user.get("fullname"),
        "unit": units.get(user.value("businessunitid", UUID)),
        "roles": [role_text(rights, role) for role in rights.roles],
        "teams": sorted(rights.tables.team_names[team] for team in rights.teams),
        "isdisabled": bool(user.get("isdisabled")),
    }


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _show(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.people import find

    show_user(session, find(session, "systemuser", options.name).id, as_json=options.json)


def show_user(session: Session, id: UUID, *, as_json: bool) -> None:
    """Print a user: unit, roles, teams, and what the roles give."""
    from handsel.engine.rights.privileges import Depth, all_privileges
    from handsel.site.cli.json_text import written
    from handsel.site.cli.people import rights_of, unit_names
    from handsel.site.cli.privilege_table import print_privileges

    with session.entered():
        rights = rights_of(session, id)
        user = _described(session.retrieve("systemuser", id), rights, unit_names(session))
        held = {name: max(grant.depth for grant in grants) for name, grants in rights.grants.items()}
        if rights.is_administrator:
            held = {each.name: max(each.depths) for each in all_privileges()}
    if as_json:
        print(written({**user, "privileges": {name: Depth(depth).name.capitalize() for name, depth in held.items()}}))
        return
    print(f"User {user['user']} ({user['name']}), unit {user['unit']}{', disabled' if user['isdisabled'] else ''}")
    print(f"Roles: {', '.join(_texts(user['roles'])) or 'none: may do nothing'}")
    print(f"Teams: {', '.join(_texts(user['teams'])) or 'none'}")
    if rights.is_administrator:
        print("System Administrator may do everything.")
    elif held:
        print()
        print_privileges(held)


def _change_state(session: Session, options: argparse.Namespace) -> None:
    from handsel.engine.crud.messages import Update
    from handsel.site.cli.people import find, named, print_done

    user = find(session, "systemuser", options.name)
    is_disabled = options.action == "disable"
    session.execute(Update("systemuser", user.id, {"isdisabled": is_disabled}))
    print_done(options, f"{named(user)} is {options.action}d.", {"id": user.id, "isdisabled": is_disabled})


def _password(session: Session, options: argparse.Namespace) -> None:
    from handsel.engine import access
    from handsel.engine.access import Privilege
    from handsel.site.cli.people import find, named, print_done
    from handsel.site.setup import new_password, set_password

    user = find(session, "systemuser", options.name)
    password = new_password()
    with session.entered():
        access.require(session.user, Privilege.WRITE, "systemuser", [user])
        set_password(user.id, password)
    print_done(
        options,
        f"{named(user)} has a new password: {password}   (shown only now)",
        {"id": user.id, "password": password},
    )


def _move(session: Session, options: argparse.Namespace) -> None:
    from handsel.engine.message import message_from
    from handsel.site.cli.people import find, find_principal, named, print_done, typed

    user = find(session, "systemuser", options.name)
    unit = find(session, "businessunit", options.unit)
    receiver = user.reference if options.rows_to is None else find_principal(session, options.rows_to)
    target = {"BusinessUnit": typed(unit.reference), "ReassignPrincipal": typed(receiver)}
    preview = session.execute(message_from("PreviewMove", {"Principal": typed(user.reference), **target}))
    assert isinstance(preview, Mapping)
    lost = sorted(str(each["Name"]) for each in preview["Roles"] if not each["IsKept"])
    if not options.preview:
        session.execute(message_from("SetBusinessSystemUser", {"SystemUserId": str(user.id), **target}))
    moves, loses, keeps = ("would move", "lose", "keep") if options.preview else ("has moved", "lost", "kept")
    roles = f"{loses} the roles {', '.join(lost)}, which there are not in that unit" if lost else f"{keeps} all roles"
    go = "would go" if options.preview else "went"
    given = "" if options.rows_to is None else f" {preview['ReassignedRows']} rows {go} to {options.rows_to}."
    print_done(
        options,
        f"{named(user)} {moves} to unit {unit['name']} with {preview['OwnedRows']} rows, and {roles}.{given}",
        {
            "id": user.id,
            "unit": unit["name"],
            "lost": lost,
            "rows": preview["OwnedRows"],
            "reassigned": preview["ReassignedRows"],
        },
    )


def _role(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.people import find, find_role, hold, named, print_done

    user, role = find(session, "systemuser", options.name), find_role(session, options.role)
    hold(session, user, role, removed=options.remove)
    verb = "no longer holds" if options.remove else "holds"
    result = {"id": user.id, "role": role["name"], "isheld": not options.remove}
    print_done(options, f"{named(user)} {verb} the role {role['name']}.", result)


def _diff(session: Session, options: argparse.Namespace) -> None:
    from handsel.chain.rights.explaining.differences import differences
    from handsel.site.cli.people import find, print_objects
    from handsel.site.cli.privilege_table import print_differences

    first, second = (find(session, "systemuser", name) for name in (options.name, options.other))
    found = differences(_held(session, first), _held(session, second))
    if options.json:
        print_objects(each.as_object() for each in found)
    else:
        print_differences(str(first["domainname"]), str(second["domainname"]), found)


def _held(session: Session, user: Row) -> Mapping[str, frozenset[str]]:
    from handsel.chain.rights.explaining.differences import held_by_user
    from handsel.site.cli.people import rights_of

    with session.entered():
        return held_by_user(rights_of(session, user.id))


_ACTIONS = {
    "create": _create,
    "list": _list,
    "show": _show,
    "enable": _change_state,
    "disable": _change_state,
    "password": _password,
    "move": _move,
    "role": _role,
    "diff": _diff,
}
