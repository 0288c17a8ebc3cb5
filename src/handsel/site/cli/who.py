"""`handsel who`: who may see a record, or do something else to it, and why."""

from __future__ import annotations

import argparse

HELP = """Say who may see a record, or do something else to it, and why.

  handsel who QUO-01000
  handsel who account 'Example Bakery' --right write"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    from handsel.site.cli.records import add_record_argument

    add_record_argument(parser)
    parser.add_argument("--right", default="read", metavar="RIGHT", help="read (the default), write, delete, share …")
    parser.add_argument("--json", action="store_true", help="one JSON object in a line for each user")


def run(options: argparse.Namespace) -> int:
    """List the users."""
    from handsel.site.cli.opening import opened

    with opened(options) as session:
        from handsel.chain.rights.explain_messages import RetrieveAccessHolders
        from handsel.site.cli.display import columns, console
        from handsel.site.cli.people import print_objects
        from handsel.site.cli.records import find_record, split_words

        table, text = split_words(session, options.words)
        record = find_record(session, text, table)
        found = session.execute(RetrieveAccessHolders(record, options.right))
        if options.json:
            print_objects(found)
            return 0
        shown = columns("User", "Unit", "Why")
        for each in found:
            reason = str(each["Reason"])
            shown.add_row(str(each["User"]), str(each["Unit"]), reason[:1].upper() + reason[1:])
        console().print(shown)
    return 0
