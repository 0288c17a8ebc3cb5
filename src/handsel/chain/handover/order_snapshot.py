"""An order as connectors get it: its snapshot, with the numbers by which others know customers and products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from uuid import UUID

from handsel.chain.document.snapshot.document import DocumentSnapshot, take_snapshot
from handsel.chain.document.snapshot.lines import LineSnapshot
from handsel.database.row import ColumnValue, Reference, Row
from handsel.engine.work import Work
from handsel.tables.info import table_info


@dataclass(frozen=True, slots=True)
class OrderSnapshot(DocumentSnapshot):
    """A submitted order. The customer is an account, of a contact its account; empty if there is none (erp 4)."""

    customer_name: str
    customer_number: str | None
    product_numbers: Mapping[UUID, str]

    @property
    def number(self) -> str:
        """The order's number."""
        return str(self.header.get("ordernumber") or "")

    def product_number(self, line: LineSnapshot) -> str | None:
        """The number of a line's product; None for a write-in."""
        product = line.row.get("productid")
        return None if product is None else self.product_numbers.get(product)


def take_order(work: Work, id: UUID) -> OrderSnapshot:
    """Read an order as far as the acting user may see it. Raises NotFound when it is deleted or may not be seen."""
    found = take_snapshot(work, Reference("salesorder", id))
    products = work.as_user.load("product", {line.row.get("productid") for line in found.lines})
    numbers = {product.id: product["productnumber"] for product in products.values() if product.get("productnumber")}
    account = _account(work, found)
    return OrderSnapshot(
        **{each.name: getattr(found, each.name) for each in fields(found)},
        customer_name=str(account["name"]) if account else found.header.name("customerid"),
        customer_number=account.get("accountnumber") if account else None,
        product_numbers=numbers,
    )


def party(table: str, row: Mapping[str, ColumnValue], column: str) -> Reference | None:
    """The row that a lookup of several tables, such as a customer, names in a stored row of `table`."""
    for target, part in table_info(table).columns[column].split.items():
        id = row.get(part)
        if isinstance(id, UUID):
            return Reference(target, id)
    return None


def _account(work: Work, order: DocumentSnapshot) -> Row | None:
    customer = party("salesorder", order.header, "customerid")
    if customer is not None and customer.table == "contact":
        person = work.as_user.load("contact", [customer.id]).get(customer.id)
        customer = None if person is None else party("contact", person, "parentcustomerid")
    if customer is None or customer.table != "account":
        return None
    return work.as_user.load("account", [customer.id]).get(customer.id)
