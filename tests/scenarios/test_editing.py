"""What may be edited when, and the code of each refusal (behaviour 8, 9)."""

from decimal import Decimal
from uuid import uuid4

import pytest

import handsel
from handsel import HandselError, Reference
from handsel.errors import Code
from tests.scenarios.company import LINES, Company, fingerprint, line, unit_group, write_in

tables = pytest.mark.parametrize("table", LINES)

EDITABLE = {"opportunity": [0], "quote": [0], "salesorder": [0], "invoice": [0]}
READ_ONLY = {"opportunity": [1, 2], "quote": [1, 2, 3], "salesorder": [1, 2, 3, 4], "invoice": [2, 3]}
DELETABLE = {"opportunity": [1, 2], "quote": [], "salesorder": [2, 3, 4], "invoice": [2, 3]}
"""Closed documents that a holder of prvQOIOverrideDelete may delete."""


def in_state(company: Company, table: str, state: int, *lines):
    if table == "opportunity":
        made = company.opportunity(*lines)
        if state:
            message = handsel.WinOpportunity if state == 1 else handsel.LoseOpportunity
            company.do(message({"opportunityid": made}))
        return made
    return {"quote": company.quote, "salesorder": company.order, "invoice": company.invoice}[table](*lines, state=state)


EDITS = [(table, state) for table, states in EDITABLE.items() for state in states]
LOCKED = [(table, state) for table, states in READ_ONLY.items() for state in states]


@pytest.mark.parametrize(("table", "state"), EDITS)
def test_header_lines_and_price_list_of_an_open_document_can_be_edited(company: Company, table, state):
    document = in_state(company, table, state, line(company.lamp))
    other = company.create("pricelevel", name="Other")
    company.update(table, document, name="New", freightamount=5)
    company.update(LINES[table][0], company.lines(table, document)[0].id, quantity=2)
    company.create(LINES[table][0], **{f"{table}id": document}, **write_in("Work", 10))
    company.delete(LINES[table][0], company.lines(table, document)[1].id)
    company.update(table, document, pricelevelid=other)
    assert company.columns(table, document, "name", "pricelevelid") == ("New", other)


@pytest.mark.parametrize(("table", "state"), LOCKED)
def test_nothing_of_a_read_only_document_can_be_edited(company: Company, table, state):
    document = in_state(company, table, state, line(company.lamp))
    (detail,) = company.lines(table, document)
    lines, key = LINES[table][0], f"{table}id"
    for values in ({"name": "x"}, {"description": "x"}, {"pricelevelid": company.euro_list}, {"freightamount": 5}):
        company.refuses(handsel.Update(table, document, values), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)
    company.refuses(handsel.Update(lines, detail.id, {"quantity": 2}), Code.PARENT_READ_ONLY)
    company.refuses(handsel.Update(lines, detail.id, {"description": "x"}), Code.PARENT_READ_ONLY)
    company.refuses(handsel.Delete(lines, detail.id), Code.PARENT_READ_ONLY)
    company.refuses(handsel.Create(lines, {key: document, **line(company.lamp)}), Code.PARENT_READ_ONLY)
    company.refuses(handsel.Upsert(table, document, {"name": "x"}), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)
    if state in DELETABLE[table]:
        company.delete(table, document)
        assert company.session.count(lines) == 0
    else:
        company.refuses(handsel.Delete(table, document), Code.CANNOT_DELETE_AS_IT_IS_READ_ONLY)


@pytest.mark.parametrize("table", ["opportunity", "quote"])
def test_the_currency_changes_only_without_lines(company: Company, table):
    empty, full = company.document(table, pricelevelid=None), company.document(table, line(company.lamp))
    company.update(table, empty, transactioncurrencyid=company.euro)
    assert company.columns(table, empty, "exchangerate") == (Decimal("0.8"),)
    change = handsel.Update(table, full, {"transactioncurrencyid": company.euro, "pricelevelid": company.euro_list})
    company.refuses(change, Code.CURRENCY_NOT_EQUAL, "1 line")


MADE_FROM_AN_OPPORTUNITY = {
    "quote": handsel.GenerateQuoteFromOpportunity,
    "order": handsel.GenerateSalesOrderFromOpportunity,
    "invoice": handsel.GenerateInvoiceFromOpportunity,
}


