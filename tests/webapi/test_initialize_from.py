"""InitializeFrom: a new row from an existing one, ready to be posted (Web API 9)."""

from typing import Any
from uuid import uuid4

import pytest

import handsel
from handsel import Reference, TargetFieldType
from tests.webapi.client import ROOT, Api, Reply

ADDRESS = {"address1_line1": "1 Main St.", "address1_city": "Kiel", "address1_country": "Germany"}


def asked(api: Api, source: str, target: str, kind: str = "ValidForCreate") -> Reply:
    return api.get(
        "InitializeFrom(EntityMoniker=@p1,TargetEntityName=@p2,TargetFieldType=@p3)"
        f"?@p1={{'@odata.id':'{source}'}}&@p2='{target}'&@p3=Microsoft.Dynamics.CRM.TargetFieldType'{kind}'"
    )


def prepared(api: Api, source: str, target: str, kind: str = "ValidForCreate") -> dict[str, Any]:
    reply = asked(api, source, target, kind)
    assert reply.status == 200, reply.body
    body: dict[str, Any] = reply.json
    assert body.pop("@odata.type") == f"#Microsoft.Dynamics.CRM.{target}"
    return body


@pytest.fixture
def account(api: Api) -> str:
    organization = api.get("WhoAmI").json["OrganizationId"]
    assert api.patch(f"organizations({organization})", {"ispricelistmandatory": False}).status == 204
    return api.made("accounts", {"name": "Customer", **ADDRESS})


@pytest.fixture
def currency(api: Api, account: str) -> str:
    id: str = api.get(f"accounts({account})").json["_transactioncurrencyid_value"]
    return f"transactioncurrencies({id})"


def test_the_published_sample(api: Api, account: str, currency: str) -> None:
    body = prepared(api, f"accounts({account})", "account")
    assert body == {
        "@odata.context": f"{ROOT}$metadata#accounts/$entity",
        "parentaccountid@odata.bind": f"accounts({account})",
        "transactioncurrencyid@odata.bind": currency,
        **ADDRESS,
    }


def test_the_whole_chain_can_be_posted_back(api: Api, account: str) -> None:
    """Each document is made from the response of InitializeFrom for the one before, and points to it."""
    contact = prepared(api, f"accounts({account})", "contact")
    assert contact["parentcustomerid_account@odata.bind"] == f"accounts({account})"
    id = api.made("contacts", {**contact, "lastname": "Buyer"})
    found = api.get(f"contacts({id})").json
    assert (found["_parentcustomerid_value"], found["address1_city"]) == (account, "Kiel")

    body = prepared(api, f"accounts({account})", "opportunity")
    for name in ("customerid_account", "parentaccountid"):
        assert body[f"{name}@odata.bind"] == f"accounts({account})"
    opportunity = api.made("opportunities", {**body, "name": "Deal", "description": "Two desks", "freightamount": 10})

    body = prepared(api, f"opportunities({opportunity})", "quote")
    assert body["opportunityid@odata.bind"] == f"opportunities({opportunity})"
    assert body["customerid_account@odata.bind"] == f"accounts({account})"
    assert (body["name"], body["freightamount"]) == ("Deal", 10)
    assert "quotenumber" not in body
    quote = api.made("quotes", body)

    body = prepared(api, f"quotes({quote})", "salesorder")
    order = api.made("salesorders", body)
    body = prepared(api, f"salesorders({order})", "invoice")
    invoice = api.made("invoices", body)
    found = api.get(f"invoices({invoice})").json
    assert (found["_opportunityid_value"], found["_salesorderid_value"]) == (opportunity, order)
    assert (found["name"], found["description"], found["totalamount"]) == ("Deal", "Two desks", 10)
    assert api.get(f"salesorders({order})").json["_quoteid_value"] == quote


