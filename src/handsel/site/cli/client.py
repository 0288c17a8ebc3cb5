"""`handsel client`: OAuth2 clients, which fetch their tokens themselves."""

from __future__ import annotations

import argparse
import sys
from typing import Any

HELP = """Make, list and revoke OAuth2 clients: programs that fetch short-lived tokens for an id and a secret.

  handsel client create --user erp --name "ERP" --days 365
  handsel client list
  handsel client revoke 0196…

A new client is printed once, in two lines: client_id=… and client_secret=…; the database keeps only the secret's hash.
Its tokens come from /oauth2/token or /TENANT/oauth2/v2.0/token, live an hour, and end with the client."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("action", choices=("create", "list", "revoke"), metavar="ACTION", help="create, list or revoke")
    parser.add_argument("id", nargs="?", metavar="ID", help="the client to revoke")
    parser.add_argument("--user", dest="owner", metavar="USER", help="as whom the client acts; create needs it")
    parser.add_argument("--name", default="", metavar="TEXT", help="what the client is")
    parser.add_argument("--days", type=int, metavar="N", help="how long it lives (default: until it is revoked)")


def run(options: argparse.Namespace) -> int:
    """Make, list or revoke clients."""
    if (options.action == "revoke") is (options.id is None):
        print("handsel client: an ID goes with revoke, and only with revoke.", file=sys.stderr)
        return 2
    if options.action == "create" and not options.owner:
        print("handsel client: create needs --user USER, as whom the client acts.", file=sys.stderr)
        return 2
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action != "list") as session:
        from handsel.engine.parameters import as_uuid
        from handsel.site.identity import clients
        from handsel.site.session import find_actor

        with session.entered():
            if options.action == "create":
                owner = find_actor(session.context.alias, options.owner)
                made = clients.create_client(owner.user_id, name=options.name, days=options.days)
                print(f"client_id={made.client_id}\nclient_secret={made.secret}")
            elif options.action == "revoke":
                clients.revoke_client(as_uuid("client", "ID", options.id))
            else:
                _print_list(clients.clients())
    return 0


def _print_list(found: list[Any]) -> None:
    from handsel.site.cli.display import columns, console, day
    from handsel.site.identity.users import user_with

    table = columns("Client", "User", "Name", "Created", "Ends")
    for client in found:
        user = user_with(client.user_id)
        table.add_row(
            str(client.client_id),
            user.domain_name if user else "disabled",
            client.name,
            day(client.created_on),
            day(client.expires_on),
        )
    console().print(table)
