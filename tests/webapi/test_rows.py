"""Creating, reading, changing and deleting rows (Web API 4)."""

import json
from decimal import Decimal
from uuid import uuid4

from tests.webapi.client import ROOT, Api


def test_a_created_row_is_named_in_the_header(api: Api) -> None:
    reply = api.post("accounts", {"name": "Müller & Söhne"})
    assert reply.status == 204
    assert reply.body == b""
    assert reply.headers["OData-EntityId"] == reply.headers["Location"] == f"{ROOT}accounts({reply.id})"
    row = api.get(f"accounts({reply.id})?$select=name").json
    assert row["name"] == "Müller & Söhne"
    assert row["@odata.context"] == f"{ROOT}$metadata#accounts(name)/$entity"
    assert row["accountid"] == reply.id
    assert set(row) == {"@odata.context", "@odata.etag", "name", "accountid"}


def test_representation_comes_back_when_preferred(api: Api) -> None:
    created = api.post("accounts?$select=name", {"name": "A"}, Prefer="return=representation")
    assert created.status == 201
    assert created.headers["Preference-Applied"] == "return=representation"
    assert created.json["name"] == "A"
    changed = api.patch(f"accounts({created.id})?$select=name", {"name": "B"}, Prefer="return=representation")
    assert (changed.status, changed.json["name"]) == (200, "B")


def test_an_amount_is_a_number_and_brings_its_currency_and_moments_have_no_fraction(api: Api) -> None:
    id = api.made("accounts", {"name": "A", "creditlimit": 1234.56, "description": None})
    reply = api.get(f"accounts({id})?$select=creditlimit,createdon")
    row = json.loads(reply.body, parse_float=Decimal)
    assert row["creditlimit"] == Decimal("1234.56")
    assert row["_transactioncurrencyid_value"]
    assert len(row["createdon"]) == len("2026-01-31T12:00:00Z")
    assert row["createdon"].endswith("Z")


def test_lookups_are_bound_by_navigation_property_and_read_as_values(api: Api) -> None:
    account = api.made("accounts", {"name": "Parent"})
    for address in (
        f"/accounts({account})",
        f"accounts({account.upper()})",
        f"https://other.example/api/data/v9.1/accounts({{{account}}})",
    ):
        contact = api.made("contacts", {"lastname": "L", "parentcustomerid_account@odata.bind": address})
        row = api.get(f"contacts({contact})?$select=_parentcustomerid_value").json
        assert row["_parentcustomerid_value"] == account
    api.patch(f"contacts({contact})", {"parentcustomerid_account@odata.bind": None})
    assert api.get(f"contacts({contact})").json["_parentcustomerid_value"] is None


def test_a_bind_by_alternate_key(api: Api) -> None:
    user = api.get("WhoAmI").json["UserId"]
    account = api.made(
        "accounts", {"name": "A", "preferredsystemuserid@odata.bind": "/systemusers(domainname='admin')"}
    )
    assert api.get(f"accounts({account})").json["_preferredsystemuserid_value"] == user


def test_rows_are_created_inside_each_other(api: Api) -> None:
    account = api.made(
        "accounts",
        {
            "name": "Deep",
            "primarycontactid": {"lastname": "First", "parentcustomerid_account": {"name": "Deeper"}},
            "contact_customer_accounts": [{"lastname": "Child"}, {"lastname": "Other"}],
        },
    )
    found = api.get(f"accounts({account})/contact_customer_accounts?$select=lastname&$orderby=lastname").rows
    assert [row["lastname"] for row in found] == ["Child", "Other"]
    assert api.get(f"accounts({account})/primarycontactid?$select=lastname").json["lastname"] == "First"


def test_a_nested_row_that_is_refused_leaves_nothing_behind(api: Api) -> None:
    reply = api.post("accounts", {"name": "Gone", "primarycontactid": {"lastname": "Gone", "nonsense": 1}})
    assert (reply.status, reply.code) == (400, "0x80048d19")
    reply = api.post("accounts", {"name": "Gone", "nonsense": 1, "primarycontactid": {"lastname": "Gone"}})
    assert reply.status == 400
    assert api.get("contacts/$count").body == b"0"


def test_a_patch_creates_what_is_not_there(api: Api) -> None:
    id = str(uuid4())
    created = api.patch(f"accounts({id})", {"name": "New"}, Prefer="return=representation")
    assert (created.status, created.json["accountid"]) == (201, id)
    assert api.patch(f"accounts({id})", {"name": "Old"}).status == 204
    assert api.get(f"accounts({id})").json["name"] == "Old"


