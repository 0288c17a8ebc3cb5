"""`handsel can`: whether a user may do something, and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handsel.database.row import Reference
    from handsel.site.session import Session

HELP = """Say whether a user may do something, and why.

  handsel can anna read QUO-01000          a right on a record: read, write, delete, share, assign, append …
  handsel can anna create quotes           a right on a table
  handsel can anna WinQuote QUO-01000      a message
  handsel can anna prvMerge                a privilege of no table

Exit status: 0 for yes, 3 for no."""

NO = 3
"""The exit status of an answer that is no."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("user_asked", metavar="USER", help="user name or full name")
    parser.add_argument("asked", metavar="RIGHT|MESSAGE", help="read, write …, or a message, or a privilege")
    parser.add_argument(
        "words", nargs="*", metavar="RECORD|TABLE", help="a record, with its table if needed, or a table"
    )
    parser.add_argument("--json", action="store_true", help="the answer with all it follows from, as JSON")


def run(options: argparse.Namespace) -> int:
    """Ask and print the answer."""
    from handsel.site.cli.opening import opened

    with opened(options) as session:
        from handsel.chain.rights.explain_messages import ExplainAccess
        from handsel.site.cli.json_text import written
        from handsel.site.cli.people import find

        user = find(session, "systemuser", options.user_asked)
        target, table = _target(session, options.words)
        found = session.execute(ExplainAccess(options.asked, target, table, user.reference))
        if options.json:
            print(written(found))
        else:
            _print(found)
    return 0 if found["IsAllowed"] else NO


def _target(session: Session, words: list[str]) -> tuple[Reference | None, str | None]:
    """The record that is meant, or the table."""
    from handsel.site.cli.records import find_record, split_words, table_called

    if not words:
        return None, None
    if len(words) == 1:
        info = table_called(session, words[0])
        if info is not None:
            return None, info.logical_name
    named, text = split_words(session, words)
    return find_record(session, text, named), None


def _print(found: Mapping[str, Any]) -> None:
    from handsel.site.cli.display import columns, console

    print(f"{'Yes' if found['IsAllowed'] else 'No'}. {found['Sentence']}")
    print()
    checks = columns("", "Check", "Of", "What it found")
    for each in found["Checks"]:
        of = each["Right"] if not each["Table"] else f"{each['Right']} {each['Table']}".strip()
        checks.add_row("✓" if each["IsPassed"] else "✗", each["Kind"], of, each["Sentence"])
    console().print(checks)
    if found["Shares"]:
        print()
        shares = columns("Shared with", "Rights", "Row")
        for each in found["Shares"]:
            shares.add_row(each["Principal"], each["Rights"], each["Shared"])
        console().print(shares)
    if found["Missing"]:
        print(f"\nMissing: {', '.join(found['Missing'])}")
    for what, names in (("Hidden", found["HiddenColumns"]), ("Read-only", found["ReadOnlyColumns"])):
        if names:
            print(f"\n{what} columns, which are secured: {', '.join(names)}")
    if found["Cure"]:
        print(f"\nA role that would do, smallest first: {', '.join(found['Cure'])}")
