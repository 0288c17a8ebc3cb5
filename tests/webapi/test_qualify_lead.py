"""QualifyLead over HTTP: the rows its parameters refer to, in every form that clients write (Web API 9)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.webapi.client import ROOT, Api

CRM = "Microsoft.Dynamics.CRM"
OPPORTUNITY = {"CreateAccount": False, "CreateContact": False, "CreateOpportunity": True, "Status": 3}


@pytest.fixture
def lead(one_api: Api) -> str:
    return one_api.made("leads", {"subject": "Lamps", "lastname": "Meier"})


@pytest.fixture
def account(one_api: Api) -> str:
    return one_api.made("accounts", {"name": "Acme"})


def forms(set_name: str, table: str, id: str) -> list[Any]:
    """A reference as an inline row and as an address."""
    return [
        {"@odata.type": f"{CRM}.{table}", f"{table}id": id},
        {"@odata.type": f"#{CRM}.{table}", f"{table}id": id.upper()},
        {"@odata.id": f"{set_name}({id})"},
        {"@odata.id": f"/{set_name}({id})"},
        {"@odata.id": f"{ROOT}{set_name}({id})"},
    ]


def qualified(api: Api, lead: str, **parameters: Any) -> dict[str, Any]:
    reply = api.post(f"leads({lead})/{CRM}.QualifyLead", {**OPPORTUNITY, **parameters})
    assert reply.status == 200, reply.body
    [made] = reply.rows
    assert made["@odata.type"] == f"#{CRM}.opportunity"
    row: dict[str, Any] = api.get(f"opportunities({made['opportunityid']})").json
    return row


@pytest.mark.parametrize("form", range(5))
def test_the_customer(one_api: Api, lead: str, account: str, form: int) -> None:
    row = qualified(one_api, lead, OpportunityCustomerId=forms("accounts", "account", account)[form])
    assert row["_customerid_value"] == account


def test_a_contact_as_the_customer(one_api: Api, lead: str) -> None:
    contact = one_api.made("contacts", {"lastname": "Meier"})
    row = qualified(one_api, lead, OpportunityCustomerId={"@odata.id": f"contacts({contact})"})
    assert row["_customerid_value"] == contact


@pytest.mark.parametrize("form", range(6))
def test_the_currency(one_api: Api, lead: str, account: str, form: int) -> None:
    euro = one_api.made(
        "transactioncurrencies",
        {"currencyname": "Euro", "isocurrencycode": "EUR", "currencysymbol": "€", "exchangerate": 0.5}
        | {"currencyprecision": 2},
    )
    plain = {"transactioncurrencyid": euro}  # the type is declared, so it need not be said
    given = [*forms("transactioncurrencies", "transactioncurrency", euro), plain][form]
    customer = {"@odata.id": f"accounts({account})"}
    row = qualified(one_api, lead, OpportunityCustomerId=customer, OpportunityCurrencyId=given)
    assert row["_transactioncurrencyid_value"] == euro


@pytest.mark.parametrize("form", range(6))
def test_the_campaign_and_the_process(one_api: Api, lead: str, account: str, form: int) -> None:
    """There are no campaigns: the id is stored. Processes are not stored at all."""
    campaign, process = str(uuid4()), str(uuid4())
    process_name = "leadtoopportunitysalesprocess"
    inline = {"@odata.type": f"{CRM}.{process_name}", "businessprocessflowinstanceid": process}
    row = qualified(
        one_api,
        lead,
        OpportunityCustomerId={"@odata.id": f"accounts({account})"},
        SourceCampaignId=[*forms("campaigns", "campaign", campaign), {"campaignid": campaign}][form],
        ProcessInstanceId=[*forms(f"{process_name}es", process_name, process), inline][form],
    )
    assert row["_campaignid_value" if "_campaignid_value" in row else "campaignid"] == campaign


def test_nulls_are_no_references(one_api: Api, lead: str) -> None:
    none = dict.fromkeys(("OpportunityCurrencyId", "OpportunityCustomerId", "SourceCampaignId", "ProcessInstanceId"))
    body = {**OPPORTUNITY, "CreateAccount": True, "CreateContact": True, **none}
    reply = one_api.post(f"leads({lead})/{CRM}.QualifyLead", body)
    assert reply.status == 200, reply.body


@pytest.mark.parametrize(
    ("parameter", "value", "status", "said"),
    [
        ("OpportunityCustomerId", {"accountid": str(uuid4())}, 400, "@odata.type"),
        ("OpportunityCustomerId", {"@odata.id": f"accounts({uuid4()})"}, 404, "Does Not Exist"),
        ("OpportunityCustomerId", {"@odata.id": "accounts"}, 400, "accounts"),
        ("OpportunityCurrencyId", {"@odata.id": "nonsense(1)"}, 404, "nonsense"),
        ("OpportunityCurrencyId", {"name": "Euro"}, 400, "transactioncurrencyid"),
        ("SourceCampaignId", {"@odata.id": "campaigns"}, 400, "SourceCampaignId"),
        ("SourceCampaignId", {"name": "Fair"}, 400, "SourceCampaignId"),
        ("SourceCampaignId", "Fair", 400, "SourceCampaignId"),
    ],
)
def test_references_that_name_nothing(
    one_api: Api, lead: str, account: str, parameter: str, value: Any, status: int, said: str
) -> None:
    body = {**OPPORTUNITY, "OpportunityCustomerId": {"@odata.id": f"accounts({account})"}, parameter: value}
    reply = one_api.post(f"leads({lead})/{CRM}.QualifyLead", body)
    assert reply.status == status, reply.body
    assert said in reply.message
    assert one_api.get("opportunities").rows == []
