"""What a connector gets of an order: the document, and the numbers by which its customer and products are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.chain.document.snapshot.document import DocumentSnapshot
from handsel.engine.work import Work


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An order that is handed over.

    `account_number` is that of the customer, or of the account that a contact belongs to; `customer` is what it is
    called. Both are empty if there is none. `product_numbers` has every product of the lines, by its id.
    """

    document: DocumentSnapshot
    customer: str
    account_number: str
    product_numbers: Mapping[UUID, str]

    @property
    def number(self) -> str:
        """The order's number."""
        return str(self.document.header.get("ordernumber") or "")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What must be known to the other system before orders are: numbers of customers and products, names of units."""

    customers: Sequence[str] = ()
    products: Sequence[str] = ()
    units: Sequence[str] = ()


def handed_over(work: Work, documents: Sequence[DocumentSnapshot]) -> list[HandedOver]:
    """The documents as connectors get them, as the acting user sees them: a statement each for contacts, accounts and
    products of all of them.
    """
    headers = [each.header for each in documents]
    contacts = work.as_user.load("contact", (header.get("contactid") for header in headers))
    owners: dict[UUID, UUID | None] = {
        header.id: header.get("accountid")
        or (contact.get("accountid") if (contact := contacts.get(header.get("contactid"))) else None)
        for header in headers
    }
    accounts = work.as_user.load("account", owners.values())
    products = work.as_user.load("product", (line.row.get("productid") for each in documents for line in each.lines))
    found = []
    for each in documents:
        account = accounts.get(owners[each.header.id]) if owners[each.header.id] else None
        named = products.keys() & {line.row.get("productid") for line in each.lines}
        found.append(
            HandedOver(
                document=each,
                customer=str(account["name"]) if account else each.header.name("customerid"),
                account_number=str(account.get("accountnumber") or "") if account else "",
                product_numbers={id: str(products[id].get("productnumber") or "") for id in named},
            )
        )
    return found
