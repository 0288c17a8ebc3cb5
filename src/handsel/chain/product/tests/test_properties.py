"""Products and families have properties; lines hold their values."""

from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company, line

CHOICE, DECIMAL, FLOAT, TEXT, WHOLE = range(5)


def property_of(product: UUID, name: str, datatype: int, **values: Any) -> handsel.Create:
    given = {"name": name, "datatype": datatype, "regardingobjectid": Reference("product", product), **values}
    return handsel.Create("dynamicproperty", given)


@pytest.fixture
def quote_line(company: Company) -> UUID:
    quote = company.quote(line(company.lamp))
    return company.lines("quote", quote)[0].id


def values_of(line_id: UUID, *values: dict[str, Any]) -> handsel.UpdateProductProperties:
    return handsel.UpdateProductProperties(
        [{"regardingobjectid": Reference("quotedetail", line_id), **each} for each in values]
    )


def test_a_property_belongs_to_its_product_and_takes_its_state(company: Company) -> None:
    [sketch] = company.products({"name": "Sketch"}, published=False)
    row = company.do(property_of(sketch, "Watts", WHOLE))
    assert row["statecode"] == 1
    [link] = company.all("dynamicpropertyassociation", dynamicpropertyid=row.id)
    assert (link["regardingobjectid"], link["inheritancestate"], link["associationstatus"]) == (sketch, 2, 2)
    company.update("product", sketch, statecode=0)
    assert company.state("dynamicproperty", row.id) == (0, 1)
    assert company.columns("dynamicpropertyassociation", link.id, "associationstatus") == (0,)
    company.delete("dynamicproperty", row.id)
    assert company.all("dynamicpropertyassociation", dynamicpropertyid=row.id) == []


def test_definitions_are_checked(company: Company) -> None:
    company.do(property_of(company.lamp, "Watts", WHOLE, minvalueinteger=1, maxvalueinteger=100))
    cases: list[tuple[str, int, dict[str, Any], Code, str]] = [
        ("Watts", WHOLE, {}, Code.DUPLICATE_RECORD, "Watts"),
        ("A", WHOLE, {"minvalueinteger": 9, "maxvalueinteger": 3}, Code.INVALID_ARGUMENT, "order"),
        ("B", DECIMAL, {"maxvaluedecimal": 1, "defaultvaluedecimal": 2}, Code.NUMBER_OUT_OF_RANGE, "at most 1"),
        ("C", TEXT, {"maxlengthstring": 2, "defaultvaluestring": "abc"}, Code.TEXT_TOO_LONG, "2"),
        ("D", FLOAT, {"precision": 1, "defaultvaluedouble": 1.25}, Code.NUMBER_OUT_OF_RANGE, "1 decimals"),
    ]
    for name, datatype, values, code, text in cases:
        company.refuses(property_of(company.lamp, name, datatype, **values), code, text)
    company.settings(maximumdynamicpropertiesallowed=1)
    company.refuses(property_of(company.lamp, "E", WHOLE), Code.BUSINESS_RULE, "Lamp", "1")


def test_options_count_up_and_differ(company: Company) -> None:
    color = company.do(property_of(company.lamp, "Color", CHOICE)).id

    def option(name: str, **values: Any) -> handsel.Create:
        given = {"dynamicpropertyoptionname": name, "dynamicpropertyid": color, **values}
        return handsel.Create("dynamicpropertyoptionsetitem", given)

    red, blue = company.session.execute_many([option("Red"), option("Blue")])
    assert (red["dynamicpropertyoptionvalue"], blue["dynamicpropertyoptionvalue"]) == (1, 2)
    company.refuses(option("Red"), Code.DUPLICATE_RECORD, "Red")
    company.refuses(option("Green", dynamicpropertyoptionvalue=2), Code.DUPLICATE_RECORD, "Green")
    watts = company.do(property_of(company.lamp, "Watts", WHOLE)).id
    wrong = {"dynamicpropertyoptionname": "x", "dynamicpropertyid": watts}
    company.refuses(handsel.Create("dynamicpropertyoptionsetitem", wrong), Code.BUSINESS_RULE, "Watts", "no choice")


def test_a_line_answers_with_own_and_inherited_properties(company: Company, quote_line: UUID) -> None:
    company.do(property_of(company.lamp, "Color", CHOICE))
    lights = company.create("product", name="Lights", productnumber="F", productstructure=2)
    warranty = company.do(property_of(lights, "Warranty", WHOLE)).id
    company.update("product", lights, statecode=0)
    company.update("product", company.lamp, parentproductid=lights)

    def names() -> list[str]:
        answer = company.do(handsel.RetrieveProductProperties(Reference("quotedetail", quote_line)))
        return [row["name"] for row in answer]

    assert names() == ["Color", "Warranty"]
    company.do(property_of(company.lamp, "Warranty (long)", WHOLE, overwrittendynamicpropertyid=warranty))
    assert names() == ["Color", "Warranty (long)"]
    wrong = handsel.RetrieveProductProperties(Reference("product", company.lamp))
    company.refuses(wrong, Code.INVALID_ARGUMENT, "quotedetail")


