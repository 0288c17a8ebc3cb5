"""Microsoft's own Python client, unmodified, against a real server (PowerPlatform-Dataverse-Client, synchronous)."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.filters import col

from tests.clients.conftest import Certificate, Server, serving
from tests.databases import PostgreSQL

OVERRIDDEN = {"isproductoverridden": True, "ispriceoverridden": True}
FORMATTED = "OData.Community.Display.V1.FormattedValue"


class Credential:
    """A token of Handsel's, the way azure.identity hands them out."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return AccessToken(self.token, 2**40)


@pytest.fixture(scope="module")
def server(
    postgresql: PostgreSQL, postgresql_template: str, database_names: Iterator[str], certificate: Certificate
) -> Iterator[Server]:
    """One server for the whole module; each test names its rows by `mark`."""
    with (
        postgresql.database(next(database_names), template=postgresql_template) as url,
        serving(url, certificate) as server,
    ):
        yield server


@pytest.fixture
def client(server: Server) -> Iterator[DataverseClient]:
    with DataverseClient(server.address, Credential(server.token)) as client:
        yield client


@pytest.fixture
def mark() -> str:
    return uuid4().hex


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
    with pytest.raises(HttpError) as refused:
        client.records.update("account", id, {"name": "Gone"})
    assert refused.value.status_code == 404


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


def test_a_choice_by_its_label(client: DataverseClient, mark: str) -> None:
    id = client.records.create("opportunity", {"name": mark, "opportunityratingcode": "Hot"})
    formatted = f"opportunityratingcode@{FORMATTED}"
    row = client.records.retrieve("opportunity", id, select=["opportunityratingcode"], include_annotations=FORMATTED)
    assert (row["opportunityratingcode"], row[formatted]) == (1, "Hot")


def test_a_wrong_token(server: Server) -> None:
    with DataverseClient(server.address, Credential("x")) as client, pytest.raises(HttpError) as refused:
        client.records.create("account", {"name": "A"})
    assert refused.value.status_code == 401


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


def test_the_builder(client: DataverseClient, mark: str, five: list[str]) -> None:
    query = client.query.builder("account").select("name").where(col("accountid").in_(five[:2])).order_by("name")
    assert names(query.execute()) == [f"0 {mark}", f"1 {mark}"]


def test_fetchxml_in_pages(client: DataverseClient, mark: str, five: list[str]) -> None:
    xml = f"""<fetch count="2"><entity name="account"><attribute name="name"/><order attribute="name"/>
        <filter><condition attribute="description" operator="eq" value="{mark}"/></filter></entity></fetch>"""
    pages = [names(page) for page in client.query.fetchxml(xml).execute_pages()]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [name for page in pages for name in page] == [f"{number} {mark}" for number in range(5)]


def test_sql(client: DataverseClient, mark: str, five: list[str]) -> None:
    rows = client.query.sql(
        f"SELECT TOP 3 name, numberofemployees FROM account WHERE description = '{mark}' ORDER BY name DESC"
    )
    assert [row["numberofemployees"] for row in rows] == [4, 3, 2]


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
    result = batch.execute()
    assert not result.has_errors, result.failed
    *_, listed, asked = result.responses
    assert names(listed.data["value"]) == [mark, f"{mark} 0", f"{mark} 1"]
    assert [row["telephone1"] for row in asked.data["value"]] == ["1"]
    contact = client.records.list("contact", filter=f"lastname eq '{mark}'", select=["_parentcustomerid_value"]).first()
    assert contact["_parentcustomerid_value"] in result.entity_ids


def test_a_change_set_that_fails(client: DataverseClient, mark: str) -> None:
    batch = client.batch.new()
    with batch.changeset() as change:
        change.records.create("account", {"name": mark})
        change.records.update("account", str(uuid4()), {"name": mark})
    batch.records.list("account", filter=f"name eq '{mark}'", select=["name"])
    result = batch.execute(continue_on_error=True)
    assert [response.status_code for response in result.responses] == [404, 200]
    assert result.responses[1].data["value"] == []


# Tables


def test_tables(client: DataverseClient) -> None:
    table = client.tables.get("quote")
    assert (table.logical_name, table.entity_set_name) == ("quote", "quotes")
    assert client.tables.get("new_nothing") is None
    columns = {column["LogicalName"]: column["AttributeType"] for column in client.tables.list_columns("quote")}
    assert (columns["quoteid"], columns["totalamount"], columns["statecode"]) == ("Uniqueidentifier", "Money", "State")
    assert client.tables.get_column("quote", "name")["LogicalName"] == "name"
    assert {"account", "quote", "invoice"} <= {each["LogicalName"] for each in client.tables.list()}


# From an opportunity to a paid invoice


def test_the_chain(client: DataverseClient) -> None:
    go_through_the_chain(client)


def test_the_chain_on_sqlite(sqlite_url: str, certificate: Certificate) -> None:
    with (
        serving(sqlite_url, certificate) as server,
        DataverseClient(server.address, Credential(server.token)) as client,
    ):
        go_through_the_chain(client)


def go_through_the_chain(client: DataverseClient) -> None:
    """Rows by the client's operations; it has none for actions, so these go by its own HTTP helper, headers and all."""
    account = client.records.create("account", {"name": "Customer"})
    opportunity = client.records.create(
        "opportunity",
        {
            "name": "Deal",
            "customerid_account@odata.bind": f"/accounts({account})",
            "isrevenuesystemcalculated": True,
            "pricelevelid@odata.bind": f"/pricelevels({price_list(client)})",
        },
    )
    client.records.create(
        "opportunityproduct",
        {
            **OVERRIDDEN,
            "opportunityid@odata.bind": f"/opportunities({opportunity})",
            "productdescription": "Desk",
            "quantity": 2,
            "priceperunit": 250,
        },
    )
    assert client.records.retrieve("opportunity", opportunity, select=["totalamount"])["totalamount"] == 500

    columns = {"ColumnSet": {"AllColumns": True}}
    quote = act(client, "GenerateQuoteFromOpportunity", {"OpportunityId": opportunity, **columns})["quoteid"]
    client.records.update("quote", quote, {"statecode": 1, "statuscode": 2})
    act(client, "WinQuote", {"Status": -1, "QuoteClose": closing("quote", f"/quotes({quote})")})
    order = act(client, "ConvertQuoteToSalesOrder", {"QuoteId": quote, **columns})["salesorderid"]
    invoice = act(client, "ConvertSalesOrderToInvoice", {"SalesOrderId": order, **columns})["invoiceid"]
    act(client, "FulfillSalesOrder", {"Status": -1, "OrderClose": closing("salesorder", f"/salesorders({order})")})
    client.records.update("invoice", invoice, {"statecode": 2, "statuscode": 100001})
    row = client.records.retrieve("invoice", invoice, select=["totalamount", "statecode", "_opportunityid_value"])
    assert (row["totalamount"], row["statecode"], row["_opportunityid_value"]) == (500, 2, opportunity)


def price_list(client: DataverseClient) -> str:
    currency = client.records.list("transactioncurrency", select=["currencyname"]).first()["transactioncurrencyid"]
    bound = {"transactioncurrencyid@odata.bind": f"/transactioncurrencies({currency})"}
    return client.records.create("pricelevel", {"name": "Standard", **bound})


def closing(table: str, row: str) -> dict[str, str]:
    return {"subject": "Done", f"{table}id@odata.bind": row}


def act(client: DataverseClient, action: str, body: dict[str, Any]) -> Any:
    with client._scoped_odata() as odata:
        answer = odata._request("post", f"{odata.api}/{action}", json=body)
    return answer.json() if answer.content else None