def test_from_a_lead(api: Api, account: str) -> None:
    values = {"subject": "Desks", "lastname": "Buyer", "estimatedamount": 500}
    lead = api.made("leads", {**values, "parentaccountid@odata.bind": f"accounts({account})"})
    body = prepared(api, f"leads({lead})", "opportunity")
    assert body["originatingleadid@odata.bind"] == f"leads({lead})"
    assert (body["name"], body["estimatedvalue"]) == ("Desks", 500)
    bound = {**body, "customerid_account@odata.bind": f"accounts({account})"}
    found = api.get(f"opportunities({api.made('opportunities', bound)})").json
    assert (found["name"], found["_originatingleadid_value"], found["_parentaccountid_value"]) == (
        "Desks",
        lead,
        account,
    )


def test_nothing_is_written(api: Api, account: str) -> None:
    with handsel.open(api.database_url) as session, session.entered():
        from handsel.database.versions import latest_version

        before = latest_version()
        prepared(api, f"accounts({account})", "contact")
        assert latest_version() == before


def test_lines_and_owners(api: Api, account: str) -> None:
    team = api.made("teams", {"name": "Sales"})
    line = {"productdescription": "Work", "quantity": 2, "priceperunit": 30, "ispriceoverridden": True}
    values = {"name": "Deal", "ownerid@odata.bind": f"teams({team})", "product_opportunities": [line]}
    opportunity = api.made("opportunities", values)
    assert prepared(api, f"opportunities({opportunity})", "quote")["ownerid@odata.bind"] == f"teams({team})"
    [made] = api.get(f"opportunities({opportunity})/product_opportunities").rows
    body = prepared(api, f"opportunityproducts({made['opportunityproductid']})", "quotedetail")
    assert (body["productdescription"], body["quantity"], body["priceperunit"]) == ("Work", 2, 30)
    assert "quoteid@odata.bind" not in body


def test_custom_columns_and_added_maps(api: Api, account: str) -> None:
    with handsel.open(api.database_url) as session:
        for table in ("account", "opportunity", "quote"):
            session.execute(handsel.AddColumn(table, "new_region", "text"))
        session.execute(handsel.AddColumn("quote", "new_partner", "lookup", target="account"))
    for source, target, pairs in (
        ("account", "opportunity", {"new_region": "new_region"}),
        ("opportunity", "quote", {"new_region": "new_region", "parentaccountid": "new_partner"}),
    ):
        known = api.get(f"entitymaps?$filter=sourceentityname eq '{source}' and targetentityname eq '{target}'").rows
        names = {"sourceentityname": source, "targetentityname": target}
        map_id = known[0]["entitymapid"] if known else api.made("entitymaps", names)
        for out, into in pairs.items():
            api.made(
                "attributemaps",
                {
                    "entitymapid@odata.bind": f"entitymaps({map_id})",
                    "sourceattributename": out,
                    "targetattributename": into,
                },
            )
    api.patch(f"accounts({account})", {"new_region": "North"})
    body = prepared(api, f"accounts({account})", "opportunity")
    assert (body["new_region"], body["customerid_account@odata.bind"]) == ("North", f"accounts({account})")
    opportunity = api.made("opportunities", {**body, "name": "Deal"})
    body = prepared(api, f"opportunities({opportunity})", "quote")
    assert (body["new_region"], body["new_partner@odata.bind"]) == ("North", f"accounts({account})")
    assert api.get(f"quotes({api.made('quotes', body)})").json["_new_partner_value"] == account


def test_the_type_of_fields_chooses_columns(one_api: Api) -> None:
    source = one_api.made("accounts", {"name": "A"})
    quote = one_api.made("quotes", {"name": "Q", "customerid_account@odata.bind": f"accounts({source})"})
    bodies = {kind: prepared(one_api, f"quotes({quote})", "quotedetail", kind) for kind in TargetFieldType}
    assert bodies["All"] == bodies["ValidForRead"]
    assert "transactioncurrencyid@odata.bind" in bodies["All"]
    line = one_api.get(
        "EntityDefinitions(LogicalName='quotedetail')/Attributes?$select=LogicalName,IsValidForCreate,IsValidForUpdate"
    ).rows
    valid = {row["LogicalName"]: row for row in line}
    for kind in ("Create", "Update"):
        names = {name.removesuffix("@odata.bind") for name in bodies["All"] if name[0] != "@"}
        kept = {name.removesuffix("@odata.bind") for name in bodies[f"ValidFor{kind}"] if name[0] != "@"}
        assert kept == {name for name in names if valid[name][f"IsValidFor{kind}"]}
    assert bodies["ValidForUpdate"] != bodies["All"]


