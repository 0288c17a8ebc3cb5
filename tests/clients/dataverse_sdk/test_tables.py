"""Definitions through Microsoft's own Python client, unmodified: tables, custom columns, keys and lookups."""

from enum import IntEnum

import pytest
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.upsert import UpsertItem

from tests.clients.dataverse_sdk.connection import names


def test_tables(client: DataverseClient) -> None:
    table = client.tables.get("quote")
    assert (table.logical_name, table.entity_set_name) == ("quote", "quotes")
    assert client.tables.get("new_nothing") is None
    columns = {column["LogicalName"]: column["AttributeType"] for column in client.tables.list_columns("quote")}
    assert (columns["quoteid"], columns["totalamount"], columns["statecode"]) == ("Uniqueidentifier", "Money", "State")
    assert client.tables.get_column("quote", "name")["LogicalName"] == "name"
    assert client.tables.get_column("quote", "colour") is None
    typed = {column["LogicalName"]: column for column in client.tables.list_columns("quote", typed=True)}
    assert typed["name"]["MaxLength"] == 300
    listed = client.tables.list(filter="LogicalName eq 'quote'", select=["LogicalName", "EntitySetName"])
    assert [each["EntitySetName"] for each in listed] == ["quotes"]
    assert {"account", "quote", "invoice"} <= {each["LogicalName"] for each in client.tables.list()}


def test_relationships(client: DataverseClient) -> None:
    found = client.tables.get_relationship("quote_details")
    assert (found.referenced_entity, found.referencing_entity) == ("quote", "quotedetail")
    assert client.tables.get_relationship("new_nothing") is None
    named = {each["SchemaName"] for each in client.tables.list_table_relationships("quote")}
    assert "quote_details" in named
    assert named <= {each["SchemaName"] for each in client.tables.list_relationships()}
    expands = {each["nav_property"]: each for each in client.query.odata_expands("quotedetail")}
    assert expands["quoteid"]["target_entity_set"] == "quotes"


def test_alternate_keys(client: DataverseClient) -> None:
    keys = {key.schema_name: key for key in client.tables.get_alternate_keys("quote")}
    assert [(key.key_attributes, key.status) for key in keys.values()] == [
        (["quotenumber", "revisionnumber"], "Active")
    ]


class Finish(IntEnum):
    """A choice, as the SDK takes it."""

    Matt = 1
    Glossy = 2


def test_custom_columns(client: DataverseClient, half: str, mark: str) -> None:
    names = {kind: f"new_{kind}_{half}" for kind in ("text", "memo", "int", "decimal", "bool")}
    finish = f"new_finish_{half}"
    client.tables.add_columns("account", {**{name: kind for kind, name in names.items()}, finish: Finish})
    values = {
        names["text"]: mark,
        names["memo"]: "long",
        names["int"]: 7,
        names["decimal"]: 1.25,
        names["bool"]: True,
        finish: "Glossy",
    }
    id = client.records.create("account", {"name": mark, **values})
    row = client.records.retrieve("account", id, select=list(values))
    assert {name: row[name] for name in values} == {**values, finish: 2}
    found = client.records.list("account", filter=f"{names['text']} eq '{mark}'", select=["name"])
    assert len(found) == 1
    client.tables.update_column("account", names["text"], {"max_length": 250, "display_name": "Words"})
    typed = {column["LogicalName"]: column for column in client.tables.list_columns("account", typed=True)}
    changed = typed[names["text"]]
    assert (changed["MaxLength"], changed["DisplayName"]["UserLocalizedLabel"]["Label"]) == (250, "Words")
    client.tables.remove_columns("account", [*names.values(), finish])
    assert client.tables.get_column("account", finish) is None
    with pytest.raises(HttpError, match=finish):
        client.records.retrieve("account", id, select=[finish])


def test_custom_keys(client: DataverseClient, half: str, mark: str) -> None:
    column = f"new_code_{half}"
    client.tables.add_columns("account", {column: "string"})
    made = client.tables.create_alternate_key("account", f"new_CodeKey_{half}", [column])
    (key,) = client.tables.get_alternate_keys("account")
    assert (key.schema_name, key.key_attributes, key.status) == (made.schema_name, [column], "Active")
    assert made.metadata_id == (key.metadata_id if half == "sync" else None)  # see test_custom_lookups
    for name in ("made", "changed"):
        client.records.upsert("account", [UpsertItem({column: mark}, {"name": name})])
    assert names(client.records.list("account", filter=f"{column} eq '{mark}'", select=["name"])) == ["changed"]
    with pytest.raises(HttpError) as refused:
        client.records.create("account", {"name": "twice", column: mark})
    assert (refused.value.status_code, refused.value.details["service_error_code"]) == (412, "0x80060892")
    client.tables.delete_alternate_key("account", key.metadata_id)
    assert client.tables.get_alternate_keys("account") == []
    client.tables.remove_columns("account", column)


def test_custom_lookups(client: DataverseClient, half: str, mark: str) -> None:
    made = client.tables.create_lookup_field("account", f"new_Referee{half}", "contact", display_name="Referee")
    assert made.referenced_entity == "contact"
    column = f"new_referee{half}"
    contact = client.records.create("contact", {"lastname": mark})
    (expand,) = (each for each in client.query.odata_expands("account") if each["lookup_attribute"] == column)
    bound = {f"{expand['nav_property']}@odata.bind": f"/contacts({contact})"}
    id = client.records.create("account", {"name": mark, **bound})
    row = client.records.retrieve("account", id, select=["name"], expand=[expand["nav_property"]])
    assert row[expand["nav_property"]]["lastname"] == mark
    found = client.tables.get_relationship(made.relationship_schema_name)
    assert (found.referenced_entity, found.referencing_entity) == ("contact", "account")
    # The asynchronous half looks for OData-EntityId letter by letter, but HTTP leaves the case of names open, and here
    # they come in lower case.
    assert made.relationship_id == (found.relationship_id if half == "sync" else None)
    client.tables.delete_relationship(found.relationship_id)
    assert client.tables.get_relationship(made.relationship_schema_name) is None


def test_custom_tables_are_refused(client: DataverseClient) -> None:
    with pytest.raises(HttpError) as refused:
        client.tables.create("new_Colour", {"new_Shade": "string"})
    assert "CreateEntities" in str(refused.value)