@pytest.mark.parametrize("made", MADE_FROM_AN_OPPORTUNITY)
def test_the_currency_of_an_opportunity_stays_once_documents_were_made_from_it(company: Company, made):
    opportunity = company.opportunity(pricelevelid=None)
    change = handsel.Update("opportunity", opportunity, {"transactioncurrencyid": company.euro})
    generate = MADE_FROM_AN_OPPORTUNITY[made](opportunity)
    company.do(generate)
    company.refuses(
        change,
        Code.CURRENCY_NOT_EQUAL,
        f"Opportunity 'Deal' has 1 {made} in its currency, so the currency cannot change. "
        "Delete those first, or make a new document.",
    )
    company.do(generate)
    company.refuses(change, Code.CURRENCY_NOT_EQUAL, f"has 2 {made}s in its currency")


def test_lines_and_documents_that_keep_a_currency_are_counted_in_one_sentence(company: Company):
    opportunity = company.opportunity(line(company.lamp), line(company.desk))
    for generate in MADE_FROM_AN_OPPORTUNITY.values():
        company.do(generate(opportunity))
    change = {"transactioncurrencyid": company.euro, "pricelevelid": company.euro_list}
    company.refuses(
        handsel.Update("opportunity", opportunity, change),
        Code.CURRENCY_NOT_EQUAL,
        "has 2 lines, 1 quote, 1 order and 1 invoice in its currency",
    )


@pytest.mark.parametrize("table", ["salesorder", "invoice"])
def test_the_currency_of_an_order_or_invoice_never_changes(company: Company, table):
    document = company.document(table, pricelevelid=None)
    with pytest.raises(handsel.InvalidValue):
        company.update(table, document, transactioncurrencyid=company.euro)
    assert company.columns(table, document, "transactioncurrencyid") == (company.dollar,)


@tables
def test_a_document_takes_the_currency_of_its_price_list_else_the_base_currency(company: Company, table):
    euro, plain = company.document(table, pricelevelid=company.euro_list), company.document(table, pricelevelid=None)
    assert company.columns(table, euro, "transactioncurrencyid", "exchangerate") == (company.euro, Decimal("0.8"))
    assert company.columns(table, plain, "transactioncurrencyid", "exchangerate") == (company.dollar, Decimal(1))


@tables
def test_document_and_price_list_have_one_currency(company: Company, table):
    values = {"name": "Deal", "pricelevelid": company.euro_list, "transactioncurrencyid": company.dollar}
    company.refuses(handsel.Create(table, values), Code.RECORD_AND_PRICELIST_CURRENCY_NOT_EQUAL, "Standard EUR")
    document = company.document(table)
    change = handsel.Update(table, document, {"pricelevelid": company.euro_list})
    company.refuses(change, Code.RECORD_AND_PRICELIST_CURRENCY_NOT_EQUAL)


# Lines


@tables
def test_a_document_with_two_wrong_lines_is_refused_for_the_first(company: Company, table):
    both = {"productid": company.lamp, "productdescription": "Lamp"}
    message = handsel.Create(table, {"name": "Deal", LINES[table][1]: [both, {"quantity": 1}]})
    company.refuses(message, Code.PRODUCT_AND_WRITE_IN)
    (refused,) = company.session.execute_many([message], on_refusal="collect")
    assert refused.error.code is Code.PRODUCT_AND_WRITE_IN


def added(table: str, document, **values):
    return handsel.Create(LINES[table][0], {f"{table}id": document, **values})


@tables
def test_a_catalog_line_needs_a_price_list_while_they_are_mandatory(company: Company, table):
    document = company.document(table, pricelevelid=None)
    company.refuses(added(table, document, **line(company.lamp)), Code.MISSING_PRICE_LEVEL_ID, "price list")
    company.create(LINES[table][0], **{f"{table}id": document}, **write_in("Work", 10))
    company.settings(ispricelistmandatory=False)
    company.create(LINES[table][0], **{f"{table}id": document}, **line(company.lamp))
    assert [row["extendedamount"] for row in company.lines(table, document)] == [10, 0]


@tables
def test_only_published_products_are_sold(company: Company, table):
    document = company.document(table)
    (draft,) = company.products({"name": "Draft", "price": 1}, published=False)
    company.refuses(added(table, document, **line(draft)), Code.INVALID_STATE, "Draft", "draft")
    company.update("product", company.desk, statecode=1)
    company.refuses(added(table, document, **line(company.desk)), Code.INVALID_STATE, "Desk", "retired")
    (family,) = company.products({"name": "Family", "productstructure": 2}, published=False)
    company.refuses(added(table, document, **line(family)), Code.INVALID_STATE, "family")
    company.create(LINES[table][0], **{f"{table}id": document}, **line(company.lamp))
    company.refuses(
        handsel.Update(LINES[table][0], company.lines(table, document)[0].id, {"productid": draft}), Code.INVALID_STATE
    )


