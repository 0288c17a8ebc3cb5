"""Signing in, and rows, through PyPI's dynamics-client, unmodified."""

from typing import Any
from uuid import uuid4

import pytest

from tests.clients.conftest import Server
from tests.clients.dynamics_client.connection import (
    DuplicateRecordError,
    DynamicsClient,
    DynamicsException,
    NotFound,
    ParseError,
    about,
    make,
)
from tests.people import may_do_everything

# Signing in


def test_who_the_client_is(sync_client: DynamicsClient) -> None:
    (me,) = sync_client.functions.whoami().data
    user = about(sync_client, "systemusers", row_id=me["UserId"], select=["domainname"]).get()
    assert user.data[0]["domainname"] == "admin"


@pytest.mark.parametrize("wrong", [{"client_secret": "x"}, {"client_id": str(uuid4())}])
def test_wrong_credentials(arguments: dict[str, Any], wrong: dict[str, str]) -> None:
    client = DynamicsClient(**{**arguments, **wrong})
    with pytest.raises(Exception, match="invalid_client"):
        client.functions.whoami()
    client._oauth_client.close()


def test_a_resource_instead_of_a_scope(arguments: dict[str, Any], server: Server) -> None:
    client = DynamicsClient(**{**arguments, "scope": None, "resource": f"{server.address}/"})
    assert client.functions.whoami().data[0]["OrganizationId"]
    client._oauth_client.close()


# Rows


def test_one_row(client: Any, mark: str) -> None:
    row = make(client, "accounts", name=f"Zoë's {mark}", revenue=12.5)
    assert (row["name"], row["revenue"]) == (f"Zoë's {mark}", 12.5)
    changed = about(client, "accounts", row_id=row["accountid"], select=["telephone1"]).patch({"telephone1": "1"})
    assert changed.data["telephone1"] == "1"
    (found,) = about(client, "accounts", row_id=row["accountid"]).get().data
    assert (found["name"], found["telephone1"]) == (f"Zoë's {mark}", "1")
    about(client, "accounts", row_id=row["accountid"]).delete()
    with pytest.raises(NotFound, match=row["accountid"]):
        about(client, "accounts", row_id=row["accountid"]).get()


def test_a_row_by_an_alternate_key(client: Any, mark: str) -> None:
    account = make(client, "accounts", name=mark)["accountid"]
    customer = {"customerid_account@odata.bind": f"/accounts({account})"}
    order = make(client, "salesorders", ordernumber=mark, name="made", **customer)
    key = {"row_id": f"ordernumber='{mark}'"}
    assert about(client, "salesorders", **key, select=["name"]).patch({"name": "changed"}).data["name"] == "changed"
    assert about(client, "salesorders", **key).get().data[0]["salesorderid"] == order["salesorderid"]


def test_one_property_and_rows_beyond_it(client: Any, mark: str) -> None:
    person = {"lastname": mark}
    account = make(client, "accounts", name=mark, primarycontactid=person, contact_customer_accounts=[person] * 2)
    at = {"row_id": account["accountid"]}
    assert about(client, "accounts", **at, pre_expand="name").get().data == mark
    assert about(client, "accounts", **at, pre_expand="primarycontactid").get().data[0]["lastname"] == mark
    assert len(about(client, "accounts", **at, pre_expand="contact_customer_accounts").get().data) == 2


def test_references(client: Any, server: Server, mark: str) -> None:
    account, contact = make(client, "accounts", name=mark), make(client, "contacts", lastname=mark)
    reference = {"@odata.id": f"{server.address}/api/data/v9.2/contacts({contact['contactid']})"}
    at = {"row_id": account["accountid"]}
    about(client, "accounts", **at, add_ref_to_property="contact_customer_accounts").post(reference)
    people = about(client, "accounts", **at, pre_expand="contact_customer_accounts").get().data
    assert [person["contactid"] for person in people] == [contact["contactid"]]


def test_many_rows(client: Any, mark: str) -> None:
    rows = [{"@odata.type": "Microsoft.Dynamics.CRM.account", "name": name, "description": mark} for name in "AB"]
    made = about(client, "accounts", action="Microsoft.Dynamics.CRM.CreateMultiple").post({"Targets": rows}).data
    changed = [
        {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": id, "telephone1": "1"} for id in made["Ids"]
    ]
    about(client, "accounts", action="Microsoft.Dynamics.CRM.UpdateMultiple").post({"Targets": changed})
    found = about(client, "accounts", filter=[f"description eq '{mark}'"], select=["telephone1"]).get()
    assert [row["telephone1"] for row in found.data] == ["1", "1"]


# Refusals


def test_refusals_are_the_clients_own(client: Any, mark: str) -> None:
    with pytest.raises(ParseError, match="colour"):
        make(client, "accounts", colour="red")
    with pytest.raises(ParseError, match="name"):
        make(client, "accounts", name="x" * 161)
    with pytest.raises(ParseError, match="colour"):
        about(client, "accounts", select=["colour"]).get()
    with pytest.raises(NotFound, match="colours"):
        about(client, "colours").get()
    row = make(client, "accounts", name=mark)
    with pytest.raises(DuplicateRecordError):
        make(client, "accounts", accountid=row["accountid"], name=mark)
    missing = str(uuid4())
    for attempt in (lambda: client.patch({"name": "x"}), lambda: client.delete()):
        about(client, "accounts", row_id=missing)
        with pytest.raises(NotFound, match=missing):
            attempt()


def test_a_stale_version(sync_client: DynamicsClient, mark: str) -> None:
    row = make(sync_client, "accounts", name=mark)
    about(sync_client, "accounts", row_id=row["accountid"]).patch({"name": "new"})
    about(sync_client, "accounts", row_id=row["accountid"])
    sync_client["If-Match"] = row["@odata.etag"]
    with pytest.raises(DuplicateRecordError, match="was changed"):  # its name for every 412
        sync_client.patch({"name": "stale"})


def test_a_refusal_made_simple(sync_client: DynamicsClient) -> None:
    with pytest.raises(DynamicsException, match="There was a problem communicating"):
        about(sync_client, "colours").get(simplify_errors=True)


def test_on_behalf_of_another(sync_client: DynamicsClient, server: Server, mark: str) -> None:
    (me,) = sync_client.functions.whoami().data
    unit = {"businessunitid@odata.bind": f"/businessunits({me['BusinessUnitId']})"}
    user = make(sync_client, "systemusers", domainname=mark, lastname=mark, **unit)["systemuserid"]
    may_do_everything(server.database_url, user)
    about(sync_client, "accounts", select=["_createdby_value", "_createdonbehalfby_value"])
    sync_client["MSCRMCallerID"] = user
    row = sync_client.post({"name": mark}).data
    assert (row["_createdby_value"], row["_createdonbehalfby_value"]) == (user, me["UserId"])
