"""Timing: milliseconds per document, CPU of client and server, statements."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.handwritten import HandWritten
from bench.routes import ConversionRoute
from handsel import Row, Session
from handsel.database.statements import connection, counted_statements


@dataclass(slots=True)
class Timing:
    """The figures of a series of equal calls, per document."""

    documents: int = 0
    milliseconds: list[float] = field(default_factory=list)
    client_cpu: float = 0.0
    server_cpu: float | None = None
    statements: float = 0.0

    @property
    def per_second(self) -> float:
        """Documents a second, over the whole series."""
        return 1000 / statistics.fmean(self.milliseconds)

    def percentile(self, percent: int) -> float:
        """Milliseconds of a document that the given percentage of the calls did not exceed."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    def figures(self) -> dict[str, Any]:
        """The series as plain data."""
        kept = {name: value for name, value in asdict(self).items() if name != "milliseconds"}
        return {**kept, "per_second": self.per_second, "p50": self.percentile(50), "p95": self.percentile(95)}


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table: Handsel beside the hand-written form."""

    database: str
    message: str
    lines: int
    page: int
    handsel: Timing
    handwritten: Timing

    @property
    def share(self) -> float:
        """Handsel's speed as a share of the hand-written form's, by the median."""
        return self.handwritten.percentile(50) / self.handsel.percentile(50)


def compare(
    session: Session, route: ConversionRoute, yardstick: HandWritten, sources: Sequence[UUID], lines: int, page: int
) -> tuple[Result, list[UUID]]:
    """Convert sources in pages, by Handsel and by hand in turn, so that both have the same load of the machine."""
    ours, theirs = Timing(), Timing()
    made: list[UUID] = []
    with session.entered():
        connection().ensure_connection()
        pid = connection().connection.info.backend_pid if session.context.dialect.name == "postgresql" else None
    for start in range(0, len(sources), page):
        keys = sources[start : start + page]
        with counted_statements() as sent, timed(ours, len(keys), pid):
            found: list[Row] = session.execute_many([route.message(key) for key in keys])
        ours.statements += len(sent)
        with timed(theirs, len(keys), yardstick.backend_pid):
            yardstick.copy(keys)
        theirs.statements += 5 * len(keys)
        made += [row.id for row in found]
    for timing in (ours, theirs):
        timing.client_cpu /= timing.documents
        timing.statements /= timing.documents
        if timing.server_cpu is not None:
            timing.server_cpu /= timing.documents
    return Result(session.context.dialect.name, route.name, lines, page, ours, theirs), made


@contextmanager
def timed(timing: Timing, documents: int, backend: int | None) -> Iterator[None]:
    """Add a block's time and CPU to a series."""
    server = server_cpu(backend)
    cpu, start = time.process_time(), time.perf_counter()
    yield
    elapsed, cpu = time.perf_counter() - start, time.process_time() - cpu
    timing.documents += documents
    timing.milliseconds.append(elapsed * 1000 / documents)
    timing.client_cpu += cpu * 1000
    if server is not None:
        after = server_cpu(backend)
        assert after is not None
        timing.server_cpu = (timing.server_cpu or 0.0) + after - server


def server_cpu(backend: int | None) -> float | None:
    """Milliseconds of CPU that a server process on this machine has used; None if it cannot be read."""
    if backend is None:
        return None
    try:
        fields = Path(f"/proc/{backend}/schedstat").read_text().split()
    except OSError:
        return None
    return int(fields[0]) / 1e6


@contextmanager
def steady() -> Iterator[None]:
    """Start a series with an empty garbage list, so that an earlier one does not pay into it."""
    gc.collect()
    os.sync()
    yield


class Stopwatch:
    """Time spent in functions of the engine, measured by replacing each with a timed one.

    The time of a nested step is counted only under its own name, so that the shares add up.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner = [0.0]

    @contextmanager
    def watching(self, steps: Sequence[tuple[str, Any, str]]) -> Iterator[None]:
        """`steps`: the name to count under, the owner (a module or class), the attribute."""
        originals = [(owner, attribute, getattr(owner, attribute)) for _, owner, attribute in steps]
        for (name, owner, attribute), (_, _, original) in zip(steps, originals, strict=True):
            setattr(owner, attribute, self._timed(name, original))
        try:
            yield
        finally:
            for owner, attribute, original in originals:
                setattr(owner, attribute, original)

    def _timed(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            start = time.perf_counter()
            try:
                return original(*args, **kwargs)
            finally:
                elapsed = time.perf_counter() - start
                own = elapsed - self._inner.pop()
                self._inner[-1] += elapsed
                self.seconds[name] = self.seconds.get(name, 0.0) + own

        return call
