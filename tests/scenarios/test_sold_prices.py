"""What was agreed stays: no setting changed between two steps changes an amount of what is made (behaviour 7.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.engine.handlers import forget_listener
from tests.scenarios.company import LINES, Company, line, write_in

TOTALS = (
    "totallineitemamount",
    "totallineitemdiscountamount",
    "totaldiscountamount",
    "totalamountlessfreight",
    "totaltax",
    "totalamount",
    "discountamount",
    "discountpercentage",
    "freightamount",
    "pricingerrorcode",
    "exchangerate",
)
AMOUNTS = (
    "quantity",
    "priceperunit",
    "volumediscountamount",
    "baseamount",
    "manualdiscountamount",
    "tax",
    "extendedamount",
    "pricingerrorcode",
    "exchangerate",
)


def bases(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}_base" for name in names if name.endswith(("amount", "tax", "unit", "freight")))


def sold(company: Company, table: str, id: UUID) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    """Everything that a document costs: totals and lines, in its currency and in the base currency."""
    header = company.columns(table, id, *TOTALS, *bases(TOTALS))
    names = (*AMOUNTS, *bases(AMOUNTS))
    return header, [tuple(row[name] for name in names) for row in company.lines(table, id)]


@dataclass(frozen=True)
class Route:
    """A conversion that keeps prices, and how its source gets ready."""

    source: str
    target: str
    message: str
    locked: bool = False

    def __str__(self) -> str:
        return f"{self.source}-{self.message}"

    def made(self, company: Company, *lines, **values) -> UUID:
        """A source whose prices are agreed."""
        if self.locked:
            values["hs_ispricelocked"] = True
        id = company.document(self.source, *lines, **values)
        if self.source == "quote":
            company.update("quote", id, statecode=1)
        return id

    def convert(self, company: Company, id: UUID) -> UUID:
        return company.do(getattr(handsel, self.message)(id)).id


ROUTES = [
    Route("opportunity", "salesorder", "GenerateSalesOrderFromOpportunity"),
    Route("opportunity", "invoice", "GenerateInvoiceFromOpportunity"),
    Route("opportunity", "quote", "GenerateQuoteFromOpportunity", locked=True),
    Route("quote", "quote", "ReviseActiveQuote", locked=True),
    Route("quote", "salesorder", "ConvertQuoteToSalesOrder"),
    Route("quote", "salesorder", "CreateOrderFromQuote"),
    Route("salesorder", "invoice", "ConvertSalesOrderToInvoice"),
]
each_route = pytest.mark.parametrize("route", ROUTES, ids=str)


def per_line(company: Company) -> None:
    company.settings(discountcalculationmethod=0)


def rounded_units(company: Company) -> None:
    company.settings(hs_roundunitdiscount=True)


def coarse_prices(company: Company) -> None:
    company.settings(pricingdecimalprecision=0)


def coarse_currency(company: Company) -> None:
    company.update("transactioncurrency", company.euro, currencyprecision=0)


def coarse_base(company: Company) -> None:
    company.update("transactioncurrency", company.dollar, currencyprecision=0)


def other_rate(company: Company) -> None:
    company.update("transactioncurrency", company.euro, exchangerate="0.5")


def dearer(company: Company) -> None:
    for item in company.all("productpricelevel", productid=company.lamp):
        company.update("productpricelevel", item.id, amount=500)


def unlisted(company: Company) -> None:
    for item in company.all("productpricelevel"):
        company.delete("productpricelevel", item.id)


def inactive_list(company: Company) -> None:
    company.update("pricelevel", company.euro_list, statecode=1)


def lists_optional(company: Company) -> None:
    company.settings(ispricelistmandatory=False)


def other_units(company: Company) -> None:
    company.update("uom", company.dozen, quantity=10)


def no_more_discounts(company: Company) -> None:
    for row in company.all("discount"):
        company.delete("discount", row.id)


def own_pricing(company: Company) -> None:
    company.settings(oobpricecalculationenabled=False)


CHANGES: list[Callable[[Company], None]] = [
    per_line,
    rounded_units,
    coarse_prices,
    coarse_currency,
    coarse_base,
    other_rate,
    dearer,
    unlisted,
    inactive_list,
    lists_optional,
    other_units,
    no_more_discounts,
    own_pricing,
]


def goods(company: Company) -> list[dict]:
    """Lines of every kind, for prices of three decimals and discounts per unit.

    25.203 less 19.05 %, quantity 10: 10 × 20.4018285 = 204.018… → 204.02, less 10 × 0.33 is 200.72; tax 1.11.
    3 × 7.125 = 21.375 → 21.38. 2.5 × 30 = 75. 200 × 100.005 = 20,001, less 200 × 10 is 18,001. Together, without
    tax: 200.72 + 21.38 + 75 + 18,001 = 18,298.10.
    """
    return [
        line(company.lamp, 10, manualdiscountamount="0.33", tax="1.11"),
        line(company.desk, 3, ispriceoverridden=True, priceperunit="7.125"),
        line(company.cable, "2.5", uomid=company.dozen),
        write_in("Work", "100.005", 200, manualdiscountamount=10),
    ]


HEADER = {"discountpercentage": Decimal(10), "discountamount": Decimal("5.55"), "freightamount": Decimal("12.34")}
TOTAL = Decimal("16476.19")
"""18,298.10, less 10 % (1,829.81), less 5.55, plus 12.34 freight and 1.11 tax."""


@pytest.fixture
def fine(company: Company) -> Company:
    """Prices of three decimals, discounts per unit, a volume discount on lamps in euro."""
    company.settings(discountcalculationmethod=1, pricingdecimalprecision=3)
    discounts = company.create("discounttype", name="Volume", isamounttype=False)
    company.create("discount", discounttypeid=discounts, lowquantity=10, highquantity=100, percentage="19.05")
    for item in company.all("productpricelevel", productid=company.lamp, pricelevelid=company.euro_list):
        company.update("productpricelevel", item.id, amount="25.203", discounttypeid=discounts)
    return company


@each_route
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_setting_changes_no_sold_price(fine: Company, route: Route, change: Callable[[Company], None]):
    source = route.made(fine, *goods(fine), **HEADER, pricelevelid=fine.euro_list)
    agreed = sold(fine, route.source, source)
    assert fine.total(route.source, source) == TOTAL
    change(fine)
    target = route.convert(fine, source)
    assert sold(fine, route.target, target) == agreed
    assert fine.columns(route.target, target, "totalamount") == (TOTAL,)
    fine.update(route.target, target, name="Renamed", description="A harmless edit")
    assert sold(fine, route.target, target) == agreed


@pytest.mark.parametrize("order", [("ConvertQuoteToSalesOrder",), ("WinQuote", "ConvertQuoteToSalesOrder")], ids=len)
def test_every_setting_changed_between_the_steps_of_the_chain(fine: Company, order: tuple[str, ...]):
    quote = fine.quote(*goods(fine), **HEADER, pricelevelid=fine.euro_list, state=1)
    agreed = sold(fine, "quote", quote)
    changes = [change for change in CHANGES if change is not own_pricing]
    for change in changes[:4]:
        change(fine)
    if "WinQuote" in order:
        fine.do(handsel.WinQuote({"quoteid": quote}))
    for change in changes[4:8]:
        change(fine)
    made = fine.do(handsel.ConvertQuoteToSalesOrder(quote)).id
    for change in changes[8:]:
        change(fine)
    assert sold(fine, "salesorder", made) == sold(fine, "quote", quote) == agreed
    fine.do(handsel.FulfillSalesOrder({"salesorderid": made}))
    invoice = fine.do(handsel.ConvertSalesOrderToInvoice(made)).id
    fine.update("invoice", invoice, statecode=2)
    assert sold(fine, "invoice", invoice) == sold(fine, "salesorder", made) == agreed


@pytest.mark.parametrize("table", ["salesorder", "invoice"])
def test_a_locked_document_goes_on_being_priced_as_agreed(company: Company, table: str):
    """200 × 100 less 10 a unit is 18,000; with 7 freight 18,007; 300 units are 27,000; 2 × 30.005 is 60.01."""
    company.settings(discountcalculationmethod=1, pricingdecimalprecision=3)
    opportunity = company.opportunity(write_in("Work", 100, 200, manualdiscountamount=10))
    message = {"salesorder": "GenerateSalesOrderFromOpportunity", "invoice": "GenerateInvoiceFromOpportunity"}[table]
    made = company.do(getattr(handsel, message)(opportunity)).id
    company.settings(discountcalculationmethod=0, pricingdecimalprecision=0)
    company.update(table, made, freightamount=7)
    assert company.total(table, made) == 18007
    (detail,) = company.lines(table, made)
    company.update(LINES[table][0], detail.id, quantity=300)
    assert company.total(table, made) == 27007
    (extra,) = company.products({"name": "Extra", "price": 1})
    item = {"pricelevelid": company.price_list, "productid": extra, "uomid": company.piece, "pricingmethodcode": 2}
    company.create("productpricelevel", **item, percentage="3000.5")
    company.create(LINES[table][0], **{f"{table}id": made}, **line(extra, 2))
    assert company.total(table, made) == Decimal("27067.01")
    company.do(handsel.RecalculatePrice(table, made))
    assert company.total(table, made) == Decimal("27067.01")
    steps = company.do(handsel.RetrievePriceTrace(Reference(table, made)))
    assert [step["result"] for step in steps if step["column"] == "totalamount"] == [Decimal("27067.01")]


@pytest.mark.parametrize("table", ["salesorder", "invoice"])
def test_unlocking_takes_the_settings_of_today(company: Company, table: str):
    """200 × 100 less 10 a unit is 18,000; less 10 once it is 19,990."""
    company.settings(discountcalculationmethod=1)
    document = company.document(table, write_in("Work", 100, 200, manualdiscountamount=10))
    company.update(table, document, ispricelocked=True)
    company.settings(discountcalculationmethod=0)
    company.update(table, document, freightamount=1)
    assert company.total(table, document) == 18001
    company.update(table, document, ispricelocked=False)
    assert company.total(table, document) == 19991


def test_a_draft_that_is_not_locked_follows_the_settings(company: Company):
    """So does what is made of it at current prices: a revision, and a quote from an opportunity."""
    company.settings(discountcalculationmethod=1)
    work = write_in("Work", 100, 200, manualdiscountamount=10)
    quote, opportunity = company.quote(work), company.opportunity(work)
    assert company.total("quote", quote) == company.total("opportunity", opportunity) == 18000
    company.settings(discountcalculationmethod=0)
    company.update("quote", quote, statecode=1)
    assert company.total("quote", quote) == 18000
    revision = company.do(handsel.ReviseActiveQuote(quote))
    assert revision["totalamount"] == 19990
    assert company.do(handsel.GenerateQuoteFromOpportunity(opportunity))["totalamount"] == 19990
    company.update("quote", revision.id, freightamount=1)
    assert company.total("quote", revision.id) == 19991


def test_the_trace_of_an_agreed_quote_ends_in_what_was_agreed(company: Company):
    company.settings(discountcalculationmethod=1)
    quote = company.quote(write_in("Work", 100, 200, manualdiscountamount=10), state=1)
    company.settings(discountcalculationmethod=0)
    steps = company.do(handsel.RetrievePriceTrace(Reference("quote", quote)))
    assert [step["result"] for step in steps if step["column"] == "totalamount"] == [18000]


def test_a_line_in_error_of_a_locked_order_is_not_healed_by_another_edit(company: Company):
    (late,) = company.products({"name": "Late", "price": 1})
    company.settings(hs_pricingerrors=0)
    order = company.do(
        handsel.GenerateSalesOrderFromOpportunity(company.opportunity(line(late), line(company.lamp)))
    ).id
    item = {"pricelevelid": company.price_list, "productid": late, "uomid": company.piece, "pricingmethodcode": 1}
    company.create("productpricelevel", **item, amount=1000)
    company.update("salesorder", order, freightamount=1)
    assert company.columns("salesorder", order, "totalamount", "pricingerrorcode") == (Decimal("20.99"), 1)
    company.do(handsel.RecalculatePrice("salesorder", order))
    assert company.columns("salesorder", order, "totalamount", "pricingerrorcode") == (Decimal("1020.99"), 0)


# Without system pricing (pricing 9.4)

ARROWS = [
    *ROUTES,
    Route("opportunity", "quote", "GenerateQuoteFromOpportunity"),
    Route("quote", "quote", "ReviseActiveQuote"),
]
SENT = {"totalamount": 999, "totaltax": 9, "totallineitemamount": 990, "totaldiscountamount": 5}
ON_LINE = {"baseamount": 995, "extendedamount": 999, "tax": 9, "priceperunit": 199}


def written(company: Company, route: Route) -> UUID:
    """A source with amounts that a client wrote."""
    values = {"hs_ispricelocked": True} if route.locked else {}
    id = company.document(route.source, line(company.lamp, 5, **ON_LINE), **values)
    company.update(route.source, id, **SENT)
    if route.source == "quote":
        company.update("quote", id, statecode=1)
    return id


@pytest.mark.parametrize("route", ARROWS, ids=lambda route: f"{route}{route.locked or ''}")
def test_amounts_that_a_client_wrote_travel(company: Company, route: Route):
    company.settings(oobpricecalculationenabled=False)
    source = written(company, route)
    target = route.convert(company, source)
    assert company.columns(route.target, target, *SENT) == tuple(SENT.values())
    assert company.columns(route.target, target, "totalamount_base", "totaltax_base") == (999, 9)
    (detail,) = company.lines(route.target, target)
    assert {name: detail[name] for name in ON_LINE} == ON_LINE
    assert detail["extendedamount_base"] == 999


@pytest.mark.parametrize("table", ["quote", "salesorder", "invoice"])
def test_amounts_that_a_client_wrote_come_along_with_products(company: Company, table: str):
    company.settings(oobpricecalculationenabled=False)
    source = written(company, ROUTES[0])
    document = company.document(table)
    company.update(table, document, totalamount=1)
    message = {"quote": "Quote", "salesorder": "SalesOrder", "invoice": "Invoice"}[table]
    company.do(getattr(handsel, f"Get{message}ProductsFromOpportunity")(document, source))
    (detail,) = company.lines(table, document)
    assert {name: detail[name] for name in ON_LINE} == ON_LINE
    assert company.total(table, document) == 1


@each_route
def test_amounts_that_a_client_wrote_are_agreed_when_system_pricing_is_on_again(company: Company, route: Route):
    company.settings(oobpricecalculationenabled=False)
    source = written(company, route)
    company.settings(oobpricecalculationenabled=True)
    target = route.convert(company, source)
    assert company.columns(route.target, target, *SENT) == tuple(SENT.values())


def test_own_price_code_does_not_change_what_was_agreed_and_prices_what_nobody_priced(company: Company):
    def free(event: handsel.PriceEvent) -> None:
        event.set(event.document, {"totalamount": 1})

    agreed = company.quote(line(company.lamp), state=1)
    company.settings(oobpricecalculationenabled=False)
    unpriced = company.quote(line(company.lamp), state=1)
    handsel.on(handsel.CalculatePrice)(free)
    try:
        totals = [company.do(handsel.ConvertQuoteToSalesOrder(id))["totalamount"] for id in (agreed, unpriced)]
        assert totals == [Decimal("19.99"), 1]
    finally:
        forget_listener(handsel.CalculatePrice, free)


# The exchange rate (pricing 6)


def in_euro(company: Company, state: int = 1) -> UUID:
    """A quote of 40.00 EUR at 0.8, 50.00 USD, and then the euro trades at 0.5."""
    quote = company.quote(write_in("Work", 20, 2), pricelevelid=company.euro_list, state=state)
    other_rate(company)
    return quote


def rates(company: Company, table: str, id: UUID) -> set[tuple[Decimal, Decimal]]:
    """The rate and the base amount of 40.00, of the header and of its lines."""
    rows = [company.row(table, id), *company.lines(table, id)]
    return {(row["exchangerate"], row.get("extendedamount_base") or row["totalamount_base"]) for row in rows}


AT_080, AT_050 = {(Decimal("0.8"), Decimal(50))}, {(Decimal("0.5"), Decimal(80))}


@pytest.mark.parametrize("steps", [("ConvertQuoteToSalesOrder",), ("CreateOrderFromQuote",), ("WinQuote",)])
def test_quote_and_order_have_the_rate_of_the_quote_in_however_many_steps(company: Company, steps: tuple[str]):
    quote = in_euro(company)
    if steps == ("WinQuote",):
        company.do(handsel.WinQuote({"quoteid": quote}))
        steps = ("ConvertQuoteToSalesOrder",)
    order = company.do(getattr(handsel, steps[0])(quote)).id
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order)).id
    assert rates(company, "quote", quote) == rates(company, "salesorder", order) == AT_080
    assert rates(company, "invoice", invoice) == AT_080


def test_a_locked_document_keeps_its_rate_whatever_becomes_of_it(company: Company):
    order = company.do(handsel.ConvertQuoteToSalesOrder(in_euro(company))).id
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order)).id
    company.do(handsel.FulfillSalesOrder({"salesorderid": order}))
    company.update("invoice", invoice, statecode=2)
    assert rates(company, "salesorder", order) == rates(company, "invoice", invoice) == AT_080
    company.update("invoice", invoice, statecode=0)
    company.update("invoice", invoice, freightamount=8)
    company.create("invoicedetail", invoiceid=invoice, **line(company.lamp))
    assert {row["exchangerate"] for row in company.lines("invoice", invoice)} == {Decimal("0.8")}
    assert company.columns("invoice", invoice, "exchangerate", "totalamount", "totalamount_base") == (
        Decimal("0.8"),
        Decimal("67.99"),  # 40 + 8 + 19.99
        Decimal("84.99"),  # 84.9875
    )


def test_an_offer_is_made_at_the_rate_of_its_day_and_closed_at_it(company: Company):
    quote = in_euro(company, state=0)
    assert rates(company, "quote", quote) == AT_080
    company.update("quote", quote, statecode=1)
    assert rates(company, "quote", quote) == AT_050
    company.update("transactioncurrency", company.euro, exchangerate="0.25")
    revision = company.do(handsel.ReviseActiveQuote(quote)).id
    assert rates(company, "quote", quote) == rates(company, "quote", revision) == AT_050


@pytest.mark.parametrize("table", LINES)
def test_the_lines_of_a_document_have_its_rate(company: Company, table: str):
    document = company.document(table, write_in("Work", 20, 2), write_in("More", 5), pricelevelid=company.euro_list)
    other_rate(company)
    company.update(LINES[table][0], company.lines(table, document)[1].id, priceperunit=6)
    assert {row["exchangerate"] for row in company.lines(table, document)} == {Decimal("0.5")}
    assert [row["extendedamount_base"] for row in company.lines(table, document)] == [80, 12]
    assert company.columns(table, document, "exchangerate", "totalamount_base") == (Decimal("0.5"), 92)


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize(("table", "name"), [("salesorder", "SalesOrder"), ("invoice", "Invoice"), ("quote", "Quote")])
def test_products_come_at_the_rate_of_their_document(company: Company, table: str, name: str, locked: bool):
    """A locked one keeps 0.8; another takes today's 0.5, with all its lines."""
    lock = {"hs_ispricelocked" if table == "quote" else "ispricelocked": locked}
    document = company.document(table, write_in("Work", 20), pricelevelid=company.euro_list)
    company.update(table, document, **lock)
    opportunity = company.opportunity(write_in("More", 20), pricelevelid=company.euro_list)
    other_rate(company)
    company.do(getattr(handsel, f"Get{name}ProductsFromOpportunity")(document, opportunity))
    rows = [company.row(table, document), *company.lines(table, document)]
    assert {row["exchangerate"] for row in rows} == {Decimal("0.8") if locked else Decimal("0.5")}
    assert company.columns(table, document, "totalamount", "totalamount_base") == (40, 50 if locked else 80)


