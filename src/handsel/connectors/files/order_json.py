"""A submitted order as JSON. `docs/howto/erp.md` documents every member; amounts are decimal texts, days ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from handsel.chain.document.snapshot.lines import LineSnapshot
from handsel.chain.handover.order_snapshot import OrderSnapshot

VERSION = 1
"""Raised when a member changes its meaning or goes; new members may come without."""

_ADDRESS = {
    "name": "name",
    "contact": "contactname",
    "line1": "line1",
    "line2": "line2",
    "line3": "line3",
    "city": "city",
    "state": "stateorprovince",
    "postal_code": "postalcode",
    "country": "country",
    "telephone": "telephone",
    "fax": "fax",
}
Json = Mapping[str, object]


def order_json(order: OrderSnapshot, delivery_id: UUID | None = None) -> Json:
    """The order with its lines, ready for `json.dumps`; `delivery_id` is empty in an export by hand."""
    header, totals = order.header, order.totals
    return {
        "version": VERSION,
        "delivery": _text(delivery_id),
        "id": str(header.id),
        "number": header.get("ordernumber"),
        "name": header.get("name"),
        "customer": {
            "id": _text(header.get("customerid")),
            "number": order.customer_number,
            "name": header.name("customerid"),
        },
        "currency": order.currency.code,
        "submitted_on": _text(header.get("submitdate")),
        "requested_delivery_on": _text(header.get("requestdeliveryby")),
        "description": header.get("description"),
        "payment_terms": header.get("paymenttermscode"),
        "freight_terms": header.get("freighttermscode"),
        "shipping_method": header.get("shippingmethodcode"),
        "bill_to": _address(header, "billto"),
        "ship_to": _address(header, "shipto"),
        "lines": [_line(order, line) for line in order.lines],
        "totals": {
            "lines": _amount(totals.detail_amount),
            "discount_percent": _amount(totals.discount_percentage),
            "discount": _amount(totals.discount_amount),
            "before_freight": _amount(totals.before_freight),
            "freight": _amount(totals.freight),
            "tax": _amount(totals.tax),
            "total": _amount(totals.total),
        },
    }


def _line(order: OrderSnapshot, line: LineSnapshot) -> Json:
    row = line.row
    return {
        "id": str(row.id),
        "number": line.number,
        "sequence": row.get("sequencenumber"),
        "product": None
        if line.is_written_in
        else {"id": _text(row.get("productid")), "number": order.product_number(line), "name": line.product},
        "text": line.product,
        "is_written_in": line.is_written_in,
        "quantity": _amount(line.quantity),
        "unit": line.unit,
        "price_per_unit": _amount(line.price_per_unit),
        "volume_discount_per_unit": _amount(line.volume_discount),
        "discount": _amount(line.manual_discount),
        "tax": _amount(line.tax),
        "net": _amount(line.net),
        "amount": _amount(line.amount),
    }


def _address(row: Mapping[str, object], prefix: str) -> Json:
    return {name: row.get(f"{prefix}_{column}") for name, column in _ADDRESS.items()}


def _amount(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
