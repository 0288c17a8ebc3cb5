"""The messages of the sales process that clients use beside the conversions (behaviour 14)."""

from typing import Any
from urllib.parse import quote as encoded

import pytest

from tests.webapi.client import Api, Reply

CRM = "Microsoft.Dynamics.CRM"
MISSING = "f0000000-0000-4000-8000-00000000000f"
DOCUMENTS = [
    ("opportunity", "opportunities", "opportunityproduct", "opportunityproducts"),
    ("quote", "quotes", "quotedetail", "quotedetails"),
    ("salesorder", "salesorders", "salesorderdetail", "salesorderdetails"),
    ("invoice", "invoices", "invoicedetail", "invoicedetails"),
]


@pytest.fixture
def account(api: Api) -> str:
    organization = api.get("WhoAmI").json["OrganizationId"]
    assert api.patch(f"organizations({organization})", {"ispricelistmandatory": False}).status == 204
    return api.made("accounts", {"name": "Customer"})


def document(api: Api, account: str, table: str, entity_set: str) -> str:
    own = {"isrevenuesystemcalculated": True} if table == "opportunity" else {}
    return api.made(entity_set, {"name": "D", "customerid_account@odata.bind": f"/accounts({account})", **own})


def line(table: str, text: str, price: float, **more: Any) -> dict[str, Any]:
    return {
        "@odata.type": f"#{CRM}.{table}",
        "isproductoverridden": True,
        "productdescription": text,
        "quantity": 2,
        "priceperunit": price,
        "ispriceoverridden": True,
        **more,
    }


def named(table: str, id: str) -> dict[str, str]:
    return {"@odata.type": f"{CRM}.{table}", f"{table}id": id}


@pytest.mark.parametrize(("table", "entity_set", "lines", "line_set"), DOCUMENTS)
def test_lines_come_and_go(api: Api, account: str, table: str, entity_set: str, lines: str, line_set: str) -> None:
    """2 × 10 + 2 × 2.50 = 25; without pricing the total stays when the second line goes, until it is asked for."""
    id = document(api, account, table, entity_set)
    asked = {"ParentEntity": named(table, id), "Entities": [line(lines, "A", 10), line(lines, "B", 2.5)]}
    reply = api.post("CreateProducts", asked)
    assert (reply.status, reply.body) == (204, b"")
    rows = api.get(f"{line_set}?$select=productdescription,extendedamount&$orderby=lineitemnumber").rows
    assert [(row["productdescription"], row["extendedamount"]) for row in rows] == [("A", 20), ("B", 5)]

    def total() -> Any:
        return api.get(f"{entity_set}({id})?$select=totalamount").json["totalamount"]

    assert total() == 25
    gone = {"entityLogicalName": lines, "entityId": rows[1][f"{lines}id"]}
    assert api.post("DeleteOQOILineWithSkipPricingCalculation", gone).status == 204
    assert (len(api.get(line_set).rows), total()) == (1, 25)
    assert api.post("RecalculatePrice", {"entityLogicalName": table, "entityId": id}).status == 204
    assert total() == 20


def test_lines_name_their_document_by_navigation_as_well(api: Api, account: str) -> None:
    id = document(api, account, "quote", "quotes")
    same = line("quotedetail", "A", 1, **{"quoteid@odata.bind": f"https://x/api/data/v9.1/quotes({id})"})
    assert api.post("CreateProducts", {"ParentEntity": named("quote", id), "Entities": [same]}).status == 204
    other = document(api, account, "quote", "quotes")
    refused = api.post("CreateProducts", {"ParentEntity": named("quote", other), "Entities": [same]})
    assert (refused.status, "another document" in refused.message) == (400, True)


def test_lines_that_are_refused(api: Api, account: str) -> None:
    id = document(api, account, "quote", "quotes")
    good, parent = line("quotedetail", "A", 1), named("quote", id)
    for entities, target, says in (
        ([], parent, "at least one line"),
        ([good, line("salesorderdetail", "A", 1)], parent, "item 2"),
        ([good, {**good, "quantity": "two"}], parent, "quantity"),
        ([good, {**good, "nonsense": 2}], parent, "nonsense"),
        ([good, {**good, "productdescription": None}], parent, "product"),
        ([good], named("account", account), "no lines"),
        ([good], named("quote", MISSING), MISSING),
    ):
        refused = api.post("CreateProducts", {"ParentEntity": target, "Entities": entities})
        assert refused.status in (400, 404), refused.body
        assert says in refused.message
        assert api.get("quotedetails").rows == []
    for asked, status, says in (
        ({"entityLogicalName": "quote", "entityId": id}, 400, "no lines"),
        ({"entityLogicalName": "nonsense", "entityId": id}, 400, "nonsense"),
        ({"entityLogicalName": "quotedetail", "entityId": MISSING}, 404, MISSING),
    ):
        refused = api.post("DeleteOQOILineWithSkipPricingCalculation", asked)
        assert (refused.status, says in refused.message) == (status, True)
    assert api.post("CreateProducts", {"ParentEntity": parent, "Entities": [good]}).status == 204
    api.patch(f"quotes({id})", {"statecode": 1})
    [row] = api.get("quotedetails").rows
    gone = {"entityLogicalName": "quotedetail", "entityId": row["quotedetailid"]}
    assert api.post("DeleteOQOILineWithSkipPricingCalculation", gone).code == "0x80043b09"
    assert api.post("CreateProducts", {"ParentEntity": parent, "Entities": [good]}).code == "0x80043b09"


