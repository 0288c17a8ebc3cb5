"""Starting a throw-away server, the facts that a test needs about it, and resetting its data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from handsel.testing.certificate import Certificate, issue
from handsel.testing.environment import reachable
from handsel.testing.process import ServerProcess
from handsel.testing.restoring import restore
from handsel.testing.template import Access, copy_template

if TYPE_CHECKING:
    from handsel.site.session import Session


class Server:
    """A running server with its own database. `serve` makes it."""

    def __init__(
        self, process: ServerProcess, first: Path, database: Path, access: Access, certificate: Certificate | None
    ) -> None:
        self._process, self._first, self._database, self._certificate = process, first, database, certificate
        self.url = process.url
        """The address, like `https://contoso.crm.dynamics.com`: no path, no slash at the end."""
        self.api_url = f"{process.url}/api/data/v9.2"
        """The root of the tables: `f"{server.api_url}/accounts"`."""
        self.token_url = f"{process.url}/oauth2/v2.0/token"
        """The endpoint at which an OAuth2 client gets its access tokens."""
        self.database_url = f"sqlite:///{database}"
        """For `handsel --database` and `handsel.open`, while the server runs."""
        self.token = access.token
        """A bearer token of the user admin."""
        self.user_id = access.user_id
        """The id of the user admin."""
        self.organization_id = access.organization_id
        """The id of the organization."""
        self.client_id = access.client_id
        """An OAuth2 client that acts as admin."""
        self.client_secret = access.client_secret
        """Its secret."""
        self.ca_file = certificate.authority if certificate is not None else None
        """The authority of the server's certificate in PEM; None without TLS."""

    @property
    def output(self) -> str:
        """The server's log since its start or the last `reset`."""
        return self._process.output

    @property
    def is_running(self) -> bool:
        """Whether the server's process is alive."""
        return self._process.is_running

    def session(self, user: str = "admin") -> Session:
        """A session in this process on the server's database, to arrange or to check data directly.

        Raises SetupError inside a Django project: use the Web API there.
        """
        from handsel.site.opening import open

        return open(self.database_url, user=user)

    def reset(self) -> None:
        """Reset all data to those at the start. The server keeps running, and access tokens stay valid.

        Raises TimeoutError when a request keeps the database for longer than 30 seconds.
        """
        restore(self._first, self._database, client_id=self.client_id)
        self._process.forget_output()

    def reachable(self) -> AbstractContextManager[None]:
        """Let requests, httpx and urllib in this process reach the server: past any proxy, trusting its certificate.

        Inside the block of `serve` this is already done.
        """
        return reachable(self._certificate)


@contextmanager
def serve(
    *, sample: bool = False, tls: bool = False, currency: str = "USD", port: int = 0, config: Path | str | None = None
) -> Iterator[Server]:
    """Run a server on 127.0.0.1 until the end of the block or of this process.

    `sample` fills the database with the sample company, `currency` is its base currency. `tls` serves https with a
    certificate that requests, httpx and urllib trust inside the block. `port` 0 means a free one. `config` is a
    configuration file as for `handsel serve`.

    Raises SetupError, with all output of the server, if it does not start.
    """
    with (
        running(sample=sample, tls=tls, currency=currency, port=port, config=config) as server,
        server.reachable(),
    ):
        yield server


@contextmanager
def running(
    *, sample: bool, tls: bool, currency: str, port: int = 0, config: Path | str | None = None
) -> Iterator[Server]:
    """The same, without changes to clients in this process."""
    with tempfile.TemporaryDirectory(prefix="handsel-", ignore_cleanup_errors=True) as name:
        directory = Path(name).resolve()
        first, database = directory / "first.sqlite3", directory / "handsel.sqlite3"
        access = copy_template((first, database), sample=sample, currency=currency)
        certificate = issue(directory) if tls else None
        with ServerProcess(directory, database, certificate, port=port, config=config) as process:
            yield Server(process, first, database, access, certificate)
