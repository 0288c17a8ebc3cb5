"""What whoever tests can do besides the API, over addresses of its own: what people do in Business Central, failures.

Every command is a POST of a JSON object to `/stand-in/NAME`, and answers JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

import msgspec

from handsel.testing.businesscentral import drafts, masters, posting, settling
from handsel.testing.businesscentral.bodies import Json, object_of
from handsel.testing.businesscentral.books import Table
from handsel.testing.businesscentral.company import Settings
from handsel.testing.businesscentral.failures import Failure, Failures
from handsel.testing.businesscentral.forms import CREDIT_MEMO, INVOICE, ORDER, Form
from handsel.testing.businesscentral.refusals import Refusal, bad_request
from handsel.testing.businesscentral.rows import (
    Document,
    DocumentLine,
    Row,
    SalesInvoice,
    SalesOrder,
    TaxGroup,
)
from handsel.testing.businesscentral.seeds import sow
from handsel.testing.businesscentral.service import Service
from handsel.testing.businesscentral.tokens import Tokens

S = TypeVar("S", bound=msgspec.Struct)
R = TypeVar("R", bound=Row)
D = TypeVar("D", bound=Document)
L = TypeVar("L", bound=DocumentLine)


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """A command without arguments."""


class Numbered(msgspec.Struct, forbid_unknown_fields=True):
    """A document by its number."""

    number: str


class Posted(msgspec.Struct, forbid_unknown_fields=True):
    """An order by its number, and quantities by the sequence numbers of lines; without them all that is left."""

    number: str
    lines: dict[int, Decimal] | None = None


class Paid(msgspec.Struct, forbid_unknown_fields=True):
    """An invoice by its number, and an amount in its currency; without it all that remains."""

    number: str
    amount: Decimal | None = None


class Taxed(msgspec.Struct, forbid_unknown_fields=True):
    """A tax group and its percentage."""

    code: str
    percent: Decimal


class Control:
    """The commands."""

    def __init__(self, service: Service, failures: Failures, tokens: Tokens) -> None:
        self.service = service
        self.company = service.company
        self.books = service.company.books
        self.failures = failures
        self._tokens = tokens
        self.commands: Mapping[str, Callable[[bytes], object]] = {
            "add_customer": lambda body: masters.create_customer(self.company, object_of(body)),
            "change_customer": self._change_customer,
            "add_item": self._add_item,
            "change_item": self._change_item,
            "set_tax": _typed(Taxed, self._set_tax),
            "configure": self._configure,
            "fail": _typed(Failure, self.failures.add),
            "heal": _typed(Nothing, lambda _: self.failures.rules.clear()),
            "failures": _typed(Nothing, lambda _: self.failures.rules),
            "expire_tokens": _typed(Nothing, lambda _: self._tokens.expire()),
            "ship": _typed(Posted, lambda told: self._post(told, ship=True)),
            "invoice": _typed(Posted, lambda told: self._post(told, invoice=True)),
            "ship_and_invoice": _typed(Posted, lambda told: self._post(told, ship=True, invoice=True)),
            "pay": _typed(Paid, self._pay),
            "unapply": _typed(Numbered, lambda told: settling.unapply(self.company, self._invoice(told.number))),
            "credit": _typed(Numbered, self._credit),
            "delete_order": _typed(Numbered, self._delete_order),
            "post_payments": _typed(Nothing, self._post_payments),
            "orders": _typed(Nothing, lambda _: self._documents(ORDER)),
            "invoices": _typed(Nothing, lambda _: self._documents(INVOICE)),
            "credit_memos": _typed(Nothing, lambda _: self._documents(CREDIT_MEMO)),
            "customers": _typed(Nothing, lambda _: list(self.books.customers.rows.values())),
            "items": _typed(Nothing, lambda _: list(self.books.items.rows.values())),
            "reset": _typed(Nothing, self._reset),
        }

    def run(self, name: str, body: bytes) -> object:
        """Do a command; what it answers. Raises Refusal."""
        command = self.commands.get(name)
        if command is None:
            raise Refusal(404, "BadRequest_NotFound", f"There is no command {name}. Use {', '.join(self.commands)}.")
        with self.books.change():
            return command(body or b"{}")

    def _change_customer(self, body: bytes) -> Row:
        sent = object_of(body)
        number = str(sent.pop("number", ""))
        return masters.change_customer(self.company, _found(self.books.customers, number, "customer"), sent)

    def _add_item(self, body: bytes) -> Row:
        sent = object_of(body)
        units = sent.pop("units", None) or {}
        if not isinstance(units, dict):
            raise bad_request("The units of an item are an object: how many base units each unit holds, by code.")
        held = {code: Decimal(str(quantity)) for code, quantity in units.items()}
        return masters.create_item(self.company, sent, held, stocked=True)

    def _change_item(self, body: bytes) -> Row:
        sent = object_of(body)
        number = str(sent.pop("number", ""))
        return masters.change_item(self.company, _found(self.books.items, number, "item"), sent, stocked=True)

    def _set_tax(self, told: Taxed) -> Row:
        found = self.books.tax_groups.one("code", told.code.upper()) or TaxGroup(code=told.code.upper())
        return self.books.put(self.books.tax_groups, msgspec.structs.replace(found, percent=told.percent))

    def _configure(self, body: bytes) -> Settings:
        """Change those settings that are given; the others stay."""
        sent: dict[str, Json] = {**msgspec.structs.asdict(self.company.settings), **object_of(body)}
        try:
            self.company.settings = msgspec.convert(sent, Settings)
        except msgspec.ValidationError as error:
            raise bad_request(f"The settings cannot be read: {error}.") from error
        return self.company.settings

    def _post(self, told: Posted, *, ship: bool = False, invoice: bool = False) -> Row | None:
        order = self._order(told.number)
        lines = None if told.lines is None else posting.quantities_of(ORDER.lines_of(self.books, order), told.lines)
        posted = posting.post_order(self.company, order, ship=ship, invoice=invoice, quantities=lines)
        return posted or self.books.orders.one("number", told.number)

    def _pay(self, told: Paid) -> Row:
        invoice = self._invoice(told.number)
        return settling.pay(self.company, invoice, invoice.remaining_amount if told.amount is None else told.amount)

    def _credit(self, told: Numbered) -> Row:
        draft = settling.make_corrective_credit_memo(self.company, self._invoice(told.number))
        return settling.post_credit_memo(self.company, draft)

    def _delete_order(self, told: Numbered) -> None:
        drafts.delete_document(self.company, ORDER, self._order(told.number))

    def _post_payments(self, _: Nothing) -> int:
        payments = list(self.books.payments.rows.values())
        for payment in payments:
            settling.post_payment(self.company, payment)
        return len(payments)

    def _reset(self, _: Nothing) -> None:
        """Everything as at the start: no customers, items, documents, failures; the settings too."""
        for table in self.books.tables.values():
            for row in list(table.rows.values()):
                self.books.remove(table, row)
        self.failures.rules.clear()
        self.company.settings = Settings()
        sow(self.books, self.company.currency)

    def _order(self, number: str) -> SalesOrder:
        return _found(self.books.orders, number, "order")

    def _invoice(self, number: str) -> SalesInvoice:
        return _found(self.books.invoices, number, "invoice")

    def _documents(self, form: Form[D, L]) -> list[dict[str, object]]:
        """All documents of a kind, each with its lines."""
        heads = form.heads(self.books).rows.values()
        return [
            {**msgspec.to_builtins(head, builtin_types=(Decimal,)), form.lines_name: form.lines_of(self.books, head)}
            for head in heads
        ]


def _typed(kind: type[S], act: Callable[[S], object]) -> Callable[[bytes], object]:
    """A command whose arguments are read as a structure."""
    decoder = msgspec.json.Decoder(kind)

    def run(body: bytes) -> object:
        try:
            told = decoder.decode(body)
        except msgspec.DecodeError as error:
            raise bad_request(f"The command cannot be read: {error}.") from error
        return act(told)

    return run


def _found(table: Table[R], number: str, what: str) -> R:
    row = table.one("number", number)
    if row is None:
        raise Refusal(404, "Internal_RecordNotFound", f"There is no {what} {number}.")
    return row
