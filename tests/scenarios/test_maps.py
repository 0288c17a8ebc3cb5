"""Conversions copy custom columns, and columns that an administrator mapped (behaviour 7)."""

from datetime import date
from decimal import Decimal

import pytest

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import LINES, Company, audit_of, line

CONVERSION_ROUTES = [
    ("opportunity", "quote", "GenerateQuoteFromOpportunity"),
    ("opportunity", "salesorder", "GenerateSalesOrderFromOpportunity"),
    ("opportunity", "invoice", "GenerateInvoiceFromOpportunity"),
    ("quote", "quote", "ReviseActiveQuote"),
    ("quote", "salesorder", "ConvertQuoteToSalesOrder"),
    ("salesorder", "invoice", "ConvertSalesOrderToInvoice"),
]
each_conversion = pytest.mark.parametrize(("source", "target", "message"), CONVERSION_ROUTES)


def add_column(company: Company, tables, name: str, type: str, **values) -> None:
    for table in dict.fromkeys(tables):
        company.do(handsel.AddColumn(table, name, type, **values))


def add_map(company: Company, source: str, target: str, source_column: str, target_column: str, **more):
    (entity_map,) = company.all("entitymap", sourceentityname=source, targetentityname=target)
    values = {"sourceattributename": source_column, "targetattributename": target_column, **more}
    return company.create("attributemap", entitymapid=entity_map.id, **values)


def converted(company: Company, source: str, target: str, message: str, *lines, **values):
    document = company.document(source, *lines, **values)
    if source == "quote":
        company.update("quote", document, statecode=1)
    return company.do(getattr(handsel, message)(document)).id


VALUES = {
    "text": ("Blue", "Blue", {}),
    "memo": ("Long\ntext", "Long\ntext", {}),
    "integer": (7, 7, {}),
    "decimal": ("1.25", Decimal("1.25"), {"precision": 2}),
    "money": ("12.34", Decimal("12.34"), {}),
    "boolean": (True, True, {}),
    "choice": (2, 2, {"options": {"1": "Small", "2": "Large"}}),
    "date": ("2026-05-06", date(2026, 5, 6), {}),
}


@pytest.mark.parametrize("type", VALUES)
@each_conversion
def test_an_own_column_travels_by_itself_on_the_header_and_on_lines(company: Company, source, target, message, type):
    given, stored, definition = VALUES[type]
    add_column(company, (source, target, LINES[source][0], LINES[target][0]), "new_extra", type, **definition)
    made = converted(company, source, target, message, line(company.lamp, new_extra=given), new_extra=given)
    assert company.columns(target, made, "new_extra") == (stored,)
    assert [row["new_extra"] for row in company.lines(target, made)] == [stored]
    assert company.total(target, made) == Decimal("19.99")


@each_conversion
def test_a_mapped_own_column_travels_under_another_name(company: Company, source, target, message):
    add_column(company, (source, LINES[source][0]), "new_here", "money")
    add_column(company, (target, LINES[target][0]), "new_there", "money")
    add_map(company, source, target, "new_here", "new_there")
    add_map(company, LINES[source][0], LINES[target][0], "new_here", "new_there")
    made = converted(company, source, target, message, line(company.lamp, new_here="1.5"), new_here="2.5")
    assert company.columns(target, made, "new_there") == (Decimal("2.5"),)
    assert [row["new_there"] for row in company.lines(target, made)] == [Decimal("1.5")]


def test_a_lookup_column_travels(company: Company):
    add_column(company, ("quote", "salesorder"), "new_partner", "lookup", target="account")
    made = converted(company, "quote", "salesorder", "ConvertQuoteToSalesOrder", new_partner=company.acme)
    assert company.columns("salesorder", made, "new_partner") == (company.acme,)


