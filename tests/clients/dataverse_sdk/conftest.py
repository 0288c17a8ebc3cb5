"""One server for all tests of the SDK, and either half of it as `client`."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.clients.conftest import Server, Starter
from tests.clients.dataverse_sdk.connection import connected


@pytest.fixture(scope="package")
def server(starter: Starter) -> Iterator[Server]:
    """Each test names its rows by `mark`."""
    with starter.started() as server:
        yield server


@pytest.fixture(params=["sync", "async"])
def half(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def client(server: Server, half: str) -> Iterator[Any]:
    with connected(half, server.address, server.token) as client:
        yield client
