"""Lookups to tables that Handsel does not have: `campaignid` is written, read, asked for and carried on (tables 8)."""

from urllib.parse import quote
from uuid import UUID

import pytest

import handsel
from tests.webapi.client import Api

FAIR, SHOW = "0196f1b2-0000-7000-8000-00000000000a", "0196f1b2-0000-7000-8000-00000000000b"
TABLES = {
    "leads": {"lastname": "Lee", "subject": "Deal"},
    "opportunities": {"name": "Deal"},
    "quotes": {"name": "Deal"},
    "salesorders": {"name": "Deal"},
}
BIND = "campaignid@odata.bind"
ADDRESSES = [
    f"/campaigns({FAIR})",
    f"campaigns({FAIR.upper()})",
    f"http://sales.example/api/data/v9.2/campaigns({FAIR})",
    f"/api/data/v9.2/campaigns({FAIR})",
    f"/campaigns%28{FAIR}%29",
    f"campaigns(%7B{FAIR}%7D)",
]
every_table = pytest.mark.parametrize("table", TABLES)


def campaign(api: Api, address: str) -> str | None:
    found: str | None = api.get(f"{address}?$select=_campaignid_value").json["_campaignid_value"]
    return found


@every_table
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_new_row_is_bound_by_an_address(one_api: Api, table: str, address: str) -> None:
    row = one_api.made(table, {**TABLES[table], BIND: address})
    assert campaign(one_api, f"{table}({row})") == FAIR


@every_table
def test_a_change_binds_and_clears(api: Api, table: str) -> None:
    row = f"{table}({api.made(table, TABLES[table])})"
    assert campaign(api, row) is None
    assert api.patch(row, {BIND: f"/campaigns({FAIR})"}).status == 204
    assert campaign(api, row) == FAIR
    assert api.patch(row, {"campaignid": {"@odata.id": f"campaigns({SHOW})"}}).status == 204
    assert campaign(api, row) == SHOW
    assert api.patch(row, {BIND: None}).status == 204
    assert campaign(api, row) is None


@every_table
def test_a_reference_is_put_read_and_deleted(one_api: Api, table: str) -> None:
    row = f"{table}({one_api.made(table, TABLES[table])})"
    assert one_api.get(f"{row}/campaignid").status == 204
    assert one_api("PUT", f"{row}/campaignid/$ref", {"@odata.id": f"/campaigns({FAIR})"}).status == 204
    assert campaign(one_api, row) == FAIR
    there = one_api.get(f"{row}/campaignid/$ref").json["@odata.id"]
    assert there == f"http://sales.example/api/data/v9.2/campaigns({FAIR})"
    reply = one_api.get(f"{row}/campaignid")
    assert (reply.status, reply.code) == (404, "0x80040217")
    assert "_campaignid_value" in reply.message
    assert one_api("POST", f"{row}/campaignid/$ref", {"@odata.id": f"/campaigns({FAIR})"}).status == 405
    assert one_api("DELETE", f"{row}/campaignid/$ref").status == 204
    assert campaign(one_api, row) is None


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({BIND: f"/accounts({FAIR})"}, "campaign"),
        ({BIND: "/campaigns(Fair)"}, "campaignid"),
        ({BIND: "/campaigns"}, "campaignid"),
        ({BIND: 7}, "campaignid"),
        ({"campaignid": {"name": "Fair"}}, "bind"),
        ({"campaignid": FAIR}, BIND),
        ({"_campaignid_value": FAIR}, BIND),
    ],
)
def test_what_names_no_campaign_is_refused(one_api: Api, body: dict[str, object], named: str) -> None:
    reply = one_api.post("quotes", {"name": "Deal", **body})
    assert reply.status == 400
    assert named in reply.message


