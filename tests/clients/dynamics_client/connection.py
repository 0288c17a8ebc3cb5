"""dynamics-client, imported without its warnings, and short calls of it."""

import warnings
from collections.abc import Mapping
from typing import Any

from authlib.deprecate import AuthlibDeprecationWarning

with warnings.catch_warnings():
    # authlib announces, while it is imported, that it will leave httpx; dynamics-client is written for httpx.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from dynamics import DynamicsClient, apl, ftr
    from dynamics.client.aio import DynamicsClient as AsyncDynamicsClient
    from dynamics.enums import EntityFilter, TargetFieldType
    from dynamics.exceptions import DuplicateRecordError, DynamicsException, NotFound, ParseError
    from dynamics.fetchxml import FetchXMLBuilder

__all__ = [
    "AsyncDynamicsClient",
    "DuplicateRecordError",
    "DynamicsClient",
    "DynamicsException",
    "EntityFilter",
    "FetchXMLBuilder",
    "NotFound",
    "ParseError",
    "Story",
    "TargetFieldType",
    "about",
    "apl",
    "ftr",
    "make",
]


def about(client: Any, table: str, **options: Any) -> Any:
    """The client, turned to a table and its options."""
    client.reset_query()
    client.table = table
    for name, value in options.items():
        setattr(client, name, value)
    return client


def make(client: Any, table: str, **values: Any) -> dict[str, Any]:
    made: dict[str, Any] = about(client, table).post(values).data
    return made


class Story:
    """The calls of `chain.py`."""

    def __init__(self, client: Any) -> None:
        self.client = client
        tables = about(client, "EntityDefinitions", select=["EntitySetName", "PrimaryIdAttribute"]).get().data
        self.keys = {table["EntitySetName"]: table["PrimaryIdAttribute"] for table in tables}

    def create(self, entity_set: str, values: Mapping[str, Any]) -> str:
        return str(make(self.client, entity_set, **values)[self.keys[entity_set]])

    def update(self, entity_set: str, id: str, values: Mapping[str, Any]) -> None:
        about(self.client, entity_set, row_id=id).patch(dict(values))

    def rows(self, entity_set: str, condition: str, *columns: str) -> list[dict[str, Any]]:
        asked = about(self.client, entity_set, filter=[condition], select=list(columns))
        found: list[dict[str, Any]] = asked.get(not_found_ok=True).data
        return found

    def act(self, message: str, parameters: Mapping[str, Any], on: str = "") -> Any:
        return about(self.client, on, action=message).post(dict(parameters)).data
