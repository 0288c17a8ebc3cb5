"""What every conversion of the chain copies, column by column (behaviour 3.1 to 3.5, 7)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

import handsel
from handsel import ColumnSet, Reference
from handsel.errors import Code
from tests.people import make_administrator
from tests.scenarios.company import LINES, Company, line, write_in

CAMPAIGN = uuid4()


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


ADDRESS_PARTS = {
    "name": "Store",
    "line1": "Dock 1",
    "line2": "Gate 2",
    "line3": "Bay 3",
    "city": "Basel",
    "stateorprovince": "BS",
    "postalcode": "4000",
    "country": "Switzerland",
    "telephone": "+41 61",
    "fax": "+41 62",
}
ADDRESSES = {
    f"{block}_{part}": f"{text} {block}" for block in ("billto", "shipto") for part, text in ADDRESS_PARTS.items()
}
ADDRESSES = {name: value[:20] for name, value in ADDRESSES.items()}
CONTACTS = {"billto_contactname": "Bea Bill", "shipto_contactname": "Shea Ship"}
ADDRESS_IDS = {"billto_addressid": uuid4(), "shipto_addressid": uuid4()}

SHARED = {
    "name": "Renovation",
    "description": "Two floors",
    "discountamount": Decimal(5),
    "discountpercentage": Decimal(10),
    "freightamount": Decimal("12.5"),
    "emailaddress": "buyer@example.com",
}
"""Header columns that every conversion copies, besides owner, customer, price list and currency."""

TERMS = {"paymenttermscode": 4, "shippingmethodcode": 5, "willcall": True}
LINE_ADDRESS = {f"shipto_{part}": f"{text} x" for part, text in ADDRESS_PARTS.items()}
LINE_SHIPPING = {**LINE_ADDRESS, "shipto_freighttermscode": 2, "willcall": True}
LINE_IDS = {"shipto_addressid": uuid4(), "shipto_contactname": "Lee Line"}

TOTALS = (
    "totallineitemamount",
    "totallineitemdiscountamount",
    "totaldiscountamount",
    "totalamountlessfreight",
    "totaltax",
    "totalamount",
)


def products(company: Company) -> list[dict]:
    """Lines of every kind, and their sum worked out by hand.

    2 × 19.99 − 1 + 0.50 = 39.48, of which 0.50 tax; 3 × 200 = 600 overridden; 1.5 × 100 − 10 + 2 = 142, of which 2 tax.
    Lines without tax: 38.98 + 600 + 140 = 778.98; 10 % of it 77.90; less 5: 696.08; freight 12.50, tax 2.50: 711.08.
    """
    return [
        line(company.lamp, 2, manualdiscountamount=1, tax="0.5", description="Hall"),
        line(company.desk, 3, ispriceoverridden=True, priceperunit=200),
        write_in("Consulting", 100, "1.5", manualdiscountamount=10, tax=2, sequencenumber=40),
    ]


TOTAL = {
    "totallineitemamount": Decimal("778.98"),
    "totallineitemdiscountamount": Decimal(11),
    "totaldiscountamount": Decimal("93.90"),
    "totalamountlessfreight": Decimal("696.08"),
    "totaltax": Decimal("2.50"),
    "totalamount": Decimal("711.08"),
}
COPIED_LINE = (
    "productid",
    "uomid",
    "quantity",
    "isproductoverridden",
    "productdescription",
    "productname",
    "ispriceoverridden",
    "priceperunit",
    "manualdiscountamount",
    "tax",
    "volumediscountamount",
    "baseamount",
    "extendedamount",
    "description",
    "lineitemnumber",
    "sequencenumber",
    "producttypecode",
    "propertyconfigurationstatus",
    "transactioncurrencyid",
    "pricingerrorcode",
)


@dataclass(frozen=True)
class ConversionRoute:
    """A conversion: its message, and how to make a source from given header columns and lines."""

    message: str
    source: str
    target: str
    locks: bool

    def __str__(self) -> str:
        return f"{self.source}-{self.target}"

    def source_of(self, company: Company, *lines, **values) -> UUID:
        made = company.document(self.source, *lines, **values)
        if self.source == "quote":
            company.update("quote", made, statecode=1)
            if self.target == "quote":
                company.do(handsel.CloseQuote({"quoteid": made}))
        return made

    def convert(self, company: Company, source: UUID):
        return company.do(getattr(handsel, self.message)(source))


CONVERSION_ROUTES = [
    ConversionRoute("GenerateQuoteFromOpportunity", "opportunity", "quote", locks=False),
    ConversionRoute("GenerateSalesOrderFromOpportunity", "opportunity", "salesorder", locks=True),
    ConversionRoute("GenerateInvoiceFromOpportunity", "opportunity", "invoice", locks=True),
    ConversionRoute("ReviseQuote", "quote", "quote", locks=False),
    ConversionRoute("ConvertQuoteToSalesOrder", "quote", "salesorder", locks=True),
    ConversionRoute("ConvertSalesOrderToInvoice", "salesorder", "invoice", locks=True),
]
FROM_OPPORTUNITY, ONWARD = CONVERSION_ROUTES[:3], CONVERSION_ROUTES[3:]
LOCKING = [route for route in CONVERSION_ROUTES if route.locks]
each_conversion = pytest.mark.parametrize("route", CONVERSION_ROUTES, ids=str)
each_onward = pytest.mark.parametrize("route", ONWARD, ids=str)
each_from_opportunity = pytest.mark.parametrize("route", FROM_OPPORTUNITY, ids=str)


# Headers (7.1)


@each_conversion
def test_name_discounts_freight_and_texts_travel(company: Company, route: ConversionRoute):
    target = route.convert(company, route.source_of(company, **SHARED))
    assert {name: target[name] for name in SHARED} == SHARED


@each_conversion
def test_the_owner_travels_and_is_not_the_caller(company: Company, route: ConversionRoute):
    unit = company.columns("systemuser", company.session.user.user_id, "businessunitid")[0]
    seller = make_administrator(company.session, "sam")
    target = route.convert(company, route.source_of(company, ownerid=Reference("systemuser", seller)))
    assert (target["ownerid"], target["owninguser"], target["owningteam"]) == (seller, seller, None)
    assert target["owningbusinessunit"] == unit
    assert target["createdby"] == company.session.user.user_id


@each_conversion
def test_an_owning_team_travels(company: Company, route: ConversionRoute):
    team = company.create("team", name="North")
    target = route.convert(company, route.source_of(company, ownerid=Reference("team", team)))
    assert (target["ownerid"], target["owninguser"], target["owningteam"]) == (team, None, team)


@each_conversion
@pytest.mark.parametrize("table", ["account", "contact"])
def test_the_customer_travels_as_account_or_contact(company: Company, route: ConversionRoute, table):
    id = {"account": company.acme, "contact": company.ann}[table]
    target = route.convert(company, route.source_of(company, customerid=Reference(table, id)))
    expected = {"customerid": id, "accountid": None, "contactid": None, f"{table}id": id}
    assert {name: target[name] for name in expected} == expected


@each_conversion
def test_price_list_currency_and_the_rate_it_was_sold_at_travel(company: Company, route: ConversionRoute):
    source = route.source_of(company, line(company.lamp, 2), pricelevelid=company.euro_list)
    company.update("transactioncurrency", company.euro, exchangerate="0.5")
    target = route.convert(company, source)
    assert (target["pricelevelid"], target["transactioncurrencyid"]) == (company.euro_list, company.euro)
    assert target["exchangerate"] == Decimal("0.8")
    assert (target["totalamount"], target["totalamount_base"]) == (
        Decimal("39.98"),
        Decimal("49.98"),
    )  # 39.98 / 0.8 = 49.975
    (detail,) = company.lines(route.target, target.id)
    assert (detail["transactioncurrencyid"], detail["exchangerate"]) == (company.euro, Decimal("0.8"))
    assert (detail["priceperunit_base"], detail["extendedamount_base"]) == (
        Decimal("24.99"),
        Decimal("49.98"),
    )  # 24.9875


@each_conversion
def test_totals_are_worked_out_again_and_are_equal(company: Company, route: ConversionRoute):
    source = route.source_of(company, *products(company), **SHARED)
    target = route.convert(company, source)
    assert {name: target[name] for name in TOTALS} == TOTAL
    assert company.columns(route.source, source, *TOTALS) == tuple(TOTAL.values())
    assert company.columns(route.target, target.id, *TOTALS) == tuple(TOTAL.values())
    assert target["pricingerrorcode"] == 0


@pytest.mark.parametrize("route", [a for a in CONVERSION_ROUTES if "invoice" not in str(a)], ids=str)
def test_the_campaign_travels_where_both_have_it(company: Company, route: ConversionRoute):
    assert route.convert(company, route.source_of(company, campaignid=CAMPAIGN))["campaignid"] == CAMPAIGN


@each_onward
def test_addresses_and_terms_travel_onward(company: Company, route: ConversionRoute):
    given = {**ADDRESSES, **TERMS, "shipto_freighttermscode": 1}
    target = route.convert(company, route.source_of(company, **given))
    assert {name: target[name] for name in given} == given
    expected = "\n".join([given["billto_line1"], given["billto_line2"], given["billto_line3"]])
    assert target["billto_composite"].startswith(expected)


@pytest.mark.parametrize("route", ONWARD[:2], ids=str)
def test_address_ids_contacts_freight_terms_and_wished_day_travel_to_revision_and_order(
    company: Company, route: ConversionRoute
):
    given = {**ADDRESS_IDS, **CONTACTS, "freighttermscode": 2, "requestdeliveryby": day("2026-08-09")}
    target = route.convert(company, route.source_of(company, **given))
    assert {name: target[name] for name in given} == given


def test_an_invoice_lacks_what_dynamics_invoices_lack(company: Company):
    order = company.order(**ADDRESS_IDS, **CONTACTS, freighttermscode=2, requestdeliveryby="2026-08-09", prioritycode=1)
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order))
    absent = {*ADDRESS_IDS, *CONTACTS, "freighttermscode", "requestdeliveryby", "campaignid"}
    assert absent & set(invoice) == set()
    assert invoice["prioritycode"] == 1
    assert (invoice["duedate"], invoice["datedelivered"]) == (None, None)


@each_from_opportunity
def test_addresses_and_terms_come_from_the_customer(company: Company, route: ConversionRoute):
    target = route.convert(company, route.source_of(company))
    expected = {
        "name": "Head office",
        "contactname": "Ann Lee",
        "line1": "Main St 1",
        "line2": "Floor 2",
        "line3": "Door 3",
        "city": "Bern",
        "stateorprovince": "BE",
        "postalcode": "3000",
        "country": "Switzerland",
        "telephone": "+41 31",
        "fax": "+41 32",
        "composite": "Main St 1\nFloor 2\nDoor 3\nBern, BE 3000\nSwitzerland",
    }
    if route.target == "invoice":
        del expected["contactname"]
    for block in ("billto", "shipto"):
        assert {part: target[f"{block}_{part}"] for part in expected} == expected
    terms = {"paymenttermscode": 2, "shippingmethodcode": 3, "freighttermscode": 1}
    if route.target == "invoice":
        del terms["freighttermscode"]
    assert {name: target[name] for name in terms} == terms


@each_from_opportunity
def test_a_contact_is_a_customer_with_addresses_too(company: Company, route: ConversionRoute):
    target = route.convert(company, route.source_of(company, customerid=Reference("contact", company.ann)))
    assert (target["billto_line1"], target["shipto_city"], target["billto_name"]) == ("Lake Rd 9", "Thun", "Ann Lee")


@each_from_opportunity
def test_the_customers_own_shipping_option_is_not_mistaken_for_a_carrier(company: Company, route: ConversionRoute):
    company.update("account", company.acme, shippingmethodcode=1, address1_shippingmethodcode=None)
    assert route.convert(company, route.source_of(company))["shippingmethodcode"] is None


@each_from_opportunity
def test_further_addresses_are_used_for_what_they_are_for(company: Company, route: ConversionRoute):
    company.update("account", company.acme, address1_addresstypecode=1)
    further = {"parentid": Reference("account", company.acme), "name": "Depot", "line1": "Rail Rd 5", "city": "Chur"}
    company.create("customeraddress", **further, addresstypecode=2)
    target = route.convert(company, route.source_of(company))
    assert (target["billto_city"], target["shipto_city"], target["shipto_name"]) == ("Bern", "Chur", "Depot")


@pytest.mark.parametrize("table", ["quote", "salesorder", "invoice"])
def test_a_plain_create_takes_nothing_from_the_customer(company: Company, table):
    row = company.row(table, company.document(table))
    assert {row[name] for name in ("billto_line1", "shipto_city", "paymenttermscode", "shippingmethodcode")} == {None}


def test_given_no_customer_then_addresses_stay_empty(company: Company):
    quote = company.do(handsel.GenerateQuoteFromOpportunity(company.opportunity(customerid=None)))
    assert (quote["customerid"], quote["billto_line1"], quote["paymenttermscode"]) == (None, None, None)


@pytest.mark.parametrize("route", FROM_OPPORTUNITY[1:], ids=str)
def test_the_priority_travels_straight_to_order_and_invoice(company: Company, route: ConversionRoute):
    assert route.convert(company, route.source_of(company, prioritycode=1))["prioritycode"] == 1


@each_conversion
def test_the_new_document_is_in_its_first_state(company: Company, route: ConversionRoute):
    target = route.convert(company, route.source_of(company))
    assert (target["statecode"], target["statuscode"]) == (0, 1)


@pytest.mark.parametrize("route", LOCKING, ids=str)
def test_orders_and_invoices_made_from_others_have_locked_prices(company: Company, route: ConversionRoute):
    assert route.convert(company, route.source_of(company))["ispricelocked"] is True


def test_parents_and_the_opportunity_are_linked_along_the_whole_chain(company: Company):
    opportunity = company.opportunity(line(company.lamp))
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    company.update("quote", quote.id, statecode=1)
    revision = company.do(handsel.ReviseActiveQuote(quote.id))
    company.update("quote", revision.id, statecode=1)
    order = company.do(handsel.ConvertQuoteToSalesOrder(revision.id))
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order.id))
    assert {row["opportunityid"] for row in (quote, revision, order, invoice)} == {opportunity}
    assert (order["quoteid"], invoice["salesorderid"]) == (revision.id, order.id)
    assert (order["ordercreationmethod"], quote["quotecreationmethod"]) == (776160001, 776160000)


def test_an_order_straight_from_an_opportunity_has_no_quote(company: Company):
    opportunity = company.opportunity()
    order = company.do(handsel.GenerateSalesOrderFromOpportunity(opportunity))
    invoice = company.do(handsel.GenerateInvoiceFromOpportunity(opportunity))
    assert (order["opportunityid"], order["quoteid"], order["ordercreationmethod"]) == (opportunity, None, 776160000)
    assert (invoice["opportunityid"], invoice["salesorderid"]) == (opportunity, None)
    assert company.state("opportunity", opportunity) == (0, 1)


def test_dates_and_numbers_of_the_quote_do_not_reach_the_order(company: Company):
    quote = company.quote(state=1, effectivefrom="2026-01-01", effectiveto="2026-02-01", expireson="2026-02-02")
    order = company.do(handsel.ConvertQuoteToSalesOrder(quote))
    assert {"effectivefrom", "effectiveto", "expireson", "closedon", "quotenumber", "revisionnumber"} & set(
        order
    ) == set()
    assert order["ordernumber"] != company.columns("quote", quote, "quotenumber")[0]


def test_back_office_columns_of_the_order_do_not_reach_the_invoice(company: Company):
    given = {
        "submitdate": "2026-01-01",
        "submitstatus": 3,
        "submitstatusdescription": "ok",
        "datefulfilled": "2026-02-01",
    }
    order = company.order(**given, lastbackofficesubmit="2026-01-03T00:00:00Z")
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order))
    assert set(given) & set(invoice) == set()
    assert invoice["lastbackofficesubmit"] is None


def test_a_revision_keeps_its_dates(company: Company):
    given = {"effectivefrom": day("2026-01-01"), "effectiveto": day("2026-02-01"), "expireson": date(2026, 2, 2)}
    revision = company.do(handsel.ReviseQuote(company.quote(state=3, **given)))
    assert {name: revision[name] for name in given} == given


@each_conversion
def test_an_imports_marks_stay_behind(company: Company, route: ConversionRoute):
    given = {"importsequencenumber": 9, "overriddencreatedon": "2020-01-01T00:00:00Z", "skippricecalculation": 1}
    target = route.convert(company, route.source_of(company, **given))
    assert {target[name] for name in given} == {None}
    assert target["createdon"].year > 2020


@each_conversion
def test_notes_stay_behind(company: Company, route: ConversionRoute):
    source = route.source_of(company)
    company.create("annotation", subject="Call", objectid=Reference(route.source, source))
    target = route.convert(company, source)
    assert [note["objectid"] for note in company.all("annotation")] == [source]
    assert target.id != source


@each_conversion
def test_the_column_set_limits_what_comes_back_and_not_what_is_copied(company: Company, route: ConversionRoute):
    source = route.source_of(company, *products(company), **SHARED)
    message = getattr(handsel, route.message)(source, ColumnSet(all_columns=False, columns=("name",)))
    target = company.do(message)
    assert set(target) == {f"{route.target}id", "name"}
    assert company.total(route.target, target.id) == TOTAL["totalamount"]
    assert len(company.lines(route.target, target.id)) == 3


@each_conversion
def test_an_unknown_column_in_the_column_set_is_refused(company: Company, route: ConversionRoute):
    source = route.source_of(company)
    message = getattr(handsel, route.message)(source, ColumnSet(all_columns=False, columns=("nmae",)))
    company.refuses(message, Code.QUERY_SYNTAX, "nmae")


@each_conversion
def test_each_call_makes_another_document(company: Company, route: ConversionRoute):
    if route.message == "ReviseQuote":
        return  # one live revision at a time
    source = route.source_of(company, line(company.lamp))
    first, second = route.convert(company, source), route.convert(company, source)
    number = {"quote": "quotenumber", "salesorder": "ordernumber", "invoice": "invoicenumber"}[route.target]
    assert first[number] != second[number]


@each_conversion
def test_an_unknown_source_is_not_found(company: Company, route: ConversionRoute):
    company.refuses(getattr(handsel, route.message)(company.lamp), Code.OBJECT_DOES_NOT_EXIST, str(company.lamp))


# Which states convert


@each_from_opportunity
def test_a_won_opportunity_converts_and_a_lost_one_does_not(company: Company, route: ConversionRoute):
    won, lost = company.opportunity(line(company.lamp)), company.opportunity()
    company.do(handsel.WinOpportunity({"opportunityid": won}))
    company.do(handsel.LoseOpportunity({"opportunityid": lost}))
    assert route.convert(company, won)["totalamount"] == Decimal("19.99")
    assert company.state("opportunity", won)[0] == 1
    company.refuses(getattr(handsel, route.message)(lost), Code.INVALID_STATE, "lost")


@pytest.mark.parametrize("state", range(4))
def test_which_quotes_become_orders(company: Company, state):
    quote = company.quote(line(company.lamp), state=state)
    message = handsel.ConvertQuoteToSalesOrder(quote)
    if state in (0, 3):
        company.refuses(message, Code.INVALID_STATE, {0: "draft", 3: "closed"}[state])
        return
    order = company.do(message)
    assert order["totalamount"] == Decimal("19.99")
    assert company.state("quote", quote) == (2, 4)
    assert len(company.all("quoteclose")) == 1


def test_converting_an_active_quote_wins_it_with_the_close_parameters(company: Company):
    quote = company.quote(state=1)
    company.do(
        handsel.ConvertQuoteToSalesOrder(
            quote,
            quote_close_date="2026-03-04T00:00:00Z",
            quote_close_status=4,
            quote_close_subject="Signed",
            quote_close_description="At the fair",
        )
    )
    assert company.columns("quote", quote, "closedon") == (date(2026, 3, 4),)
    (activity,) = company.all("quoteclose")
    assert (activity["subject"], activity["description"]) == ("Signed", "At the fair")


def test_converting_with_a_close_status_that_is_not_won_is_refused(company: Company):
    quote = company.quote(state=1)
    company.refuses(handsel.ConvertQuoteToSalesOrder(quote, quote_close_status=5), Code.STATUS_NOT_VALID_FOR_STATE)


@pytest.mark.parametrize("state", range(5))
def test_which_orders_become_invoices(company: Company, state):
    order = company.order(line(company.lamp), state=state)
    message = handsel.ConvertSalesOrderToInvoice(order)
    if state == 2:
        company.refuses(message, Code.INVALID_STATE, "canceled")
        return
    before = company.row("salesorder", order)
    assert company.do(message)["totalamount"] == Decimal("19.99")
    assert company.row("salesorder", order) == before


# Lines (7.2)


@each_conversion
def test_lines_of_every_kind_travel_with_their_amounts(company: Company, route: ConversionRoute):
    source = route.source_of(company, *products(company), **SHARED)
    target = route.convert(company, source)
    before, after = company.lines(route.source, source), company.lines(route.target, target.id)
    assert [{name: row[name] for name in COPIED_LINE} for row in after] == [
        {name: row[name] for name in COPIED_LINE} for row in before
    ]
    assert [row["extendedamount"] for row in after] == [Decimal("39.48"), 600, 142]
    assert [row["baseamount"] for row in after] == [Decimal("39.98"), 600, 150]
    name = {"quote": "quotedetailname", "salesorder": "salesorderdetailname", "invoice": "invoicedetailname"}[
        route.target
    ]
    assert [row[name] for row in after] == ["Lamp", "Desk", "Consulting"]


@each_conversion
def test_a_long_name_travels_in_full_and_the_shorter_name_column_is_cut(company: Company, route: ConversionRoute):
    text = "Consulting " * 40
    target = route.convert(company, route.source_of(company, write_in(text, 5)))
    (detail,) = company.lines(route.target, target.id)
    assert (detail["productdescription"], detail["productname"]) == (text, text)
    name = {"quote": "quotedetailname", "salesorder": "salesorderdetailname", "invoice": "invoicedetailname"}[
        route.target
    ]
    assert detail[name] in (text, text[:100])


@each_conversion
def test_lines_keep_their_order_however_they_were_numbered(company: Company, route: ConversionRoute):
    lines = [
        write_in(text, 1, lineitemnumber=number, sequencenumber=number)
        for text, number in (("c", 30), ("a", 10), ("b", 20))
    ]
    target = route.convert(company, route.source_of(company, *lines))
    after = company.lines(route.target, target.id)
    assert [(row["productname"], row["lineitemnumber"], row["sequencenumber"]) for row in after] == [
        ("a", 10, 10),
        ("b", 20, 20),
        ("c", 30, 30),
    ]


@pytest.mark.parametrize("route", ONWARD, ids=str)
def test_ship_to_of_each_line_and_the_salesperson_travel(company: Company, route: ConversionRoute):
    given = {**LINE_SHIPPING, "salesrepid": company.session.user.user_id}
    target = route.convert(company, route.source_of(company, line(company.lamp, **given), line(company.desk)))
    first, second = company.lines(route.target, target.id)
    assert {name: first[name] for name in given} == given
    assert (second["shipto_city"], second["willcall"]) == (None, False)


@pytest.mark.parametrize("route", ONWARD[:2], ids=str)
def test_a_lines_address_id_contact_and_wished_day_travel_to_revision_and_order(
    company: Company, route: ConversionRoute
):
    given = {**LINE_IDS, "requestdeliveryby": day("2026-08-09")}
    target = route.convert(company, route.source_of(company, line(company.lamp, **given)))
    (detail,) = company.lines(route.target, target.id)
    assert {name: detail[name] for name in given} == given


def test_shipped_quantities_travel_to_the_invoice(company: Company):
    given = {"quantityshipped": Decimal(3), "quantitybackordered": Decimal(2), "quantitycancelled": Decimal(1)}
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(company.order(line(company.lamp, 6, **given))))
    (detail,) = company.lines("invoice", invoice.id)
    assert {name: detail[name] for name in given} == given
    assert (detail["actualdeliveryon"], detail["shippingtrackingnumber"]) == (None, None)


@pytest.mark.parametrize("route", LOCKING, ids=str)
def test_copied_lines_of_orders_and_invoices_say_so(company: Company, route: ConversionRoute):
    target = route.convert(company, route.source_of(company, line(company.lamp)))
    assert [row["iscopied"] for row in company.lines(route.target, target.id)] == [True]


def test_lines_point_back_to_where_they_came_from(company: Company):
    opportunity = company.opportunity(line(company.lamp), write_in("Work", 5))
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id
    company.update("quote", quote, statecode=1)
    revision = company.do(handsel.ReviseActiveQuote(quote)).id
    company.update("quote", revision, statecode=1)
    order = company.do(handsel.ConvertQuoteToSalesOrder(revision)).id
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order)).id
    origin = [row.id for row in company.lines("opportunity", opportunity)]
    quoted, revised = company.lines("quote", quote), company.lines("quote", revision)
    ordered, billed = company.lines("salesorder", order), company.lines("invoice", invoice)
    for rows in (quoted, revised, ordered, billed):
        assert [row["hs_opportunityproductid"] for row in rows] == origin
    for rows in (revised, ordered, billed):
        assert [row["hs_originlineid"] for row in rows] == [row.id for row in quoted]
    assert [row["quotedetailid"] for row in ordered] == [row.id for row in revised]
    assert [row["salesorderdetailid"] for row in billed] == [row.id for row in ordered]


def reprice(company: Company, amount) -> None:
    """Change the list price of the lamp on every price list."""
    for item in company.all("productpricelevel", productid=company.lamp):
        company.update("productpricelevel", item.id, amount=amount)


@each_conversion
def test_a_changed_price_list_reaches_quotes_and_not_locked_documents(company: Company, route: ConversionRoute):
    source = route.source_of(company, line(company.lamp, 2), line(company.lamp, ispriceoverridden=True, priceperunit=7))
    reprice(company, 25)
    target = route.convert(company, source)
    prices = [row["priceperunit"] for row in company.lines(route.target, target.id)]
    assert prices == ([Decimal("19.99"), 7] if route.locks else [25, 7])
    assert target["totalamount"] == (Decimal("46.98") if route.locks else 57)


@each_conversion
def test_a_line_in_error_stays_in_error_and_out_of_the_sums(company: Company, route: ConversionRoute):
    (unlisted,) = company.products({"name": "Unlisted", "price": 1})
    company.settings(hs_pricingerrors=0)
    target = route.convert(company, route.source_of(company, line(unlisted), line(company.lamp)))
    assert [row["pricingerrorcode"] for row in company.lines(route.target, target.id)] == [11, 0]
    assert (target["pricingerrorcode"], target["totalamount"]) == (1, Decimal("19.99"))


@each_conversion
def test_a_volume_discount_travels_to_the_cent(company: Company, route: ConversionRoute):
    """25.20 less 19.05 %: 20.3994 × 10 = 203.994 → 203.99, shown as 4.80 a unit (pricing 4)."""
    discounts = company.create("discounttype", name="Volume", isamounttype=False)
    company.create("discount", discounttypeid=discounts, lowquantity=10, highquantity=100, percentage="19.05")
    for item in company.all("productpricelevel", productid=company.lamp):
        company.update("productpricelevel", item.id, amount="25.20", discounttypeid=discounts)
    target = route.convert(company, route.source_of(company, line(company.lamp, 10)))
    (detail,) = company.lines(route.target, target.id)
    assert (detail["volumediscountamount"], detail["baseamount"], detail["extendedamount"]) == (
        Decimal("4.80"),
        Decimal("203.99"),
        Decimal("203.99"),
    )
    assert target["totalamount"] == Decimal("203.99")


@each_conversion
def test_a_line_in_another_unit_keeps_it(company: Company, route: ConversionRoute):
    target = route.convert(company, route.source_of(company, line(company.cable, "2.5", uomid=company.dozen)))
    (detail,) = company.lines(route.target, target.id)
    assert (detail["uomid"], detail["quantity"], detail["extendedamount"]) == (company.dozen, Decimal("2.5"), 75)


@each_conversion
def test_product_properties_are_made_anew_for_the_new_line(company: Company, route: ConversionRoute):
    source = route.source_of(company)
    if route.source == "quote":
        company.update("quote", source, statecode=0)
    key = f"{route.source}id"
    table = LINES[route.source][0]
    detail = company.create(table, **{key: source}, **line(company.lamp, propertyconfigurationstatus=1))
    colour = company.create(
        "dynamicproperty", name="Colour", datatype=3, regardingobjectid=Reference("product", company.lamp)
    )
    company.create(
        "dynamicpropertyinstance",
        dynamicpropertyid=colour,
        regardingobjectid=Reference(table, detail),
        valuestring="red",
    )
    if route.source == "quote":
        company.update("quote", source, statecode=1)
        if route.target == "quote":
            company.do(handsel.CloseQuote({"quoteid": source}))
    target = route.convert(company, source)
    (copied,) = company.lines(route.target, target.id)
    assert (
        copied["propertyconfigurationstatus"] == company.columns(table, detail, "propertyconfigurationstatus")[0] != 2
    )
    old, new = company.all("dynamicpropertyinstance")
    assert (old["regardingobjectid"], new["regardingobjectid"]) == (detail, copied.id)
    assert (new["valuestring"], new["dynamicpropertyid"]) == ("red", colour)


@each_conversion
def test_bundles_travel_with_their_parts_repointed(company: Company, route: ConversionRoute):
    """Bundle 500, optional 5 × 40 and 5 × 50 → 950; the required part is free (pricing 7)."""
    bundle = bundle_of(company)
    lines = bundle_lines(bundle)
    source = route.source_of(company, line(company.desk))
    if route.source == "quote":
        company.update("quote", source, statecode=0)
    add_bundle(company, route.source, source, bundle, lines)
    if route.source == "quote":
        company.update("quote", source, statecode=1)
        if route.target == "quote":
            company.do(handsel.CloseQuote({"quoteid": source}))
    assert company.total(route.source, source) == 1200
    target = route.convert(company, source)
    assert target["totalamount"] == 1200
    desk, head, *parts = company.lines(route.target, target.id)
    assert [row["producttypecode"] for row in (desk, head, *parts)] == [1, 2, 3, 4, 4]
    assert {row["parentbundleidref"] for row in parts} == {row["parentbundleid"] for row in parts} == {head.id}
    assert (desk["parentbundleidref"], head["parentbundleidref"]) == (None, None)
    old = company.lines(route.source, source)
    assert [row["productassociationid"] for row in parts] == [row["productassociationid"] for row in old[2:]]
    assert [row["extendedamount"] for row in parts] == [0, 200, 250]


@dataclass(frozen=True)
class Bundle:
    """A published bundle: 500, one required part, two optional ones at 40 and 50."""

    id: UUID
    required: UUID
    optional: tuple[UUID, UUID]


def bundle_of(company: Company) -> Bundle:
    """Publish a bundle on the standard price list."""
    required, first, second = company.products({"name": "Base"}, {"name": "Arm"}, {"name": "Bulb"})
    (bundle,) = company.products({"name": "Set", "productstructure": 3}, published=False)
    for product, amount in ((first, 40), (second, 50), (required, 10)):
        item(company, product, amount)
    for product, is_required in ((required, 1), (first, 0), (second, 0)):
        company.create(
            "productassociation",
            productid=bundle,
            associatedproduct=product,
            uomid=company.piece,
            quantity=2 if is_required else 1,
            productisrequired=is_required,
        )
    company.update("product", bundle, statecode=0)
    item(company, bundle, 500)
    return Bundle(bundle, required, (first, second))


def item(company: Company, product: UUID, amount) -> None:
    """Put a product on the standard price list."""
    values = {"pricelevelid": company.price_list, "productid": product, "uomid": company.piece, "pricingmethodcode": 1}
    company.create("productpricelevel", **values, amount=amount)


def bundle_lines(bundle: Bundle) -> list[dict]:
    return [line(product, 5, producttypecode=4) for product in bundle.optional]


def add_bundle(company: Company, table: str, document: UUID, bundle: Bundle, optional: list[dict]) -> UUID:
    """Add a bundle and chosen optional parts to a document; returns the bundle's line."""
    lines, key = LINES[table][0], f"{table}id"
    head = company.create(lines, **{key: document}, **line(bundle.id))
    for part in optional:
        company.create(lines, **{key: document}, parentbundleidref=head, parentbundleid=head, **part)
    return head