def valid(api: Api, table: str, id: str, state: str, status: int) -> Reply:
    values = f"@p1={encoded(repr(named(table, id)))}&@p2='{state}'&@p3={status}"
    return api.get(f"IsValidStateTransition(Entity=@p1,NewState=@p2,NewStatus=@p3)?{values}")


@pytest.mark.parametrize(
    ("state", "status", "expected"),
    [
        ("Active", 2, True),
        ("active", -1, True),
        ("1", 3, True),
        ("Active", 1, False),  # a reason of another state
        ("Draft", 1, True),  # it is a draft
        ("Won", 4, False),  # only from active
        ("Closed", -1, False),
    ],
)
def test_a_draft_quote(api: Api, account: str, state: str, status: int, expected: bool) -> None:
    reply = valid(api, "quote", document(api, account, "quote", "quotes"), state, status)
    assert reply.status == 200, reply.body
    assert reply.json["@odata.context"].endswith("IsValidStateTransitionResponse")
    assert reply.json["IsValid"] is expected


def test_states_of_other_tables(api: Api, account: str) -> None:
    opportunity = document(api, account, "opportunity", "opportunities")
    assert [valid(api, "opportunity", opportunity, *each).json["IsValid"] for each in (("Won", 3), ("Lost", 4))] == [
        True,
        True,
    ]
    assert valid(api, "opportunity", opportunity, "Won", 4).json["IsValid"] is False
    assert valid(api, "account", account, "Inactive", 2).json["IsValid"] is True
    assert valid(api, "account", account, "Inactive", 1).json["IsValid"] is False
    for refused, status, says in (
        (valid(api, "account", account, "Sold", 1), 400, "Active (0), Inactive (1)"),
        (valid(api, "account", account, "9" * 4400, 1), 400, "Active (0), Inactive (1)"),
        (valid(api, "account", MISSING, "Active", 1), 404, MISSING),
        (valid(api, "uom", MISSING, "Active", 1), 404, MISSING),
        (valid(api, "nonsense", MISSING, "Active", 1), 400, "nonsense"),
    ):
        assert (refused.status, says in refused.message) == (status, True), refused.body


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("1 Main St", "Bern", "BE", "3000", "Switzerland"), "1 Main St\nBern, BE 3000\nSwitzerland"),
        (("1 Main St", "", "", "3000", ""), "1 Main St\n3000"),
        (("O''Hara", "Bern", "", "", ""), "O'Hara\nBern"),
        (("", "", "", "", ""), ""),
    ],
)
def test_addresses(one_api: Api, parts: tuple[str, ...], expected: str) -> None:
    names = ("Line1", "City", "StateOrProvince", "PostalCode", "Country")
    inline = ",".join(f"{name}='{part}'" for name, part in zip(names, parts, strict=True))
    reply = one_api.get(f"FormatAddress({inline})")
    assert reply.json["Address"] == expected
    stored = dict(zip(("line1", "city", "stateorprovince", "postalcode", "country"), parts, strict=True))
    values = {f"address1_{name}": part.replace("''", "'") for name, part in stored.items()}
    account = one_api.made("accounts", {"name": "A", **values})
    composite = one_api.get(f"accounts({account})?$select=address1_composite").json["address1_composite"]
    assert (composite or "") == expected, "as the row shows it"


def test_rollups_are_refused_in_words(one_api: Api) -> None:
    account = one_api.made("accounts", {"name": "A"})
    target = encoded(f'{{"@odata.id":"accounts({account})"}}')
    for column, status, code in (("name", 400, "0x80040265"), ("opendeals", 400, "0x80048d19")):
        reply = one_api.get(f"CalculateRollupField(Target=@p1,FieldName=@p2)?@p1={target}&@p2='{column}'")
        assert (reply.status, reply.code) == (status, code)
        assert column in reply.message
        assert "$apply" in reply.message
