"""Given a user who may read only their own documents, rules still see all of them; the user is told of none (0013)."""

import json
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import F, Q

import handsel
from handsel import HandselError, Reference
from handsel.database.context import Actor
from handsel.database.statements import counted_statements
from handsel.engine import access, organization, reading
from handsel.engine.message import Message
from handsel.engine.predicate import ALL_ROWS, NO_ROWS, AnyOf, Predicate
from handsel.engine.work import Work
from handsel.errors import Code, NotFound
from handsel.site.cli import main
from handsel.site.wsgi import make_application
from tests.people import make_administrator
from tests.scenarios.company import Company, line, write_in
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

DOCUMENTS = ("opportunity", "quote", "salesorder", "invoice")
UNSEEN = "that you may not see"


def own_documents(actor: Actor, table: str) -> Predicate:
    """Documents of the acting user, and the lines of their quotes; of all other tables every row."""
    if table in DOCUMENTS:
        return Predicate("own", lambda bind: Q(owning_user=bind("user")), {"user": actor.user_id})
    if table == "quotedetail":
        owners = (actor.user_id, uuid4())
        return Predicate("of own", lambda bind: Q(AnyOf(F("quote__owning_user"), bind("owners"))), {"owners": owners})
    return ALL_ROWS


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """From now on users read only what a predicate says, as they will by their roles."""

    def install(predicate: Callable[[Actor, str], Predicate] = own_documents) -> None:
        monkeypatch.setattr(access, "predicate", predicate)

    return install


@pytest.fixture
def seller(company: Company) -> Company:
    """The same database as the company's, acting as a user besides the administrator."""
    make_administrator(company.session, "seller", firstname="Sally", lastname="Seller")
    return Company(company.session.as_user("seller"))


@pytest.fixture
def api(company: Company) -> Api:
    """The Web API as the seller."""
    url = company.session.url
    return Api(make_application(url), make_token(url, "seller"), url)


# What the user reads


def test_two_users_share_one_statement_and_see_different_rows(company: Company, seller: Company, narrow):
    hers, his = seller.quote(), company.quote()
    narrow()
    assert company.row("quote", his)["quoteid"] == his
    compiled = reading._compiled.cache_info()
    assert seller.row("quote", hers)["quoteid"] == hers
    assert reading._compiled.cache_info().misses == compiled.misses
    for reader, other in ((company, hers), (seller, his)):
        with pytest.raises(NotFound):
            reader.row("quote", other)
    assert reading._compiled.cache_info().misses == compiled.misses
    assert compiled.maxsize == reading.MOST_COMPILED


def test_every_question_is_narrowed(company: Company, seller: Company, narrow):
    hers, his = seller.quote(write_in("Hers", 1)), company.quote(write_in("His", 1))
    narrow()
    for reader, own in ((seller, hers), (company, his)):
        assert [row.id for row in reader.session.rows("quote")] == [own]
        assert [row.id for row in reader.session.rows("quote", order_by="name", top=1000)] == [own]
        assert reader.session.count("quote") == 1
        assert list(reader.session.queryset("quote").values_list("pk", flat=True)) == [own]
        assert [row["quoteid"] for row in reader.session.rows("quotedetail")] == [own]
        assert reader.session.queryset("quotedetail").count() == 1


def test_who_may_read_nothing_finds_nothing(company: Company, narrow):
    quote = company.quote()
    narrow(lambda _actor, _table: NO_ROWS)
    assert list(company.session.rows("quote")) == []
    with pytest.raises(NotFound):
        company.row("quote", quote)


def test_what_the_system_knows_is_not_shown(company: Company, seller: Company, narrow):
    hers, his, other = seller.quote(), company.quote(), company.quote()
    narrow()
    with seller.session.entered(), transaction.atomic(using=seller.session.context.alias):
        work = Work(seller.session.context, organization.begin_transaction(seller.session.context), collect=False)
        known = work.as_system.load("quote", [hers, his, other])
        assert set(known) == {hers, his, other}
        assert [work.as_user.row("quote", id) for id in (hers, his)] == [None, None]
        with counted_statements() as count:
            assert [work.as_user.sees(known[id]) for id in (hers, his, other)] == [True, False, False]
            assert set(work.as_user.load("quote", [hers, his, other])) == {hers}
        assert len(count) == 1
        assert work.as_user.row("quote", hers) is known[hers]
        (listed,) = work.as_user.children("quote", "customerid", [company.acme]).values()
        assert [row is known[hers] for row in listed] == [True]
        assert len(work.as_system.children("quote", "customerid", [company.acme])[company.acme]) == 3


