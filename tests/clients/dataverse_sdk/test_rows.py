"""Rows through Microsoft's own Python client, unmodified (PowerPlatform-Dataverse-Client)."""

from typing import Any
from uuid import uuid4

import pandas
import pytest
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.upsert import UpsertItem

from tests.clients.conftest import Server
from tests.clients.dataverse_sdk.connection import FORMATTED, connected, names


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
