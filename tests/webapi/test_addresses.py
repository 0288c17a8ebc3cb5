"""A row is named by a URL wherever one is accepted: encoded or as it is, absolute or relative (Web API 4, 9)."""

from typing import Any

import pytest

from tests.webapi.client import Api

CRM = "Microsoft.Dynamics.CRM"
NUMBER = "A/1 & (2)"
"""A key value with characters that a URL has to encode."""
FORMS = [
    f"/accounts(accountnumber='{NUMBER}')",
    "accounts(accountnumber='A%2F1%20%26%20%282%29')",
    "/accounts(accountnumber=%27A%2F1%20%26%20%282%29%27)",
    "/accounts%28accountnumber='A%2f1 & (2)'%29",
    "https://other.example/api/data/v9.1/accounts(accountnumber='A%2F1%20%26%20(2)')",
]


@pytest.fixture
def account(api: Api) -> str:
    key = {"SchemaName": "new_number", "KeyAttributes": ["accountnumber"]}
    assert api.post("EntityDefinitions(LogicalName='account')/Keys", key).status == 204
    return api.made("accounts", {"name": "Wanted", "accountnumber": NUMBER})


def parent(api: Api, contact: str) -> Any:
    return api.get(f"contacts({contact})?$select=_parentcustomerid_value").json["_parentcustomerid_value"]


@pytest.mark.parametrize("address", FORMS)
def test_in_a_body(api: Api, account: str, address: str) -> None:
    contact = api.made("contacts", {"lastname": "L", "parentcustomerid_account@odata.bind": address})
    assert parent(api, contact) == account
    other = api.made("contacts", {"lastname": "L", "parentcustomerid_account": {"@odata.id": address}})
    assert parent(api, other) == account
    bound = {"name": "Below", "account_parent_account@odata.bind": [address]}
    above = api.made("accounts", bound)
    assert api.get(f"accounts({account})?$select=_parentaccountid_value").json["_parentaccountid_value"] == above


@pytest.mark.parametrize("address", FORMS)
def test_in_references(api: Api, account: str, address: str) -> None:
    contact = api.made("contacts", {"lastname": "L"})
    assert api("PUT", f"contacts({contact})/parentcustomerid_account/$ref", {"@odata.id": address}).status == 204
    assert parent(api, contact) == account
    above = api.made("accounts", {"name": "Above"})
    assert api.post(f"accounts({above})/account_parent_account/$ref", {"@odata.id": address}).status == 204
    listed = api.get(f"accounts({above})/account_parent_account?$select=name").rows
    assert [row["accountid"] for row in listed] == [account]
    encoded = address.replace("%", "%25").replace("&", "%26")
    assert api.delete(f"accounts({above})/account_parent_account/$ref?$id={encoded}").status == 204
    assert api.get(f"accounts({above})/account_parent_account").rows == []


def test_in_the_path_of_a_reference(api: Api, account: str) -> None:
    """The path is decoded once: what looks encoded afterwards is meant as it stands."""
    assert api.patch(f"accounts({account})", {"accountnumber": "50%41"}).status == 204
    above = api.made("accounts", {"name": "Above", "account_parent_account@odata.bind": [f"accounts({account})"]})
    assert api.delete(f"accounts({above})/account_parent_account(accountnumber='50%41')/$ref").status == 204
    assert api.get(f"accounts({above})/account_parent_account").rows == []


@pytest.mark.parametrize("address", FORMS)
def test_in_parameters_of_operations(api: Api, account: str, address: str) -> None:
    upserted = {"@odata.type": f"{CRM}.account", "@odata.id": address, "telephone1": "7"}
    assert api.post(f"accounts/{CRM}.UpsertMultiple", {"Targets": [upserted]}).status == 204
    assert api.get(f"accounts({account})?$select=telephone1").json["telephone1"] == "7"
    lead = api.made("leads", {"lastname": "L", "subject": "S"})
    asked = {"CreateAccount": False, "CreateContact": False, "CreateOpportunity": True, "Status": -1}
    made = api.post(f"leads({lead})/{CRM}.QualifyLead", {**asked, "OpportunityCustomerId": {"@odata.id": address}})
    opportunity = made.json["value"][0]["opportunityid"]
    assert api.get(f"opportunities({opportunity})").json["_customerid_value"] == account


def test_a_percent_sign_that_encodes_nothing_stays(api: Api, account: str) -> None:
    for number in ("50%", "100% sure", "%zz", "a+b"):
        assert api.patch(f"accounts({account})", {"accountnumber": number}).status == 204
        bound = {"lastname": "L", "parentcustomerid_account@odata.bind": f"/accounts(accountnumber='{number}')"}
        assert parent(api, api.made("contacts", bound)) == account


def test_in_a_batch(api: Api, account: str) -> None:
    body = f'{{"lastname":"Batched","parentcustomerid_account@odata.bind":"{FORMS[1]}"}}'
    part = "Content-Type: application/http\n\nPOST contacts HTTP/1.1\nContent-Type: application/json\n\n"
    assert api.batch(f"--b\n{part}{body}\n--b--").status == 200
    found = api.get("contacts?$filter=lastname eq 'Batched'&$select=_parentcustomerid_value").rows
    assert [row["_parentcustomerid_value"] for row in found] == [account]
