"""`handsel set`: change columns of one record."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = """Change a record: column=value, as often as wanted.

  handsel set QUO-01000 name='Office move, second offer' discountpercentage=2.5
  handsel set account 'Example Customer' telephone1='+49 30 1234' ownerid='Sample Seller Two'
  handsel set QUO-01000 state=Active                the state or the status reason, by its label
  handsel set QUO-01000 description=                an empty value clears the column"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    from handsel.site.cli.records import add_record_argument

    add_record_argument(parser, more=" COLUMN=VALUE")


def run(options: argparse.Namespace) -> int:
    """Change the record and say what it has now."""
    from handsel.errors import InvalidArgument
    from handsel.site.cli.columns_by_name import assigned
    from handsel.site.cli.opening import opened
    from handsel.site.cli.records import find_record, require_table, split_words

    words, given = divided(options.words)
    if not words or not given:
        raise InvalidArgument("Name a record and at least one column=value. `handsel set --help` shows how.")
    with opened(options, writes=True) as session:
        from handsel.engine.crud.messages import Update
        from handsel.site.cli.row_text import named, print_values

        table, text = split_words(session, words)
        record = find_record(session, text, table)
        info = require_table(session, record.table)
        values = assigned(session, info, given)
        session.execute(Update(record.table, record.id, values))
        row = session.retrieve(record.table, record.id)
        print(f"Changed {named(info, row)}.")
        print_values(session, info, row, list(values))
    return 0


def divided(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that name a record, and the `column=value` texts behind them."""
    start = next((index for index, word in enumerate(words) if index and "=" in word), len(words))
    return list(words[:start]), list(words[start:])