def test_values_are_set_and_changed_on_lines(company: Company, quote_line: UUID) -> None:
    watts = company.do(property_of(company.lamp, "Watts", WHOLE, minvalueinteger=1, maxvalueinteger=100)).id
    label = company.do(property_of(company.lamp, "Label", TEXT, isrequired=True)).id
    company.do(values_of(quote_line, {"dynamicpropertyid": watts, "valueinteger": 60}))
    assert company.columns("quotedetail", quote_line, "propertyconfigurationstatus") == (1,)
    both = ({"dynamicpropertyid": watts, "valueinteger": 40}, {"dynamicpropertyid": label, "valuestring": "Hall"})
    company.do(values_of(quote_line, *both))
    assert company.columns("quotedetail", quote_line, "propertyconfigurationstatus") == (0,)
    rows = company.all("dynamicpropertyinstance", regardingobjectid=quote_line)
    assert [(row["name"], row["valueinteger"], row["valuestring"]) for row in rows] == [
        ("Watts", 40, None), ("Label", None, "Hall"),
    ]  # fmt: skip
    company.do(handsel.UpdateProductProperties([{"dynamicpropertyinstanceid": rows[0].id, "valueinteger": 41}]))
    assert company.columns("dynamicpropertyinstance", rows[0].id, "valueinteger") == (41,)


def test_values_that_do_not_fit_are_refused(company: Company, quote_line: UUID) -> None:
    watts = company.do(property_of(company.lamp, "Watts", WHOLE, minvalueinteger=1, maxvalueinteger=100)).id
    color = company.do(property_of(company.lamp, "Color", CHOICE)).id
    company.create("dynamicpropertyoptionsetitem", dynamicpropertyoptionname="Red", dynamicpropertyid=color)
    fixed = company.do(property_of(company.lamp, "Socket", TEXT, isreadonly=True, defaultvaluestring="E27")).id
    other = company.do(property_of(company.desk, "Height", WHOLE)).id
    cases: list[tuple[dict[str, Any], Code, str]] = [
        ({"dynamicpropertyid": watts, "valueinteger": 500}, Code.NUMBER_OUT_OF_RANGE, "at most 100"),
        ({"dynamicpropertyid": watts, "valuestring": "x"}, Code.INVALID_PAYLOAD, "valueinteger"),
        ({"dynamicpropertyid": color, "valueinteger": 5}, Code.INVALID_PAYLOAD, "1 Red"),
        ({"dynamicpropertyid": fixed, "valuestring": "E14"}, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "E27"),
        ({"dynamicpropertyid": other, "valueinteger": 5}, Code.BUSINESS_RULE, "Watts"),
        ({"valueinteger": 5}, Code.REQUIRED_FIELD_MISSING, "dynamicpropertyid"),
    ]
    for values, code, text in cases:
        company.refuses(values_of(quote_line, values), code, text)
    company.do(values_of(quote_line, {"dynamicpropertyid": color, "valueinteger": 1}))
    again = {"regardingobjectid": Reference("quotedetail", quote_line), "dynamicpropertyid": color, "valueinteger": 1}
    company.refuses(handsel.Create("dynamicpropertyinstance", again), Code.DUPLICATE_RECORD, "Color")


def test_lines_of_a_closed_document_keep_their_values(company: Company) -> None:
    watts = company.do(property_of(company.lamp, "Watts", WHOLE)).id
    quote = company.quote(line(company.lamp), state=1)
    row = company.lines("quote", quote)[0]
    message = values_of(row.id, {"dynamicpropertyid": watts, "valueinteger": 5})
    company.refuses(message, Code.PARENT_READ_ONLY, "active")


def test_twenty_values_take_the_statements_of_one(company: Company) -> None:
    watts = company.do(property_of(company.lamp, "Watts", WHOLE)).id
    counts = []
    for size in (1, 20):
        quote = company.quote(*(line(company.lamp) for _ in range(size)))
        value = {"dynamicpropertyid": watts, "valueinteger": 5}
        entries = [
            {"regardingobjectid": Reference("quotedetail", row.id), **value} for row in company.lines("quote", quote)
        ]
        with counted_statements() as count:
            company.do(handsel.UpdateProductProperties(entries))
        counts.append(len(count))
    assert counts[0] == counts[1]