@tables
def test_a_line_is_a_product_or_a_write_in(company: Company, table):
    document = company.document(table)
    lamp, piece = company.lamp, company.piece
    company.refuses(added(table, document, productid=lamp, productdescription="x"), Code.PRODUCT_AND_WRITE_IN)
    company.refuses(added(table, document, isproductoverridden=True, productid=lamp), Code.PRODUCT_AND_WRITE_IN)
    company.refuses(added(table, document, uomid=piece, **write_in("x", 1)), Code.UNIT_AND_WRITE_IN)
    company.refuses(
        added(table, document, isproductoverridden=True, priceperunit=1),
        Code.REQUIRED_FIELD_MISSING,
        "productdescription",
    )
    company.refuses(added(table, document, quantity=1), Code.MISSING_PRODUCT_ID)
    company.refuses(added(table, document, productid=uuid4()), Code.PRODUCT_DOES_NOT_EXIST)
    company.refuses(added(table, document, productid=lamp, uomid=uuid4()), Code.UNIT_DOES_NOT_EXIST)
    company.refuses(added(table, uuid4(), productid=lamp), Code.OBJECT_DOES_NOT_EXIST, table)


@tables
def test_a_unit_belongs_to_the_products_group(company: Company, table):
    _, litre = unit_group(company, "Fluids", "Litre")
    document = company.document(table, line(company.lamp))
    company.refuses(
        added(table, document, productid=company.lamp, uomid=litre), Code.UNIT_NOT_IN_SCHEDULE, "Litre", "Lamp"
    )
    (detail,) = company.lines(table, document)
    company.refuses(handsel.Update(LINES[table][0], detail.id, {"uomid": litre}), Code.UNIT_NOT_IN_SCHEDULE)


@tables
def test_fractions_only_where_they_are_sold(company: Company, table):
    document = company.document(table)
    items = company.all("productpricelevel", productid=company.lamp, pricelevelid=company.price_list)
    company.update("productpricelevel", items[0].id, quantitysellingcode=2)
    company.refuses(added(table, document, **line(company.lamp, "1.5")), Code.PRODUCT_INVALID_QUANTITY_DECIMAL, "Lamp")
    company.do(added(table, document, **line(company.lamp, "2.0")))
    (detail,) = company.lines(table, document)
    company.refuses(
        handsel.Update(LINES[table][0], detail.id, {"quantity": "2.5"}), Code.PRODUCT_INVALID_QUANTITY_DECIMAL
    )
    company.refuses(added(table, document, **line(company.cable, "1.123456")), Code.PRODUCT_INVALID_QUANTITY_DECIMAL)


@tables
def test_without_a_price_list_item_the_product_limits_the_decimals(company: Company, table):
    (unlisted,) = company.products({"name": "Rope", "price": 1, "quantitydecimal": 1})
    document = company.document(table)
    company.refuses(added(table, document, **line(unlisted, "1.25")), Code.PRODUCT_INVALID_QUANTITY_DECIMAL, "Rope")
    company.do(added(table, document, **line(unlisted, "1.2")))
    assert company.columns(table, document, "pricingerrorcode") == (1,)


@tables
def test_a_line_is_in_the_currency_of_its_document_and_stays_there(company: Company, table):
    document, other = company.document(table, line(company.lamp)), company.document(table)
    (detail,) = company.lines(table, document)
    company.refuses(
        added(table, document, transactioncurrencyid=company.euro, **line(company.lamp)), Code.CURRENCY_NOT_EQUAL
    )
    company.refuses(handsel.Update(LINES[table][0], detail.id, {f"{table}id": other}), Code.INVALID_ARGUMENT)


@tables
def test_a_catalog_line_becomes_a_write_in_and_back(company: Company, table):
    document = company.document(table, line(company.lamp, 2))
    lines = LINES[table][0]
    (detail,) = company.lines(table, document)
    company.update(
        lines, detail.id, isproductoverridden=True, productid=None, uomid=None, productdescription="Own", priceperunit=5
    )
    (detail,) = company.lines(table, document)
    assert (detail["productname"], detail["ispriceoverridden"], detail["extendedamount"]) == ("Own", True, 10)
    back = {
        "isproductoverridden": False,
        "ispriceoverridden": False,
        "productid": company.lamp,
        "productdescription": None,
    }
    company.update(lines, detail.id, **back)
    (detail,) = company.lines(table, document)
    assert (detail["productname"], detail["uomid"], detail["extendedamount"]) == (
        "Lamp",
        company.piece,
        Decimal("39.98"),
    )


