"""A sales pipeline: 8,800 deals as opportunities, won and lost as the file says, the won ones carried to the invoice.

    .venv/bin/python examples/crm-pipeline/run.py DIR [--database URL]

DIR holds the CRM Sales Opportunities files. Without --database everything happens in an SQLite file that is removed at
the end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from files import FILES, BadFile, Record, deals, pages
from masters import NOT_STATED, PRICE_LIST, Masters, known, load_masters
from report import report

import handsel

PAGE = 200
"""Deals in one transaction: enough to be fast, few enough to need little memory."""

SALES_STAGES = {"Prospecting": 0, "Engaging": 1, "Won": 3, "Lost": 3}
"""Stage in the file → salesstage: Qualify, Develop, Close, Close."""


def main() -> int:
    """Load, sell, compare. The exit status is 0 when the database agrees with the file."""
    started = time.monotonic()
    parser = argparse.ArgumentParser(description="Load a sales pipeline, close what was closed, invoice what was won.")
    parser.add_argument("directory", metavar="DIR", type=Path, help="the directory of the pipeline files")
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://…; default: a temporary file")
    options = parser.parse_args()
    missing = [name for name in FILES if not (options.directory / name).is_file()]
    if missing:
        sys.exit(f"{options.directory} lacks {', '.join(missing)}.")
    try:
        with tempfile.TemporaryDirectory() as temporary:
            url = options.database or f"sqlite:///{temporary}/pipeline.sqlite3"
            handsel.create(url)
            with handsel.open(url) as session:
                return run(session, options.directory, started)
    except (BadFile, handsel.HandselError) as refused:
        sys.exit(str(refused))


def run(session: handsel.Session, directory: Path, started: float) -> int:
    """Do it all in one database. The result is the exit status."""
    refuse_second_import(session)
    repaired: Counter[str] = Counter()
    masters = load_masters(session, directory, repaired)
    print(f"Loaded {len(masters.accounts)} accounts, {len(masters.products)} products, {len(masters.agents)} agents.")
    pipeline = directory / "sales_pipeline.csv"
    done = 0
    for page in pages(deals(pipeline, repaired), PAGE):
        work_off(session, page, masters)
        done += len(page)
        if done % (PAGE * 10) == 0:
            print(f"{done:,} deals …", flush=True)
    for spelling, count in repaired.items():
        print(f"Repaired the spelling '{spelling}' in {count:,} rows.")
    return report(session, masters.price_list, pipeline, started)


def refuse_second_import(session: handsel.Session) -> None:
    """End here if the database already holds the import, or a part of an interrupted one."""
    if session.count("pricelevel", f"name eq '{PRICE_LIST}'"):
        sys.exit(
            f"The database already holds a pipeline import, done or broken off: it has the price list '{PRICE_LIST}'. "
            "To import again would count every deal twice, so nothing was changed. Take another database."
        )


def work_off(session: handsel.Session, page: Sequence[Record], masters: Masters) -> None:
    """Create a page of opportunities, invoice and win those that were won, lose those that were lost."""
    made = session.execute_many([handsel.Create("opportunity", opportunity(deal, masters)) for deal in page])
    pairs = list(zip(page, made, strict=True))
    won = [(deal, row.id) for deal, row in pairs if deal["deal_stage"] == "Won"]
    lost = [(deal, row.id) for deal, row in pairs if deal["deal_stage"] == "Lost"]
    sell(session, won)
    session.execute_many([handsel.WinOpportunity(close(deal, id)) for deal, id in won])
    session.execute_many([handsel.LoseOpportunity(close(deal, id)) for deal, id in lost])


def sell(session: handsel.Session, won: Sequence[tuple[Record, Any]]) -> None:
    """Carry open opportunities to the invoice. Afterwards their quotes are won, so that they can be won too."""
    quotes = session.execute_many([handsel.GenerateQuoteFromOpportunity(id) for _, id in won])
    session.execute_many([handsel.Update("quote", row.id, {"statecode": 1}) for row in quotes])
    orders = session.execute_many(
        [
            handsel.ConvertQuoteToSalesOrder(row.id, quote_close_date=deal["close_date"])
            for row, (deal, _) in zip(quotes, won, strict=True)
        ]
    )
    session.execute_many([handsel.ConvertSalesOrderToInvoice(row.id) for row in orders])


def opportunity(deal: Record, masters: Masters) -> dict[str, Any]:
    """A deal with its one product: at the price it was sold for when it was won, at the list price otherwise.

    A lost deal's close value is 0 in the file. That is the result, not the offered price, so it goes to the close
    activity as actual revenue and does not change the price.
    """
    line: dict[str, Any] = {"productid": known(masters.products, deal, "product"), "quantity": 1}
    if deal["deal_stage"] == "Won":
        line |= {"ispriceoverridden": True, "priceperunit": deal["close_value"]}
    return {
        "name": f"{deal['opportunity_id']} {deal['product']}",
        "customerid": known(masters.accounts, {**deal, "account": deal["account"] or NOT_STATED}, "account"),
        "ownerid": known(masters.agents, deal, "sales_agent"),
        "pricelevelid": masters.price_list,
        "salesstage": SALES_STAGES[deal["deal_stage"]],
        "overriddencreatedon": deal["engage_date"] or None,
        "isrevenuesystemcalculated": True,
        "product_opportunities": [line],
    }


def close(deal: Record, opportunity_id: Any) -> dict[str, Any]:
    """How a deal ended, and when."""
    return {
        "opportunityid": opportunity_id,
        "actualrevenue": deal["close_value"],
        "actualend": deal["close_date"] or None,
    }


if __name__ == "__main__":
    sys.exit(main())