@pytest.mark.parametrize("table", LINES)
def test_adding_a_bundle_adds_its_required_parts_free_and_fixed(company: Company, table):
    bundle = bundle_of(company)
    document = company.document(table)
    head = add_bundle(company, table, document, bundle, [])
    bundled, part = company.lines(table, document)
    assert (bundled.id, bundled["producttypecode"], bundled["extendedamount"]) == (head, 2, 500)
    assert (part["productid"], part["producttypecode"], part["quantity"]) == (bundle.required, 3, 2)
    assert (part["parentbundleidref"], part["priceperunit"], part["extendedamount"]) == (head, 0, 0)
    assert company.total(table, document) == 500
    lines = LINES[table][0]
    for column, value in {
        "quantity": 3,
        "manualdiscountamount": 1,
        "tax": 1,
        "priceperunit": 5,
        "uomid": company.dozen,
        "productid": company.lamp,
        "ispriceoverridden": True,
    }.items():
        company.refuses(
            handsel.Update(lines, part.id, {column: value}), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "bundle"
        )
    company.refuses(handsel.Delete(lines, part.id), Code.CANNOT_DELETE_AS_IT_IS_READ_ONLY, "bundle")
    company.update(lines, part.id, description="Black")


@pytest.mark.parametrize("table", LINES)
def test_deleting_a_bundle_takes_its_parts_along(company: Company, table):
    bundle = bundle_of(company)
    document = company.document(table, line(company.desk))
    head = add_bundle(company, table, document, bundle, bundle_lines(bundle))
    assert (len(company.lines(table, document)), company.total(table, document)) == (5, 1200)
    company.delete(LINES[table][0], head)
    assert (len(company.lines(table, document)), company.total(table, document)) == (1, 250)


