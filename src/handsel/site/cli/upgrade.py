"""`handsel upgrade`: bring a database to the schema that this Handsel needs."""

from __future__ import annotations

import argparse
import sys

HELP = """Bring a database to the schema that this Handsel needs: all of it, or nothing.

  handsel upgrade --check       what would be done; exit status 0: nothing, 3: an upgrade waits
  handsel upgrade

A SQLite file is copied beside itself first; back up a PostgreSQL database yourself. Stop the server before, and start
the new one afterwards. docs/howto/upgrade.md tells more."""

WAITS = 3
"""The exit status of `--check` for a database that needs an upgrade."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit status 3 if an upgrade waits")
    parser.add_argument("--no-copy", action="store_true", help="make no copy of a SQLite file")


def run(options: argparse.Namespace) -> int:
    """Upgrade, or say what an upgrade would do."""
    from handsel.site.cli.opening import address
    from handsel.site.start import start

    start()
    from handsel.site.database import masked
    from handsel.site.upgrading.upgrade import schema_of, upgrade

    url = address(options)
    current = f"The database {masked(url)} is up to date: schema"
    schema = schema_of(url)
    if schema.is_current:
        print(f"{current} {schema.version}.")
        return 0
    waiting = schema.waiting
    counted = "1 migration" if len(waiting) == 1 else f"{len(waiting)} migrations"
    step = f"The database {masked(url)}: schema {schema.version} → {schema.needed}, {counted}"
    if options.check:
        print(f"{step}.", *waiting, sep="\n  ")
        return WAITS
    _report(step)
    done = upgrade(url, copy=not options.no_copy, report=_report)
    if done.before == done.now:  # another upgrade was faster
        print(f"{current} {done.now}.")
        return 0
    print(f"Upgraded the database {masked(url)} to schema {done.now}.")
    if done.copy is not None:
        print(f"As it was before, it is in {done.copy}")
    return 0


def _report(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
