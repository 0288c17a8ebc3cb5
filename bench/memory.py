"""Memory of a large run: 100,000 opportunities converted page by page, in a separate process."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

DOCUMENTS = 100_000
PAGE = 1000
LIMIT = 300
"""Megabytes that a run may take, whatever its length."""


def measure_memory(url: str, documents: int = DOCUMENTS) -> dict[str, Any]:
    """Seed and convert, each in a separate process: the peak is that of the conversion alone."""
    _in_process("seed", url, str(documents))
    found: dict[str, Any] = json.loads(_in_process("convert", url))
    return found


def _in_process(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", __name__, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def seed(url: str, documents: int) -> None:
    """Make the opportunities, set-based."""
    import handsel
    from bench.company import make_company, make_opportunities

    with handsel.open(url) as session:
        make_opportunities(session, make_company(session), 1, documents)


def convert(url: str) -> dict[str, Any]:
    """Convert every opportunity to a quote with the bulk run; peak memory in megabytes."""
    import handsel

    with handsel.open(url) as session:
        # Tables can be imported once the session has started Django.
        from handsel.chain.document.routes import conversion_routes
        from handsel.jobs.bulk import run_bulk
        from handsel.jobs.checkpoint import begin, fingerprint
        from handsel.jobs.convert import KIND, conversion_task, pages_by_filter

        before = _peak()
        task = conversion_task(conversion_routes()[("opportunity", "quote")], pages_by_filter("opportunity", None))
        checkpoint = begin(session.context, KIND, fingerprint("bench", time.time_ns()), "bench")
        start = time.perf_counter()
        counts = run_bulk(session.context, task, checkpoint, page_size=PAGE)
        seconds = time.perf_counter() - start
        vendor = session.context.dialect.name
    return {
        "database": vendor,
        "converted": counts.converted,
        "refused": counts.refused,
        "page": PAGE,
        "seconds": seconds,
        "per_second": counts.converted / seconds,
        "megabytes_at_start": before,
        "megabytes": _peak(),
    }


def _peak() -> float:
    """The peak memory of this process, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not `ru_maxrss`, which Linux hands down from the process that started this one.
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(held.split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        seed(sys.argv[2], int(sys.argv[3]))
    else:
        print(json.dumps(convert(sys.argv[2])))