def test_own_columns_of_a_lead_travel_to_all_that_it_becomes(company: Company):
    tables = ("lead", "account", "contact", "opportunity")
    add_column(company, tables, "new_source", "text")
    add_column(company, tables, "new_partner", "lookup", target="account")
    own = {"new_source": "Fair", "new_partner": company.acme}
    lead = company.create("lead", subject="Roof", companyname="Bee", lastname="Bee", **own)
    for made in company.do(handsel.QualifyLead(lead, True, True, True)):
        assert company.columns(made.table, made.id, *own) == ("Fair", company.acme)


def test_own_columns_travel_through_every_step_of_the_chain(company: Company):
    for tables in zip(LINES, (lines for lines, _ in LINES.values()), strict=True):
        add_column(company, tables, "new_colour", "text")
    opportunity = company.opportunity(line(company.lamp, new_colour="Red"), new_colour="Blue")
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id
    company.update("quote", quote, statecode=1)
    quote = company.do(handsel.ReviseActiveQuote(quote)).id
    company.update("quote", quote, statecode=1)
    order = company.do(handsel.CreateOrderFromQuote(quote)).id
    company.do(handsel.GetSalesOrderProductsFromOpportunity(order, opportunity))
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order)).id
    assert company.columns("invoice", invoice, "new_colour") == ("Blue",)
    assert [row["new_colour"] for row in company.lines("invoice", invoice)] == ["Red", "Red"]


def test_a_prepared_row_has_own_columns(company: Company):
    add_column(company, ("quote", "salesorder"), "new_colour", "text")
    quote = company.quote(new_colour="Blue")
    prepared = company.do(handsel.InitializeFrom(Reference("quote", quote), "salesorder", "All"))
    assert prepared["new_colour"] == "Blue"


def test_a_copied_product_and_the_properties_of_a_copied_line_keep_own_columns(company: Company):
    add_column(company, ("product", "dynamicpropertyinstance"), "new_colour", "text")
    company.update("product", company.desk, new_colour="Oak")
    clone = company.do(handsel.CloneProduct(Reference("product", company.desk)))
    assert company.columns("product", clone.id, "new_colour") == ("Oak",)
    shape = company.create(
        "dynamicproperty", name="Shape", datatype=3, regardingobjectid=Reference("product", company.lamp)
    )
    opportunity = company.opportunity(line(company.lamp, propertyconfigurationstatus=1))
    (detail,) = company.lines("opportunity", opportunity)
    on_line = {"dynamicpropertyid": shape, "regardingobjectid": detail.reference}
    company.create("dynamicpropertyinstance", **on_line, valuestring="round", new_colour="Red")
    company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    assert [row["new_colour"] for row in company.all("dynamicpropertyinstance")] == ["Red", "Red"]


MISFITS = {
    "another kind": (("integer", {}), ("text", {}), 7),
    "shorter": (("text", {"max_length": 20}), ("text", {"max_length": 10}), "x"),
    "a narrower range": (("integer", {"minimum": 0, "maximum": 9}), ("integer", {"minimum": 0, "maximum": 8}), 7),
    "an open range": (("integer", {}), ("integer", {"maximum": 8}), 7),
    "fewer decimals": (("decimal", {"precision": 3}), ("decimal", {"precision": 2}), "1.5"),
    "fewer options": (
        ("choice", {"options": {"1": "Small", "2": "Large"}}),
        ("choice", {"options": {"1": "Small"}}),
        1,
    ),
    "other options": (("choice", {"options": {"1": "Small"}}), ("choice", {"options": {"1": "Red"}}), 1),
    "a day for a moment": (("datetime", {}), ("date", {}), "2026-05-06T07:08:09Z"),
    "another table": (("lookup", {"target": "account"}), ("lookup", {"target": "contact"}), None),
}


@pytest.mark.parametrize("case", MISFITS)
def test_values_that_might_not_fit_do_not_travel_by_themselves(company: Company, case):
    (here, more_here), (there, more_there), value = MISFITS[case]
    add_column(company, ("quote",), "new_size", here, **more_here)
    add_column(company, ("salesorder",), "new_size", there, **more_there)
    value = company.acme if value is None else value
    made = converted(company, "quote", "salesorder", "ConvertQuoteToSalesOrder", new_size=value)
    assert company.columns("salesorder", made, "new_size") == (None,)


