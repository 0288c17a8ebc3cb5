"""`handsel whoami`: the acting user, with roles, teams and what they give."""

from __future__ import annotations

import argparse

HELP = "Say who you are here: user, unit, roles, teams, and what they let you do."


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    from handsel.site.cli.opening import opened

    with opened(options) as session:
        from handsel.site.cli.user import show_user

        show_user(session, session.user.user_id, as_json=options.json)
    return 0