# Get products (3.3)


@pytest.mark.parametrize(
    ("message", "table"),
    [
        ("GetQuoteProductsFromOpportunity", "quote"),
        ("GetSalesOrderProductsFromOpportunity", "salesorder"),
        ("GetInvoiceProductsFromOpportunity", "invoice"),
    ],
)
class TestGetProducts:
    def test_lines_are_added_after_those_that_are_there(self, company: Company, message, table):
        opportunity = company.opportunity(*products(company), **SHARED)
        document = company.document(table, line(company.desk), freightamount=1)
        assert company.do(getattr(handsel, message)(document, opportunity)) is None
        rows = company.lines(table, document)
        assert [row["productname"] for row in rows] == ["Desk", "Lamp", "Desk", "Consulting"]
        assert [row["lineitemnumber"] for row in rows] == [1, 2, 3, 4]
        assert [row["extendedamount"] for row in rows] == [250, Decimal("39.48"), 600, 142]
        assert company.total(table, document) == Decimal("1032.48")  # 250 + 778.98 + 2.50 tax + 1 freight
        assert company.columns(table, document, "opportunityid", "name") == (None, "Deal")
        assert [row["hs_opportunityproductid"] for row in rows[1:]] == [
            row.id for row in company.lines("opportunity", opportunity)
        ]

    def test_twice_adds_them_twice(self, company: Company, message, table):
        opportunity, document = company.opportunity(line(company.lamp)), company.document(table)
        for _ in range(2):
            company.do(getattr(handsel, message)(document, opportunity))
        assert [row["lineitemnumber"] for row in company.lines(table, document)] == [1, 2]
        assert company.total(table, document) == Decimal("39.98")

    def test_catalog_lines_come_at_todays_price(self, company: Company, message, table):
        opportunity = company.opportunity(
            line(company.lamp, 2), line(company.lamp, ispriceoverridden=True, priceperunit=7)
        )
        reprice(company, 25)
        document = company.document(table)
        company.do(getattr(handsel, message)(document, opportunity))
        assert [row["priceperunit"] for row in company.lines(table, document)] == [25, 7]

    def test_a_bundle_comes_with_its_parts(self, company: Company, message, table):
        bundle = bundle_of(company)
        opportunity, document = company.opportunity(), company.document(table, line(company.desk))
        add_bundle(company, "opportunity", opportunity, bundle, bundle_lines(bundle))
        company.do(getattr(handsel, message)(document, opportunity))
        _desk, head, *parts = company.lines(table, document)
        assert {row["parentbundleidref"] for row in parts} == {head.id}
        assert company.total(table, document) == 1200

    def test_currencies_must_agree(self, company: Company, message, table):
        opportunity = company.opportunity(pricelevelid=company.euro_list)
        document = company.document(table)
        company.refuses(
            getattr(handsel, message)(document, opportunity), Code.OPPORTUNITY_CURRENCY_NOT_EQUAL, "currenc"
        )

    def test_the_document_must_be_editable(self, company: Company, message, table):
        opportunity = company.opportunity(line(company.lamp))
        make = {"quote": company.quote, "salesorder": company.order, "invoice": company.invoice}[table]
        for state in {"quote": (1, 2, 3), "salesorder": (1, 2, 3, 4), "invoice": (2, 3)}[table]:
            with pytest.raises(handsel.ReadOnly):
                company.do(getattr(handsel, message)(make(state=state), opportunity))

    def test_any_opportunity_will_do_that_is_not_lost(self, company: Company, message, table):
        won, document = company.opportunity(line(company.lamp)), company.document(table)
        company.do(handsel.WinOpportunity({"opportunityid": won}))
        company.do(getattr(handsel, message)(document, won))
        assert company.total(table, document) == Decimal("19.99")
        lost = company.opportunity(line(company.lamp))
        company.do(handsel.LoseOpportunity({"opportunityid": lost}))
        company.refuses(getattr(handsel, message)(document, lost), Code.INVALID_STATE, "lost", "Reopen")

    def test_unknown_rows_are_not_found(self, company: Company, message, table):
        document, opportunity = company.document(table), company.opportunity()
        for pair in ((document, company.lamp), (company.lamp, opportunity)):
            company.refuses(getattr(handsel, message)(*pair), Code.OBJECT_DOES_NOT_EXIST, str(company.lamp))


