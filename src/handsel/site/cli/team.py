"""`handsel team`: users who own rows together, or with whom rows are shared."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from handsel.site.cli.people import add_action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handsel.database.result import Row
    from handsel.site.session import Session

HELP = """Make teams, put users into them, give them roles.

  handsel team create 'Big deals' --unit North
  handsel team add 'Big deals' anna bert
  handsel team role 'Big deals' Salesperson       give a role; --remove takes it away
  handsel team remove 'Big deals' bert
  handsel team create Reviewers --access          a team that only gets shares"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_action(actions, "list", "list the teams with their members and roles")
    add_action(actions, "show", "show a team").add_argument("name", metavar="TEAM")
    create = add_action(actions, "create", "make a team")
    create.add_argument("name", metavar="TEAM", help="its name")
    create.add_argument("--unit", metavar="UNIT", help="the business unit (default: the root)")
    create.add_argument(
        "--access", action="store_true", help="it owns nothing and holds no role; rows are shared with it"
    )
    create.add_argument("--role", action="append", default=[], metavar="ROLE", help="a role, as often as wanted")
    for name, text in (("add", "put users into a team"), ("remove", "take users out of a team")):
        members = add_action(actions, name, text)
        members.add_argument("name", metavar="TEAM")
        members.add_argument("members", nargs="+", metavar="USER", help="user name or full name")
    role = add_action(actions, "role", "give a team a role, or take it away")
    role.add_argument("name", metavar="TEAM")
    role.add_argument("role", metavar="ROLE")
    role.add_argument("--remove", action="store_true", help="take the role away")


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action not in ("list", "show")) as session:
        _ACTIONS[options.action](session, options)
    return 0


def _list(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.people import print_objects

    found = [_described(session, team) for team in session.rows("team", order_by="name")]
    if options.json:
        print_objects(found)
        return
    shown = columns("Team", "Unit", "Kind", "Members", "Roles")
    for each in found:
        shown.add_row(*(_text(each[name]) for name in ("name", "unit", "kind", "members", "roles")))
    console().print(shown)


def _show(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.json_text import written
    from handsel.site.cli.people import find

    team = _described(session, find(session, "team", options.name))
    if options.json:
        print(written(team))
        return
    print(f"Team {team['name']}, unit {team['unit']} ({team['kind']})")
    print(f"Members: {_text(team['members']) or 'none'}")
    print(f"Roles: {_text(team['roles']) or 'none'}")


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _described(session: Session, team: Row) -> Mapping[str, object]:
    from handsel.site.cli.people import roles_of, unit_names
    from handsel.tables.info import table_info

    kinds = table_info("team").columns["teamtype"].labels
    users = {row.id: str(row["domainname"]) for row in session.rows("systemuser")}
    members = [row.value("systemuserid", UUID) for row in session.rows("teammembership", f"teamid eq {team.id}")]
    is_default = bool(team.get("isdefault"))
    return {
        "id": team.id,
        "name": team["name"],
        "unit": unit_names(session).get(team.value("businessunitid", UUID)),
        "kind": "the whole unit" if is_default else kinds[team.value("teamtype", int)],
        "members": sorted(users[id] for id in members if id in users),
        "roles": sorted(role.name for role in roles_of(session, team.reference)),
    }


def _create(session: Session, options: argparse.Namespace) -> None:
    from django.db import transaction

    from handsel.chain.party.options import TeamType
    from handsel.engine.crud.messages import Create
    from handsel.site.cli.people import find_role, hold, print_done, unit_of

    roles = [find_role(session, name) for name in options.role]
    kind = TeamType.ACCESS if options.access else TeamType.OWNER
    values = {"name": options.name, "businessunitid": unit_of(session, options.unit), "teamtype": int(kind)}
    with transaction.atomic(using=session.context.alias):
        made = session.execute(Create("team", values))
        team = session.retrieve("team", made.id)
        for role in roles:
            hold(session, team, role)
    held = [str(role["name"]) for role in roles]
    with_roles = f", with the role {' and '.join(held)}" if held else ""
    print_done(options, f"Made team {options.name}{with_roles}.", {"id": team.id, "name": options.name, "roles": held})


def _members(session: Session, options: argparse.Namespace) -> None:
    from handsel.chain.party.messages import AddMembersTeam, RemoveMembersTeam
    from handsel.site.cli.people import find, print_done

    team = find(session, "team", options.name)
    users: Sequence[Row] = [find(session, "systemuser", name) for name in options.members]
    ids = [user.id for user in users]
    is_adding = options.action == "add"
    session.execute(AddMembersTeam(team.id, ids) if is_adding else RemoveMembersTeam(team.id, ids))
    names = [str(user["domainname"]) for user in users]
    verb = "is now" if is_adding else "is no longer"
    sentence = f"{' and '.join(names)} {verb if len(names) == 1 else verb.replace('is', 'are')} in team {team['name']}."
    print_done(options, sentence, {"id": team.id, "users": names, "ismember": is_adding})


def _role(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.people import find, find_role, hold, named, print_done

    team, role = find(session, "team", options.name), find_role(session, options.role)
    hold(session, team, role, removed=options.remove)
    verb = "no longer holds" if options.remove else "holds"
    result = {"id": team.id, "role": role["name"], "isheld": not options.remove}
    print_done(options, f"{named(team)} {verb} the role {role['name']}.", result)


_ACTIONS = {"list": _list, "show": _show, "create": _create, "add": _members, "remove": _members, "role": _role}