FITS = {
    "longer": (("text", {"max_length": 10}), ("text", {"max_length": 20}), "x"),
    "a line for a text": (("text", {}), ("memo", {}), "x"),
    "a wider range": (("integer", {"minimum": 1, "maximum": 9}), ("integer", {"minimum": 0}), 7),
    "the whole range": (("integer", {}), ("integer", {"minimum": -(2**31), "maximum": 2**31 - 1}), 7),
    "more decimals": (("decimal", {"precision": 2}), ("decimal", {"precision": 3}), Decimal("1.5")),
    "more options": (("choice", {"options": {"1": "small"}}), ("choice", {"options": {"1": "Small", "2": "Large"}}), 1),
}


@pytest.mark.parametrize("case", FITS)
def test_values_that_always_fit_travel(company: Company, case):
    (here, more_here), (there, more_there), value = FITS[case]
    add_column(company, ("quote",), "new_size", here, **more_here)
    add_column(company, ("salesorder",), "new_size", there, **more_there)
    made = converted(company, "quote", "salesorder", "ConvertQuoteToSalesOrder", new_size=value)
    assert company.columns("salesorder", made, "new_size") == (value,)


@each_conversion
def test_an_administrator_switches_an_own_column_off_and_on(company: Company, source, target, message):
    add_column(company, (source, target), "new_colour", "text")
    mapping = add_map(company, source, target, "new_colour", "new_colour", hs_isswitchedoff=True)

    def travelled():
        return company.columns(target, converted(company, source, target, message, new_colour="Blue"), "new_colour")

    assert travelled() == (None,)
    company.update("attributemap", mapping, hs_isswitchedoff=False)
    assert travelled() == ("Blue",)
    company.update("attributemap", mapping, hs_isswitchedoff=True)
    assert travelled() == (None,)
    company.delete("attributemap", mapping)
    assert travelled() == ("Blue",)


def test_what_handsel_maps_is_not_switched_off(company: Company):
    (entity_map,) = company.all("entitymap", sourceentityname="quote", targetentityname="salesorder")
    (shipped,) = company.all("attributemap", entitymapid=entity_map.id, targetattributename="freightamount")
    message = handsel.Update("attributemap", shipped.id, {"hs_isswitchedoff": True})
    company.refuses(message, Code.INVALID_ARGUMENT, "freightamount", "own map")


@pytest.mark.parametrize("message", ["GenerateQuoteFromOpportunity", "ReviseActiveQuote", "ConvertQuoteToSalesOrder"])
def test_own_columns_cost_no_statement(company: Company, message):
    """They are worked out once; after that a conversion sends what it sends without them."""
    table = "opportunity" if "Opportunity" in message else "quote"

    def cost() -> int:
        state = {"state": 1} if table == "quote" else {}
        id = getattr(company, table)(line(company.lamp, **own), **state, **own)
        with counted_statements() as count:
            company.do(getattr(handsel, message)(id))
        return len(count.statements)

    own: dict[str, str] = {}
    cost()
    before = cost()
    add_column(company, (*LINES, *(lines for lines, _ in LINES.values())), "new_colour", "text")
    own["new_colour"] = "Blue"
    cost()
    assert cost() == before


def test_an_administrator_maps_shipped_columns_to_others(company: Company):
    add_map(company, "opportunity", "quote", "customerneed", "billto_fax")
    add_column(company, ("quote",), "new_need", "text", max_length=2000)
    add_map(company, "opportunity", "quote", "customerneed", "new_need")
    made = converted(company, "opportunity", "quote", "GenerateQuoteFromOpportunity", customerneed="Roof")
    assert company.columns("quote", made, "billto_fax", "new_need") == ("Roof", "Roof")