def test_alternate_keys(api: Api) -> None:
    path = "transactioncurrencies(isocurrencycode='SEK')"
    assert api.get(path).code == "0x80060891"
    body = {"currencyname": "Krona", "currencysymbol": "kr", "exchangerate": 10.5, "currencyprecision": 2}
    created = api.patch(path, body, Prefer="return=representation")
    assert created.status == 201, created.body
    assert created.json["isocurrencycode"] == "SEK"
    assert api.patch(path, {"currencyname": "Swedish krona"}, If_Match="*").status == 204
    assert api.get(f"{path}?$select=currencyname").json["currencyname"] == "Swedish krona"
    assert api.get(f"transactioncurrencies(transactioncurrencyid={created.id})").status == 200
    assert api.get("transactioncurrencies(currencyname='x')").status == 400


def test_single_properties(api: Api) -> None:
    id = api.made("accounts", {"name": "A"})
    path = f"accounts({id})/telephone1"
    assert api.get(path).status == 204
    assert api("PUT", path, {"value": "555"}).status == 204
    assert api.get(path).json == {"@odata.context": f"{ROOT}$metadata#{path}", "value": "555"}
    assert api.get(f"{path}/$value").body == b"555"
    assert api.delete(path).status == 204
    assert api.get(path).status == 204


def test_references_link_and_unlink(api: Api) -> None:
    account, contact = api.made("accounts", {"name": "A"}), api.made("contacts", {"lastname": "L"})
    single, many = f"accounts({account})/primarycontactid", f"accounts({account})/contact_customer_accounts"
    assert api("PUT", f"{single}/$ref", {"@odata.id": f"{ROOT}contacts({contact})"}).status == 204
    assert api.get(f"{single}/$ref").json["@odata.id"] == f"{ROOT}contacts({contact})"
    assert api.delete(f"{single}/$ref").status == 204
    assert api.get(single).status == 204
    for end in (f"({contact})/$ref", f"/$ref?$id={ROOT}contacts({contact})"):
        assert api.post(f"{many}/$ref", {"@odata.id": f"/contacts({contact})"}).status == 204
        assert [row["@odata.id"] for row in api.get(f"{many}/$ref").rows] == [f"{ROOT}contacts({contact})"]
        assert api.delete(many + end).status == 204
        assert api.get(many).rows == []


def test_many_to_many_links(api: Api) -> None:
    opportunity = api.made("opportunities", {"name": "Deal"})
    competitor = api.made("competitors", {"name": "Rival"})
    path = f"opportunities({opportunity})/opportunitycompetitors_association"
    assert api.post(f"{path}/$ref", {"@odata.id": f"/competitors({competitor})"}).status == 204
    assert [row["name"] for row in api.get(path).rows] == ["Rival"]
    assert api.delete(f"{path}({competitor})/$ref").status == 204
    assert api.get(path).rows == []


def test_a_deleted_row_is_gone(api: Api) -> None:
    id = api.made("accounts", {"name": "A"})
    assert api.delete(f"accounts({id})", If_Match="*").status == 204
    reply = api.get(f"accounts({id})")
    assert (reply.status, reply.code) == (404, "0x80040217")
    assert reply.message == f"account With Id = {id} Does Not Exist"
    assert api.delete(f"accounts({id})").status == 404


def test_the_same_id_twice(api: Api) -> None:
    id = str(uuid4())
    assert api.post("accounts", {"accountid": f"{{{id.upper()}}}", "name": "A"}).id == id
    reply = api.post("accounts", {"accountid": id, "name": "B"})
    assert (reply.status, reply.code) == (412, "0x80040237")


def test_a_preference_for_nothing_is_applied_and_said(api: Api) -> None:
    prefer = "return=minimal"
    made = api.post("accounts", {"name": "A"}, Prefer=prefer)
    for reply in (
        made,
        api.patch(f"accounts({made.id})", {"name": "B"}, Prefer=prefer),
        api("PUT", f"accounts({made.id})/name", {"value": "C"}, {"prefer": prefer}),
    ):
        assert (reply.status, reply.headers.get("Preference-Applied")) == (204, prefer)
    assert "Preference-Applied" not in api.post("accounts", {"name": "A"}).headers
    assert "Preference-Applied" not in api.get(f"accounts({made.id})", Prefer=prefer).headers
