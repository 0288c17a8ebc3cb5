"""Addresses and terms that a conversion takes from the customer (behaviour 7.1)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handsel.chain.document.default_price_lists import WithoutList, default_price_lists
from handsel.database.row import ColumnValue, Row
from handsel.engine.row_reader import Prefetch
from handsel.engine.work import Work
from handsel.tables.info import TableInfo, table_info

BILL_TO, SHIP_TO = 1, 2
"""`addresstypecode` of the address a customer is billed at or shipped to."""

_PARTS = {
    "name": "name",
    "contactname": "primarycontactname",
    "line1": "line1",
    "line2": "line2",
    "line3": "line3",
    "city": "city",
    "stateorprovince": "stateorprovince",
    "postalcode": "postalcode",
    "country": "country",
    "telephone": "telephone1",
    "fax": "fax",
}


_FURTHER_ORDER = ("addressnumber", "customeraddressid")


def customer_prefetches(documents: Sequence[Row]) -> tuple[Prefetch, ...]:
    """What `customer_values` will read."""
    accounts = [row.get("accountid") for row in documents]
    contacts = [row.get("contactid") for row in documents]
    return (
        Prefetch("account", accounts),
        Prefetch("contact", contacts),
        Prefetch("customeraddress", (*accounts, *contacts), parent="parentid", order=_FURTHER_ORDER),
    )


def customer_values(work: Work, target: TableInfo, documents: Sequence[Row]) -> list[Mapping[str, ColumnValue]]:
    """For each document: the address and terms columns of `target` as its customer has them.

    Accounts, contacts and further addresses of customers take a statement each; for documents without a price list the
    default ones take up to three.
    """
    accounts = work.as_system.load("account", (row.get("accountid") for row in documents))
    contacts = work.as_system.load("contact", (row.get("contactid") for row in documents))
    customers = {**accounts, **contacts}
    further = work.as_system.children("customeraddress", "parentid", list(customers), order=_FURTHER_ORDER)
    default_lists = default_price_lists(
        work,
        {
            row.id: WithoutList(customers.get(row.get("customerid")), row.get("transactioncurrencyid"))
            for row in documents
            if row.get("pricelevelid") is None
        },
    )
    found: list[Mapping[str, ColumnValue]] = []
    for row in documents:
        customer = customers.get(row.get("customerid"))
        values = _values(target, customer, further.get(customer.id, ())) if customer is not None else {}
        price_list = default_lists.get(row.id)
        found.append(values if price_list is None else {**values, "pricelevelid": price_list.id})
    return found


def _values(target: TableInfo, customer: Row, further: Iterable[Row]) -> dict[str, ColumnValue]:
    addresses = [_inline(customer, "address1_"), _inline(customer, "address2_"), *(dict(row) for row in further)]
    values: dict[str, ColumnValue] = {}
    for prefix, kind in (("billto_", BILL_TO), ("shipto_", SHIP_TO)):
        address = next(
            (found for found in addresses if found.get("addresstypecode") == kind and _filled(found)), addresses[0]
        )
        if not _filled(address):
            continue
        values[f"{prefix}addressid"] = address.get("addressid") or address.get("customeraddressid")
        values.update({f"{prefix}{part}": address.get(source) for part, source in _PARTS.items()})
        values[f"{prefix}name"] = address.get("name") or customer.get("name") or customer.get("fullname")
    primary = addresses[0]
    values["paymenttermscode"] = customer.get("paymenttermscode")
    values["freighttermscode"] = primary.get("freighttermscode")
    values["shippingmethodcode"] = primary.get("shippingmethodcode")  # the customer's column has another option set
    return {name: value for name, value in values.items() if value is not None and name in target.columns}


def _inline(customer: Row, prefix: str) -> dict[str, ColumnValue]:
    return {part: customer.get(column) for column, part in _inline_columns(customer.table, prefix)}


@functools.cache
def _inline_columns(table: str, prefix: str) -> tuple[tuple[str, str], ...]:
    """The columns of one of the addresses on the customer's row, each with its part of an address."""
    return tuple((name, name.removeprefix(prefix)) for name in table_info(table).columns if name.startswith(prefix))


def _filled(address: Mapping[str, Any]) -> bool:
    return any(address.get(part) for part in ("line1", "city", "postalcode", "country", "name"))
