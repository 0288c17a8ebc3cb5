"""The command line `handsel`: one module per command; an error becomes one sentence and an exit status.

Exit status: 0 done, 1 refused or something is wrong (one sentence on standard error), 2 wrong usage, 130 interrupted;
3 from `upgrade --check` when an upgrade waits, and from `can` when the answer is no.
Importing this package is quick; Django and the chain are loaded by the command that needs them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from handsel.site.cli.opening import add_database_options

COMMANDS = (
    "init",
    "upgrade",
    "demo",
    "list",
    "show",
    "new",
    "set",
    "line",
    "message",
    "convert",
    "maps",
    "column",
    "price_trace",
    "events",
    "doctor",
    "serve",
    "token",
    "client",
    "user",
    "role",
    "team",
    "unit",
    "share",
    "connector",
    "delivery",
    "deliver",
    "export",
    "can",
    "who",
    "whoami",
)
"""The commands, each a module here with `HELP`, `arguments(parser)` and `run(options) -> exit status`."""

_MODULES = {"list": "list_rows", "set": "set_columns"}
"""The modules of commands that are called like a builtin of Python."""

INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without € is no reason to fail
    try:
        options = _options(given)
        if any("\udc80" <= character <= "\udcff" for text in given for character in text):
            print("handsel: the arguments are not valid UTF-8.", file=sys.stderr)
            return 2
        return _run(options)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1


def _options(given: Sequence[str]) -> argparse.Namespace:
    parser = _parser(given)
    options, left = parser.parse_known_args(given)
    if left:
        # Documents may come after the options: argparse itself takes them only before.
        if not hasattr(options, "documents") or any(text.startswith("-") for text in left):
            parser.error(f"unrecognized arguments: {' '.join(left)}")
        options.documents += left
    return options


def _run(options: argparse.Namespace) -> int:
    try:
        status: int = _module(options.command).run(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("handsel: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return BROKEN_PIPE
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(f"handsel: {sentence}", file=sys.stderr)
        return 1


def _sentence(error: Exception) -> str | None:
    """An expected error in one sentence, with its documented code; None for an unexpected one."""
    from handsel.errors import HandselError, SetupError

    if isinstance(error, SetupError):
        return _one_line(error.message)
    if isinstance(error, HandselError):
        return f"{_one_line(error.message)} ({error.code.text})"
    if isinstance(error, OSError):
        return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}."
    if "django.db" in sys.modules:
        from django.db import DatabaseError

        from handsel.database.dialect import driver_errors

        if isinstance(error, (DatabaseError, *driver_errors())):
            return f"The database refused: {_one_line(str(error))}. Look into it with `handsel doctor`."
    return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _forget_output() -> None:
    """The reader of the output has gone: keep Python from complaining when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for these arguments. Only a command that is named among them gets its own."""
    parser = argparse.ArgumentParser(
        prog="handsel",
        description="Carry a sale from opportunity to quote, to order, to paid invoice.",
        epilog="handsel COMMAND --help tells more about a command.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"handsel {_version()}")
    add_database_options(parser, is_top=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = _module(name)
        typed = name.replace("_", "-")
        command = commands.add_parser(
            typed,
            help=module.HELP.partition("\n")[0],
            description=module.HELP,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if typed in given:
            add_database_options(command)
            module.arguments(command)
            command.set_defaults(command=name)
    return parser


def _module(command: str) -> ModuleType:
    return import_module(f"{__name__}.{_MODULES.get(command, command)}")


def _version() -> str:
    from handsel.version import VERSION

    return VERSION