@tables
def test_negative_prices_and_quantities_are_credits(company: Company, table):
    document = company.document(table, write_in("Credit", -50), line(company.lamp, -2), write_in("Work", 200))
    assert company.total(table, document) == Decimal("110.02")


# Values


@tables
@pytest.mark.parametrize(
    ("values", "code", "text"),
    [
        ({"nmae": "x"}, Code.INVALID_PAYLOAD, "nmae"),
        ({"name": 5}, Code.INVALID_PAYLOAD, "name"),
        ({"name": "x" * 301}, Code.TEXT_TOO_LONG, "300"),
        ({"freightamount": "abc"}, Code.INVALID_PAYLOAD, "freightamount"),
        ({"freightamount": True}, Code.INVALID_PAYLOAD, "freightamount"),
        ({"freightamount": "NaN"}, Code.INVALID_PAYLOAD, "freightamount"),
        ({"freightamount": -1}, Code.NUMBER_OUT_OF_RANGE, "freightamount"),
        ({"freightamount": "1000000000000.01"}, Code.NUMBER_OUT_OF_RANGE, "freightamount"),
        ({"discountpercentage": "100.01"}, Code.NUMBER_OUT_OF_RANGE, "discountpercentage"),
        ({"discountpercentage": "1.005"}, Code.NUMBER_OUT_OF_RANGE, "decimals"),
        ({"skippricecalculation": 7}, Code.NUMBER_OUT_OF_RANGE, "skippricecalculation"),
        ({"pricelevelid": "nonsense"}, Code.INVALID_ARGUMENT, "pricelevelid"),
        ({"pricelevelid": str(uuid4())}, Code.OBJECT_DOES_NOT_EXIST, "pricelevel"),
        ({"customerid": Reference("quote", uuid4())}, Code.INVALID_PAYLOAD, "account"),
        ({"customerid": str(uuid4())}, Code.OBJECT_DOES_NOT_EXIST, "customerid"),
        ({"ownerid": str(uuid4())}, Code.OBJECT_DOES_NOT_EXIST, "ownerid"),
        ({"overriddencreatedon": "yesterday"}, Code.INVALID_PAYLOAD, "overriddencreatedon"),
    ],
)
def test_bad_values_are_refused_on_create_and_named(company: Company, table, values, code, text):
    company.refuses(handsel.Create(table, {"name": "Deal", **values}), code, text)


@tables
@pytest.mark.parametrize("quantity", ["abc", None, "1e20", "100000000000.5", "NaN", [1]])
def test_bad_quantities_are_refused(company: Company, table, quantity):
    document = company.document(table, line(company.lamp))
    (detail,) = company.lines(table, document)
    message = handsel.Update(LINES[table][0], detail.id, {"quantity": quantity})
    before = fingerprint(company.session)
    if quantity is None:
        company.do(message)
        assert company.lines(table, document)[0]["pricingerrorcode"] == 4
        return
    with pytest.raises(handsel.HandselError, match="quantity"):
        company.do(message)
    assert fingerprint(company.session) == before


@tables
def test_typed_amounts_beyond_money_are_refused_and_computed_ones_are_a_pricing_error(company: Company, table):
    document = company.document(table, write_in("Star", "900000000000", "100000000000"), line(company.lamp))
    assert [row["pricingerrorcode"] for row in company.lines(table, document)] == [35, 0]
    assert company.columns(table, document, "pricingerrorcode", "totalamount") == (1, Decimal("19.99"))
    company.refuses(
        added(table, document, **write_in("Star", "922337203685477.59")), Code.MONEY_SIZE_EXCEEDED, "priceperunit"
    )


@tables
def test_amounts_that_do_not_fit_the_base_currency_are_refused(company: Company, table):
    company.update("transactioncurrency", company.euro, exchangerate="0.0001")
    document = company.document(table, pricelevelid=company.euro_list)
    over = write_in("Star", "500000000000", 1)
    company.refuses(added(table, document, **over), Code.BASE_CURRENCY_OVERFLOW)
    company.refuses(added(table, document, **{**over, "priceperunit": "-500000000000"}), Code.BASE_CURRENCY_UNDERFLOW)


@tables
def test_unknown_rows_are_not_found(company: Company, table):
    unknown = uuid4()
    for message in (
        handsel.Retrieve(table, unknown),
        handsel.Update(table, unknown, {"name": "x"}),
        handsel.Delete(table, unknown),
        handsel.Update(LINES[table][0], unknown, {"quantity": 1}),
        handsel.Delete(LINES[table][0], unknown),
    ):
        error = company.refuses(message, Code.OBJECT_DOES_NOT_EXIST, str(unknown))
        assert error.status == 404