def test_a_line_sold_for_an_amount_alone_keeps_it_when_pricing_is_on_again(company: Company):
    """Five lamps for 999 and work for 10 without a price per unit, freight 1: 1010. Seven lamps: 7 × 19.99."""
    company.settings(oobpricecalculationenabled=False)
    sold = {"baseamount": 999, "extendedamount": 999}
    quote = company.quote(line(company.lamp, 5, **sold), write_in("Work", None, 1, baseamount=10, extendedamount=10))
    company.update("quote", quote, totalamount=1009, totallineitemamount=1009, totalamountlessfreight=1009)
    company.update("quote", quote, statecode=1)
    company.settings(oobpricecalculationenabled=True)
    order = company.do(handsel.ConvertQuoteToSalesOrder(quote)).id
    company.update("salesorder", order, freightamount=1)
    assert company.total("salesorder", order) == 1010
    lamps, work = company.lines("salesorder", order)
    assert [(each["priceperunit"], each["baseamount"], each["pricingerrorcode"]) for each in (lamps, work)] == [
        (None, Decimal(999), 0),
        (None, Decimal(10), 0),
    ]
    company.update("salesorderdetail", lamps.id, quantity=7)
    assert company.columns("salesorderdetail", lamps.id, "priceperunit", "extendedamount") == (
        Decimal("19.99"),
        Decimal("139.93"),
    )


