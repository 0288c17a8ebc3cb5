"""`handsel serve`: the Web API over HTTP."""

from __future__ import annotations

import argparse
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handsel.site.configuration import Configuration
    from handsel.site.session import Session

HELP = """Serve the Dataverse Web API at /api/data/v9.2/, in the foreground, until it is told to stop.

  handsel serve --port 8000
  handsel serve --host 0.0.0.0 --public-url https://sales.example --tls-cert server.pem --tls-key server.key
  handsel serve --config handsel.toml --workers 2
  handsel serve --try

It prints "Serving URL" as soon as it answers; its log goes to standard error. Programs send a bearer token,
which `handsel token create` makes. /health, /ready and, from this machine, /metrics answer without one. Ctrl-C or
SIGTERM ends it when running requests are done. docs/howto/serving.md tells more."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--host", default="127.0.0.1", metavar="HOST", help="where to listen (default: 127.0.0.1)")
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="PORT", help="the port; 0 is any free one (default: 8000)"
    )
    parser.add_argument("--next-port", action="store_true", help="if the port is in use, take the next free one")
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="the configuration, in TOML; without it HANDSEL_CONFIG"
    )
    parser.add_argument(
        "--try",
        dest="trial",
        action="store_true",
        help="print a token for one day and a line to paste",
    )
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="processes (default: 1)")
    parser.add_argument(
        "--threads",
        type=_count,
        default=4,
        metavar="N",
        help="requests that read, and as many that write, at once in a process (default: 4)",
    )
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain in PEM; serves https")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key in PEM")
    parser.add_argument(
        "--trusted-proxies",
        default="",
        metavar="NETWORKS",
        help="addresses or networks, joined by commas, whose X-Forwarded-… or Forwarded headers count",
    )
    parser.add_argument(
        "--public-url",
        default=os.environ.get("HANDSEL_PUBLIC_URL", ""),
        metavar="URL",
        help="under which address callers know the server, as in https://sales.example; links name it",
    )
    parser.add_argument(
        "--allowed-hosts",
        default=os.environ.get("HANDSEL_ALLOWED_HOSTS", ""),
        metavar="NAMES",
        help="without --public-url: names, joined by commas, that links may take from the Host header",
    )
    parser.add_argument("--max-body", type=_count, metavar="BYTES", help="largest request body (default: 100 MB)")


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"a port from 0 to 65535, not {text!r}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1, not {text!r}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve."""
    from handsel.site.cli.opening import address, opened
    from handsel.site.serve import Address, Served, serve
    from handsel.site.wsgi import DEFAULT_MAX_BODY, networks

    configuration = _configuration(options)
    networks(options.trusted_proxies)
    where = Address(
        options.host,
        options.port,
        options.next_port,
        options.workers,
        options.threads,
        options.tls_cert,
        options.tls_key,
        options.public_url,
        options.allowed_hosts,
    )
    where.naming()
    with opened(options, writes=True) as session:  # a wrong database is reported here, once, not by every worker
        user = session.user.domain_name
        token = _trial_token(session) if options.trial else ""

    def announce(url: str) -> None:
        root = f"{url}/api/data/v9.2/"
        print(f"Serving {root}", flush=True)  # programs that start a server read this line
        if token:
            print(_instructions(root, user, token), flush=True)

    served = Served(
        address(options), configuration, options.trusted_proxies, options.max_body or DEFAULT_MAX_BODY, options.threads
    )
    return serve(served, where, announce)


def _configuration(options: argparse.Namespace) -> Configuration:
    """The configuration from the file; without one, a trial logs text for people."""
    from handsel.http.logs import LogSettings
    from handsel.site.configuration import Configuration, read_configuration

    named = os.environ.get("HANDSEL_CONFIG")
    file = options.config or (Path(named) if named else None)
    if file is None and options.trial:
        return Configuration(log=LogSettings(format="text"))
    return read_configuration(file)


NAME = "handsel serve --try"
"""The name of a trial's token."""


def _trial_token(session: Session) -> str:
    """A token for a day. The token of an earlier trial is deleted, so that they do not pile up."""
    from handsel.site.identity.tables import Token
    from handsel.site.identity.tokens import create_token

    with session.entered():
        Token.objects.filter(name=NAME, user_id=session.user.user_id).delete()
        return create_token(session.user.user_id, name=NAME, days=1)


def _instructions(root: str, user: str, token: str) -> str:
    query = f"{root}quotes?$select=name,totalamount&$top=3"
    line = shlex.join(["curl", "-H", f"Authorization: Bearer {token}", query])
    lines = (f"User {user}, with a token for one day:", f"  {token}", "To try it, in another terminal:", f"  {line}")
    return "\n".join((*lines, "Ctrl-C ends it."))