# Rules see what the user may not


def test_a_hidden_live_quote_stands_in_the_way_of_winning(company: Company, seller: Company, narrow):
    opportunity = seller.opportunity()
    link = Reference("opportunity", opportunity)
    hidden = [company.quote(opportunityid=link) for _ in range(2)]
    narrow()
    win = handsel.WinOpportunity({"opportunityid": opportunity})
    error = seller.refuses(win, Code.INVALID_STATE, f"cannot be closed: 2 quotes {UNSEEN} are still live. Win or")
    asked = seller.do(handsel.CanCloseOpportunity(opportunity))
    assert asked == {"CanClose": False, "Reasons": [error.message]}
    hers = seller.quote(opportunityid=link)
    (number,) = seller.columns("quote", hers, "quotenumber")
    error = seller.refuses(win, Code.INVALID_STATE, f"Quote {number} is still draft, and 2 more {UNSEEN}. Win or")
    for id in hidden:
        assert company.columns("quote", id, "quotenumber")[0] not in error.message
    named = handsel.CanCloseOpportunity(opportunity, quote_id=hidden[0])
    assert seller.do(named)["CanClose"] is False


def test_a_hidden_live_revision_stands_in_the_way_of_revising(company: Company, seller: Company, narrow):
    closed = seller.quote(state=3)
    live = company.do(handsel.ReviseQuote(closed)).id
    company.update("quote", live, ownerid=Reference("systemuser", company.session.user.user_id))
    narrow()
    (number,) = seller.columns("quote", closed, "quotenumber")
    said = f"Quote {number} already has a draft or active revision {UNSEEN}."
    for message in (handsel.ReviseQuote(closed), handsel.Update("quote", closed, {"statecode": 0})):
        error = seller.refuses(message, Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE, said)
        assert str(live) not in json.dumps({"said": error.message, **error.details})
    company.delete("quote", live)
    (revision,) = seller.columns("quote", seller.do(handsel.ReviseQuote(closed)).id, "revisionnumber")
    assert revision == 1


def test_revision_numbers_count_hidden_revisions(company: Company, seller: Company, narrow):
    closed = seller.quote(state=3)
    hidden = company.do(handsel.ReviseQuote(closed)).id
    company.update("quote", hidden, ownerid=Reference("systemuser", company.session.user.user_id))
    company.update("quote", hidden, statecode=1)
    company.do(handsel.CloseQuote({"quoteid": hidden}))
    narrow()
    assert seller.do(handsel.ReviseQuote(closed))["revisionnumber"] == 2


def test_revenue_counts_hidden_orders(company: Company, seller: Company, narrow):
    opportunity = seller.opportunity()
    link = Reference("opportunity", opportunity)
    seller.order(write_in("Work", 100), opportunityid=link)
    company.order(write_in("Work", 23), opportunityid=link)
    seller.do(handsel.WinOpportunity({"opportunityid": opportunity}))
    narrow()
    assert seller.do(handsel.CalculateActualValueOpportunity(opportunity)) == {"Value": Decimal(123)}


def test_a_currency_stays_while_hidden_quotes_have_it(company: Company, seller: Company, narrow):
    opportunity = seller.opportunity(pricelevelid=None)
    company.quote(opportunityid=Reference("opportunity", opportunity))
    narrow()
    change = handsel.Update("opportunity", opportunity, {"transactioncurrencyid": company.euro})
    seller.refuses(change, Code.CURRENCY_NOT_EQUAL, "has 1 quote")


def test_closing_the_other_quotes_closes_hidden_ones(company: Company, seller: Company, narrow):
    opportunity = seller.opportunity()
    link = Reference("opportunity", opportunity)
    hidden, hers = company.quote(opportunityid=link), seller.quote(state=1, opportunityid=link)
    narrow()
    seller.do(handsel.CreateOrderFromQuote(hers, close_related_quotes=True, close_opportunity=True))
    assert company.state("quote", hidden) == (3, 6)
    assert seller.columns("opportunity", opportunity, "statecode") == (1,)


