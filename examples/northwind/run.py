"""Northwind: every order becomes an opportunity, then a quote, a sales order and an invoice, by ordinary messages.

    .venv/bin/python examples/northwind/run.py DIR [--database URL]

DIR holds the Northwind files. Without --database everything happens in an SQLite file that is removed at the end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from files import FILES, BadFile, Line, Order, read_orders
from masters import PRICE_LIST, SHIP_TO, Masters, address, load_masters
from report import document_name, report

import handsel
from handsel.money.rounding import round_amount

PAGE = 100
"""Orders in one transaction: enough to be fast, few enough to need little memory."""


def main() -> int:
    """Load, sell, compare. The exit status is 0 when every amount agrees with the files."""
    started = time.monotonic()
    parser = argparse.ArgumentParser(description="Carry the Northwind orders from opportunity to invoice.")
    parser.add_argument("directory", metavar="DIR", type=Path, help="the directory of the Northwind files")
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://…; default: a temporary file")
    options = parser.parse_args()
    missing = [name for name in FILES if not (options.directory / name).is_file()]
    if missing:
        sys.exit(f"{options.directory} lacks {', '.join(missing)}.")
    try:
        orders = read_orders(options.directory)
        with tempfile.TemporaryDirectory() as temporary:
            url = options.database or f"sqlite:///{temporary}/northwind.sqlite3"
            handsel.create(url)
            with handsel.open(url) as session:
                refuse_second_import(session)
                masters = load_masters(session, options.directory)
                print(f"Loaded {len(masters.customers)} customers, {len(masters.users)} employees,", end=" ")
                print(f"{len(masters.products)} products.", flush=True)
                for start in range(0, len(orders), PAGE):
                    page = orders[start : start + PAGE]
                    sell(session, page, masters)
                    print(f"Sold orders {page[0].number} to {page[-1].number}.", flush=True)
                return report(session, masters.price_list, orders, started)
    except (BadFile, handsel.HandselError) as refused:
        sys.exit(str(refused))


def refuse_second_import(session: handsel.Session) -> None:
    """End here if the database already holds the import, or a part of an interrupted one."""
    if session.count("pricelevel", f"name eq '{PRICE_LIST}'"):
        sys.exit(
            f"The database already holds a Northwind import, done or broken off: it has the price list '{PRICE_LIST}'. "
            "To import again would sell everything twice, so nothing was changed. Take another database."
        )


def sell(session: handsel.Session, orders: Sequence[Order], masters: Masters) -> None:
    """Carry a page of orders from opportunity to invoice. Each list of messages is one transaction."""
    do = session.execute_many
    opportunities = do([handsel.Create("opportunity", opportunity(order, masters)) for order in orders])
    quotes = do([handsel.GenerateQuoteFromOpportunity(row.id) for row in opportunities])
    # An opportunity has no delivery address; the quote is the first document that has one.
    do([handsel.Update("quote", row.id, delivery(order)) for row, order in zip(quotes, orders, strict=True)])
    do([handsel.Update("quote", row.id, {"statecode": 1}) for row in quotes])
    sales_orders = do(
        [
            handsel.ConvertQuoteToSalesOrder(row.id, quote_close_date=order.ordered_on)
            for row, order in zip(quotes, orders, strict=True)
        ]
    )
    do([handsel.ConvertSalesOrderToInvoice(row.id) for row in sales_orders])
    sold = zip(opportunities, sales_orders, orders, strict=True)
    do([handsel.WinOpportunity(won(row.id, sales_order["totalamount"], order)) for row, sales_order, order in sold])


def opportunity(order: Order, masters: Masters) -> dict[str, Any]:
    """An order as an opportunity with its products."""
    return {
        "name": document_name(order),
        "customerid": masters.customers[order.customer],
        "ownerid": masters.users[order.employee] if order.employee else None,
        "pricelevelid": masters.price_list,
        "overriddencreatedon": order.ordered_on,
        "freightamount": order.freight,
        "isrevenuesystemcalculated": True,
        "product_opportunities": [product(line, masters) for line in order.lines],
    }


def product(line: Line, masters: Masters) -> dict[str, Any]:
    """A line of an order. A price that is not today's list price is typed on the line."""
    values: dict[str, Any] = {
        "productid": masters.products[line.product],
        "quantity": line.quantity,
        "manualdiscountamount": round_amount(line.quantity * line.unit_price * line.discount, 2),
    }
    if line.unit_price != masters.list_prices[line.product]:
        values |= {"ispriceoverridden": True, "priceperunit": line.unit_price}
    return values


def delivery(order: Order) -> dict[str, Any]:
    """Delivery address and date from the file, also if they are empty there."""
    return {
        "shipto_name": order.ship_to["shipName"],
        **address("shipto_", order.ship_to, SHIP_TO),
        "requestdeliveryby": order.required_on,
    }


def won(opportunity_id: Any, revenue: Decimal, order: Order) -> dict[str, Any]:
    """How an opportunity ended: won with the order's total on the day of the order."""
    return {"opportunityid": opportunity_id, "actualrevenue": revenue, "actualend": order.ordered_on}


if __name__ == "__main__":
    sys.exit(main())
