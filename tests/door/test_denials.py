"""The two denials: a missing privilege, all that are missing at once, and a row that may be read but not written."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import handsel
from handsel.engine.access import Depth
from handsel.engine.rights.privileges import all_privileges
from tests.door.office import ALL_RIGHTS
from tests.door.test_leaks import Company, company, seller
from tests.webapi.client import Api

__all__ = ["company", "seller"]

LACKS, BEYOND = (403, "0x80040220"), (403, "0x80048306")


def without(company: Company, *names: str) -> None:
    """The seller's role, as wide as it comes, without some privileges."""
    company.grant({each.name: max(each.depths) for each in all_privileges() if each.name not in names})


QUOTES = "quote_customer_accounts"


ASKED = (
    "quotes",
    "quotes/$count",
    f"quotes({uuid4()})",
    "quotes(quotenumber='X',revisionnumber=0)",
    "quotes?$apply=aggregate($count as n)",
    "quotes?sql=SELECT name FROM quote",
    f"accounts?$expand={QUOTES}",
    f"accounts?$expand={QUOTES}($select=name)&$filter=name eq 'nobody'",
    f"accounts?$filter={QUOTES}/any()",
    f"accounts?$filter=not {QUOTES}/any(q:q/name eq 'X')",
    f"accounts?$filter={QUOTES}/all(q:q/name eq 'X')",
    "tasks?$expand=regardingobjectid_quote_task",
    "tasks?$filter=regardingobjectid_quote_task/name eq 'X'",
    "tasks?$orderby=regardingobjectid_quote_task/name",
    "tasks?$apply=groupby((regardingobjectid_quote_task/name))",
    "accounts?$expand=opportunity_customer_accounts($expand=opportunity_quotes)",
    "quotedetails",
    "accounts?fetchXml=<fetch><entity name='account'><link-entity name='quote' from='customerid' to='accountid'/>"
    "</entity></fetch>",
    "accounts?fetchXml=<fetch><entity name='account'><filter><link-entity name='quote' from='customerid' "
    "to='accountid' link-type='not any'/></filter></entity></fetch>",
    "accounts?fetchXml=<fetch aggregate='true'><entity name='account'><link-entity name='quote' from='customerid' "
    "to='accountid' link-type='outer'><attribute name='totalamount' aggregate='sum' alias='n'/></link-entity>"
    "</entity></fetch>",
    "accounts?sql=SELECT a.name FROM account AS a LEFT JOIN quote AS q ON q.customerid = a.accountid",
    'RetrieveTotalRecordCount(EntityNames=@p)?@p=["account","quote"]',
)


def test_a_table_without_read_is_refused_wherever_it_is_asked(company: Company, seller: Api) -> None:
    without(company, "prvReadQuote")
    for path in ASKED:
        reply = seller.get(path)
        assert (reply.status, reply.code) == LACKS, (path, reply.body)
        assert "prvReadQuote" in reply.message
        assert reply.json["error"]["innererror"]["missing"] == ["prvReadQuote"]


def test_names_of_rows_that_may_not_be_read_are_left_out(company: Company, seller: Api) -> None:
    """A row shows the ids that it holds; it takes no privilege to see it, and the names are not there."""
    without(company, "prvReadAccount")
    rows = seller.get("quotes?$select=name,_customerid_value").rows
    assert rows
    for row in rows:
        assert row["_customerid_value"]
        assert "_customerid_value@OData.Community.Display.V1.FormattedValue" not in row


def test_all_missing_privileges_are_named_at_once(company: Company, seller: Api) -> None:
    without(company, "prvReadQuote", "prvReadOrder", "prvReadOpportunity")
    reply = seller.get(f"accounts?$expand={QUOTES},order_customer_accounts,opportunity_customer_accounts")
    assert (reply.status, reply.code) == LACKS
    missing = {"prvReadQuote", "prvReadOrder", "prvReadOpportunity"}
    assert set(reply.json["error"]["innererror"]["missing"]) == missing
    assert all(name in reply.message for name in missing)


def test_roles_that_would_do_are_told_to_those_who_may_give_them(company: Company, seller: Api) -> None:
    without(company, "prvReadQuote", "prvAssignRole")
    reply = seller.get("quotes")
    assert "Salesperson" not in reply.message
    assert "cure" not in reply.json["error"]["innererror"]
    without(company, "prvReadQuote")
    reply = seller.get("quotes")
    assert "Salesperson" in reply.message
    assert "Salesperson" in reply.json["error"]["innererror"]["cure"]


