"""What another system writes into a file: an invoice, a payment or a refusal as JSON, or any number of one as CSV.

`docs/howto/erp.md` documents every member and column. An unknown one is refused, as it is more likely misspelt than
meant to be ignored.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from handsel.chain.handover.posted import InvoiceOf, PaymentOf, Posted, PostedInvoice, PostedLine, RefusalOf
from handsel.errors import InvalidValue, abbreviated, enumerated

_AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,10})?", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ZERO = Decimal(0)

INVOICE_MEMBERS = (
    *("id", "number", "order", "currency", "due_on", "delivered_on", "discount", "freight", "net", "tax", "total"),
    *("complete", "description"),
)
"""The members of an invoice besides its lines."""
LINE_MEMBERS = ("order_line", "number", "text", "quantity", "price", "discount", "net", "tax", "amount")
PAYMENT_MEMBERS = ("invoice", "remaining")
REFUSAL_MEMBERS = ("order", "reason")
INVOICE_COLUMNS = tuple({"id": "invoice_id", "number": "invoice_number"}.get(name, name) for name in INVOICE_MEMBERS)
"""The columns of an invoice in CSV, repeated in the row of each of its lines."""
LINE_COLUMNS = tuple(name if name in ("order_line", "text") else f"line_{name}" for name in LINE_MEMBERS)


class _Members:
    """The members of one thing in a file, read as what they are to be; `place` says where it is."""

    def __init__(self, values: Mapping[str, object], known: Sequence[str], place: str) -> None:
        unknown = [str(name) for name in values if name not in known]
        if unknown:
            raise InvalidValue(
                f"{place} has an unknown member {abbreviated(unknown[0])}. It can have {enumerated(known)}."
            )
        self._values, self._place = values, place

    def _given(self, name: str) -> str | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, (str, bool, Decimal)):
            raise self._mistake(name, value, "a text or a number")
        text = ("true" if value else "false") if isinstance(value, bool) else str(value).strip()
        if _CONTROL.search(text):
            raise self._mistake(name, text, "text without control characters")
        return text or None

    def text(self, name: str) -> str:
        """A text that may be missing."""
        return self._given(name) or ""

    def required(self, name: str) -> str:
        """A text that must be there."""
        found = self._given(name)
        if found is None:
            raise InvalidValue(f"{self._place} has no {name}. Add it.")
        return found

    def amount(self, name: str, default: Decimal | None = None) -> Decimal:
        """A decimal number; required when there is no default."""
        found = self._given(name) if default is not None else self.required(name)
        if found is None:
            return default or _ZERO
        if not _AMOUNT.fullmatch(found):
            raise self._mistake(name, found, "a number such as 1234.50")
        return Decimal(found)

    def day(self, name: str) -> date | None:
        """A day that may be missing."""
        found = self._given(name)
        try:
            return None if found is None else date.fromisoformat(found)
        except ValueError as error:
            raise self._mistake(name, found, "a day such as 2026-03-31") from error

    def flag(self, name: str) -> bool:
        """True or false; false when it is missing."""
        found = self.text(name).lower()
        if found not in ("", "true", "false"):
            raise self._mistake(name, found, "true or false")
        return found == "true"

    def number(self, name: str) -> int | None:
        """A whole number that may be missing."""
        found = self._given(name)
        if found is not None and not _NUMBER.fullmatch(found):
            raise self._mistake(name, found, "a whole number")
        return None if found is None else int(found)

    def _mistake(self, name: str, value: object, wanted: str) -> InvalidValue:
        return InvalidValue(f"{self._place}: {name} is {abbreviated(value)}; it must be {wanted}.")


def read_posted(name: str, text: str) -> tuple[Posted, ...]:
    """What a file of this name says, all of one type. Raises InvalidValue, which says where the mistake is."""
    suffix = name.lower().rpartition(".")[2]
    if suffix == "json":
        return (_read_json(text),)
    if suffix == "csv":
        return _read_csv(text)
    raise InvalidValue("The file's name must end in .json or .csv, which says how to read it. Rename it.")


def _read_json(text: str) -> Posted:
    try:
        found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"The file is not JSON: {error}. Write it anew, whole.") from error
    if not isinstance(found, dict):
        raise InvalidValue("The file must hold one JSON object. Write each invoice into a file of its own.")
    record = found.pop("record", None)
    if record == "invoice":
        lines = found.pop("lines", None)
        if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
            raise InvalidValue("The invoice has no lines. Add them as a list of objects.")
        posted = [
            _line(_Members(line, LINE_MEMBERS, f"Line {position}"), LINE_MEMBERS)
            for position, line in enumerate(lines, 1)
        ]
        return _invoice(_Members(found, INVOICE_MEMBERS, "The invoice"), INVOICE_MEMBERS, posted)
    if record == "payment":
        return _payment(_Members(found, PAYMENT_MEMBERS, "The payment"))
    if record == "refusal":
        return _refusal(_Members(found, REFUSAL_MEMBERS, "The refusal"))
    raise InvalidValue(f"The member record is {abbreviated(record)}; it must be invoice, payment or refusal.")


def _read_csv(text: str) -> tuple[Posted, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, *rows = [row for row in reader if row] or [[]]
    except csv.Error as error:
        raise InvalidValue(f"Row {reader.line_num} is not CSV: {error}. Write the file anew, whole.") from error
    if len(set(header)) != len(header):
        raise InvalidValue("The first row names a column twice. Name each once.")
    if not rows:
        raise InvalidValue("The file has no rows below the names of its columns. Add them.")
    for position, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise InvalidValue(f"Row {position} has {len(row)} fields, but there are {len(header)} columns. Mend it.")
    named = [dict(zip(header, row, strict=True)) for row in rows]
    if "remaining" in header:
        return tuple(_rows(named, PAYMENT_MEMBERS, _payment))
    if "reason" in header:
        return tuple(_rows(named, REFUSAL_MEMBERS, _refusal))
    return _invoices(named)


def _rows(
    rows: Sequence[Mapping[str, str]], columns: Sequence[str], read: Callable[[_Members], Posted]
) -> list[Posted]:
    return [read(_Members(row, columns, f"Row {position}")) for position, row in enumerate(rows, 2)]


def _invoices(rows: Sequence[Mapping[str, str]]) -> tuple[Posted, ...]:
    invoices: dict[str, tuple[_Members, list[PostedLine]]] = {}
    firsts: dict[str, list[str]] = {}
    for position, row in enumerate(rows, 2):
        members = _Members(row, (*INVOICE_COLUMNS, *LINE_COLUMNS), f"Row {position}")
        id, header = members.required("invoice_id"), [row.get(name, "") for name in INVOICE_COLUMNS]
        if firsts.setdefault(id, header) != header:
            raise InvalidValue(
                f"Row {position} says something else of invoice {abbreviated(id)} than the rows before it. Repeat "
                f"{enumerated(INVOICE_COLUMNS)} unchanged in each row of an invoice."
            )
        _members, lines = invoices.setdefault(id, (members, []))
        lines.append(_line(members, LINE_COLUMNS))
    return tuple(_invoice(members, INVOICE_COLUMNS, lines) for members, lines in invoices.values())


def _invoice(members: _Members, names: Sequence[str], lines: Sequence[PostedLine]) -> InvoiceOf:
    called = dict(zip(INVOICE_MEMBERS, names, strict=True))
    invoice = PostedInvoice(
        id=members.required(called["id"]),
        number=members.required(called["number"]),
        currency=members.required("currency"),
        net=members.amount("net"),
        tax=members.amount("tax"),
        total=members.amount("total"),
        lines=tuple(lines),
        discount=members.amount("discount", _ZERO),
        freight=members.amount("freight", _ZERO),
        due_on=members.day("due_on"),
        delivered_on=members.day("delivered_on"),
        is_complete=members.flag("complete"),
        description=members.text("description"),
    )
    return InvoiceOf(members.required("order"), invoice)


def _line(members: _Members, names: Sequence[str]) -> PostedLine:
    called = dict(zip(LINE_MEMBERS, names, strict=True))
    amount = called["amount"]
    return PostedLine(
        quantity=members.amount(called["quantity"]),
        price=members.amount(called["price"]),
        net=members.amount(called["net"]),
        tax=members.amount(called["tax"], _ZERO),
        discount=members.amount(called["discount"], _ZERO),
        amount=members.amount(amount) if members.text(amount) else None,
        order_line=members.text("order_line"),
        number=members.number(called["number"]),
        text=members.text("text"),
    )


def _payment(members: _Members) -> PaymentOf:
    return PaymentOf(members.required("invoice"), members.amount("remaining"))


def _refusal(members: _Members) -> RefusalOf:
    return RefusalOf(members.required("order"), members.required("reason"))
