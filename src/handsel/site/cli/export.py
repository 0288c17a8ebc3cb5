"""`handsel export`: orders as the files that another system reads, by hand."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from handsel.connectors.files.order_json import Json
    from handsel.site.session import Session

HELP = """Write orders as the files that a connector of the kind files writes, without handing them over.

  handsel export orders --format json --filter "statecode eq 1"
  handsel export orders --format csv --to /srv/erp/by-hand

Without --to, JSON is printed, a line for each order. CSV (orders.csv and lines.csv) and UBL need a directory."""

PAGE = 200
"""Orders that are read at once."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", choices=("orders",), metavar="orders", help="what is exported")
    parser.add_argument("--format", choices=("json", "csv", "ubl"), default="json", help="json (default), csv or ubl")
    parser.add_argument("--filter", metavar="TEXT", help="only orders that match, as OData $filter")
    parser.add_argument("--to", metavar="DIR", help="the directory to write into")


def run(options: argparse.Namespace) -> int:
    """Export."""
    from pathlib import Path

    from handsel.errors import InvalidArgument
    from handsel.site.cli.opening import opened

    if options.format != "json" and options.to is None:
        raise InvalidArgument(f"{options.format.upper()} is written into a directory. Name it with --to.")
    with opened(options) as session:
        ids = [row.id for row in session.rows("salesorder", options.filter, order_by="ordernumber")]
        orders = [order for start in range(0, len(ids), PAGE) for order in _read(session, ids[start : start + PAGE])]
    if options.to is None:
        import json

        for order in orders:
            print(json.dumps(order, ensure_ascii=False))
        return 0
    directory = Path(options.to)
    try:
        _write(directory, orders, options.format)
    except OSError as error:
        raise InvalidArgument(f"{error.filename or directory} cannot be written: {error.strerror}.") from error
    print(f"Wrote {len(orders)} orders into {directory}.")
    return 0


def _read(session: Session, ids: Sequence[UUID]) -> list[Json]:
    from handsel.chain.handover.order_snapshot import take_order
    from handsel.connectors.files.order_json import order_json
    from handsel.database.context import entered
    from handsel.engine.organization import read_settings
    from handsel.engine.work import Work

    with entered(session.context):
        work = Work(session.context, read_settings(session.context), collect=False)
        return [order_json(take_order(work, id)) for id in ids]


def _write(directory: Path, orders: Sequence[Json], format: str) -> None:
    from handsel.connectors.files.order_csv import orders_csv
    from handsel.connectors.files.writing import order_files, safe_name, write_whole

    directory.mkdir(parents=True, exist_ok=True)
    if format == "csv":
        header, lines = orders_csv(orders)
        files = {"lines.csv": lines, "orders.csv": header}
    else:
        files = {}
        for order in orders:
            files.update(order_files(order, safe_name(str(order["number"] or order["id"])), format))
    for name, text in files.items():
        write_whole(directory / name, text)