def test_an_unknown_table_is_refused(company: Company):
    for message in (handsel.Create("qoute", {}), handsel.Retrieve("qoute", uuid4())):
        company.refuses(message, Code.UNKNOWN_TABLE, "qoute")


def test_a_row_that_others_refer_to_is_not_deleted(company: Company):
    company.quote(line(company.lamp))
    for table, id in (("account", company.acme), ("product", company.lamp), ("uom", company.piece)):
        company.refuses(handsel.Delete(table, id), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION)


@tables
def test_a_draft_goes_with_everything_that_belongs_to_it(company: Company, table):
    document = company.document(table, line(company.lamp), write_in("Work", 1))
    company.create("annotation", subject="Note", objectid=Reference(table, document))
    company.delete(table, document)
    assert [company.session.count(name) for name in (table, LINES[table][0], "annotation")] == [0, 0, 0]


def test_a_key_that_exists_is_a_duplicate(company: Company):
    quote = company.quote(quotenumber="Q-1")
    company.refuses(handsel.Create("quote", {"quoteid": quote, "name": "x"}), Code.DUPLICATE_RECORD)
    for table, column in (("salesorder", "ordernumber"), ("invoice", "invoicenumber")):
        company.document(table, **{column: "N-1"})
        company.refuses(handsel.Create(table, {"name": "x", column: "N-1"}), Code.DUPLICATE_ALTERNATE_KEY)


def test_a_second_live_quote_with_the_number_is_refused(company: Company):
    company.quote(quotenumber="Q-1")
    with pytest.raises(handsel.HandselError) as caught:
        company.quote(quotenumber="Q-1")
    assert caught.value.code in (Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE, Code.DUPLICATE_ALTERNATE_KEY)


@tables
def test_a_status_reason_that_does_not_exist_is_refused(company: Company, table):
    document = company.document(table)
    with pytest.raises(handsel.HandselError):
        company.update(table, document, statecode=9)
    company.refuses(handsel.Update(table, document, {"statuscode": 77}), Code.NUMBER_OUT_OF_RANGE, "77")


def test_the_base_currency_keeps_its_rate(company: Company):
    company.refuses(
        handsel.Update("transactioncurrency", company.dollar, {"exchangerate": 2}), Code.INVALID_EXCHANGE_RATE
    )


def test_write_ins_are_refused_where_the_organization_switched_them_off(company: Company) -> None:
    session = company.session
    organization = next(session.rows("organization"))
    session.execute(handsel.Update("organization", organization.id, {"iswriteinproductsallowed": False}))
    line = {"productdescription": "Advice", "priceperunit": 100}
    with pytest.raises(HandselError, match="iswriteinproductsallowed"):
        session.execute(handsel.Create("opportunity", {"name": "Deal", "product_opportunities": [line]}))
    assert session.count("opportunity") == 0


@pytest.mark.parametrize("rate", ["0", "-1"])
def test_an_exchange_rate_that_is_not_above_zero_is_refused(company: Company, rate: str) -> None:
    update = handsel.Update("transactioncurrency", company.euro, {"exchangerate": rate})
    company.refuses(update, Code.INVALID_EXCHANGE_RATE)


def test_an_amount_too_large_for_the_base_currency_refuses_only_its_own_message(company: Company) -> None:
    session = company.session
    tiny = {"currencyname": "Tiny", "isocurrencycode": "TNY", "currencysymbol": "t", "exchangerate": "0.0001"}
    currency = session.execute(handsel.Create("transactioncurrency", tiny))
    deals = [
        handsel.Create("opportunity", {"name": name, "transactioncurrencyid": currency, "estimatedvalue": amount})
        for name, amount in (("fits", 10), ("does not fit", 10**12), ("fits too", 20))
    ]
    first, second, third = session.execute_many(deals, on_refusal="collect")
    assert isinstance(second, handsel.Refusal)
    assert second.error.code is Code.BASE_CURRENCY_OVERFLOW
    assert [first["estimatedvalue_base"], third["estimatedvalue_base"]] == [100000, 200000]
    assert {row["name"] for row in session.rows("opportunity")} == {"fits", "fits too"}


def test_a_line_does_not_move_to_another_document(company: Company):
    for table, said in (("opportunity", "An opportunity product"), ("salesorder", "An order product")):
        here, there = company.document(table, line(company.lamp)), company.document(table)
        moved = handsel.Update(LINES[table][0], company.lines(table, here)[0].id, {f"{table}id": there})
        assert company.refuses(moved, Code.INVALID_ARGUMENT).message.startswith(f"{said} cannot move")