def test_rows_are_found_by_their_campaign(api: Api) -> None:
    api.made("quotes", {"name": "Other"})
    api.made("quotes", {"name": "Fair", BIND: f"/campaigns({FAIR})"})
    fetch = f'<filter><condition attribute="campaignid" operator="eq" value="{FAIR}"/></filter>'
    xml = quote(f'<fetch><entity name="quote"><attribute name="name"/>{fetch}</entity></fetch>')
    sql = quote(f"SELECT name FROM quote WHERE campaignid = '{FAIR}'")
    asked = f"$filter=_campaignid_value eq {FAIR}", f"$filter=campaignid/campaignid eq {FAIR}"
    for question in (*asked, f"fetchXml={xml}", f"sql={sql}"):
        assert [row["name"] for row in api.get(f"quotes?{question}").rows] == ["Fair"], question


@pytest.mark.parametrize("question", ["$expand=campaignid", "$filter=campaignid/name eq 'Fair'"])
def test_what_lies_beyond_is_refused_in_a_sentence(one_api: Api, question: str) -> None:
    one_api.made("quotes", {"name": "Fair", BIND: f"/campaigns({FAIR})"})
    reply = one_api.get(f"quotes?{question}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "_campaignid_value" in reply.message


def test_it_travels_from_the_lead_to_the_order(api: Api) -> None:
    lead = api.made("leads", {**TABLES["leads"], BIND: f"/campaigns({FAIR})"})
    qualified = api.post(
        f"leads({lead})/Microsoft.Dynamics.CRM.QualifyLead",
        {"CreateAccount": False, "CreateContact": True, "CreateOpportunity": True, "Status": 3},
    )
    [opportunity] = (row["opportunityid"] for row in qualified.json["value"] if "opportunityid" in row)
    assert campaign(api, f"opportunities({opportunity})") == FAIR
    named = "EntityMoniker=@a,TargetEntityName='quote',TargetFieldType='ValidForCreate'"
    prepared = api.get(f"InitializeFrom({named})?@a={{'@odata.id':'opportunities({opportunity})'}}")
    assert prepared.json[BIND] == f"campaigns({FAIR})"
    quoted = api.post("GenerateQuoteFromOpportunity", {"OpportunityId": opportunity}).json["quoteid"]
    assert campaign(api, f"quotes({quoted})") == FAIR
    listed = api.made("pricelevels", {"name": "Standard"})
    api.patch(f"quotes({quoted})", {"pricelevelid@odata.bind": f"/pricelevels({listed})"})
    api.patch(f"quotes({quoted})", {"statecode": 1})
    ordered = api.post("ConvertQuoteToSalesOrder", {"QuoteId": quoted}).json["salesorderid"]
    assert campaign(api, f"salesorders({ordered})") == FAIR


@pytest.mark.parametrize(
    "given",
    [
        {"campaignid": UUID(FAIR)},
        {"campaignid": FAIR},
        {BIND: f"/campaigns({FAIR})"},
        {"campaignid": handsel.Reference("campaign", UUID(FAIR))},
        {"campaignid": {"table": "campaign", "id": FAIR}},
        {"campaignid": {"@odata.type": "Microsoft.Dynamics.CRM.campaign", "campaignid": FAIR}},
    ],
)
def test_a_session_takes_every_form_of_a_lookup(session: handsel.Session, given: dict[str, object]) -> None:
    row = session.execute(handsel.Create("quote", {"name": "Deal", **given}))
    assert session.retrieve("quote", row.id)["campaignid"] == UUID(FAIR)


def test_a_session_refuses_a_row_of_another_table(session: handsel.Session) -> None:
    with pytest.raises(handsel.InvalidValue, match="campaign"):
        session.execute(handsel.Create("quote", {"campaignid": handsel.Reference("account", UUID(FAIR))}))


def test_rows_written_as_a_list(one_api: Api) -> None:
    target = {"@odata.type": "Microsoft.Dynamics.CRM.quote", "name": "Deal", BIND: f"/campaigns({FAIR})"}
    made = one_api.post("quotes/Microsoft.Dynamics.CRM.CreateMultiple", {"Targets": [target]}).json["Ids"]
    assert campaign(one_api, f"quotes({made[0]})") == FAIR
