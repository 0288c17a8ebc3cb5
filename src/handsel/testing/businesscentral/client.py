"""The stand-in as whoever tests has it: its process, its addresses, and commands as methods."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from handsel.errors import BadRequest, SetupError
from handsel.testing.environment import without_settings

STOP = 5.0
"""Seconds that the process has to end."""

Value: TypeAlias = "str | bool | int | Decimal | list[Value] | dict[str, Value] | None"
Row: TypeAlias = dict[str, Value]
"""A row with the names of the API; amounts and quantities are decimals or whole numbers."""
Amount: TypeAlias = Decimal | int | str


class BusinessCentral:
    """A running stand-in. `serve` makes it. Every method raises BadRequest with what the stand-in says against it."""

    def __init__(self, announced: Mapping[str, str], process: subprocess.Popen[bytes]) -> None:
        self._announced = dict(announced)
        self._process = process
        self.url = announced["url"]
        """The root of the API: `f"{bc.company_url}/salesOrders"` is a collection."""
        self.token_url = announced["token_url"]
        """The endpoint at which a client gets its access tokens by client credentials."""
        self.client_id = announced["client_id"]
        """The only client."""
        self.client_secret = announced["client_secret"]
        """Its secret."""
        self.company = announced["company"]
        """The company's name."""
        self.company_id = announced["company_id"]
        """The company's id."""
        self.company_url = f"{self.url}/companies({self.company_id})"
        """The address of the company."""
        self.process_id = process.pid
        """The number of its process, for tests that kill it."""

    def add_customer(self, **values: object) -> Row:
        """A new customer, by properties of the API in snake_case: `number="C1", display_name="A", blocked="All"`."""
        return self._row("add_customer", _named(values))

    def change_customer(self, number: str, **values: object) -> Row:
        """A customer with other values."""
        return self._row("change_customer", {"number": number, **_named(values)})

    def add_item(self, *, units: Mapping[str, Amount] | None = None, **values: object) -> Row:
        """A new item, in the same way. `units` are further ones, and how many base units (PCS) each holds."""
        return self._row(
            "add_item", {"units": {code: str(held) for code, held in (units or {}).items()}, **_named(values)}
        )

    def change_item(self, number: str, **values: object) -> Row:
        """An item with other values, such as `inventory` or `blocked`."""
        return self._row("change_item", {"number": number, **_named(values)})

    def set_tax(self, code: str, percent: Amount) -> None:
        """The percentage of a tax group; TAXABLE has 20 at the start."""
        self.call("set_tax", code=code, percent=str(percent))

    def configure(self, **settings: object) -> None:
        """Change settings: `today`, `posting_from`, `posting_to`, `company_gone`, `page_size`, `token_seconds`, …"""
        self.call("configure", **settings)

    def fail(
        self,
        method: str = "*",
        path: str = "*",
        *,
        status: int | None = None,
        retry_after: int | None = None,
        slow: float = 0.0,
        cut: bool = False,
        committed: bool = False,
        expired_token: bool = False,
        stale_etag: bool = False,
        times: int | None = 1,
        after: int = 0,
    ) -> None:
        """Let requests fail: those of a method, whose path below the company fits a pattern (`salesOrders*`, `token`).

        They are answered `status`, wait `slow` seconds, are `cut`, find an `expired_token` or a `stale_etag`. With
        `committed` the work is done and stored first. `times` is how often (None: always), `after` how many pass first.
        """
        self.call(
            "fail",
            method=method,
            path=path,
            status=status,
            retry_after=retry_after,
            slow=slow,
            cut=cut,
            committed=committed,
            expired_token=expired_token,
            stale_etag=stale_etag,
            times=times,
            after=after,
        )

    def heal(self) -> None:
        """Drop all failures; what waits is answered now."""
        self.call("heal")

    def failures(self) -> list[Row]:
        """The failures that are left."""
        return self._rows("failures")

    def expire_tokens(self) -> None:
        """Let all access tokens expire."""
        self.call("expire_tokens")

    def ship(self, number: str, lines: Mapping[int, Amount] | None = None) -> None:
        """Ship an order: quantities by the sequence numbers of lines (10000, 20000, …), or all that is left."""
        self.call("ship", number=number, lines=_quantities(lines))

    def invoice(self, number: str, lines: Mapping[int, Amount] | None = None) -> Row:
        """Invoice what was shipped of an order; the posted invoice."""
        return self._row("invoice", {"number": number, "lines": _quantities(lines)})

    def ship_and_invoice(self, number: str, lines: Mapping[int, Amount] | None = None) -> Row:
        """Ship and invoice at once; the posted invoice."""
        return self._row("ship_and_invoice", {"number": number, "lines": _quantities(lines)})

    def pay(self, number: str, amount: Amount | None = None) -> Row:
        """Apply a payment to an invoice: an amount in its currency, or all that remains. The invoice."""
        return self._row("pay", {"number": number, "amount": None if amount is None else str(amount)})

    def unapply(self, number: str) -> Row:
        """Take all payments of an invoice back. The invoice."""
        return self._row("unapply", {"number": number})

    def credit(self, number: str) -> Row:
        """Post a corrective credit memo over a whole invoice; the credit memo."""
        return self._row("credit", {"number": number})

    def delete_order(self, number: str) -> None:
        """Delete an order, as a person would."""
        self.call("delete_order", number=number)

    def post_payments(self) -> None:
        """Post all payments that stand in journals."""
        self.call("post_payments")

    def orders(self) -> list[Row]:
        """All orders, each with its `salesOrderLines`."""
        return self._rows("orders")

    def invoices(self) -> list[Row]:
        """All invoices, each with its `salesInvoiceLines`."""
        return self._rows("invoices")

    def credit_memos(self) -> list[Row]:
        """All credit memos, each with its `salesCreditMemoLines`."""
        return self._rows("credit_memos")

    def customers(self) -> list[Row]:
        """All customers."""
        return self._rows("customers")

    def items(self) -> list[Row]:
        """All items."""
        return self._rows("items")

    def requests(self) -> list[Row]:
        """What was asked of the API and the token endpoint, the oldest first: method, path, query, status, failed."""
        return self._rows("requests")

    def reset(self) -> None:
        """Put everything back to the start; tokens stay valid."""
        self.call("reset")

    def call(self, command: str, **arguments: object) -> Value:
        """Do a command by its name; what it answers."""
        address = urlsplit(self._announced["control_url"])
        connection = HTTPConnection(address.hostname or "", address.port, timeout=60)
        try:
            body = json.dumps(arguments)
            headers = {"Authorization": f"Bearer {self._announced['control_token']}"}
            connection.request("POST", f"{address.path}/{command}", body, headers)
            response = connection.getresponse()
            answer: Row = json.loads(response.read(), parse_float=Decimal)
        finally:
            connection.close()
        if response.status == 200:
            return answer["result"]
        error = answer["error"]
        raise BadRequest(str(error["message"]) if isinstance(error, dict) else str(error))

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        self._process.kill()
        self._process.wait()

    def _row(self, command: str, arguments: Mapping[str, object]) -> Row:
        found = self.call(command, **arguments)
        assert isinstance(found, dict)
        return found

    def _rows(self, command: str) -> list[Row]:
        found = self.call(command)
        assert isinstance(found, list)
        return [row for row in found if isinstance(row, dict)]


@contextmanager
def serve(
    *, company: str = "Sample Company", currency: str = "USD", port: int = 0, state: Path | str | None = None
) -> Iterator[BusinessCentral]:
    """Run a stand-in on 127.0.0.1 until the end of the block or of this process.

    `company` and `currency` are the company's name and own currency; `port` 0 means a free one; `state` is a file that
    holds everything across a crash. Raises SetupError, with what the process said, if it does not start.
    """
    options = ["--company", company, "--currency", currency, "--port", str(port)]
    if state is not None:
        options += ["--state", str(Path(state).resolve())]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "handsel.testing.businesscentral", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=without_settings(os.environ),
        start_new_session=True,  # an interrupt at the terminal ends the test, and the test the stand-in
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        if not line:
            raise SetupError(f"The stand-in ended before it served. It said:\n{process.stderr.read().decode()}")
        yield BusinessCentral(json.loads(line), process)
    finally:
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        process.stderr.close()


def _named(values: Mapping[str, object]) -> dict[str, object]:
    """Values by the names of the API; decimals as numbers."""
    return {_camel(name): float(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _quantities(lines: Mapping[int, Amount] | None) -> dict[str, str] | None:
    return None if lines is None else {str(sequence): str(quantity) for sequence, quantity in lines.items()}
