"""`handsel message`: any message by name."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handsel.engine.message import AnyMessage

HELP = """Do one message and print its result as JSON.

  handsel message GenerateQuoteFromOpportunity '{"OpportunityId": "0196…"}'
  handsel message Update '{"Table": "quote", "Id": "0196…", "Values": {"discountpercentage": 2.5}}'
  handsel message --list"""


_CITED = re.compile(r" \((?:behaviour|pricing|Web API|tables|architecture|decision) [^)]*\)")
"""Where a docstring cites the project's own pages, which a user of the package does not have."""
_OF_A_DOCUMENT = ("statecode", "statuscode", "totalamount", "transactioncurrencyid")
"""What is printed of a row that a message made by itself."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="the message's name, for example WinQuote")
    parser.add_argument(
        "json", nargs="?", metavar="JSON", help="its parameters as a JSON object; - reads them from standard input"
    )
    parser.add_argument(
        "--idempotency-key", metavar="KEY", help="safe to repeat: the same key gives the first result again"
    )
    parser.add_argument("--all", action="store_true", help="print every column of a resulting row")
    parser.add_argument("--list", action="store_true", help="show every message with its parameters (* must be given)")


def run(options: argparse.Namespace) -> int:
    """Do the message."""
    from handsel.site.start import start

    start()
    if options.list:
        _print_list(options.name)
        return 0
    if options.name is None:
        print("handsel message: which message? `handsel message --list` shows them all.", file=sys.stderr)
        return 2
    from handsel.engine.message import message_from, message_type
    from handsel.site.cli.json_text import read_object, written
    from handsel.site.cli.opening import opened

    message_type(options.name)
    message = message_from(options.name, read_object(_text(options.json), "The parameter JSON"))
    with opened(options, writes=type(message).changes) as session:
        result = session.execute(message, idempotency_key=options.idempotency_key)
        for notice in session.notices:
            print(f"{'Warning' if notice.is_warning else 'Note'}: {notice.message}", file=sys.stderr)
    print(written(result if options.all else _short(message, result)))
    return 0


def _short(message: AnyMessage, result: object) -> object:
    """Of a row, when the message does not say which columns it wants: its id and name, and what the message set."""
    from handsel.database.row import Row
    from handsel.tables.info import table_info

    if not isinstance(result, Row) or getattr(message, "column_set", None) is not None:
        return result
    info = table_info(result.table)
    numbers = [name for name, column in info.columns.items() if column.numbering is not None]
    said = [name for name in getattr(message, "values", {}) if name in result] or _OF_A_DOCUMENT
    wanted = dict.fromkeys((info.primary_key, *numbers, info.primary_name, *said))
    return {name: result[name] for name in wanted if name in result}


def _text(given: str | None) -> str:
    if given is None:
        return "{}"
    if given != "-":
        return given
    from handsel.errors import InvalidArgument

    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise InvalidArgument("Standard input is not UTF-8 text.") from error


def _print_list(name: str | None) -> None:
    from handsel.engine.message import message_names, message_type
    from handsel.site.cli.display import columns, console

    table = columns("Message", "Parameters", "")
    for known in [name] if name else message_names():
        cls = message_type(known)
        table.add_row(known, _parameters(cls), _CITED.sub("", (cls.__doc__ or "").partition("\n")[0]))
    console().print(table)


def _parameters(cls: type[AnyMessage]) -> str:
    from handsel.engine.parameters import parameters_of

    return ", ".join(f"{each.name}*" if each.is_needed else each.name for each in parameters_of(cls))
