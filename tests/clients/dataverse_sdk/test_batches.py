"""Batches through Microsoft's own Python client, unmodified."""

from uuid import uuid4

from PowerPlatform.Dataverse.client import DataverseClient

from tests.clients.dataverse_sdk.connection import names


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