def test_a_changed_or_deleted_map_counts_from_the_next_conversion_on(company: Company):
    add_column(company, ("opportunity", "quote"), "new_one", "text")
    add_column(company, ("quote",), "new_two", "text")
    mapping = add_map(company, "opportunity", "quote", "new_one", "new_one")

    def travelled():
        made = converted(company, "opportunity", "quote", "GenerateQuoteFromOpportunity", new_one="x")
        return company.columns("quote", made, "new_one", "new_two")

    assert travelled() == ("x", None)
    company.update("attributemap", mapping, sourceattributename="name", targetattributename="new_two")
    assert travelled() == ("x", "Deal")
    company.delete("attributemap", mapping)
    assert travelled() == ("x", None)


def test_a_map_decides_each_target_once(company: Company):
    add_column(company, ("opportunity", "quote"), "new_one", "text")
    add_map(company, "opportunity", "quote", "new_one", "new_one")
    with pytest.raises(handsel.HandselError):
        add_map(company, "opportunity", "quote", "name", "new_one")


def test_a_map_of_columns_that_do_not_exist_is_refused(company: Company):
    for source, target in (("new_nothing", "name"), ("name", "new_nothing")):
        with pytest.raises(handsel.HandselError, match="new_nothing"):
            add_map(company, "opportunity", "quote", source, target)
    assert converted(company, "opportunity", "quote", "GenerateQuoteFromOpportunity")


def test_a_map_between_columns_that_refer_to_different_tables_is_refused(company: Company):
    """An id of the one table, carried into a column for the other, would name no row."""
    add_column(company, ("quote",), "new_partner", "lookup", target="account")
    add_column(company, ("quote",), "new_text", "text")
    for source, target in (("customerid", "new_partner"), ("name", "new_partner"), ("ownerid", "new_text")):
        with pytest.raises(handsel.InvalidArgument, match=f"{source} refers to .* but Quote: {target} to"):
            add_map(company, "opportunity", "quote", source, target)
    assert add_map(company, "opportunity", "quote", "parentaccountid", "new_partner")


def test_a_mapped_value_that_does_not_fit_is_refused_and_not_cut(company: Company):
    add_column(company, ("quote",), "new_short", "text", max_length=3)
    add_map(company, "opportunity", "quote", "customerneed", "new_short")
    opportunity = company.opportunity(customerneed="Too long")
    with pytest.raises(handsel.HandselError):
        company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    assert company.session.count("quote") == 0


def test_custom_columns_are_validated_audited_and_cleared(company: Company):
    add_column(company, ("quote",), "new_size", "choice", options={"1": "Small", "2": "Large"})
    add_column(company, ("quote",), "new_count", "integer", minimum=1, maximum=5)
    add_column(company, ("quote",), "new_code", "text", max_length=3)
    add_column(company, ("quote",), "new_fee", "money")
    quote = company.quote(new_size=1, new_count=2, new_code="abc", new_fee="1.005")
    assert company.columns("quote", quote, "new_fee") == (Decimal("1.01"),)
    for values, code in (
        ({"new_size": 3}, Code.NUMBER_OUT_OF_RANGE),
        ({"new_count": 6}, Code.NUMBER_OUT_OF_RANGE),
        ({"new_count": "two"}, Code.INVALID_PAYLOAD),
        ({"new_code": "abcd"}, Code.TEXT_TOO_LONG),
        ({"new_nothing": 1}, Code.INVALID_PAYLOAD),
    ):
        company.refuses(handsel.Update("quote", quote, values), code, next(iter(values)))
    company.update("quote", quote, new_size=None, new_count=3)
    assert company.columns("quote", quote, "new_size", "new_count", "new_code") == (None, 3, "abc")
    assert audit_of(company, quote)[-1].content[0]["changed"] == {"new_size": [1, None], "new_count": [2, 3]}


