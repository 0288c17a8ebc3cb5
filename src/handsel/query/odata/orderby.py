"""`$orderby` text to sort keys: `name desc,createdon`."""

from __future__ import annotations

from collections.abc import Mapping

from handsel.query.odata.parser import Parser
from handsel.query.tree.nodes import Order

MAX_KEYS = 16


def parse_order(text: str, parameters: Mapping[str, str] | None = None) -> tuple[Order, ...]:
    """The sort keys of a text, whose columns may be parameters.

    Raises BadRequest (0x80060888), which names the offending word and its position.
    """
    parser = Parser(text, parameters)
    orders = [_key(parser)]
    while parser.at(",") and len(orders) < MAX_KEYS:
        parser.take()
        orders.append(_key(parser))
    parser.expect_end(f"asc, desc, a comma or the end, and at most {MAX_KEYS} columns")
    return tuple(orders)


def _key(parser: Parser) -> Order:
    column = parser.column()
    return Order(column, parser.at("asc", "desc") and parser.take().text == "desc")
