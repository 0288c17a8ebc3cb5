"""The database and the user of a command."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handsel.site.session import Session


def add_database_options(parser: argparse.ArgumentParser, *, is_top: bool = False) -> None:
    """The options that every command takes, before or after its name."""
    default = None if is_top else argparse.SUPPRESS  # options before the command's name stay set
    parser.add_argument(
        "--database",
        metavar="URL",
        default=default,
        help="sqlite:///FILE or postgresql://…; without it HANDSEL_DATABASE_URL, or sqlite:///handsel.sqlite3",
    )
    parser.add_argument("--as", dest="user", metavar="USER", default=default, help="act as this user (default: admin)")


def address(options: argparse.Namespace) -> str:
    """The database that the command line or the environment names."""
    from handsel.site.database import DEFAULT_URL

    if options.database is not None:
        return str(options.database)
    return os.environ.get("HANDSEL_DATABASE_URL") or DEFAULT_URL


def opened(options: argparse.Namespace, *, writes: bool = False) -> Session:
    """A session on it, as the user of `--as`. Raises SetupError if there is no database.

    A command that `writes` is refused here for a database that can only be read, before it has done anything.
    """
    from handsel.site.opening import open

    session = open(address(options), user=options.user)
    if writes:
        session.require_writable()
    return session
