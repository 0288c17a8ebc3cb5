"""A small company for the scenarios: units, products, a price list, customers; made by messages only.

    Lamp     19.99 a piece on the standard list
    Desk    250.00
    Cable     3.00, sold by the dozen too (30.00), fractions allowed to two decimals

The base currency is USD; `euro` trades at 0.8 for one dollar and has a price list of its own with the same figures.
"""

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

import handsel
from handsel import HandselError, Reference, Row, Session
from handsel.database.statements import connection, run
from handsel.engine.message import Message
from handsel.errors import Code
from handsel.tables.info import all_tables

LINES = {
    "opportunity": ("opportunityproduct", "product_opportunities"),
    "quote": ("quotedetail", "quote_details"),
    "salesorder": ("salesorderdetail", "order_details"),
    "invoice": ("invoicedetail", "invoice_details"),
}
"""Each document's line table, and the collection that creates lines along with it."""

TERMS = {"paymenttermscode": 2, "address1_freighttermscode": 1, "address1_shippingmethodcode": 3}
ADDRESS = {
    "address1_name": "Head office",
    "address1_primarycontactname": "Ann Lee",
    "address1_line1": "Main St 1",
    "address1_line2": "Floor 2",
    "address1_line3": "Door 3",
    "address1_city": "Bern",
    "address1_stateorprovince": "BE",
    "address1_postalcode": "3000",
    "address1_country": "Switzerland",
    "address1_telephone1": "+41 31",
    "address1_fax": "+41 32",
}

_NAMED: dict[UUID, dict[tuple[str, Any], UUID]] = {}
"""The ids of each company's rows by the id of its lamp: a copied database has those of the one it was copied from."""


