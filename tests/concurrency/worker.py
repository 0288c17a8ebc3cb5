"""A worker process: opens a database, says it is ready, waits for the start, does its task and prints the result.

python -m tests.concurrency.worker URL TASK JSON-ARGUMENTS
"""

import json
import sys
from decimal import Decimal
from typing import Any
from uuid import UUID

import handsel
from handsel import HandselError, Session


def numbers(session: Session, opportunity: str, times: int) -> Any:
    """Make quotes of one opportunity, one message at a time."""
    message = handsel.GenerateQuoteFromOpportunity(UUID(opportunity))
    return [session.execute(message)["quotenumber"] for _ in range(times)]


def convert(session: Session, quotes: list[str]) -> Any:
    """Make an order of each quote; a refusal gives its code."""
    return [_attempt(session, handsel.ConvertQuoteToSalesOrder(UUID(quote)), "ordernumber") for quote in quotes]


def revise(session: Session, quotes: list[str]) -> Any:
    """Revise each quote, active or not; a refusal gives its code."""
    return [_attempt(session, handsel.ReviseActiveQuote(UUID(quote)), "revisionnumber") for quote in quotes]


def create_order(session: Session, quotes: list[str]) -> Any:
    """Make an order of each quote, close its siblings and win its opportunity; a refusal gives its code."""
    return [
        _attempt(
            session,
            handsel.CreateOrderFromQuote(UUID(quote), close_opportunity=True, close_related_quotes=True),
            "ordernumber",
        )
        for quote in quotes
    ]


def _attempt(session: Session, message: Any, column: str) -> Any:
    try:
        return session.execute(message)[column]
    except HandselError as error:
        return error.code.text


def add(session: Session, table: str, line: str, times: int) -> Any:
    """Add one to a line's quantity repeatedly, each time from the value read; counts the stale attempts."""
    stale = 0
    for _ in range(times):
        while True:
            row = session.retrieve(table, line, ["quantity", "versionnumber"])
            values = {"quantity": row["quantity"] + 1}
            try:
                session.execute(handsel.Update(table, UUID(line), values, version=row["versionnumber"]))
                break
            except handsel.VersionMismatch:
                stale += 1
    return stale


def touch(session: Session, table: str, lines: list[str], quantity: str) -> Any:
    """Give lines a quantity, without asking for a version."""
    for line in lines:
        session.execute(handsel.Update(table, UUID(line), {"quantity": Decimal(quantity)}))
    return len(lines)


TASKS = {task.__name__: task for task in (numbers, convert, revise, create_order, add, touch)}


def main() -> None:
    """Run one task when a line arrives on standard input."""
    url, task, arguments = sys.argv[1:]
    with handsel.open(url, user="admin") as session:
        session.count("quote")
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(TASKS[task](session, **json.loads(arguments)), default=str), flush=True)


if __name__ == "__main__":
    main()