AMOUNTS_ALONE = {
    # What a client wrote on five lamps; amount and total of the line; the total with a tax of 2 instead.
    "amount and total": ({"baseamount": 999, "extendedamount": 999}, (999, 999), 1001),
    "total": ({"extendedamount": 999}, (999, 999), 1001),
    "all": ({"baseamount": 999, "manualdiscountamount": 9, "tax": 5, "extendedamount": 995}, (999, 995), 992),
    "all but the amount": ({"manualdiscountamount": 9, "tax": 5, "extendedamount": 995}, (999, 995), 992),
}


@pytest.mark.parametrize("is_totalled", [True, False], ids=["totals written", "no totals written"])
@pytest.mark.parametrize(("sent", "amounts", "taxed"), AMOUNTS_ALONE.values(), ids=AMOUNTS_ALONE.keys())
def test_no_edit_of_a_locked_order_gives_a_price_to_a_line_sold_for_an_amount(
    company: Company, sent: dict[str, object], amounts: tuple[int, int], taxed: int, is_totalled: bool
):
    """Catalog: 5 × 19.99 = 99.95. The first edit is one of the line itself, then of tax and of the document."""
    company.settings(oobpricecalculationenabled=False)
    quote = company.quote(line(company.lamp, 5, **sent))
    if is_totalled:
        company.update("quote", quote, totalamount=amounts[1])
    company.update("quote", quote, statecode=1)
    company.settings(oobpricecalculationenabled=True)
    order = company.do(handsel.ConvertQuoteToSalesOrder(quote)).id
    assert company.total("salesorder", order) == amounts[1]
    [lamps] = company.lines("salesorder", order)
    company.update("salesorderdetail", lamps.id, description="Blue ones")
    names = ("priceperunit", "baseamount", "extendedamount")
    assert company.columns("salesorderdetail", lamps.id, *names) == (None, *amounts)
    company.update("salesorderdetail", lamps.id, tax=2)
    assert company.columns("salesorderdetail", lamps.id, *names) == (None, amounts[0], taxed)
    company.update("salesorder", order, freightamount=1)
    assert company.total("salesorder", order) == taxed + 1
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order)).id
    assert company.total("invoice", invoice) == taxed + 1


def test_while_system_pricing_is_off_no_edit_of_an_order_changes_an_amount(company: Company):
    company.settings(oobpricecalculationenabled=False)
    quote = company.quote(line(company.lamp, 5, baseamount=999, extendedamount=999))
    company.update("quote", quote, totalamount=999)
    company.update("quote", quote, statecode=1)
    order = company.do(handsel.ConvertQuoteToSalesOrder(quote)).id
    [lamps] = company.lines("salesorder", order)
    company.update("salesorder", order, freightamount=1)
    company.update("salesorderdetail", lamps.id, quantity=7, description="Blue ones")
    assert company.total("salesorder", order) == 999
    names = ("priceperunit", "baseamount", "extendedamount")
    assert company.columns("salesorderdetail", lamps.id, *names) == (None, 999, 999)
