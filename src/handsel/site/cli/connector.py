"""`handsel connector`: the systems that orders are handed over to."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from handsel.site.cli.people import add_action

if TYPE_CHECKING:
    from handsel.connectors.contract import Kind
    from handsel.database.result import Row
    from handsel.site.session import Session

HELP = """Set up the systems that submitted orders are handed over to.

  handsel connector add files erp --directory /srv/erp
  handsel connector check erp            what stands in the way of delivering
  handsel connector pause erp            nothing is delivered until: handsel connector resume erp
  handsel connector list

Secrets are never stored: settings name environment variables. Order-processing integration is turned on with the first
connector, and submitted orders are then locked for all but integration users. `handsel deliver` delivers."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    from handsel.site.start import start

    start()
    from handsel.connectors.contract import kinds

    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="set one up", description="Set a connector up.", allow_abbrev=False)
    for name, kind in sorted(kinds().items()):
        _add_kind(add_action(_kinds_of(add), name, f"{kind.label[:1].lower()}{kind.label[1:]}"), kind)
    add_action(actions, "list", "list the connectors")
    for name, text in (
        ("check", "say what stands in the way of delivering; exit status 1 if something does"),
        ("pause", "deliver nothing until it is resumed; what is submitted meanwhile is not for it"),
        ("resume", "deliver again"),
        ("remove", "remove it, if nothing was ever delivered to it"),
    ):
        add_action(actions, name, text).add_argument("name", metavar="NAME", help="the connector")


def _kinds_of(add: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    for action in add._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action
    return add.add_subparsers(dest="kind", metavar="KIND", required=True)


def _add_kind(parser: argparse.ArgumentParser, kind: Kind) -> None:
    parser.add_argument("name", metavar="NAME", help="what to call it")
    for setting in (kind.address, *kind.settings):
        is_required = setting.required or setting is kind.address
        parser.add_argument(f"--{setting.name}", metavar="TEXT", required=is_required, help=setting.help)
    parser.add_argument(
        "--user", metavar="USER", help="the integration user it works by (default: a new one called connector-NAME)"
    )


def run(options: argparse.Namespace) -> int:
    """Add, list, check, pause, resume or remove."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action not in ("list", "check")) as session:
        if options.action == "list":
            _list(session, options)
            return 0
        if options.action == "add":
            _add(session, options)
            return 0
        connector = _find(session, options.name)
        if options.action == "check":
            return _check(session, connector)
        _change(session, options, connector)
    return 0


def _add(session: Session, options: argparse.Namespace) -> None:
    from handsel.connectors.contract import kind_named
    from handsel.engine.crud.messages import Create, Update
    from handsel.site.cli.people import find, print_done

    kind = kind_named(options.kind)
    given = {setting.name: getattr(options, setting.name.replace("-", "_")) for setting in kind.settings}
    settings = {name: value for name, value in given.items() if value is not None}
    user = find(session, "systemuser", options.user).reference if options.user else _new_user(session, options.name)
    values = {
        "hs_name": options.name,
        "hs_kind": kind.name,
        "hs_address": getattr(options, kind.address.name.replace("-", "_")),
        "hs_settings": json.dumps(settings) if settings else None,
        "systemuserid": user,
    }
    made = session.execute(Create("hs_connector", values))
    [organization] = session.rows("organization")
    if not organization["issopintegrationenabled"]:
        session.execute(Update("organization", organization.id, {"issopintegrationenabled": True}))
    print_done(
        options,
        f"Made connector {options.name}. Submitted orders are handed over to it by `handsel deliver`; "
        f"`handsel connector check {options.name}` says whether they can be.",
        {"id": made.id, "connector": options.name, "kind": kind.name},
    )


def _new_user(session: Session, name: str) -> object:
    from handsel.engine.crud.messages import Create
    from handsel.site.cli.people import find_role, hold

    called = f"connector-{name}"
    values = {"domainname": called, "lastname": called, "isintegrationuser": True}
    made = session.execute(Create("systemuser", values))
    hold(session, session.retrieve("systemuser", made.id), find_role(session, "Integration"))
    return made.reference


def _list(session: Session, options: argparse.Namespace) -> None:
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.people import print_objects

    rows = list(session.rows("hs_connector", order_by="hs_name"))
    waiting = {
        row.id: session.count("hs_delivery", f"_hs_connectorid_value eq {row.id} and hs_state eq 0") for row in rows
    }
    if options.json:
        print_objects(
            {
                "id": row.id,
                "connector": row["hs_name"],
                "kind": row["hs_kind"],
                "address": row["hs_address"],
                "paused": bool(row["hs_ispaused"]),
                "waiting": waiting[row.id],
            }
            for row in rows
        )
        return
    if not rows:
        print("There are no connectors. `handsel connector add` sets one up.")
        return
    table = columns("Connector", "Kind", "Address", "Paused", "Waiting", right=("Waiting",))
    for row in rows:
        paused = "yes" if row["hs_ispaused"] else ""
        texts = (row["hs_name"], row["hs_kind"], row["hs_address"], paused, waiting[row.id])
        table.add_row(*(str(text) for text in texts))
    console().print(table)


def _find(session: Session, name: str) -> Row:
    from handsel.errors import NotFound

    found = next((row for row in session.rows("hs_connector") if row["hs_name"] == name), None)
    if found is None:
        raise NotFound(f"There is no connector '{name}'. `handsel connector list` shows them.")
    return found


def _check(session: Session, connector: Row) -> int:
    from contextlib import closing

    from handsel.connectors.contract import Target, kind_named
    from handsel.site.delivering import numbers_of

    target = Target.of(connector)
    with closing(kind_named(target.kind).open(target)) as opened:
        mistakes = list(opened.check(numbers_of(session)))
    for mistake in mistakes:
        print(mistake)
    if not mistakes:
        print(f"Connector {target.name} can be delivered to.")
    return int(bool(mistakes))


def _change(session: Session, options: argparse.Namespace, connector: Row) -> None:
    from handsel.engine.crud.messages import Delete, Update
    from handsel.site.cli.people import print_done

    if options.action == "remove":
        session.execute(Delete("hs_connector", connector.id))
    else:
        session.execute(Update("hs_connector", connector.id, {"hs_ispaused": options.action == "pause"}))
    said = {"remove": "removed", "pause": "paused", "resume": "resumed"}[options.action]
    print_done(
        options, f"Connector {options.name} is {said}.", {"id": connector.id, "connector": options.name, said: True}
    )
