"""`handsel new`: make a record."""

from __future__ import annotations

import argparse

HELP = """Make a record: its table, and column=value as often as wanted.

  handsel new account name='Example Customer' address1_city=Sampleton
  handsel new quote name='Office move' customer='Example Customer' pricelevel='Retail'
  handsel line add QUO-01007 'LED Desk Lamp' --quantity 3"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("table", metavar="TABLE", help="account, contact, quote …")
    parser.add_argument("values", nargs="*", metavar="COLUMN=VALUE", help="the values of its columns")


def run(options: argparse.Namespace) -> int:
    """Make it and say what it is called."""
    from handsel.site.cli.columns_by_name import assigned
    from handsel.site.cli.opening import opened
    from handsel.site.cli.records import require_table

    with opened(options, writes=True) as session:
        from handsel.engine.crud.messages import Create
        from handsel.site.cli.row_text import named, print_values

        info = require_table(session, options.table)
        values = assigned(session, info, options.values)
        row = session.execute(Create(info.logical_name, values))
        print(f"Made {named(info, row)}: {row.id}")
        print_values(session, info, row, list(values))
    return 0