def test_in_python_the_result_is_what_create_takes(database_url: str) -> None:
    with handsel.open(database_url) as session:
        account = session.execute(handsel.Create("account", {"name": "A", "address1_city": "Kiel"}))
        values = session.execute(handsel.InitializeFrom(account.reference, "contact", TargetFieldType.VALID_FOR_CREATE))
        assert values["parentcustomerid"] == Reference("account", account.id)
        contact = session.execute(handsel.Create(values.table, {**values, "lastname": "B"}))
        assert (contact["parentcustomerid"], contact["address1_city"]) == (account.id, "Kiel")


def test_what_is_refused(one_api: Api) -> None:
    account = one_api.made("accounts", {"name": "A"})
    unknown = uuid4()
    cases = [
        (f"accounts({unknown})", "contact", "All", 404, "0x80040217", str(unknown)),
        (f"accounts({account})", "uom", "All", 400, "0x80040203", "No map and no lookup leads from account to uom"),
        (f"accounts({account})", "nothing", "All", 400, "0x80041102", "no table named 'nothing'"),
        (f"accounts({account})", "contact", "Some", 400, "0x80040203", "TargetFieldType is one of All"),
        ("accounts", "contact", "All", 400, "0x80048d19", "names no row"),
        (f"nothings({account})", "contact", "All", 404, "0x8006088a", "nothings"),
    ]
    for source, target, kind, status, code, words in cases:
        reply = asked(one_api, source, target, kind)
        assert (reply.status, reply.code) == (status, code), reply.body
        assert words in reply.message
    reply = one_api.get(
        f"InitializeFrom(EntityMoniker=@p1,TargetEntityName='contact')?@p1={{'@odata.id':'accounts({account})'}}"
    )
    assert (reply.status, reply.code) == (400, "0x80040203")
    assert "TargetFieldType" in reply.message


def test_custom_lookups_point_to_the_source_where_they_are_unambiguous(one_api: Api) -> None:
    account = one_api.made("accounts", {"name": "A"})
    with handsel.open(one_api.database_url) as session:
        session.execute(handsel.AddColumn("uom", "new_maker", "lookup", target="account"))
        assert prepared(one_api, f"accounts({account})", "uom")["new_maker@odata.bind"] == f"accounts({account})"
        session.execute(handsel.AddColumn("uom", "new_seller", "lookup", target="account"))
    reply = asked(one_api, f"accounts({account})", "uom")
    assert (reply.status, reply.code) == (400, "0x80040203")
    assert "by new_maker, new_seller" in reply.message


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("activitypointer", "in their own tables"),
        ("organization", "one organization"),
        ("stringmap", "Change the column's definition"),
        ("sdkmessage", "read only"),
        ("systemuserroles", "Associate and Disassociate"),
    ],
)
def test_a_table_that_nobody_creates_rows_of_is_refused(one_api: Api, target: str, words: str) -> None:
    """By lookup, where one leads there (regardingobjectid), as Create itself refuses it."""
    account = one_api.made("accounts", {"name": "A"})
    user = one_api.get("WhoAmI").json["UserId"]
    for source in (f"accounts({account})", f"systemusers({user})"):
        reply = asked(one_api, source, target)
        assert (reply.status, reply.code) == (400, "0x80040265"), reply.body
        assert words in reply.message
    reply = one_api.post("entitymaps", {"sourceentityname": "account", "targetentityname": target})
    assert (reply.status, reply.code) == (400, "0x80040265"), reply.body
    assert words in reply.message
