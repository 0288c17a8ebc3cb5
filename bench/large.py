"""`python -m bench.large`: whether daily work stays as fast with a million quotes as with a thousand."""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from rich.console import Console

import handsel
from bench.company import make_company
from bench.measure import steady
from bench.queries import Api, Ask, Call, conversions, queries
from bench.report import large_table
from bench.seed import Seed
from tests.postgres import start_postgres

SIZES = (1_000, 100_000, 1_000_000)
TIMES = 20
"""The number of repetitions of each request, each for another row; the result is the median."""
WARM_UP = 5
LISTS = ("first page", "second page", "state", "owner", "view", "$count")
"""How the names of the requests begin that a user with unit depth sends too: no single rows, which may be hidden."""


def measure(url: str, sizes: Sequence[int], console: Console) -> dict[str, list[float]]:
    """The median milliseconds of every request, for each size in turn."""
    found: dict[str, list[float]] = {}
    handsel.create(url)
    with handsel.open(url) as session:
        # Tables can be imported once the session has started Django.
        from handsel.site.identity.tokens import create_token

        with session.entered():
            api = Api(url, create_token(session.user.user_id, name="bench"))
        company = make_company(session)
        seed = Seed(session, company)
        with session.entered():
            narrowed = Api(url, create_token(seed.unit_user(), name="bench"))
        for size in sizes:
            start = time.monotonic()
            seed.grow(size)
            console.print(f"{session.context.dialect.name}: {size:,} quotes after {time.monotonic() - start:.0f} s")
            views = api(Call("GET", "savedqueries?$select=name&$filter=returnedtypecode eq 'quote'"))["value"]
            named = {view["name"]: view["savedqueryid"] for view in views}
            asked = (*queries(api, seed, named, size), *conversions(seed, company, size, WARM_UP + TIMES))
            for name, ask in asked:
                found.setdefault(name, []).append(_median(api, ask))
            for name, ask in queries(narrowed, seed, named, size):
                if name.startswith(LISTS):
                    found.setdefault(f"{name}, unit depth", []).append(_median(narrowed, ask))
    return found


def _median(api: Api, ask: Ask) -> float:
    for _ in range(WARM_UP):
        api(ask())
    taken = []
    with steady():
        for call in [ask() for _ in range(TIMES)]:
            start = time.perf_counter()
            api(call)
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


@contextmanager
def _databases(given: list[str] | None) -> Iterator[list[str]]:
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="handsel-large-") as directory, start_postgres(durable=True) as base:
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        yield [f"{base}/bench", f"sqlite:///{directory}/bench.sqlite3"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.large", description=__doc__)
    parser.add_argument("--size", type=int, action="append", help=f"how many quotes; may be repeated (default {SIZES})")
    parser.add_argument(
        "--database", action="append", metavar="URL", help="measure on this empty database; may be repeated"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    wanted = parser.parse_args()
    sizes = sorted(wanted.size or SIZES)
    if sizes[0] < SIZES[0]:
        parser.error(f"too few quotes to convert: take at least {SIZES[0]:,}")
    console, started = Console(width=160), time.monotonic()
    results: dict[str, dict[str, list[float]]] = {}
    with _databases(wanted.database) as urls:
        for url in urls:
            console.print(f"In {url}: a few gigabytes for a million quotes, removed at the end", highlight=False)
            results["SQLite" if url.startswith("sqlite") else "PostgreSQL"] = measure(url, sizes, console)
    print(large_table(sizes, results))
    console.print(f"{time.monotonic() - started:.0f} s in all, Python {platform.python_version()}")
    if wanted.json is not None:
        wanted.json.write_text(json.dumps({"sizes": sizes, "milliseconds": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
