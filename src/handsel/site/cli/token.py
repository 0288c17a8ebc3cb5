"""`handsel token`: bearer tokens for the Web API."""

from __future__ import annotations

import argparse
import sys
from typing import Any

HELP = """Make, list and revoke the tokens by which programs reach the Web API.

  handsel token create --user admin --name "ERP" --days 365
  handsel token list
  handsel token revoke 0196…

A token ends after 90 days unless told otherwise. A new one is printed once, alone on standard output; the database
keeps only its hash."""

DAYS = 90
"""How long a token lives unless told otherwise."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("action", choices=("create", "list", "revoke"), metavar="ACTION", help="create, list or revoke")
    parser.add_argument("id", nargs="?", metavar="ID", help="the token to revoke")
    parser.add_argument("--user", dest="owner", metavar="USER", default="admin", help="whose token (default: admin)")
    parser.add_argument("--name", default="", metavar="TEXT", help="what the token is for")
    lives = parser.add_mutually_exclusive_group()
    lives.add_argument("--days", type=int, metavar="N", default=DAYS, help=f"how long it lives (default: {DAYS})")
    lives.add_argument("--forever", dest="days", action="store_const", const=None, help="it lives until it is revoked")


def run(options: argparse.Namespace) -> int:
    """Make, list or revoke tokens."""
    if (options.action == "revoke") is (options.id is None):
        print("handsel token: an ID goes with revoke, and only with revoke.", file=sys.stderr)
        return 2
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action != "list") as session:
        from handsel.engine.parameters import as_uuid
        from handsel.site.identity import tokens
        from handsel.site.session import find_actor

        with session.entered():
            if options.action == "create":
                owner = find_actor(session.context.alias, options.owner)
                print(tokens.create_token(owner.user_id, name=options.name, days=options.days))
            elif options.action == "revoke":
                tokens.revoke_token(as_uuid("token", "ID", options.id))
            else:
                _print_list(tokens.tokens())
    return 0


def _print_list(found: list[Any]) -> None:
    from handsel.site.cli.display import columns, console, day
    from handsel.site.identity.users import user_with

    table = columns("Token", "User", "Name", "Created", "Ends")
    for token in found:
        user = user_with(token.user_id)
        table.add_row(
            str(token.token_id),
            user.domain_name if user else "disabled",
            token.name,
            day(token.created_on),
            day(token.expires_on),
        )
    console().print(table)
