"""Editing one line of a long quote: it must not rewrite the lines that stay as they are."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench.company import Company, make_opportunities
from handsel import GenerateQuoteFromOpportunity, Session, Update
from handsel.database.statements import counted_statements, run

TABLES = ("quote", "quotedetail", "hs_audit", "hs_outbox")


@dataclass(frozen=True, slots=True)
class Edit:
    """The duration of one edit, and the number of rows it wrote, by table."""

    database: str
    lines: int
    p50: float
    statements: int
    rows: dict[str, int]


def measure_edit(session: Session, company: Company, lines: int, times: int) -> Edit:
    """Change the quantity of one line in the middle of a quote, several times."""
    source = make_opportunities(session, company, lines, 1)[0]
    quote = session.execute(GenerateQuoteFromOpportunity(source)).id
    keys = list(session.queryset("quotedetail").filter(quote_id=quote).order_by("line_item_number"))
    line: UUID = keys[len(keys) // 2].pk
    taken = []
    statements = 0
    for number in range(times):
        with counted_statements() as sent:
            start = time.perf_counter()
            session.execute(Update("quotedetail", line, {"quantity": number + 10}))
            taken.append((time.perf_counter() - start) * 1000)
        statements = len(sent)
    with session.entered():
        version = _value("SELECT max(versionnumber) FROM quotedetail")
        rows = {table: _value(f"SELECT count(*) FROM {table} WHERE versionnumber = {version}") for table in TABLES}
    return Edit(session.context.dialect.name, lines, statistics.median(taken), statements, rows)


def _value(sql: str) -> Any:
    return run(sql)[0][0]
