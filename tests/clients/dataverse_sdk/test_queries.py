"""Queries through Microsoft's own Python client, unmodified."""

from typing import Any

import pytest
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.filters import col, raw
from PowerPlatform.Dataverse.models.query_builder import ExpandOption

from tests.clients.dataverse_sdk.connection import FORMATTED, names


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
    bound = {"parentcustomerid_account@odata.bind": f"/accounts({five[2]})"}
    client.records.create("contact", {"lastname": "Lee", **bound})
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
    found = [[person["lastname"] for person in row["contact_customer_accounts"]] for row in rows]
    assert found == [["Ames", "Lee"], []]
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
