"""`python -m bench`: requests over HTTP, documents beside hand-written SQL, on SQLite and PostgreSQL."""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console

import handsel
from bench.company import make_company, make_opportunities
from bench.editing import Edit, measure_edit
from bench.handwritten import HandWritten
from bench.measure import Result, compare, steady
from bench.memory import DOCUMENTS, measure_memory
from bench.report import print_edits, print_memory, print_results, print_rights, print_shares, web_table
from bench.rights import RightsFigures, measure_rights
from bench.routes import CONVERSION_ROUTES
from bench.shares import Shares, measure_shares
from bench.web import RequestFigures, measure_web
from tests.postgres import start_postgres

SIZES = (1, 10, 100, 1000)
PAGE = 100
LARGEST_PAGE = 10_000
"""Lines in a page; documents with many lines go in smaller pages."""
WARM_UP = 5


def main() -> None:
    """Measure and print."""
    wanted = _arguments()
    started = time.monotonic()
    console = Console(width=max(Console().width, 170))
    results: list[Result] = []
    shares: list[Shares] = []
    edits: list[Edit] = []
    rights: list[RightsFigures] = []
    memory: list[dict[str, Any]] = []
    requests: list[RequestFigures] = []
    with _databases(wanted.database) as urls:
        for url in urls:
            handsel.create(url)
            if wanted.memory:
                memory.append(measure_memory(url, DOCUMENTS // 10 if wanted.quick else DOCUMENTS))
                edits.append(_edit(url))
            else:
                requests += measure_web(url, wanted.quick)
                if not wanted.http:
                    _measure(url, wanted.lines, wanted.quick, results, shares, edits, rights)
    if requests:
        print(f"{web_table(requests)}\n")
    if results:
        print_results(console, results)
        console.print()
    if shares:
        print_shares(console, shares)
        console.print()
    print_rights(console, rights)
    print_edits(console, edits)
    for found in memory:
        print_memory(console, found)
    console.print(f"{time.monotonic() - started:.0f} s in all, Python {platform.python_version()}")
    if wanted.json is not None:
        wanted.json.write_text(json.dumps(_plain(results, shares, edits, memory, requests, rights), indent=1) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the documents: a first look")
    parser.add_argument(
        "--lines", type=int, action="append", help=f"lines per document; may be repeated (default {SIZES})"
    )
    parser.add_argument(
        "--database", action="append", metavar="URL", help="measure on this empty database; may be repeated"
    )
    parser.add_argument(
        "--memory", action="store_true", help=f"only convert {DOCUMENTS:,} opportunities, and report memory"
    )
    parser.add_argument("--http", action="store_true", help="only the Web API over HTTP")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    return parser.parse_args()


@contextmanager
def _databases(given: list[str] | None) -> Iterator[list[str]]:
    """The databases to measure on: those given, or a new SQLite file and a new PostgreSQL, as durable as it comes."""
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as directory, start_postgres(durable=True) as base:
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        yield [f"sqlite:///{directory}/bench.sqlite3", f"{base}/bench"]


def _measure(
    url: str,
    sizes: list[int] | None,
    quick: bool,
    results: list[Result],
    shares: list[Shares],
    edits: list[Edit],
    rights: list[RightsFigures],
) -> None:
    with handsel.open(url) as session:
        company = make_company(session)
        for lines in sizes or SIZES:
            results += _size(session, company, lines, quick)
        if not sizes or 10 in sizes:
            for page in (1, PAGE):
                sources = make_opportunities(session, company, 10, 50 if quick else 300)
                shares.append(measure_shares(session, CONVERSION_ROUTES[0], sources, 10, page))
            rights += measure_rights(session, company, 30 if quick else 300)
        if not sizes or 1000 in sizes:
            edits.append(measure_edit(session, company, 1000, 10))


def _size(session: handsel.Session, company: Any, lines: int, quick: bool) -> list[Result]:
    """The chain of conversions for documents of one size, one at a time and in pages."""
    page = max(1, min(PAGE, LARGEST_PAGE // lines))
    singles = max(4, min(200, 4000 // lines)) // (5 if quick else 1) or 1
    in_pages = page * max(1, min(10, LARGEST_PAGE // (lines * page)) // (5 if quick else 1))
    sources = make_opportunities(session, company, lines, WARM_UP + singles + in_pages)
    results = []
    for route in CONVERSION_ROUTES:
        warm = session.execute_many([route.message(key) for key in sources[:1]])
        warm += [session.execute(route.message(key)) for key in sources[1:WARM_UP]]
        made = [row.id for row in warm]
        yardstick = HandWritten(session.url, route.tables, (sources[0], made[0]))
        for key in sources[:WARM_UP]:
            yardstick.copy([key])
        for size, part in ((1, sources[WARM_UP : WARM_UP + singles]), (page, sources[WARM_UP + singles :])):
            with steady():
                result, keys = compare(session, route, yardstick, part, lines, size)
            results.append(result)
            made += keys
        yardstick.close()
        route.ready(session, made)
        sources = made
    return results


def _edit(url: str) -> Edit:
    with handsel.open(url) as session:
        return measure_edit(session, make_company(session), 1000, 10)


def _plain(
    results: list[Result],
    shares: list[Shares],
    edits: list[Edit],
    memory: list[dict[str, Any]],
    requests: list[RequestFigures],
    rights: list[RightsFigures],
) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "conversions": [
            {
                "database": result.database,
                "message": result.message,
                "lines": result.lines,
                "page": result.page,
                "share": result.share,
                "handsel": result.handsel.figures(),
                "handwritten": result.handwritten.figures(),
            }
            for result in results
        ],
        "steps": [asdict(found) for found in shares],
        "edits": [asdict(found) for found in edits],
        "memory": memory,
        "http": [asdict(found) for found in requests],
        "rights": [{**asdict(found), "percent": found.percent} for found in rights],
    }


if __name__ == "__main__":
    main()
