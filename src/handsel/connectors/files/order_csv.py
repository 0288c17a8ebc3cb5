"""Submitted orders as a pair of CSV files, one row for each order and one for each line: the members of the JSON.

A column is called as its member, those of an object inside with its name before them: `customer_number`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handsel.connectors.files.order_json import Json

ORDER_COLUMNS = (
    *("version", "delivery", "id", "number", "name", "customer_id", "customer_number", "customer_name", "currency"),
    *("submitted_on", "requested_delivery_on", "description", "payment_terms", "freight_terms", "shipping_method"),
    *(
        f"{side}_{part}"
        for side in ("bill_to", "ship_to")
        for part in (
            *("name", "contact", "line1", "line2", "line3", "city", "state", "postal_code", "country"),
            *("telephone", "fax"),
        )
    ),
    *(f"totals_{part}" for part in ("lines", "discount_percent", "discount", "before_freight")),
    *(f"totals_{part}" for part in ("freight", "tax", "total")),
)
"""The columns of the file of orders."""
LINE_COLUMNS = (
    *("order_id", "order_number", "id", "number", "sequence", "product_id", "product_number", "product_name", "text"),
    *("is_written_in", "quantity", "unit", "price_per_unit", "volume_discount_per_unit", "discount", "tax", "net"),
    "amount",
)
"""The columns of the file of lines."""


def orders_csv(orders: Iterable[Json]) -> tuple[str, str]:
    """The texts of both files: the orders, and their lines."""
    found = list(orders)
    return _text(ORDER_COLUMNS, map(_flat, found)), _text(LINE_COLUMNS, _lines(found))


def _lines(orders: Sequence[Json]) -> Iterator[Mapping[str, object]]:
    for order in orders:
        lines = order["lines"]
        assert isinstance(lines, list)
        for line in lines:
            yield {"order_id": order["id"], "order_number": order["number"], **_flat(line)}


def _flat(members: Json) -> Mapping[str, object]:
    flat: dict[str, object] = {}
    for name, value in members.items():
        if isinstance(value, Mapping):
            flat.update({f"{name}_{inner}": each for inner, each in value.items()})
        elif isinstance(value, bool):
            flat[name] = "true" if value else "false"
        else:
            flat[name] = value
    return flat


def _text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