def test_a_hidden_quote_that_cannot_be_closed_is_not_named(company: Company, seller: Company, narrow):
    opportunity = seller.opportunity()
    link = Reference("opportunity", opportunity)
    hidden = company.quote(opportunityid=link, pricelevelid=None)
    hers = seller.quote(state=1, opportunityid=link)
    narrow()
    error = seller.refuses(
        handsel.CreateOrderFromQuote(hers, close_related_quotes=True),
        Code.MISSING_PRICE_LEVEL_ID,
        f"A quote {UNSEEN} stands in the way.",
    )
    assert company.columns("quote", hidden, "quotenumber")[0] not in error.message


def test_a_lead_with_a_hidden_opportunity_is_not_disqualified(company: Company, seller: Company, narrow):
    lead = seller.create("lead", subject="Chairs", lastname="Lee")
    company.opportunity(originatingleadid=Reference("lead", lead), name="Secret")
    narrow()
    change = handsel.Update("lead", lead, {"statecode": 2})
    error = seller.refuses(change, Code.INVALID_STATE, f"cannot be disqualified: 1 opportunity {UNSEEN} came of it.")
    assert "Secret" not in error.message


def test_hidden_parts_of_a_bundle_come_along(company: Company, seller: Company, narrow):
    (bundle,) = company.products({"name": "Set", "productstructure": 3}, published=False)
    part = {"productid": bundle, "uomid": company.piece, "productisrequired": 1}
    company.create("productassociation", **part, associatedproduct=company.lamp)
    company.update("product", bundle, statecode=0)

    def without_lamps(_actor: Actor, table: str) -> Predicate:
        if table != "product":
            return ALL_ROWS
        return Predicate("no lamps", lambda bind: ~Q(pk=bind("lamp")), {"lamp": company.lamp})

    narrow(without_lamps)
    quote = seller.quote(line(bundle))
    assert [row["productid"] for row in seller.lines("quote", quote)] == [bundle, company.lamp]
    added = handsel.Create("quotedetail", {"quoteid": quote, **line(company.lamp)})
    seller.refuses(added, Code.PRODUCT_DOES_NOT_EXIST, f"no product {company.lamp}")
    asked = handsel.GetQuantityDecimal(Reference("quote", quote), company.lamp, company.piece)
    seller.refuses(asked, Code.OBJECT_DOES_NOT_EXIST, str(company.lamp))


# What a user may not see does not exist for them


def hidden_deal(company: Company) -> dict[str, UUID]:
    opportunity = company.opportunity()
    quote = company.quote(write_in("Work", 5), opportunityid=Reference("opportunity", opportunity))
    (detail,) = company.lines("quote", quote)
    return {"opportunity": opportunity, "quote": quote, "quotedetail": detail.id}


def test_hidden_rows_are_not_found_by_any_message(company: Company, seller: Company, narrow):
    hidden, hers = hidden_deal(company), seller.quote()
    narrow()
    quote, opportunity = hidden["quote"], hidden["opportunity"]
    for message in (
        handsel.Retrieve("quote", quote),
        handsel.Update("quote", quote, {"name": "Mine"}),
        handsel.Update("quotedetail", hidden["quotedetail"], {"quantity": 9}),
        handsel.Delete("quote", quote),
        handsel.Delete("quotedetail", hidden["quotedetail"]),
        handsel.Create("quotedetail", {"quoteid": quote, **write_in("More", 1)}),
        handsel.Create("quote", {"name": "Mine", "opportunityid": opportunity}),
        handsel.Update("quote", hers, {"opportunityid": opportunity}),
        handsel.Associate("quote", hers, "opportunityid", Reference("opportunity", opportunity)),
        handsel.GenerateQuoteFromOpportunity(opportunity),
        handsel.GetQuoteProductsFromOpportunity(hers, opportunity),
        handsel.WinQuote({"quoteid": quote}),
        handsel.ReviseQuote(quote),
        handsel.CalculateActualValueOpportunity(opportunity),
        handsel.CanCloseOpportunity(opportunity),
        handsel.RetrievePriceTrace(Reference("quote", quote)),
        handsel.CalculatePrice(Reference("quotedetail", hidden["quotedetail"])),
        handsel.InitializeFrom(Reference("opportunity", opportunity), "quote", "All"),
    ):
        error = seller.refuses(message, Code.OBJECT_DOES_NOT_EXIST)
        assert isinstance(error, NotFound), message
        assert "Deal" not in error.message


def test_a_line_of_a_hidden_document_is_not_found(company: Company, seller: Company, narrow):
    """Also where nothing narrows the lines themselves."""
    hidden = hidden_deal(company)
    narrow(lambda actor, table: own_documents(actor, table) if table in DOCUMENTS else ALL_ROWS)
    seller.refuses(handsel.Update("quotedetail", hidden["quotedetail"], {"quantity": 9}), Code.OBJECT_DOES_NOT_EXIST)


