"""`handsel serve`: the Web API over HTTP."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = """Serve the Dataverse Web API at /api/data/v9.2/, in the foreground.

  handsel serve --port 8000
  handsel serve --host 0.0.0.0 --tls-cert server.pem --tls-key server.key

Programs send a bearer token, which `handsel token create` makes. /health and /ready answer without one."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--host", default="127.0.0.1", metavar="HOST", help="where to listen (default: 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, metavar="PORT", help="the port (default: 8000)")
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="processes (default: 1)")
    parser.add_argument("--threads", type=_count, default=4, metavar="N", help="threads of each process (default: 4)")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain in PEM; serves https")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key in PEM")
    parser.add_argument(
        "--trusted-proxies",
        default="",
        metavar="NETWORKS",
        help="addresses or networks, joined by commas, whose X-Forwarded-Proto and X-Forwarded-Host count",
    )
    parser.add_argument("--max-body", type=_count, metavar="BYTES", help="largest request body (default: 100 MB)")


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"a port from 1 to 65535, not {text!r}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1, not {text!r}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve."""
    from handsel.site.cli.opening import address, opened
    from handsel.site.serve import Address, serve
    from handsel.site.wsgi import networks

    networks(options.trusted_proxies)
    opened(options).close()  # a wrong database is refused here, once, not by every worker
    where = Address(options.host, options.port, options.workers, options.threads, options.tls_cert, options.tls_key)
    print(f"Serving {where.url}/api/data/v9.2/", flush=True)
    serve(address(options), where, trusted_proxies=options.trusted_proxies, max_body=options.max_body)
    return 0
