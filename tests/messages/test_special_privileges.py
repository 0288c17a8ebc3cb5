"""Privileges of no table: typed prices, closed documents, merging, dates of the past, many deletions (security 5.4)."""

from datetime import UTC, datetime
from typing import Any

import pytest

import handsel
from handsel import Reference
from handsel.engine.message import Message
from handsel.engine.rights.privileges import Depth
from handsel.errors import Code, PrivilegeDenied
from handsel.site.wsgi import make_application
from tests.messages.granting import Limited, limited
from tests.scenarios.company import LINES, Company, fingerprint, line, write_in
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

OVERRIDE = {
    "opportunity": "prvOverridePriceEngineOpportunity",
    "quote": "prvOverridePriceEngineQuote",
    "salesorder": "prvOverridePriceEngineOrder",
    "invoice": "prvOverridePriceEngineInvoice",
}
STEMS = ("Opportunity", "Quote", "Order", "Invoice", "Account", "Contact", "Product", "TransactionCurrency")
VERBS = ("Create", "Read", "Write", "Delete", "Append", "AppendTo")


def everything_but(seller: Limited, *more: str) -> None:
    """All verbs on documents, parties and the catalog, and these privileges besides."""
    seller.may([*(f"prv{verb}{stem}" for stem in STEMS for verb in VERBS), *more])


def refused(company: Company, seller: Limited, message: Message[Any], privilege: str) -> None:
    """Refused with 403 naming exactly this privilege, and nothing is written."""
    before = fingerprint(company.session)
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(message)
    assert (caught.value.status, caught.value.code) == (403, Code.PRIVILEGE_DENIED)
    assert caught.value.details["missing"] == (privilege,)
    assert privilege in caught.value.message
    assert fingerprint(company.session) == before


@pytest.mark.parametrize("table", OVERRIDE)
def test_a_typed_price_takes_its_privilege(company: Company, table: str) -> None:
    seller, document = limited(company), company.document(table, line(company.lamp))
    lines, collection = LINES[table]
    [present] = company.lines(table, document)
    typed = line(company.desk, ispriceoverridden=True, priceperunit=9)
    nested = {
        "name": "Deal",
        "customerid": Reference("account", company.acme),
        "pricelevelid": company.price_list,
        collection: [typed],
    }
    asked: list[Message[Any]] = [
        handsel.Create(lines, {f"{table}id": document, **typed}),
        handsel.Update(lines, present.id, {"ispriceoverridden": True, "priceperunit": 9}),
        handsel.Create(table, nested),
        handsel.CreateProducts([typed], Reference(table, document)),
    ]
    everything_but(seller)
    for message in asked:
        refused(company, seller, message, OVERRIDE[table])
    free: list[Message[Any]] = [
        handsel.Create(lines, {f"{table}id": document, **line(company.desk, manualdiscountamount=1)}),
        handsel.Create(lines, {f"{table}id": document, **write_in("Work", 5)}),
        handsel.Update(lines, present.id, {"quantity": 2, "manualdiscountamount": 1}),
        handsel.Create(table, {**nested, collection: [line(company.desk), write_in("Work", 5)]}),
    ]
    for message in free:
        seller.session.execute(message)
    everything_but(seller, OVERRIDE[table])
    for message in asked:
        seller.session.execute(message)
    assert company.lines(table, document)[0]["priceperunit"] == 9


@pytest.mark.parametrize(("table", "state"), [("opportunity", 1), ("salesorder", 2), ("invoice", 2)])
def test_a_closed_document_is_deleted_by_privilege(company: Company, table: str, state: int) -> None:
    seller = limited(company)
    if table == "opportunity":
        document = company.opportunity()
        company.do(handsel.WinOpportunity({"opportunityid": document}))
    else:
        document = company.order(state=state) if table == "salesorder" else company.invoice(state=state)
    everything_but(seller)
    refused(company, seller, handsel.Delete(table, document), "prvQOIOverrideDelete")
    everything_but(seller, "prvQOIOverrideDelete")
    seller.session.execute(handsel.Delete(table, document))


def test_a_date_of_the_past_takes_its_privilege(company: Company) -> None:
    seller, moment = limited(company), datetime(2001, 2, 3, tzinfo=UTC)
    values = {"name": "Old", "overriddencreatedon": moment}
    everything_but(seller)
    refused(company, seller, handsel.Create("account", values), "prvOverrideCreatedOnCreatedBy")
    seller.session.execute(handsel.Create("account", {"name": "New"}))
    everything_but(seller, "prvOverrideCreatedOnCreatedBy")
    assert seller.session.execute(handsel.Create("account", values))["createdon"] == moment


def test_many_deletions_take_their_privilege(company: Company) -> None:
    seller, url = limited(company), company.session.url
    company.create("account", name="Doomed")
    api = Api(make_application(url), make_token(url, "seller"), url)
    query = {
        "@odata.type": "Microsoft.Dynamics.CRM.QueryExpression",
        "EntityName": "account",
        "Criteria": {
            "FilterOperator": "And",
            "Conditions": [
                {
                    "AttributeName": "name",
                    "Operator": "Equal",
                    "Values": [{"Value": "Doomed", "Type": "System.String"}],
                }
            ],
        },
    }
    body = {"QuerySet": [query], "JobName": "Clean up", "SendEmailNotification": False, "ToRecipients": [],
            "CCRecipients": [], "RecurrencePattern": "", "StartDateTime": "2020-01-01T00:00:00Z"}  # fmt: skip
    jobs = [f"prv{verb}AsyncOperation" for verb in VERBS]
    everything_but(seller, *jobs)
    reply = api.post("BulkDelete", body)
    assert (reply.status, reply.code) == (403, "0x80040220"), reply.body
    assert "prvBulkDelete" in reply.message
    assert company.all("account", name="Doomed") != []
    everything_but(seller, *jobs, "prvBulkDelete")
    assert api.post("BulkDelete", body).status == 200
    assert company.all("account", name="Doomed") == []


