"""`python -m handsel.testing`: a throw-away server for tests in any language.

It prints one line of JSON with everything a client needs and runs until it is interrupted or its standard input ends. A
line `reset` on standard input puts the data back; the answer is a line of JSON too.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from handsel.errors import HandselError
from handsel.testing.server import Server, serve
from handsel.testing.standard_input import is_in_the_background

ANNOUNCED = (
    "url",
    "api_url",
    "token",
    "user_id",
    "organization_id",
    "token_url",
    "client_id",
    "client_secret",
    "ca_file",
    "database_url",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; return the exit status."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with serve(**vars(options)) as server:
            _say({name: value and str(value) for name in ANNOUNCED for value in [getattr(server, name)]})
            _attend(server)
    except KeyboardInterrupt:
        return 0
    except HandselError as error:
        print(f"handsel.testing: {error.message}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    description, _, epilog = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(prog="python -m handsel.testing", description=description, epilog=epilog)
    parser.add_argument("--sample", action="store_true", help="fill the database with the sample company")
    parser.add_argument("--tls", action="store_true", help="serve https; ca_file names the authority to trust")
    parser.add_argument("--currency", default="USD", metavar="CODE", help="the base currency (default: USD)")
    parser.add_argument("--port", type=int, default=0, metavar="PORT", help="the port (default: a free one)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="a configuration as `handsel serve` takes it")
    return parser


def _attend(server: Server) -> None:
    """Read commands from standard input until it ends. An input without a writer gives none and does not end."""
    if is_in_the_background():
        threading.Event().wait()
    for line in sys.stdin:
        if line.strip() == "reset":
            server.reset()
            _say({"reset": True})
        elif line.strip():
            _say({"error": f"Unknown: {line.strip()[:60]}. Write reset, or end the input to stop."})


def _say(what: dict[str, object]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    sys.exit(main())