def test_a_required_custom_column_must_be_given(company: Company):
    add_column(company, ("quote",), "new_must", "text", required=True)
    company.refuses(handsel.Create("quote", {"name": "Deal"}), Code.REQUIRED_FIELD_MISSING, "new_must")
    assert company.columns("quote", company.quote(new_must="x"), "new_must") == ("x",)


def test_the_shipped_maps_can_be_read_as_rows(company: Company):
    maps = {(row["sourceentityname"], row["targetentityname"]): row.id for row in company.all("entitymap")}
    for source, target, _ in CONVERSION_ROUTES:
        assert (source, target) in maps
        assert (LINES[source][0], LINES[target][0]) in maps
    pairs = company.all("attributemap", entitymapid=maps["quotedetail", "salesorderdetail"])
    assert ("tax", "tax") in {(row["sourceattributename"], row["targetattributename"]) for row in pairs}
    assert {row["issystem"] for row in pairs} == {True}


FEWER_DECIMALS = {
    "of the currency": (("money", {"precision": 4}), {}, Decimal("1.24")),
    "of its own": (("money", {"precision": 4}), {"precision": 1}, Decimal("1.2")),
    "from a number": (("decimal", {"precision": 4}), {}, Decimal("1.24")),
}


@pytest.mark.parametrize("case", FEWER_DECIMALS)
def test_an_amount_gets_the_decimals_of_its_column(company: Company, case):
    (here, more_here), more_there, expected = FEWER_DECIMALS[case]
    add_column(company, ("quote", "quotedetail"), "new_here", here, **more_here)
    add_column(company, ("salesorder", "salesorderdetail"), "new_there", "money", **more_there)
    add_map(company, "quote", "salesorder", "new_here", "new_there")
    add_map(company, "quotedetail", "salesorderdetail", "new_here", "new_there")
    own = {"new_here": "1.2351"}
    made = converted(company, "quote", "salesorder", "ConvertQuoteToSalesOrder", line(company.lamp, **own), **own)
    (detail,) = company.lines("salesorder", made)
    assert (company.columns("salesorder", made, "new_there")[0], detail["new_there"]) == (expected, expected)


@pytest.mark.parametrize(("precision", "expected"), [({"precision": 4}, Decimal("1.24")), ({}, Decimal("1.2400"))])
def test_an_amount_that_travels_by_itself_has_the_currencys_decimals(company: Company, precision, expected):
    """What was agreed in the currency's decimals stays, though the currency has none now."""
    add_column(company, ("opportunity",), "new_fee", "money", **precision)
    add_column(company, ("salesorder",), "new_fee", "money")
    opportunity = company.opportunity(new_fee="1.2351", pricelevelid=company.euro_list)
    if not precision:
        company.update("transactioncurrency", company.euro, currencyprecision=0)
    order = company.do(handsel.GenerateSalesOrderFromOpportunity(opportunity))
    assert company.columns("salesorder", order.id, "new_fee") == (expected,)


@pytest.mark.parametrize(
    ("here", "there"),
    [("integer", "text"), ("money", "memo"), ("boolean", "integer"), ("date", "text"), ("text", "boolean")],
)
def test_a_map_that_no_value_could_pass_is_refused(company: Company, here, there):
    add_column(company, ("quote",), "new_here", here)
    add_column(company, ("salesorder",), "new_there", there)
    with pytest.raises(handsel.InvalidArgument, match=r"new_here is .* new_there is .* Map columns of one type"):
        add_map(company, "quote", "salesorder", "new_here", "new_there")


def test_a_conversion_does_not_demand_a_required_custom_column(company: Company):
    """As for an own column of the target that no column of the source fills: it stays empty (docs/deviations.md)."""
    add_column(company, ("salesorder",), "new_must", "text", required=True)
    order = converted(company, "quote", "salesorder", "ConvertQuoteToSalesOrder", line(company.lamp))
    assert company.columns("salesorder", order, "new_must") == (None,)
    company.update("salesorder", order, description="x")
