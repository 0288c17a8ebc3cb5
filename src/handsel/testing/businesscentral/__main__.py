"""`python -m handsel.testing.businesscentral`: the stand-in for tests in any language.

It prints one line of JSON with the address, the token endpoint, the client and its secret, and runs until it is
interrupted or its standard input ends. Started in the background (`< /dev/null &`), it runs until it is killed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from handsel.errors import HandselError
from handsel.testing.businesscentral.running import Running, Setup
from handsel.testing.standard_input import is_in_the_background


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        running = Running(Setup(**vars(options)))
    except HandselError as error:
        print(f"handsel.testing.businesscentral: {error.message}", file=sys.stderr)
        return 1
    print(msgspec.json.encode(running.announcement).decode(), flush=True)
    if not is_in_the_background():
        running.stop_with_standard_input()
    running.serve()
    return 0


def _parser() -> argparse.ArgumentParser:
    description, _, epilog = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python -m handsel.testing.businesscentral", description=description, epilog=epilog
    )
    parser.add_argument("--port", type=int, default=0, metavar="PORT", help="the port (default: a free one)")
    parser.add_argument("--state", type=Path, metavar="FILE", help="a file that holds everything across a crash")
    parser.add_argument("--company", default=Setup.company, metavar="NAME", help="the company's name")
    parser.add_argument("--currency", default=Setup.currency, metavar="CODE", help="its own currency (default: USD)")
    for what in ("customers", "items"):
        parser.add_argument(
            f"--{what}", type=Path, nargs="+", default=(), metavar="FILE", help=f"{what} as a JSON array"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
