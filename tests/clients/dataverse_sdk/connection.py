"""Both halves of the SDK behind the same calls, so that one set of tests covers both."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient

from tests.clients.awaited import Awaited

FORMATTED = "OData.Community.Display.V1.FormattedValue"


class Credential:
    """A token of Handsel's, the way azure.identity hands them out."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return AccessToken(self.token, 2**40)


class AsyncCredential(Credential):
    """The same for the asynchronous client."""

    async def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return super().get_token(*scopes)

    async def close(self) -> None: ...

    async def __aenter__(self) -> "AsyncCredential":
        return self

    async def __aexit__(self, *error: object) -> None: ...


@contextmanager
def connected(half: str, address: str, token: str) -> Iterator[Any]:
    """Either half of the SDK."""
    if half == "sync":
        with DataverseClient(address, Credential(token)) as client:
            yield client
        return
    # Not at the top: aiohttp reads the trusted authorities once, when it is imported.
    from PowerPlatform.Dataverse.aio import AsyncDataverseClient

    with asyncio.Runner() as runner:
        inner = AsyncDataverseClient(address, AsyncCredential(token))
        with Awaited(inner, runner, "PowerPlatform.Dataverse.aio") as client:
            yield client


class Sdk:
    """The calls of `chain.py`. The client has no actions: these go through its HTTP helper, with all headers."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.tables = {
            table["EntitySetName"]: table["LogicalName"]
            for table in client.tables.list(select=["EntitySetName", "LogicalName"])
        }

    def create(self, entity_set: str, values: Mapping[str, Any]) -> str:
        return self.client.records.create(self.tables[entity_set], dict(values))

    def update(self, entity_set: str, id: str, values: Mapping[str, Any]) -> None:
        self.client.records.update(self.tables[entity_set], id, dict(values))

    def rows(self, entity_set: str, condition: str, *columns: str) -> list[dict[str, Any]]:
        found = self.client.records.list(self.tables[entity_set], filter=condition, select=list(columns))
        return [row.to_dict() for row in found]

    def act(self, message: str, parameters: Mapping[str, Any], on: str = "") -> Any:
        with self.client._scoped_odata() as odata:
            response = odata._request("post", "/".join(filter(None, (odata.api, on, message))), json=parameters)
        return response.json() if response.status_code != 204 else None


def names(rows: Any) -> list[str]:
    return [row["name"] for row in rows]
