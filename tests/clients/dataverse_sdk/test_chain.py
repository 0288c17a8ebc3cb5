"""From an opportunity to a paid invoice through Microsoft's own Python client, unmodified."""

from PowerPlatform.Dataverse.client import DataverseClient

from tests.clients.chain import give_up, sell
from tests.clients.conftest import Certificate, serving
from tests.clients.dataverse_sdk.connection import Sdk, connected


def test_the_chain(client: DataverseClient) -> None:
    sell(Sdk(client))


def test_what_comes_to_nothing(client: DataverseClient) -> None:
    give_up(Sdk(client))


def test_the_chain_on_sqlite(sqlite_url: str, certificate: Certificate) -> None:
    with serving(sqlite_url, certificate) as server, connected("sync", server.address, server.token) as client:
        sell(Sdk(client))