def test_who_holds_no_role_may_do_nothing(company: Company, seller: Api) -> None:
    session: handsel.Session = company.session
    from tests.webapi.conftest import make_token

    seller.token = make_token(session.url, "colleague")
    for reply in (seller.get("quotes"), seller.get("accounts/$count"), seller.post("accounts", {"name": "A"})):
        assert (reply.status, reply.code) == (403, "0x80042f09"), reply.body


def read_only(company: Company) -> None:
    """The seller reads everything, and changes what is his own."""
    company.grant(
        {
            each.name: max(each.depths) if each.name.startswith("prvRead") else min(each.depths)
            for each in all_privileges()
        }
    )


def test_a_row_that_may_be_read_but_not_written(company: Company, seller: Api) -> None:
    read_only(company)
    quote, account = company.hidden["quote"], company.hidden["account"]
    mine = company.new_own_account()
    before = seller.get(f"quotes({quote})").body
    batch = (
        f"--b\r\nContent-Type: application/http\r\n\r\nPATCH /api/data/v9.2/quotes({quote}) HTTP/1.1\r\n"
        'Content-Type: application/json\r\n\r\n{"name": "New"}\r\n--b--\r\n'
    )
    replies: dict[str, Any] = {
        "patch": seller.patch(f"quotes({quote})", {"name": "New"}),
        "if-match": seller.patch(f"quotes({quote})", {"name": "New"}, if_match="*"),
        "put": seller("PUT", f"quotes({quote})/name", {"value": "New"}),
        "clear": seller.delete(f"quotes({quote})/description"),
        "delete": seller.delete(f"quotes({quote})"),
        "link": seller("PUT", f"quotes({quote})/customerid_account/$ref", {"@odata.id": f"accounts({mine})"}),
        "unlink": seller.delete(f"quotes({quote})/opportunityid/$ref"),
        "many": seller.post(
            "quotes/Microsoft.Dynamics.CRM.UpdateMultiple",
            {"Targets": [{"@odata.type": "Microsoft.Dynamics.CRM.quote", "quoteid": str(quote), "name": "New"}]},
        ),
        "line": seller.post("quotedetails", {"productdescription": "L", "quoteid@odata.bind": f"/quotes({quote})"}),
        "its line": seller.patch(f"quotedetails({company.hidden['quotedetail']})", {"description": "New"}),
        "its line gone": seller.delete(f"quotedetails({company.hidden['quotedetail']})"),
        "append to": seller.post(
            "contacts", {"lastname": "C", "parentcustomerid_account@odata.bind": f"/accounts({account})"}
        ),
    }
    found = {name: (reply.status, reply.code) for name, reply in replies.items()}
    assert found == dict.fromkeys(replies, BEYOND), [
        (name, replies[name].body) for name, each in found.items() if each != BEYOND
    ]
    inner = replies["patch"].json["error"]["innererror"]
    assert (inner["table"], inner["id"], inner["right"]) == ("quote", str(quote), "WriteAccess")
    assert "Southerner" in replies["patch"].message
    assert "0x80048306" in seller.batch(batch).body.decode()
    assert seller.get(f"quotes({quote})").body == before


def test_the_owner_is_not_named_to_who_may_not_see_users(company: Company, seller: Api) -> None:
    company.grant(
        {
            each.name: max(each.depths) if each.name.startswith("prvRead") else min(each.depths)
            for each in all_privileges()
            if each.name not in ("prvReadUser", "prvReadTeam", "prvReadBusinessUnit")
        }
    )
    reply = seller.delete(f"quotes({company.hidden['quote']})")
    assert (reply.status, reply.code) == BEYOND
    assert "Southerner" not in reply.message
    assert "South" not in reply.message


def test_a_share_of_one_right_gives_this_one(company: Company, seller: Api) -> None:
    from handsel.engine.access import Privilege

    account = company.hidden["account"]
    assert seller.get(f"accounts({account})").status == 404
    company.share("account", account, company.team, Privilege.READ.right)
    assert seller.get(f"accounts({account})").status == 200
    refused = seller.patch(f"accounts({account})", {"name": "New"})
    assert (refused.status, refused.code) == BEYOND
    company.share("account", account, company.seller, ALL_RIGHTS)
    assert seller.patch(f"accounts({account})", {"name": "New"}).status == 204


def test_depths_of_reading_and_writing_differ(company: Company, seller: Api) -> None:
    wide = {each.name: max(each.depths) for each in all_privileges()}
    company.grant({**wide, "prvWriteAccount": Depth.LOCAL})
    assert seller.patch(f"accounts({company.visible['account']})", {"name": "New"}).status == 204
    assert seller.patch(f"accounts({company.hidden['account']})", {"name": "New"}).status == 403