@pytest.mark.parametrize(
    ("message", "table"),
    [("GetSalesOrderProductsFromOpportunity", "salesorder"), ("GetInvoiceProductsFromOpportunity", "invoice")],
)
def test_into_a_locked_document_todays_price_comes_in_and_is_locked(company: Company, message, table):
    opportunity = company.opportunity(line(company.lamp, 2), write_in("Work", 5))
    generate = {
        "salesorder": handsel.GenerateSalesOrderFromOpportunity,
        "invoice": handsel.GenerateInvoiceFromOpportunity,
    }[table]
    document = company.do(generate(opportunity)).id
    reprice(company, 25)
    company.do(getattr(handsel, message)(document, opportunity))
    reprice(company, 30)
    company.do(handsel.RecalculatePrice(table, document))
    rows = company.lines(table, document)
    assert [row["priceperunit"] for row in rows] == [Decimal("19.99"), 5, 25, 5]
    assert company.total(table, document) == Decimal("99.98")  # 39.98 + 5 + 50 + 5


def test_a_quote_takes_the_customers_default_price_list_when_the_opportunity_has_none(company: Company) -> None:
    """Behaviour 10: the customer's default price list fills new documents, in the document's currency only."""
    session = company.session
    session.execute(handsel.Update("account", company.acme, {"defaultpricelevelid": company.price_list}))
    deal = {"name": "Deal", "customerid": handsel.Reference("account", company.acme)}
    dollars = session.execute(handsel.Create("opportunity", deal))
    euros = session.execute(handsel.Create("opportunity", {**deal, "transactioncurrencyid": company.euro}))
    quotes = session.execute_many([handsel.GenerateQuoteFromOpportunity(row.id) for row in (dollars, euros)])
    assert [quote["pricelevelid"] for quote in quotes] == [company.price_list, None]
