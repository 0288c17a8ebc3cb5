"""The rows that orders refer to: customers, employees and products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from files import Record, records

import handsel

PRICE_LIST = "Northwind list prices"


@dataclass(frozen=True, slots=True)
class Masters:
    """The rows that orders refer to, by their keys in the files."""

    customers: Mapping[str | None, handsel.Reference]
    users: Mapping[str | None, handsel.Reference]
    products: Mapping[str | None, UUID]
    list_prices: Mapping[str | None, Decimal]
    price_list: UUID


def load_masters(session: handsel.Session, directory: Path) -> Masters:
    """Create all rows that orders refer to."""
    # The price list comes first: it marks a database that holds this import, even an interrupted one.
    price_list = session.execute(handsel.Create("pricelevel", {"name": PRICE_LIST})).id
    products = list(records(directory / "products.csv"))
    return Masters(
        customers=load_customers(session, list(records(directory / "customers.csv"))),
        users=load_employees(session, list(records(directory / "employees.csv"))),
        products=load_products(session, products, price_list),
        list_prices={row["productID"]: Decimal(row["unitPrice"] or 0) for row in products},
        price_list=price_list,
    )


def load_customers(session: handsel.Session, rows: Sequence[Record]) -> dict[str | None, handsel.Reference]:
    """An account each, with the person named in the file as its primary contact."""
    accounts = session.execute_many([handsel.Create("account", account(row)) for row in rows])
    pairs = list(zip(rows, accounts, strict=True))
    contacts = session.execute_many([handsel.Create("contact", contact(row, account.id)) for row, account in pairs])
    session.execute_many(
        [
            handsel.Update("account", account.id, {"primarycontactid": contact.id})
            for account, contact in zip(accounts, contacts, strict=True)
        ]
    )
    return {row["customerID"]: account.reference for row, account in pairs}


def account(row: Record) -> dict[str, Any]:
    """A customer's company."""
    return {
        "name": row["companyName"],
        "accountnumber": row["customerID"],
        "telephone1": row["phone"],
        "fax": row["fax"],
        **address("address1_", row, ADDRESS),
    }


def contact(row: Record, account_id: UUID) -> dict[str, Any]:
    """A customer's contact; the last word of the name is the last name."""
    first, _, last = (row["contactName"] or "").rpartition(" ")
    return {
        "firstname": first or None,
        "lastname": last or None,
        "jobtitle": row["contactTitle"],
        "parentcustomerid": handsel.Reference("account", account_id),
    }


def load_employees(session: handsel.Session, rows: Sequence[Record]) -> dict[str | None, handsel.Reference]:
    """A user each, in one business unit, below the user they report to."""
    unit = session.execute(handsel.Create("businessunit", {"name": "Northwind Traders"}))
    users = session.execute_many([handsel.Create("systemuser", user(row, unit.id)) for row in rows])
    found = {row["employeeID"]: user.reference for row, user in zip(rows, users, strict=True)}
    role = next(session.rows("role", "name eq 'Salesperson' and parentroleid eq null")).reference
    session.execute_many(
        [handsel.Associate("systemuser", user.id, "systemuserroles_association", role) for user in users]
    )
    session.execute_many(
        [
            handsel.Update(
                "systemuser", found[row["employeeID"]].id, {"parentsystemuserid": found[row["reportsTo"]].id}
            )
            for row in rows
            if row["reportsTo"]
        ]
    )
    return found


def user(row: Record, business_unit: UUID) -> dict[str, Any]:
    """An employee. Photo and notes are left out: users have no columns for them."""
    return {
        "domainname": f"{row['firstName']}.{row['lastName']}@northwind.example".lower(),
        "firstname": row["firstName"],
        "lastname": row["lastName"],
        "salutation": row["titleOfCourtesy"],
        "title": row["title"],
        "employeeid": row["employeeID"],
        "homephone": row["homePhone"],
        "businessunitid": business_unit,
        **address("address1_", row, ADDRESS),
    }


def load_products(session: handsel.Session, rows: Sequence[Record], price_list: UUID) -> dict[str | None, UUID]:
    """Products sold in whole pieces, each with its list price in the price list, all published."""
    group = session.execute(handsel.Create("uomschedule", {"name": "Northwind units"}))
    piece = session.execute(handsel.Create("uom", {"name": "Piece", "quantity": 1, "uomscheduleid": group.id}))
    products = session.execute_many([handsel.Create("product", product(row, group.id, piece.id)) for row in rows])
    pairs = list(zip(rows, products, strict=True))
    session.execute_many(
        [
            handsel.Create(
                "productpricelevel",
                {"pricelevelid": price_list, "productid": product.id, "uomid": piece.id, "amount": row["unitPrice"]},
            )
            for row, product in pairs
        ]
    )
    session.execute_many([handsel.Update("product", product.id, {"statecode": 0}) for product in products])
    return {row["productID"]: product.id for row, product in pairs}


def product(row: Record, group: UUID, unit: UUID) -> dict[str, Any]:
    """A product; it starts as a draft."""
    return {
        "name": row["productName"],
        "productnumber": f"NW-{row['productID']}",
        "size": row["quantityPerUnit"],
        "price": row["unitPrice"],
        "quantityonhand": row["unitsInStock"],
        "quantitydecimal": 0,
        "defaultuomscheduleid": group,
        "defaultuomid": unit,
    }


ADDRESS = ("address", "city", "region", "postalCode", "country")
SHIP_TO = ("shipAddress", "shipCity", "shipRegion", "shipPostalCode", "shipCountry")
"""The columns of an address in the files."""


def address(prefix: str, row: Record, columns: Sequence[str]) -> dict[str, str | None]:
    """An address of the files as columns of Handsel."""
    parts = ("line1", "city", "stateorprovince", "postalcode", "country")
    return {f"{prefix}{part}": row[column] for part, column in zip(parts, columns, strict=True)}