def test_a_hidden_row_is_not_overwritten_by_upsert(company: Company, seller: Company, narrow):
    hidden = hidden_deal(company)["quote"]
    narrow()
    with pytest.raises(HandselError) as caught:
        seller.do(handsel.Upsert("quote", hidden, {"name": "Mine"}))
    assert caught.value.code == Code.DUPLICATE_RECORD
    assert company.columns("quote", hidden, "name") == ("Deal",)


def test_hidden_rows_are_not_found_by_the_web_api(company: Company, seller: Company, api: Api, narrow):
    hidden, hers = hidden_deal(company), seller.quote()
    narrow()
    quote, opportunity = hidden["quote"], hidden["opportunity"]
    for reply in (
        api.get(f"quotes({quote})"),
        api.get(f"quotes({quote})/quote_details"),
        api.get(f"quotes({quote})/name/$value"),
        api.patch(f"quotes({quote})", {"name": "Mine"}, if_match="*"),
        api.delete(f"quotes({quote})"),
        api.post("quotes", {"name": "Mine", "opportunityid@odata.bind": f"/opportunities({opportunity})"}),
        api.post("ReviseQuote", {"QuoteId": str(quote), "ColumnSet": {"AllColumns": True}}),
        api.post("WinQuote", {"Status": 4, "QuoteClose": {"quoteid@odata.bind": f"/quotes({quote})"}}),
    ):
        assert (reply.status, reply.code) == (404, "0x80040217"), reply.body
    assert [row["quoteid"] for row in api.get("quotes?$select=name").rows] == [str(hers)]
    assert api.get("quotes/$count").body == b"1"
    assert api.get(f"quotes?$filter=quoteid eq {quote}").rows == []
    assert api.get("quotedetails?$select=productdescription").rows == []


def test_a_name_of_a_hidden_row_is_not_told(company: Company, seller: Company, api: Api, narrow):
    secret = company.opportunity(name="Secret")
    hers = seller.quote(opportunityid=Reference("opportunity", secret))
    narrow()
    formatted = {"Prefer": 'odata.include-annotations="*"'}
    for path in (f"quotes({hers})", f"quotes({hers})?$expand=opportunityid", "quotes?$filter=startswith(name,'Deal')"):
        reply = api("GET", path, headers=formatted)
        assert reply.status == 200
        assert str(secret).encode() in reply.body
        assert b"Secret" not in reply.body


def test_hidden_rows_are_not_found_by_the_command_line(
    company: Company, seller: Company, narrow, capsys: pytest.CaptureFixture[str]
):
    hidden, hers = company.quote(), seller.quote()
    number, own = (reader.columns("quote", id, "quotenumber")[0] for reader, id in ((company, hidden), (seller, hers)))
    as_seller = ("--database", seller.session.url, "--as", "seller")
    narrow()
    for arguments in (
        ("show", str(hidden)),
        ("show", number),
        ("message", "ReviseQuote", json.dumps({"QuoteId": str(hidden)})),
    ):
        assert main([*arguments, *as_seller]) != 0
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "Deal" not in printed.err
    assert main(["show", own, *as_seller]) == 0
    assert own in capsys.readouterr().out


# What it costs


def test_a_narrowed_user_costs_no_statement_more(company: Company, seller: Company, narrow):
    """Compared with one who may read all; a refusal or notice that names rows costs one more, to know which it may."""

    def cost(message: Message) -> int:
        with counted_statements() as count:
            seller.do(message)
        return len(count)

    opportunity = seller.opportunity(line(company.lamp, 2), write_in("Work", 5))
    quote = seller.quote()
    messages = (
        handsel.GenerateQuoteFromOpportunity(opportunity),
        handsel.Create("quotedetail", {"quoteid": quote, **line(company.lamp)}),
        handsel.Create("quote", {"name": "Next", "opportunityid": opportunity}),
        handsel.RetrievePriceTrace(Reference("quote", quote)),
    )
    before = [cost(message) for message in messages]
    asking = cost(handsel.CanCloseOpportunity(opportunity))
    narrow()
    generated, *others = (cost(message) for message in messages)
    assert others == before[1:]
    assert generated == before[0] + 1  # there is a quote now, which the notice names
    assert cost(handsel.CanCloseOpportunity(opportunity)) == asking + 1
