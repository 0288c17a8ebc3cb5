"""The shares of a conversion's time: reading, pricing, rights, audit and numbering."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench.measure import Stopwatch
from bench.routes import ConversionRoute
from handsel import Session
from handsel.engine import access, execute, numbering, organization, persist, row_reader

REST = "begin and commit"


@dataclass(frozen=True, slots=True)
class Shares:
    """Milliseconds per document, by step."""

    database: str
    message: str
    lines: int
    page: int
    milliseconds: dict[str, float]


def steps() -> list[tuple[str, Any, str]]:
    """The timed functions; an inner step is not counted in the outer one."""
    return [
        ("settings, user, row version", organization, "begin_transaction"),
        ("reading and locking rows", row_reader, "fetch"),
        ("reading and locking rows", row_reader, "fetch_each"),
        ("pricing", execute, "price_now"),
        ("rights", access, "require"),
        ("rights", access, "predicate"),
        ("numbering", numbering, "number_rows"),
        ("writing the document", persist, "write"),
        # Few rows are sent together: waiting for the answers is what `finish` does itself.
        ("waiting for what was written", execute, "finish"),
        ("audit and outbox", execute, "write_journal"),
        ("maps and results", execute, "_transact"),
    ]


def measure_shares(session: Session, route: ConversionRoute, sources: Sequence[UUID], lines: int, page: int) -> Shares:
    """Convert sources in pages and time every step."""
    watch = Stopwatch()
    names = [name for name, _, _ in steps()]
    with watch.watching(steps()):
        start = time.perf_counter()
        for first in range(0, len(sources), page):
            session.execute_many([route.message(key) for key in sources[first : first + page]])
        total = time.perf_counter() - start
    found = {name: watch.seconds.get(name, 0.0) for name in dict.fromkeys(names)}
    found[REST] = total - sum(found.values())
    share = {name: seconds * 1000 / len(sources) for name, seconds in found.items()}
    return Shares(session.context.dialect.name, route.name, lines, page, share)
