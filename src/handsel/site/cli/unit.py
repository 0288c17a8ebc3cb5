"""`handsel unit`: the business units, a tree."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from handsel.site.cli.people import add_action

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handsel.database.result import Row
    from handsel.site.session import Session

HELP = """Show and change the tree of business units.

  handsel unit list
  handsel unit create North
  handsel unit create 'North East' --parent North
  handsel unit move 'North East' South"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_action(actions, "list", "list the units as a tree")
    add_action(actions, "show", "show a unit with its users, teams and units below").add_argument(
        "name", metavar="UNIT"
    )
    create = add_action(actions, "create", "make a unit")
    create.add_argument("name", metavar="UNIT", help="its name")
    create.add_argument("--parent", metavar="UNIT", help="the unit above it (default: the root)")
    move = add_action(actions, "move", "put a unit, with all below it, under another one")
    move.add_argument("name", metavar="UNIT", help="the unit that is moved")
    move.add_argument("parent", metavar="PARENT", help="the unit above it from now on")


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action not in ("list", "show")) as session:
        _ACTIONS[options.action](session, options)
    return 0


def _list(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.people import print_objects

    units = {row.id: row for row in session.rows("businessunit", order_by="name")}
    found = list(_tree(session, units))
    if options.json:
        print_objects(found)
        return
    shown = columns("Unit", "Users", "Teams", right=("Users", "Teams"))
    for each in found:
        name = f"{'  ' * int(str(each['level']))}{each['name']}{' (disabled)' if each['isdisabled'] else ''}"
        shown.add_row(name, str(each["users"]), str(each["teams"]))
    console().print(shown)


def _tree(session: Session, units: Mapping[UUID, Row]) -> Iterator[Mapping[str, object]]:
    """The units, each after the one above it; those whose parent the user may not see stand at the top."""
    from handsel.database.row import referenced

    users, teams = _counted(session, "systemuser"), _counted(session, "team")
    parents = {row.id: referenced(row.get("parentbusinessunitid")) for row in units.values()}
    below: dict[UUID | None, list[Row]] = {}
    for row in units.values():
        parent = parents[row.id]
        below.setdefault(parent if parent in units else None, []).append(row)
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        row, level = waiting.pop()
        above = parents[row.id]
        yield {
            "id": row.id,
            "name": row["name"],
            "level": level,
            "parent": units[above]["name"] if above is not None and above in units else None,
            "users": users.get(row.id, 0),
            "teams": teams.get(row.id, 0),
            "isdisabled": bool(row.get("isdisabled")),
        }
        waiting += [(each, level + 1) for each in reversed(below.get(row.id, []))]


def _counted(session: Session, table: str) -> Mapping[UUID, int]:
    found: dict[UUID, int] = {}
    for row in session.rows(table):
        unit = row.value("businessunitid", UUID)
        found[unit] = found.get(unit, 0) + 1
    return found


def _show(session: Session, options: argparse.Namespace) -> None:
    from handsel.database.row import referenced
    from handsel.site.cli.json_text import written
    from handsel.site.cli.people import find, unit_names

    unit = find(session, "businessunit", options.name)
    of_unit = f"businessunitid eq {unit.id}"
    parent = referenced(unit.get("parentbusinessunitid"))
    found: Mapping[str, object] = {
        "id": unit.id,
        "name": unit["name"],
        "parent": None if parent is None else unit_names(session).get(parent),
        "users": [row["domainname"] for row in session.rows("systemuser", of_unit, order_by="domainname")],
        "teams": [row["name"] for row in session.rows("team", of_unit, order_by="name")],
        "below": [
            row["name"] for row in session.rows("businessunit", f"parentbusinessunitid eq {unit.id}", order_by="name")
        ],
        "isdisabled": bool(unit.get("isdisabled")),
    }
    if options.json:
        print(written(found))
        return
    where = (
        f", below {found['parent']}" if found["parent"] else ", the root of the organization" if parent is None else ""
    )
    print(f"Unit {found['name']}{where}{' (disabled)' if found['isdisabled'] else ''}")
    for label, names in (("Users", found["users"]), ("Teams", found["teams"]), ("Units below", found["below"])):
        print(f"{label}: {', '.join(map(str, names if isinstance(names, list) else ())) or 'none'}")


def _create(session: Session, options: argparse.Namespace) -> None:
    from handsel.engine.crud.messages import Create
    from handsel.site.cli.people import print_done, unit_of

    parent = unit_of(session, options.parent)
    made = session.execute(Create("businessunit", {"name": options.name, "parentbusinessunitid": parent}))
    above = session.retrieve("businessunit", parent.id, ["name"])["name"]
    print_done(
        options, f"Made unit {options.name} below {above}.", {"id": made.id, "name": options.name, "parent": above}
    )


def _move(session: Session, options: argparse.Namespace) -> None:
    from handsel.engine.crud.messages import Update
    from handsel.site.cli.people import find, print_done

    unit, parent = (find(session, "businessunit", name) for name in (options.name, options.parent))
    session.execute(Update("businessunit", unit.id, {"parentbusinessunitid": parent.reference}))
    sentence = f"Unit {unit['name']} now stands below {parent['name']}."
    print_done(options, sentence, {"id": unit.id, "name": unit["name"], "parent": parent["name"]})


_ACTIONS = {"list": _list, "show": _show, "create": _create, "move": _move}
