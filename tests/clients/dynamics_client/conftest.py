"""One server for all tests of dynamics-client; `client` is either half of it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.clients.awaited import Awaited
from tests.clients.conftest import Server, Starter
from tests.clients.dynamics_client.connection import AsyncDynamicsClient, DynamicsClient, about
from tests.identity.conftest import make_client


@pytest.fixture(scope="package")
def server(starter: Starter) -> Iterator[Server]:
    """Each test names its rows by `mark`."""
    with starter.started() as server:
        yield server


@pytest.fixture(scope="package")
def arguments(server: Server) -> dict[str, Any]:
    """The configuration of the client."""
    client_id, secret = make_client(server.database_url)
    return {
        "api_url": f"{server.address}/api/data/v9.2",
        "token_url": f"{server.address}/oauth2/token",
        "client_id": client_id,
        "client_secret": secret,
        "scope": f"{server.address}/.default",
        "cache_token": False,  # the client would keep it in a file of its own
    }


@pytest.fixture(scope="package")
def sync_client(arguments: dict[str, Any]) -> Iterator[DynamicsClient]:
    client = DynamicsClient(**arguments)
    yield client
    client._oauth_client.close()


@pytest.fixture(scope="package")
def async_client(arguments: dict[str, Any]) -> Iterator[Any]:
    with asyncio.Runner() as runner:
        client = AsyncDynamicsClient(**arguments)
        yield Awaited(client, runner, "dynamics.client.aio")
        runner.run(client._oauth_client.aclose())


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(f"{request.param}_client")


@pytest.fixture
def seven(sync_client: DynamicsClient, mark: str) -> list[str]:
    """Seven accounts that the mark describes, named by their numbers."""
    rows = [
        {
            "@odata.type": "Microsoft.Dynamics.CRM.account",
            "name": str(number),
            "description": mark,
            "numberofemployees": number,
            "revenue": number * 10,
        }
        for number in range(7)
    ]
    path = "Microsoft.Dynamics.CRM.CreateMultiple"
    ids: list[str] = about(sync_client, "accounts", action=path).post({"Targets": rows}).data["Ids"]
    return ids
