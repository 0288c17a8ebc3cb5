"""The process of the stand-in: its books, its secrets, its server."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import msgspec
from uvicorn import Config, Server

from handsel.errors import SetupError
from handsel.testing.businesscentral.application import API, COMMANDS, TOKEN, StandIn
from handsel.testing.businesscentral.bodies import Json
from handsel.testing.businesscentral.books import Books
from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.control import Control
from handsel.testing.businesscentral.protocol import CuttableProtocol
from handsel.testing.businesscentral.refusals import Refusal
from handsel.testing.businesscentral.seeds import CURRENCIES, sow
from handsel.testing.businesscentral.state_file import StateFile
from handsel.testing.businesscentral.tokens import Tokens

HOST = "127.0.0.1"
STOP_SECONDS = 1
"""How long running requests may take when it stops."""


class Announcement(msgspec.Struct):
    """What a client needs to know, in one line of JSON."""

    url: str
    """The root of the API, to which `/companies(…)/salesOrders` is added."""
    token_url: str
    client_id: str
    client_secret: str
    company: str
    company_id: str
    control_url: str
    control_token: str


@dataclass(frozen=True)
class Setup:
    """How a stand-in is started."""

    port: int = 0
    state: Path | None = None
    company: str = "Sample Company"
    currency: str = "USD"
    customers: Sequence[Path] = ()
    items: Sequence[Path] = ()


class _Server(Server):
    """Uvicorn's server, which leaves with status 0 when it is told to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)
        yield


class Running:
    """A stand-in whose port is open; `serve` answers."""

    def __init__(self, setup: Setup) -> None:
        """Open the port and the state. Raises SetupError."""
        if setup.currency not in CURRENCIES:
            raise SetupError(f"The company's currency cannot be {setup.currency}. Use one of {', '.join(CURRENCIES)}.")
        state = None if setup.state is None else StateFile(setup.state)
        self._listener = _listener(setup.port)
        address = f"http://{HOST}:{self._listener.getsockname()[1]}"
        books = Books(state)
        if state is not None:
            state.load(books)

        def kept(name: str, value: str) -> str:
            return value if state is None else state.fact(name, value)

        company = Company(
            kept("company_id", str(uuid4())),
            kept("company", setup.company),
            kept("currency", setup.currency),
            books,
        )
        if not books.units.rows:
            sow(books, company.currency)
        tokens = Tokens(kept("client_id", str(uuid4())), kept("client_secret", secrets.token_urlsafe(24)))
        control_token = kept("control_token", secrets.token_urlsafe(24))
        self.application = StandIn(company, address, tokens, control_token)
        _fill(self.application.control, setup)
        self.announcement = Announcement(
            f"{address}{API}",
            f"{address}{TOKEN}",
            tokens.client_id,
            tokens.client_secret,
            company.name,
            company.id,
            f"{address}{COMMANDS.rstrip('/')}",
            control_token,
        )
        self._server = _Server(
            Config(
                self.application,
                http=CuttableProtocol,
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )

    def serve(self) -> None:
        """Answer until it is told to stop."""
        self._server.run(sockets=[self._listener])

    def stop_with_standard_input(self) -> None:
        """Stop when standard input ends, as it does when the process that started this one ends."""

        def wait() -> None:
            while os.read(0, 1024):
                pass
            self._server.should_exit = True

        threading.Thread(target=wait, daemon=True).start()


def _listener(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise SetupError(
            f"Port {port} of {HOST} cannot be used: {error}. Use another one, or 0 for a free one."
        ) from error
    listener.listen(128)
    return listener


def _fill(control: Control, setup: Setup) -> None:
    """Add what the files hold; what is there already stays."""
    for command, files, table in (
        ("add_customer", setup.customers, control.books.customers),
        ("add_item", setup.items, control.books.items),
    ):
        for file in files:
            for row in _listed(file):
                if table.one("number", str(row.get("number", ""))) is None:
                    try:
                        control.run(command, msgspec.json.encode(row))
                    except Refusal as refusal:
                        raise SetupError(
                            f"{file} has a row that is refused: {refusal.message} Correct it."
                        ) from refusal


def _listed(file: Path) -> list[dict[str, Json]]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[dict[str, Json]])
    except (OSError, msgspec.DecodeError) as error:
        raise SetupError(f"{file} cannot be read: {error}. It has to hold a JSON array of objects.") from error
