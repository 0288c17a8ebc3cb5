"""What an ERP's files may say, and that each mistake is named; no database."""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from handsel.chain.handover.posted import InvoiceOf, PaymentOf, RefusalOf
from handsel.connectors.files.inbox import Inbox
from handsel.connectors.files.order_csv import LINE_COLUMNS as ORDER_LINE_COLUMNS
from handsel.connectors.files.order_csv import ORDER_COLUMNS
from handsel.connectors.files.reading import (
    INVOICE_COLUMNS,
    INVOICE_MEMBERS,
    LINE_COLUMNS,
    LINE_MEMBERS,
    PAYMENT_MEMBERS,
    REFUSAL_MEMBERS,
    read_posted,
)
from handsel.errors import InvalidValue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "erp.md"
LINE = {"number": 1, "quantity": 1, "price": 10, "net": 10, "tax": 1}
GOOD = {
    "record": "invoice",
    **{"id": "E", "number": "N", "order": "O", "currency": "USD", "net": 10, "tax": 1, "total": "11.00"},
    "lines": [LINE],
}


def read(name, content):
    return read_posted(name, content if isinstance(content, str) else json.dumps(content))


def test_the_same_invoice_is_the_same_however_it_is_written():
    [one] = read("a.json", GOOD)
    header = "line_number,line_quantity,line_price,line_net,line_tax,invoice_id,invoice_number,order,currency,net,tax"
    [two] = read("a.CSV", f"{header},total\r\n1,1.0,10.00,10,1,E,N,O,USD,10,1.00,11\r\n")
    assert isinstance(one, InvoiceOf)
    assert isinstance(two, InvoiceOf)
    assert one.invoice.fingerprint("o") == two.invoice.fingerprint("o") != one.invoice.fingerprint("p")
    assert two.invoice.lines[0].total == Decimal(11)
    assert read("p.csv", "invoice,remaining\nE,0\n") == (PaymentOf("E", Decimal(0)),)
    assert read("r.csv", 'reason,order\n"No, not ""now""",O\n') == (RefusalOf("O", 'No, not "now"'),)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.xml", "<a/>", "must end in .json or .csv"),
        ("a.json", '{"record": "invoice", ', "is not JSON"),
        ("a.json", "[" * 100_000, "is not JSON"),
        ("a.json", [GOOD], "one JSON object"),
        ("a.json", {}, "must be invoice, payment or refusal"),
        ("a.json", {**GOOD, "lines": []}, "has no lines"),
        ("a.json", {**GOOD, "lines": None}, "has no lines"),
        ("a.json", {**GOOD, "totl": 1}, "unknown member 'totl'"),
        ("a.json", {**GOOD, "number": None}, "has no number"),
        ("a.json", {**GOOD, "number": "x" * 101}, "1 to 100 characters, not 101"),
        ("a.json", {**GOOD, "order": "a\0"}, "without control characters"),
        ("a.json", {**GOOD, "net": "1,5"}, "a number such as"),
        ("a.json", {**GOOD, "net": "1e999999"}, "a number such as"),
        ("a.json", json.dumps({**GOOD, "net": float("nan")}), "a text or a number"),
        ("a.json", {**GOOD, "due_on": "31.12.2026"}, "a day such as"),
        ("a.json", {**GOOD, "complete": "yes"}, "true or false"),
        ("a.json", {**GOOD, "total": 11.01}, "are 11, not 11.01"),
        ("a.json", {**GOOD, "net": 11, "total": 12}, "does not add up: its lines"),
        ("a.json", {**GOOD, "lines": [{**LINE, "amount": 10}]}, "in line 1"),
        ("a.json", {**GOOD, "lines": [{**LINE, "number": "x"}]}, "a whole number"),
        ("a.json", {"record": "payment", "invoice": "E"}, "has no remaining"),
        ("a.csv", "", "no rows"),
        ("a.csv", "invoice,remaining\n", "no rows"),
        ("a.csv", "invoice,invoice\na,b\n", "twice"),
        ("a.csv", "invoice,remaining\na\n", "Row 2 has 1 fields"),
        ("a.csv", 'invoice,remaining\n"a', "is not CSV"),
        ("a.csv", "invoice,remaining,x\na,0,0\n", "unknown member 'x'"),
        ("a.csv", "invoice_id,order\nA,1\nA,2\n", "no"),
    ],
)
def test_a_mistake_is_named(name, content, text):
    with pytest.raises(InvalidValue) as caught:
        read(name, content)
    assert text in caught.value.message


def test_an_invoice_says_the_same_of_itself_in_each_of_its_rows():
    columns = "invoice_id,invoice_number,order,currency,net,tax,total,line_quantity,line_price,line_net\n"
    with pytest.raises(InvalidValue, match="Row 3 says something else of invoice 'A'"):
        read("a.csv", f"{columns}A,N,O,USD,2,0,2,1,1,1\nA,N,O,USD,3,0,2,1,1,1\n")


def test_what_is_still_being_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    assert list(Inbox(tmp_path / "nowhere").collect()) == []
    for name in ("a.json.part", "a.TMP", ".a.json"):
        (incoming / name).write_text("{}")
    (incoming / "directory").mkdir()
    growing = incoming / "growing.json"
    growing.write_text("{")
    (incoming / "link.json").symlink_to(growing)
    os.utime(growing, (2e10, 2e10))  # young however slow the machine is
    (incoming / "still.json").write_bytes(b"\xff")
    os.utime(incoming / "still.json", (2e10, 2e10))
    monkeypatch.setattr("time.sleep", lambda _seconds: growing.write_text("{}"))
    [found] = Inbox(tmp_path).collect()
    assert (found.name, "not UTF-8" in found.mistake) == ("still.json", True)
    found.reject(found.mistake)
    found.reject(found.mistake)  # as a second worker does that was slower
    assert sorted(file.name for file in (tmp_path / "rejected").iterdir()) == ["still.json", "still.json.reason.txt"]


def test_the_page_documents_every_member_and_column():
    text = PAGE.read_text(encoding="utf-8")
    members = (*INVOICE_MEMBERS, *LINE_MEMBERS, *PAYMENT_MEMBERS, *REFUSAL_MEMBERS)
    columns = (*INVOICE_COLUMNS, *LINE_COLUMNS, *ORDER_COLUMNS, *ORDER_LINE_COLUMNS)
    parts = ("bill_to_", "ship_to_")
    plain = [name for name in (*members, *columns) if not name.startswith(parts)]
    addresses = [name[len("bill_to_") :] for name in columns if name.startswith(parts)]
    missing = [name for name in (*plain, *addresses) if f"`{name}`" not in text]
    assert missing == []