@dataclass
class Company:
    """An open session on a database, which gets the sample catalog unless it has it, and short ways to work in it."""

    session: Session
    group: UUID = field(init=False)
    piece: UUID = field(init=False)
    dozen: UUID = field(init=False)
    price_list: UUID = field(init=False)
    euro: UUID = field(init=False)
    euro_list: UUID = field(init=False)
    dollar: UUID = field(init=False)
    lamp: UUID = field(init=False)
    desk: UUID = field(init=False)
    cable: UUID = field(init=False)
    acme: UUID = field(init=False)
    ann: UUID = field(init=False)

    def __post_init__(self) -> None:
        lamps = list(self.session.rows("product", "productnumber eq 'P-Lamp'")) or self._make()
        named = _NAMED.get(lamps[0].id) or _NAMED.setdefault(lamps[0].id, self._named())
        self.group = named["uomschedule", "Pieces"]
        self.piece, self.dozen = named["uom", "Piece"], named["uom", "Dozen"]
        self.price_list, self.euro_list = named["pricelevel", "Standard"], named["pricelevel", "Standard EUR"]
        self.dollar, self.euro = named["transactioncurrency", "USD"], named["transactioncurrency", "EUR"]
        self.lamp, self.desk, self.cable = (named["product", name] for name in ("Lamp", "Desk", "Cable"))
        self.acme, self.ann = named["account", "Acme"], named["contact", "Ann Lee"]

    def _named(self) -> dict[tuple[str, Any], UUID]:
        columns = {
            "uomschedule": "name",
            "uom": "name",
            "pricelevel": "name",
            "transactioncurrency": "isocurrencycode",
            "product": "name",
            "account": "name",
            "contact": "fullname",
        }
        return {(table, row[column]): row.id for table, column in columns.items() for row in self.session.rows(table)}

    def _make(self) -> list[Row]:
        euro = {"currencyname": "Euro", "isocurrencycode": "EUR", "currencysymbol": "€", "exchangerate": "0.8"}
        euro_id = self.create("transactioncurrency", **euro)
        self.group, self.piece = unit_group(self, "Pieces", "Piece")
        dozen = self.create("uom", name="Dozen", quantity=12, uomscheduleid=self.group, baseuom=self.piece)
        lists = self.create_many(
            "pricelevel", {"name": "Standard"}, {"name": "Standard EUR", "transactioncurrencyid": euro_id}
        )
        lamp, desk, cable = self.products(
            {"name": "Lamp", "price": "20"},
            {"name": "Desk", "price": "300"},
            {"name": "Cable", "price": "3", "quantitydecimal": 2},
        )
        prices = [
            (lamp, self.piece, "19.99"),
            (desk, self.piece, "250"),
            (cable, self.piece, "3"),
            (cable, dozen, "30"),
        ]
        items = [{"productid": product, "uomid": unit, "amount": amount} for product, unit, amount in prices]
        for listed in lists:
            self.create_many(
                "productpricelevel", *({"pricelevelid": listed, "pricingmethodcode": 1, **row} for row in items)
            )
        self.create("account", name="Acme", **ADDRESS, **TERMS)
        self.create("contact", firstname="Ann", lastname="Lee", address1_line1="Lake Rd 9", address1_city="Thun")
        return list(self.session.rows("product", "name eq 'Lamp'"))

    # Doing

    def create(self, table: str, **values: Any) -> UUID:
        """A new row's id."""
        return self.session.execute(handsel.Create(table, values)).id

    def create_many(self, table: str, *rows: Mapping[str, Any]) -> list[UUID]:
        """New rows' ids, made in one transaction."""
        return [row.id for row in self.session.execute_many([handsel.Create(table, values) for values in rows])]

    def update(self, table: str, id: UUID, **values: Any) -> None:
        """Change a row."""
        self.session.execute(handsel.Update(table, id, values))

    def delete(self, table: str, id: UUID) -> None:
        """Delete a row."""
        self.session.execute(handsel.Delete(table, id))

    def do(self, message: Message) -> Any:
        """Execute one message."""
        return self.session.execute(message)

    def settings(self, **values: Any) -> None:
        """Change settings of the organization."""
        self.update("organization", next(iter(self.session.rows("organization"))).id, **values)

    def products(self, *rows: Mapping[str, Any], published: bool = True) -> list[UUID]:
        """Products sold by the piece, published unless asked otherwise."""
        shared = {"defaultuomscheduleid": self.group, "defaultuomid": self.piece, "quantitydecimal": 0}
        numbered = [{**shared, "productnumber": f"P-{row['name']}", **row} for row in rows]
        made = self.create_many("product", *numbered)
        if published:
            self.session.execute_many([handsel.Update("product", id, {"statecode": 0}) for id in made])
        return made

    # Documents

    def document(self, table: str, *lines: Mapping[str, Any], **values: Any) -> UUID:
        """A document of Acme's on the standard price list, with lines; `None` leaves a column out."""
        defaults = {"name": "Deal", "customerid": Reference("account", self.acme), "pricelevelid": self.price_list}
        given = {name: value for name, value in {**defaults, **values}.items() if value is not None}
        return self.create(table, **given, **{LINES[table][1]: list(lines)})

    def opportunity(self, *lines: Mapping[str, Any], **values: Any) -> UUID:
        """An open opportunity."""
        return self.document("opportunity", *lines, **values)

    def quote(self, *lines: Mapping[str, Any], state: int = 0, status: int = -1, **values: Any) -> UUID:
        """A quote in any state: 0 draft, 1 active, 2 won, 3 closed."""
        quote = self.document("quote", *lines, **values)
        if state:
            self.update("quote", quote, statecode=1)
        if state == 2:
            self.do(handsel.WinQuote({"quoteid": quote}, status))
        if state == 3:
            self.do(handsel.CloseQuote({"quoteid": quote}, status))
        return quote

    def order(self, *lines: Mapping[str, Any], state: int = 0, **values: Any) -> UUID:
        """An order in any state: 0 active, 1 submitted, 2 canceled, 3 fulfilled, 4 invoiced."""
        order = self.document("salesorder", *lines, **values)
        if state in (1, 4):
            self.update("salesorder", order, statecode=state)
        if state == 2:
            self.do(handsel.CancelSalesOrder({"salesorderid": order}))
        if state == 3:
            self.do(handsel.FulfillSalesOrder({"salesorderid": order}))
        return order

    def invoice(self, *lines: Mapping[str, Any], state: int = 0, **values: Any) -> UUID:
        """An invoice in any state that can be entered: 0 active, 2 paid, 3 canceled."""
        invoice = self.document("invoice", *lines, **values)
        if state:
            self.update("invoice", invoice, statecode=state)
        return invoice

    # Reading

    def row(self, table: str, id: UUID) -> Row:
        """All columns of a row."""
        return self.session.retrieve(table, id)

    def columns(self, table: str, id: UUID, *names: str) -> tuple[Any, ...]:
        """Some columns of a row, in the order asked for."""
        row = self.session.retrieve(table, id, names)
        return tuple(row[name] for name in names)

    def state(self, table: str, id: UUID) -> tuple[int, int]:
        """State and status reason."""
        state, status = self.columns(table, id, "statecode", "statuscode")
        return state, status

    def lines(self, table: str, id: UUID) -> list[Row]:
        """The lines of a document, in their order."""
        return list(self.session.rows(LINES[table][0], f"{table}id eq {id}", order_by="lineitemnumber"))

    def all(self, table: str, **equal: Any) -> list[Row]:
        """The rows of a table whose columns hold these values, oldest first."""
        found = [row for row in self.session.rows(table) if all(row[name] == value for name, value in equal.items())]
        return sorted(found, key=lambda row: row.id)

    def total(self, table: str, id: UUID) -> Decimal:
        """What a document costs."""
        return self.columns(table, id, "totalamount")[0]

    # Refusals

    def refuses(self, message: Message, code: Code | int, *texts: str) -> HandselError:
        """Execute a message that must be refused with this code, saying these texts, and change nothing."""
        before = fingerprint(self.session)
        with pytest.raises(HandselError) as caught:
            self.session.execute(message)
        error = caught.value
        assert error.code.text == f"0x{code:08x}", error.message
        for text in texts:
            assert text.lower() in error.message.lower()
        assert fingerprint(self.session) == before
        return error


