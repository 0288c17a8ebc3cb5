"""The printed tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.editing import Edit
from bench.measure import Result
from bench.memory import LIMIT
from bench.rights import RightsFigures
from bench.shares import Shares
from bench.web import RequestFigures

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

EXPLAINED = """\
docs/s, p50 and p95: documents a second, and milliseconds per document (in pages: of a page, divided by its documents).
by hand: five SQL statements in one transaction per document (in pages: per page), as many columns filled, no rights, no
state check, no pricing, no number, no audit, no event. share: Handsel's speed as a share of that, by the median.
CPU: milliseconds per document, of the client and, where it can be seen, of the database server."""


def print_results(console: Console, results: Sequence[Result]) -> None:
    """Handsel beside hand-written SQL, a block per message."""
    table = Table(title="Conversions", title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in ("message", "lines", "page"):
        table.add_column(name, justify="left" if name == "message" else "right")
    for name in ("docs/s", "p50", "p95", "stmts", "CPU", "server", "by hand", "p50", "p95", "CPU", "server", "share"):
        table.add_column(name, justify="right")
    last = None
    for result in results:
        if (result.database, result.message) != last:
            if last is not None:
                table.add_section()
            last = (result.database, result.message)
        table.add_row(*_cells(result))
    console.print(table)
    console.print(EXPLAINED, style="dim")


def _cells(result: Result) -> list[str]:
    ours, theirs = result.handsel, result.handwritten
    return [
        f"{NAMES[result.database]} {result.message}",
        f"{result.lines:,}",
        "-" if result.page == 1 else str(result.page),
        _rate(ours.per_second),
        _ms(ours.percentile(50)),
        _ms(ours.percentile(95)),
        f"{ours.statements:.2f}".rstrip("0").rstrip("."),
        _ms(ours.client_cpu),
        _ms(ours.server_cpu),
        _rate(theirs.per_second),
        _ms(theirs.percentile(50)),
        _ms(theirs.percentile(95)),
        _ms(theirs.client_cpu),
        _ms(theirs.server_cpu),
        f"{result.share:.0%}",
    ]


def print_shares(console: Console, shares: Sequence[Shares]) -> None:
    """What each step of a conversion costs."""
    table = Table(
        title="Where the time goes (ms per document)",
        title_justify="left",
        box=None,
        pad_edge=False,
        header_style="bold",
    )
    table.add_column("step")
    for found in shares:
        page = "one at a time" if found.page == 1 else f"pages of {found.page}"
        table.add_column(f"{NAMES[found.database]}, {found.lines} lines\n{page}", justify="right")
    for step in shares[0].milliseconds:
        cells = [
            f"{found.milliseconds[step]:.3f} {found.milliseconds[step] / sum(found.milliseconds.values()):>4.0%}"
            for found in shares
        ]
        table.add_row(step, *cells)
    table.add_row("all", *(f"{sum(found.milliseconds.values()):.3f}     " for found in shares))
    console.print(table)


def print_rights(console: Console, figures: Iterable[RightsFigures]) -> None:
    """What rights add to a conversion and to a list."""
    for each in figures:
        console.print(
            f"{NAMES[each.database]}: rights are {each.percent:+.0f} % of {each.name}: {each.unit_depth:.2f} ms for a "
            f"user with unit depth, {each.administrator:.2f} ms for an administrator"
        )


def print_edits(console: Console, edits: Iterable[Edit]) -> None:
    """Editing one line of a long quote."""
    for edit in edits:
        rows = ", ".join(f"{count} {table}" for table, count in edit.rows.items())
        console.print(
            f"{NAMES[edit.database]}: editing one line of a {edit.lines:,}-line quote: {edit.p50:.1f} ms (median), "
            f"{edit.statements} statements, rows written: {rows}"
        )


def print_memory(console: Console, found: dict[str, Any]) -> None:
    """Peak memory of a large run."""
    console.print(
        f"{NAMES[found['database']]}: {found['converted']:,} opportunities converted in {found['seconds']:.0f} s "
        f"({found['per_second']:.0f}/s), {found['refused']} refused; peak memory {found['megabytes']:.0f} MB "
        f"({found['megabytes_at_start']:.0f} MB before the run; limit {LIMIT})"
    )


def web_table(requests: Sequence[RequestFigures]) -> str:
    """Requests over HTTP, in Markdown."""
    lines = [
        "| | one client: p50 ms | p95 ms | eight clients: requests/s | p50 ms | p95 ms | CPU ms, server | database |",
        f"| --- |{' --- |' * 7}",
    ]
    for each in requests:
        figures = [_ms(each.p50), _ms(each.p95), _rate(each.per_second), _ms(each.busy_p50), _ms(each.busy_p95)]
        figures += [_ms(each.server_cpu), _ms(each.database_cpu)]
        lines.append(f"| {NAMES[each.database]}, {each.name} | {' | '.join(figures)} |")
    return "\n".join(lines)


def large_table(sizes: Sequence[int], found: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """Medians in milliseconds, a row for each request, a column for each database and number of quotes."""
    columns = [f"{database}, {size:,}" for database in found for size in sizes]
    lines = [f"| ms | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}"]
    for name in next(iter(found.values())):
        times = (f"{value:.1f}" for times in found.values() for value in times[name])
        lines.append(f"| {name} | {' | '.join(times)} |")
    return "\n".join(lines)


def _rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _ms(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"
