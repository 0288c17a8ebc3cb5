"""All rows of the company in memory: tables with indexes, changed all or nothing, and stored before it is answered."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar
from uuid import uuid4

from handsel.testing.businesscentral.columns import Value
from handsel.testing.businesscentral.rows import (
    Account,
    Applied,
    Currency,
    Customer,
    CustomerPayment,
    Dated,
    Item,
    ItemUnit,
    OrderLineProgress,
    PaymentJournal,
    PaymentTerm,
    Row,
    SalesCreditMemo,
    SalesInvoice,
    SalesOrder,
    SalesOrderLine,
    Series,
    ShipmentMethod,
    TaxGroup,
    UnitOfMeasure,
)
from handsel.testing.businesscentral.rows import DocumentLine as Line

R = TypeVar("R", bound=Row)


class Table(Generic[R]):
    """Rows by id, in the order in which they were made."""

    def __init__(self, name: str, kind: type[R], *indexed: str) -> None:
        """`indexed` are attributes whose values are looked up often."""
        self.name = name
        self.kind = kind
        self.rows: dict[str, R] = {}
        self.indexes: dict[str, dict[Value, dict[str, None]]] = {attribute: {} for attribute in indexed}

    def get(self, row_id: str) -> R | None:
        """The row with an id."""
        return self.rows.get(row_id)

    def with_value(self, attribute: str, value: Value) -> list[R]:
        """The rows whose indexed attribute has a value."""
        return [self.rows[each] for each in self.indexes[attribute].get(value, ())]

    def one(self, attribute: str, value: Value) -> R | None:
        """The first of them."""
        for each in self.indexes[attribute].get(value, ()):
            return self.rows[each]
        return None

    def place(self, row_id: str, row: R | None) -> R | None:
        """Put a row in the place of an id, or nothing; what was there before."""
        before = self.rows.get(row_id)
        for attribute, index in self.indexes.items():
            old = None if before is None else getattr(before, attribute)
            new = None if row is None else getattr(row, attribute)
            if old == new:
                continue
            if old is not None:
                del index[old][row_id]
                if not index[old]:
                    del index[old]
            if new is not None:
                index.setdefault(new, {})[row_id] = None
        if row is None:
            self.rows.pop(row_id, None)
        else:
            self.rows[row_id] = row
        return before


class Storage(Protocol):
    """Where rows outlive the process."""

    def store(self, changed: Mapping[tuple[str, str], Row | None], version: int) -> None:
        """Keep changed rows by table and id, None for removed ones, and the number of the last change."""


class Books:
    """The tables of the company."""

    def __init__(self, storage: Storage | None = None) -> None:
        self.customers = Table("customers", Customer, "number")
        self.items = Table("items", Item, "number")
        self.item_units = Table("itemUnits", ItemUnit, "item_id")
        self.units = Table("unitsOfMeasure", UnitOfMeasure, "code")
        self.currencies = Table("currencies", Currency, "code")
        self.payment_terms = Table("paymentTerms", PaymentTerm, "code")
        self.shipment_methods = Table("shipmentMethods", ShipmentMethod, "code")
        self.accounts = Table("accounts", Account, "number")
        self.tax_groups = Table("taxGroups", TaxGroup, "code")
        self.orders = Table("salesOrders", SalesOrder, "number", "external_document_number", "customer_number")
        self.order_lines = Table("salesOrderLines", SalesOrderLine, "document_id")
        self.progress = Table("orderLineProgress", OrderLineProgress)
        self.invoices = Table(
            "salesInvoices", SalesInvoice, "number", "external_document_number", "order_number", "order_id"
        )
        self.invoice_lines = Table("salesInvoiceLines", Line, "document_id")
        self.credit_memos = Table("salesCreditMemos", SalesCreditMemo, "number", "invoice_number")
        self.credit_memo_lines = Table("salesCreditMemoLines", Line, "document_id")
        self.payment_journals = Table("customerPaymentJournals", PaymentJournal, "code")
        self.payments = Table("customerPayments", CustomerPayment, "journal_id")
        self.applied = Table("applied", Applied, "invoice_id")
        self.series = Table("series", Series)
        self.tables: dict[str, Table[Row]] = {
            table.name: table for table in vars(self).values() if isinstance(table, Table)
        }
        """By name; those that the API shows have its names."""
        self.version = 0
        """The number of the last change."""
        self._storage = storage
        self._before: dict[tuple[str, str], Row | None] = {}
        self._moment = ""

    @contextmanager
    def change(self) -> Iterator[None]:
        """What is changed inside the block is stored as a whole at its end, or undone if it raises."""
        self._moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        try:
            yield
            if self._before and self._storage is not None:
                self._storage.store(
                    {(name, key): self.tables[name].get(key) for name, key in self._before}, self.version
                )
        except BaseException:
            for (name, key), row in self._before.items():
                self.tables[name].place(key, row)
            raise
        finally:
            self._before = {}

    def put(self, table: Table[R], row: R) -> R:
        """Store a new row, which gets an id, or a changed one. It gets another etag, and the moment of the change."""
        if not row.id:
            row.id = str(uuid4())
        self.version += 1
        row.etag = f'W/"{b64encode(f"19;{self.version:020d}1;00;".encode()).decode()}"'
        if isinstance(row, Dated):
            row.last_modified_date_time = self._moment
        self._before.setdefault((table.name, row.id), table.place(row.id, row))
        return row

    def remove(self, table: Table[R], row: R) -> None:
        """Remove a row."""
        self._before.setdefault((table.name, row.id), table.place(row.id, None))

    def next_number(self, series: str, first: int) -> str:
        """The next number of a series, which begins with `first`: `S-ORD101001`."""
        kept = self.series.get(series)
        last = first if kept is None else kept.last + 1
        self.put(self.series, Series(id=series, last=last))
        return f"{series}{last}"
