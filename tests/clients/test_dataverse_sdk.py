"""Microsoft's own Python client, unmodified, against a real server: PowerPlatform-Dataverse-Client, both its halves.

The asynchronous half runs behind the calls of the synchronous one, so that one set of tests says what both must do.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from typing import Any
from uuid import uuid4

import pandas
import pytest
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.filters import col, raw
from PowerPlatform.Dataverse.models.query_builder import ExpandOption
from PowerPlatform.Dataverse.models.upsert import UpsertItem

from tests.clients.awaited import Awaited
from tests.clients.chain import give_up, sell
from tests.clients.conftest import Certificate, Server, serving

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


@pytest.fixture(params=["sync", "async"])
def half(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def client(server: Server, half: str) -> Iterator[Any]:
    with connected(half, server.address, server.token) as client:
        yield client


def names(rows: Any) -> list[str]:
    return [row["name"] for row in rows]


# Rows


def test_one_row(client: DataverseClient, mark: str) -> None:
    id = client.records.create("account", {"name": f"Zoë's {mark}", "revenue": 12.5})
    client.records.update("account", id, {"telephone1": "555-0100"})
    row = client.records.retrieve("account", id, select=["name", "telephone1", "revenue"])
    assert (row["name"], row["telephone1"], row["revenue"]) == (f"Zoë's {mark}", "555-0100", 12.5)
    client.records.delete("account", id)
    assert client.records.retrieve("account", id) is None


def test_many_rows(client: DataverseClient, mark: str) -> None:
    ids = client.records.create("account", [{"name": f"{mark} {number}"} for number in range(3)])
    assert len(set(ids)) == 3
    client.records.update("account", ids, {"description": mark})
    client.records.update("account", ids, [{"telephone1": str(number)} for number in range(3)])
    rows = client.records.list(
        "account", filter=f"description eq '{mark}'", select=["name", "telephone1"], orderby=["name"]
    )
    assert [row["telephone1"] for row in rows] == ["0", "1", "2"]
    client.records.delete("account", ids[:2], use_bulk_delete=False)
    left = client.records.list("account", filter=f"description eq '{mark}'", select=["name"])
    assert names(left) == [f"{mark} 2"]
    assert client.records.delete("account", ids[2:])  # the id of a job, that of BulkDelete
    assert client.records.retrieve("account", ids[2]) is None


def test_upserts_by_an_alternate_key(client: DataverseClient, mark: str) -> None:
    account = client.records.create("account", {"name": mark})
    customer = {"customerid_account@odata.bind": f"/accounts({account})", "ispricelocked": False}
    key = {"ordernumber": f"O'{mark}"}
    items = [
        [UpsertItem(key, {"name": "made", **customer})],
        [UpsertItem(key, {"name": "changed"})],
        [UpsertItem(key, {"name": "twice"}), UpsertItem({"ordernumber": f"{mark} 2"}, {"name": "new", **customer})],
    ]
    for given, expected in zip(items, (["made"], ["changed"], ["new", "twice"]), strict=True):
        client.records.upsert("salesorder", given)
        ordered = client.records.list(
            "salesorder", filter=f"contains(ordernumber,'{mark}')", select=["name"], orderby=["name"]
        )
        assert names(ordered) == expected


def test_a_choice_by_its_label(client: DataverseClient, mark: str) -> None:
    id = client.records.create("opportunity", {"name": mark, "opportunityratingcode": "Hot"})
    formatted = f"opportunityratingcode@{FORMATTED}"
    row = client.records.retrieve("opportunity", id, select=["opportunityratingcode"], include_annotations=FORMATTED)
    assert (row["opportunityratingcode"], row[formatted]) == (1, "Hot")


def test_data_frames(client: DataverseClient, mark: str) -> None:
    frame = pandas.DataFrame([{"name": f"{mark} {number}", "numberofemployees": number} for number in range(3)])
    frame["accountid"] = client.dataframe.create("account", frame)
    frame["telephone1"] = "555"
    client.dataframe.update("account", frame[["accountid", "telephone1"]], id_column="accountid")
    found = client.dataframe.sql(f"SELECT name, telephone1 FROM account WHERE name LIKE '{mark}%' ORDER BY name")
    assert found["telephone1"].tolist() == ["555"] * 3
    client.dataframe.delete("account", frame["accountid"], use_bulk_delete=False)
    assert not client.records.list("account", filter=f"startswith(name,'{mark}')")


# Refusals


def test_a_wrong_token(server: Server, half: str) -> None:
    with connected(half, server.address, "x") as client, pytest.raises(HttpError) as refused:
        client.records.create("account", {"name": "A"})
    assert refused.value.status_code == 401


@pytest.mark.parametrize(
    ("values", "status", "code", "said"),
    [
        ({"colour": "red"}, 400, "0x80048d19", "colour"),
        ({"name": "x" * 161}, 400, "0x80044331", "name"),
        ({"name": "A", "numberofemployees": -1}, 400, "0x80044330", "numberofemployees"),
        ({"name": "A", "primarycontactid@odata.bind": f"/contacts({uuid4()})"}, 404, "0x80040217", "Does Not Exist"),
    ],
)
def test_a_refused_row(client: DataverseClient, values: dict[str, Any], status: int, code: str, said: str) -> None:
    with pytest.raises(HttpError) as refused:
        client.records.create("account", values)
    error = refused.value
    assert (error.status_code, error.details["service_error_code"], error.is_transient) == (status, code, False)
    assert said in str(error)
    assert error.details["service_request_id"]


def test_rows_that_are_missing_or_there_already(client: DataverseClient) -> None:
    id = client.records.create("account", {"name": "A"})
    with pytest.raises(HttpError) as refused:
        client.records.create("account", {"accountid": id, "name": "A again"})
    assert (refused.value.status_code, refused.value.details["service_error_code"]) == (412, "0x80040237")
    client.records.delete("account", id)
    with pytest.raises(HttpError, match=f"(?i){id} does not exist") as refused:
        client.records.update("account", id, {"name": "Gone"})
    assert refused.value.status_code == 404
    with pytest.raises(HttpError, match=f"(?i){id} does not exist") as refused:
        client.records.delete("account", id)
    assert refused.value.status_code == 404


# Queries


@pytest.fixture
def five(client: DataverseClient, mark: str) -> list[str]:
    """Five accounts described by the mark, in the order of their names."""
    rows = [{"name": f"{number} {mark}", "description": mark, "numberofemployees": number} for number in range(5)]
    return client.records.create("account", rows)


def test_a_filtered_list_in_pages(client: DataverseClient, mark: str, five: list[str]) -> None:
    condition = (col("name").contains(mark)) & (col("numberofemployees") >= 1)
    asked = {"filter": condition, "select": ["name"], "orderby": ["name desc"], "page_size": 3, "count": True}
    pages = [names(page) for page in client.records.list_pages("account", **asked)]
    assert pages == [[f"{number} {mark}" for number in (4, 3, 2)], [f"1 {mark}"]]
    assert names(client.records.list("account", **asked)) == [*pages[0], *pages[1]]
    assert len(client.records.list("account", filter=condition, top=2)) == 2


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (col("numberofemployees").in_([1, 3]), [1, 3]),
        (col("numberofemployees").not_in([0, 1, 2]), [3, 4]),
        (col("numberofemployees").between(1, 2), [1, 2]),
        (~((col("numberofemployees") == 0) | (col("numberofemployees") > 2)), [1, 2]),
        (col("name").startswith("3") & col("telephone1").is_null(), [3]),
        (raw("contact_customer_accounts/any(c:c/lastname eq 'Lee')"), [2]),
    ],
)
def test_conditions_of_the_builder(
    client: DataverseClient, mark: str, five: list[str], condition: Any, expected: list[int]
) -> None:
    client.records.create("contact", {"lastname": "Lee", "parentcustomerid_account@odata.bind": f"/accounts({five[2]})"})
    query = client.query.builder("account").select("numberofemployees").where(col("description") == mark)
    found = query.where(condition).order_by("name").page_size(2).execute()
    assert [row["numberofemployees"] for row in found] == expected


def test_expanded_and_formatted(client: DataverseClient, mark: str, five: list[str]) -> None:
    for name in ("Lee", "Roe", "Ames"):
        bound = {"parentcustomerid_account@odata.bind": f"/accounts({five[0]})"}
        client.records.create("contact", {"lastname": name, "telephone1": mark, **bound})
    people = ExpandOption("contact_customer_accounts").select("lastname").filter("lastname ne 'Roe'")
    query = client.query.builder("account").select("name", "statecode").where(col("accountid").in_(five[:2]))
    query.expand(people.order_by("lastname")).order_by("name").include_formatted_values()
    rows = list(query.execute())
    assert [[person["lastname"] for person in row["contact_customer_accounts"]] for row in rows] == [["Ames", "Lee"], []]
    assert {row[f"statecode@{FORMATTED}"] for row in rows} == {"Active"}
    pages = query.page_size(1).execute_pages()
    assert [names(page) for page in pages] == [[f"0 {mark}"], [f"1 {mark}"]]


def test_fetchxml_in_pages(client: DataverseClient, mark: str, five: list[str]) -> None:
    xml = f"""<fetch count="2"><entity name="account"><attribute name="name"/><order attribute="name"/>
        <filter><condition attribute="description" operator="eq" value="{mark}"/></filter></entity></fetch>"""
    pages = [names(page) for page in client.query.fetchxml(xml).execute_pages()]
    assert pages == [[f"{number} {mark}" for number in page] for page in ((0, 1), (2, 3), (4,))]
    assert len(client.query.fetchxml(xml).execute()) == 5


def test_sql(client: DataverseClient, mark: str, five: list[str]) -> None:
    rows = client.query.sql(
        f"SELECT TOP 3 name, numberofemployees FROM account WHERE description = '{mark}' ORDER BY name DESC"
    )
    assert [row["numberofemployees"] for row in rows] == [4, 3, 2]
    columns = {column["name"]: column for column in client.query.sql_columns("account")}
    assert (columns["accountid"]["is_pk"], columns["name"]["is_name"]) == (True, True)
    assert columns["revenue"]["type"] == "Money"
    with pytest.raises(HttpError, match="colour") as refused:
        client.query.sql("SELECT colour FROM account")
    assert refused.value.status_code == 400


# Batches


def test_a_batch(client: DataverseClient, mark: str) -> None:
    batch = client.batch.new()
    with batch.changeset() as change:
        account = change.records.create("account", {"name": mark})
        change.records.create("contact", {"lastname": mark, "parentcustomerid_account@odata.bind": account})
        change.records.update("account", account, {"telephone1": "1"})
    batch.records.create("account", [{"name": f"{mark} {number}"} for number in range(2)])
    batch.records.list("account", filter=f"startswith(name,'{mark}')", select=["name"], orderby=["name"])
    batch.query.sql(f"SELECT telephone1 FROM account WHERE name = '{mark}'")
    batch.tables.get("account")
    result = batch.execute()
    assert not result.has_errors, result.failed
    *_, listed, asked, table = result.responses
    assert names(listed.data["value"]) == [mark, f"{mark} 0", f"{mark} 1"]
    assert [row["telephone1"] for row in asked.data["value"]] == ["1"]
    assert table.data["value"][0]["EntitySetName"] == "accounts"
    contact = client.records.list("contact", filter=f"lastname eq '{mark}'", select=["_parentcustomerid_value"]).first()
    assert contact["_parentcustomerid_value"] in result.entity_ids


def test_a_change_set_that_fails(client: DataverseClient, mark: str) -> None:
    batch, missing = client.batch.new(), str(uuid4())
    with batch.changeset() as change:
        change.records.create("account", {"name": mark})
        change.records.update("account", missing, {"name": mark})
    batch.records.list("account", filter=f"name eq '{mark}'", select=["name"])
    result = batch.execute(continue_on_error=True)
    assert [response.status_code for response in result.responses] == [404, 200]
    assert missing in result.failed[0].error_message
    assert result.failed[0].error_code == "0x80040217"
    assert result.responses[1].data["value"] == []


def test_the_first_error_ends_a_batch(client: DataverseClient, mark: str) -> None:
    batch = client.batch.new()
    batch.records.create("account", {"name": mark})
    batch.records.delete("account", str(uuid4()))
    batch.records.create("account", {"name": mark})
    assert [response.status_code for response in batch.execute().responses] == [204, 404]
    assert len(client.records.list("account", filter=f"name eq '{mark}'", select=["name"])) == 1


# Tables


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


def test_own_columns(client: DataverseClient, half: str, mark: str) -> None:
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


def test_own_keys(client: DataverseClient, half: str, mark: str) -> None:
    column = f"new_code_{half}"
    client.tables.add_columns("account", {column: "string"})
    made = client.tables.create_alternate_key("account", f"new_CodeKey_{half}", [column])
    (key,) = client.tables.get_alternate_keys("account")
    assert (key.schema_name, key.key_attributes, key.status) == (made.schema_name, [column], "Active")
    assert made.metadata_id == (key.metadata_id if half == "sync" else None)  # see test_own_lookups
    for name in ("made", "changed"):
        client.records.upsert("account", [UpsertItem({column: mark}, {"name": name})])
    assert names(client.records.list("account", filter=f"{column} eq '{mark}'", select=["name"])) == ["changed"]
    with pytest.raises(HttpError) as refused:
        client.records.create("account", {"name": "twice", column: mark})
    assert (refused.value.status_code, refused.value.details["service_error_code"]) == (412, "0x80060892")
    client.tables.delete_alternate_key("account", key.metadata_id)
    assert client.tables.get_alternate_keys("account") == []
    client.tables.remove_columns("account", column)


def test_own_lookups(client: DataverseClient, half: str, mark: str) -> None:
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


def test_own_tables_are_refused(client: DataverseClient) -> None:
    with pytest.raises(HttpError) as refused:
        client.tables.create("new_Colour", {"new_Shade": "string"})
    assert "CreateEntities" in str(refused.value)


# From an opportunity to a paid invoice


class Sdk:
    """The story's verbs. The client has no actions: these go by its own HTTP helper, headers and all."""

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
            answer = odata._request("post", "/".join(filter(None, (odata.api, on, message))), json=parameters)
        return answer.json() if answer.status_code != 204 else None


def test_the_chain(client: DataverseClient) -> None:
    sell(Sdk(client))


def test_what_comes_to_nothing(client: DataverseClient) -> None:
    give_up(Sdk(client))


def test_the_chain_on_sqlite(sqlite_url: str, certificate: Certificate) -> None:
    with serving(sqlite_url, certificate) as server, connected("sync", server.address, server.token) as client:
        sell(Sdk(client))