# Links


def test_lines_along_with_a_document_take_no_write(company: Company) -> None:
    """The header's set, and AppendTo on the document and the products (security 5.1)."""
    seller = limited(company)
    names = ["prvCreateQuote", "prvReadQuote", "prvAppendQuote", "prvAppendToQuote", "prvAppendToProduct"]
    names += ["prvReadProduct", "prvReadAccount", "prvAppendToAccount", "prvReadTransactionCurrency"]
    values = {
        "name": "Deal",
        "customerid": Reference("account", company.acme),
        "pricelevelid": company.price_list,
        "quote_details": [line(company.lamp)],
    }
    seller.may(name for name in names if name != "prvAppendToQuote")
    refused(company, seller, handsel.Create("quote", values), "prvAppendToQuote")
    seller.may(names)
    made = seller.session.execute(handsel.Create("quote", values))
    refused(
        company,
        seller,
        handsel.Create("quotedetail", {"quoteid": made.id, **line(company.lamp)}),
        "prvWriteQuote",
    )


def test_what_a_close_activity_names_is_linked_by_the_caller(company: Company) -> None:
    """The caller may give the activity an owner and a currency: that takes what it takes elsewhere, too."""
    seller, other = limited(company), limited(company, "other")
    other.may(["prvCreateActivity", "prvReadActivity"])
    quote = company.quote(state=1)
    names = ["prvReadQuote", "prvCreateActivity", "prvWriteQuote", "prvAppendActivity", "prvAppendToQuote"]
    names += ["prvReadUser", "prvReadTransactionCurrency", "prvReadActivity"]
    named = {"quoteid": quote, "transactioncurrencyid": Reference("transactioncurrency", company.dollar)}
    seller.may(names)
    refused(company, seller, handsel.WinQuote(named), "prvAppendToTransactionCurrency")
    seller.may({**dict.fromkeys(names, Depth.GLOBAL), "prvCreateActivity": Depth.BASIC})
    before = fingerprint(company.session)
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(handsel.WinQuote({"quoteid": quote, "ownerid": other.me}))
    assert caught.value.code == Code.ACCESS_DENIED
    assert fingerprint(company.session) == before
    seller.session.execute(handsel.WinQuote({"quoteid": quote, "ownerid": seller.me}))


def test_many_to_many_links_take_append_and_append_to_either_way(company: Company) -> None:
    seller, opportunity = limited(company), company.opportunity()
    rival = company.create("competitor", name="Rival")
    reading = ["prvReadOpportunity", "prvReadCompetitor"]
    both = (Reference("competitor", rival), "opportunitycompetitors_association")
    link = handsel.Associate("opportunity", opportunity, both[1], both[0])
    unlink = handsel.Disassociate("opportunity", opportunity, both[1], both[0])
    seller.may([*reading, "prvAppendOpportunity"])
    refused(company, seller, link, "prvAppendToCompetitor")
    for pair in (("prvAppendOpportunity", "prvAppendToCompetitor"), ("prvAppendToOpportunity", "prvAppendCompetitor")):
        seller.may([*reading, *pair])
        seller.session.execute(link)
        seller.may([*reading, pair[0]])
        with pytest.raises(PrivilegeDenied):
            seller.session.execute(unlink)
        seller.may([*reading, *pair])
        seller.session.execute(unlink)
    seller.may(
        {**dict.fromkeys([*reading, "prvAppendToCompetitor"], Depth.GLOBAL), "prvAppendOpportunity": Depth.BASIC}
    )
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(link)
    assert caught.value.code == Code.ACCESS_DENIED


# What follows is done with the rights of the system


def test_a_dialog_closes_what_the_user_may_only_read(company: Company) -> None:
    """The opportunity's state and revenue follow from the order, also for one who may not write to it."""
    seller, opportunity = limited(company), company.opportunity(line(company.lamp))
    link = Reference("opportunity", opportunity)
    other, quote = company.quote(opportunityid=link), company.quote(line(company.lamp), opportunityid=link)
    company.update("quote", quote, statecode=1)
    names = [f"prv{verb}{stem}" for stem in ("Quote", "Order", "Activity") for verb in VERBS]
    seller.may([*names, "prvAppendToContact", "prvAppendToProduct"])
    seller.session.execute(handsel.CreateOrderFromQuote(quote, close_opportunity=True, close_related_quotes=True))
    assert company.columns("opportunity", opportunity, "statecode", "actualvalue")[0] == 1
    assert company.columns("opportunity", opportunity, "actualvalue")[0] == company.total("quote", quote)
    assert company.state("quote", other)[0] == 3


def test_a_hidden_live_quote_still_stands_in_the_way(company: Company) -> None:
    seller, opportunity = limited(company), company.opportunity()
    company.quote(opportunityid=Reference("opportunity", opportunity))
    seller.may(
        [
            "prvReadOpportunity",
            "prvWriteOpportunity",
            "prvAppendToOpportunity",
            "prvCreateActivity",
            "prvAppendActivity",
        ]
    )
    before = fingerprint(company.session)
    with pytest.raises(handsel.HandselError, match="1 quote that you may not see is still live"):
        seller.session.execute(handsel.WinOpportunity({"opportunityid": opportunity}))
    assert fingerprint(company.session) == before