def unit_group(company: Company, name: str, base: str) -> tuple[UUID, UUID]:
    """A unit group and its base unit, which may come along with it."""
    group = company.create("uomschedule", name=name, baseuomname=base)
    units = company.all("uom", uomscheduleid=group)
    return group, units[0].id if units else company.create("uom", name=base, quantity=1, uomscheduleid=group)


def fingerprint(session: Session) -> Sequence[tuple[Any, ...]]:
    """Row count and highest row version of every table, and how many audit and outbox rows there are."""
    with session.entered():
        wrapper = connection()
        if wrapper.vendor != "postgresql":
            return run(_counting())
        wrapper.ensure_connection()  # planning it takes longer than running it, so it is planned once
        return psycopg.Cursor(wrapper.connection).execute(_counting(), prepare=True).fetchall()


@functools.cache
def _counting() -> str:
    parts = [
        f"SELECT '{info.logical_name}', count(*), max(versionnumber) FROM \"{info.logical_name}\""
        for info in all_tables()
    ]
    parts += [f"SELECT '{table}', count(*), 0 FROM {table}" for table in ("hs_audit", "hs_outbox", "hs_tombstone")]
    return " UNION ALL ".join(parts)


def line(product: UUID, quantity: Any = 1, **values: Any) -> dict[str, Any]:
    """A catalog line."""
    return {"productid": product, "quantity": quantity, **values}


def write_in(name: str, price: Any, quantity: Any = 1, **values: Any) -> dict[str, Any]:
    """A line that is not from the catalog."""
    return {"productdescription": name, "priceperunit": price, "quantity": quantity, **values}


@dataclass(frozen=True)
class Trace:
    """A row of the audit (`content` is its changes) or of the outbox (`content` is its payload)."""

    message: str
    action: str
    table: str
    row_id: UUID
    version: int
    content: Any


def audit(company: Company) -> list[Trace]:
    """Every audit row, oldest first."""
    return _traces(company, "hs_audit", "hs_auditid", "changes")


def audit_of(company: Company, id: UUID) -> list[Trace]:
    """The audit rows of one document, oldest first."""
    return [entry for entry in audit(company) if entry.row_id == id]


def events(company: Company) -> list[Trace]:
    """Every outbox row, oldest first; also those that readers still wait for while older transactions run."""
    return _traces(company, "hs_outbox", "hs_outboxid", "payload")


def _traces(company: Company, table: str, key: str, content: str) -> list[Trace]:
    sql = f"SELECT message, action, objecttypecode, objectid, versionnumber, {content} FROM {table} ORDER BY {key}"
    with company.session.entered():
        rows = run(sql)
    return [
        Trace(*row[:3], row[3] if isinstance(row[3], UUID) else UUID(row[3]), row[4], json.loads(row[5]))
        for row in rows
    ]
