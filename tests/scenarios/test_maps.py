"""Conversions copy custom columns, and columns that an administrator mapped (behaviour 7)."""

from datetime import date
from decimal import Decimal

import pytest

import handsel
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


def add_map(company: Company, source: str, target: str, source_column: str, target_column: str):
    (entity_map,) = company.all("entitymap", sourceentityname=source, targetentityname=target)
    values = {"sourceattributename": source_column, "targetattributename": target_column}
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


@each_conversion
def test_custom_columns_are_not_copied_unless_mapped(company: Company, source, target, message):
    add_column(company, (source, target), "new_colour", "text")
    made = converted(company, source, target, message, new_colour="Blue")
    assert company.columns(target, made, "new_colour") == (None,)


@pytest.mark.parametrize("type", VALUES)
@each_conversion
def test_a_mapped_custom_column_travels_on_the_header_and_on_lines(company: Company, source, target, message, type):
    given, stored, definition = VALUES[type]
    add_column(company, (source, target, LINES[source][0], LINES[target][0]), "new_extra", type, **definition)
    add_map(company, source, target, "new_extra", "new_extra")
    add_map(company, LINES[source][0], LINES[target][0], "new_extra", "new_extra")
    made = converted(company, source, target, message, line(company.lamp, new_extra=given), new_extra=given)
    assert company.columns(target, made, "new_extra") == (stored,)
    assert [row["new_extra"] for row in company.lines(target, made)] == [stored]
    assert company.total(target, made) == Decimal("19.99")


def test_a_lookup_column_travels(company: Company):
    add_column(company, ("quote", "salesorder"), "new_partner", "lookup", target="account")
    add_map(company, "quote", "salesorder", "new_partner", "new_partner")
    made = converted(company, "quote", "salesorder", "ConvertQuoteToSalesOrder", new_partner=company.acme)
    assert company.columns("salesorder", made, "new_partner") == (company.acme,)


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
    company.update("attributemap", mapping, targetattributename="new_two")
    assert travelled() == (None, "x")
    company.delete("attributemap", mapping)
    assert travelled() == (None, None)


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
