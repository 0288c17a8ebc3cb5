"""Amounts and other decimals on the wire: exact JSON numbers, alike from both databases (Web API 1.8).

Dataverse's published samples print an amount with four decimals (`"revenue": 20000.0000`) and a rate with twelve.
"""

import json
from decimal import Decimal
from typing import Any

import pytest

import handsel
from tests.webapi.client import Api


def exact(body: bytes) -> Any:
    return json.loads(body, parse_float=lambda text: text, parse_int=lambda text: text)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("484.12", "484.1200"),
        ("0", "0.0000"),
        ("100", "100.0000"),
        ("99999999999.99", "99999999999.9900"),
    ],
)
def test_amounts(api: Api, given: str, printed: str) -> None:
    account = api.post("accounts", f'{{"name": "A", "creditlimit": {given}}}'.encode()).id
    body = api.get(f"accounts({account})?$select=creditlimit,exchangerate").body
    found = exact(body)
    assert (found["creditlimit"], found["exchangerate"]) == (printed, "1.000000000000")
    assert Decimal(str(json.loads(body)["creditlimit"])) == Decimal(given)
    assert exact(api.get(f"accounts({account})?$select=creditlimit_base").body)["creditlimit_base"] == printed
    assert exact(api.get(f"accounts({account})/creditlimit").body)["value"] == printed
    assert api.get(f"accounts({account})/creditlimit/$value").body.decode() == printed
    query = "$apply=aggregate(creditlimit with sum as s,creditlimit with max as m)"
    assert exact(api.get(f"accounts?{query}").body)["value"] == [{"s": printed, "m": printed}]
    for text in ("fetchXml=<fetch><entity name='account'/></fetch>", "sql=SELECT creditlimit FROM account"):
        assert exact(api.get(f"accounts?{text}").body)["value"][0]["creditlimit"] == printed


def test_quantities_and_percentages(api: Api) -> None:
    line = {"productdescription": "Work", "priceperunit": 10.5, "quantity": 3}
    quote = api.made("quotes", {"name": "Q", "discountpercentage": 5.5, "quote_details": [line]})
    assert exact(api.get(f"quotes({quote})").body)["discountpercentage"] == "5.50"
    [found] = exact(api.get(f"quotes({quote})/quote_details").body)["value"]
    # 3 × 10.5 by hand
    assert (found["quantity"], found["priceperunit"], found["baseamount"]) == ("3.00000", "10.5000", "31.5000")


def test_custom_columns(api: Api) -> None:
    with handsel.open(api.database_url, user="admin") as session:
        session.execute(handsel.AddColumn("account", "new_amount", "money"))
        session.execute(handsel.AddColumn("account", "new_weight", "decimal", precision=4))
    body = b'{"name": "A", "new_amount": 0.1, "new_weight": 123456789.1234}'
    found = exact(api.get(f"accounts({api.post('accounts', body).id})").body)
    assert (Decimal(found["new_amount"]), Decimal(found["new_weight"])) == (Decimal("0.1"), Decimal("123456789.1234"))


def test_numbers_and_options_sent_as_text(api: Api) -> None:
    """They are taken where the text is exactly the number, in rows, properties, changes and parameters."""
    [organization] = api.get("organizations?$select=name").rows
    settings = f"organizations({organization['organizationid']})"
    assert api.patch(settings, {"ispricelistmandatory": False}).status == 204
    body = {
        "name": "A",
        "numberofemployees": "200",
        "revenue": "12.50",
        "industrycode": "1",
        "address1_latitude": "-5.25",
    }
    account = api.made("accounts", body)
    columns = "numberofemployees,revenue,industrycode,address1_latitude"
    found = exact(api.get(f"accounts({account})?$select={columns}").body)
    assert [found[name] for name in columns.split(",")] == ["200", "12.5000", "1", "-5.25"]
    assert api.patch(f"accounts({account})", {"numberofemployees": "7.0", "statecode": "1"}).status == 204
    assert api("PUT", f"accounts({account})/industrycode", {"value": "2"}).status == 204
    for whole in (b"2.0", b"2e0"):
        assert api.patch(f"accounts({account})", b'{"industrycode":' + whole + b"}").status == 204
    refused = api.patch(f"accounts({account})", {"industrycode": 2.5})
    assert (refused.status, "industrycode cannot hold 2.5" in refused.message) == (400, True)
    found = api.get(f"accounts({account})?$select=numberofemployees,statecode,industrycode").json
    assert (found["numberofemployees"], found["statecode"], found["industrycode"]) == (7, 1, 2)
    line = {"productdescription": "Work", "priceperunit": "10", "quantity": "3"}
    quote = api.made(
        "quotes", {"name": "Q", "customerid_account@odata.bind": f"/accounts({account})", "quote_details": [line]}
    )
    assert api.get(f"quotes({quote})?$select=totalamount").json["totalamount"] == 30
    assert api.patch(f"quotes({quote})", {"statecode": "1", "statuscode": "2"}).status == 204
    assert (
        api.post("WinQuote", {"Status": "-1", "QuoteClose": {"quoteid": quote, "actualdurationminutes": "30"}}).status
        == 204
    )
    assert api.get(f"quotes({quote})?$select=statecode").json["statecode"] == 2
    refused = api.patch(f"accounts({account})", {"numberofemployees": "7.5"})
    assert (refused.status, refused.code) == (400, "0x80048d19")
    assert "numberofemployees cannot hold '7.5'; it takes a whole number" in refused.message
