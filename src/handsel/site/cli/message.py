"""`handsel message`: any message by name."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handsel.engine.message import Message

HELP = """Do one message and print its result as JSON.

  handsel message GenerateQuoteFromOpportunity '{"OpportunityId": "0196…"}'
  handsel message Update '{"Table": "quote", "Id": "0196…", "Values": {"discountpercentage": 2.5}}'
  handsel message --list"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="the message's name, for example WinQuote")
    parser.add_argument(
        "json", nargs="?", metavar="JSON", help="its parameters as a JSON object; - reads them from standard input"
    )
    parser.add_argument(
        "--idempotency-key", metavar="KEY", help="safe to repeat: the same key gives the first result again"
    )
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
    print(written(result))
    return 0


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
        table.add_row(known, _parameters(cls), (cls.__doc__ or "").partition("\n")[0])
    console().print(table)


def _parameters(cls: type[Message]) -> str:
    from handsel.engine.parameters import parameters_of

    return ", ".join(f"{each.name}*" if each.is_needed else each.name for each in parameters_of(cls))
