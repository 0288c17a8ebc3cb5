"""Price lists and discount lists: currency, dates, activation, deletion."""

from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company


def deactivate(price_list: UUID) -> handsel.Update:
    return handsel.Update("pricelevel", price_list, {"statecode": 1})


def test_a_price_list_is_in_the_base_currency_unless_it_says_otherwise(company: Company) -> None:
    made = company.create("pricelevel", name="Plain")
    assert company.columns("pricelevel", made, "transactioncurrencyid") == (company.dollar,)
    company.update("pricelevel", made, transactioncurrencyid=company.euro)
    none = handsel.Update("pricelevel", made, {"transactioncurrencyid": None})
    company.refuses(none, Code.CURRENCY_MISSING, "Plain")


def test_a_name_cannot_be_taken_away(company: Company) -> None:
    message = handsel.Update("pricelevel", company.price_list, {"name": None})
    company.refuses(message, Code.REQUIRED_FIELD_MISSING, "name")


def test_the_currency_stays_once_there_are_items(company: Company) -> None:
    message = handsel.Update("pricelevel", company.price_list, {"transactioncurrencyid": company.euro})
    company.refuses(message, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Standard", "4 items")


def test_dates_are_in_order(company: Company) -> None:
    values = {"name": "Plain", "begindate": "2026-02-01", "enddate": "2026-01-31"}
    company.refuses(handsel.Create("pricelevel", values), Code.INVALID_ARGUMENT, "begindate")


def test_a_price_list_is_deactivated_and_activated(company: Company) -> None:
    company.do(deactivate(company.price_list))
    assert company.state("pricelevel", company.price_list) == (1, 100002)
    company.update("pricelevel", company.price_list, statecode=0)
    assert company.state("pricelevel", company.price_list) == (0, 100001)


@pytest.mark.parametrize(
    ("table", "column"),
    [("product", "pricelevelid"), ("account", "defaultpricelevelid"), ("contact", "defaultpricelevelid")],
)
def test_a_default_price_list_stays_active(company: Company, table: str, column: str) -> None:
    row = {"product": company.lamp, "account": company.acme, "contact": company.ann}[table]
    company.update(table, row, **{column: company.price_list})
    company.refuses(deactivate(company.price_list), Code.PRICE_LEVEL_IS_DEFAULT, "Standard", f"1 {table}")
    company.update(table, row, **{column: None})
    company.do(deactivate(company.price_list))


def test_deactivating_fifty_lists_takes_the_statements_of_one(company: Company) -> None:
    counts = []
    for size in (1, 50):
        lists = company.create_many("pricelevel", *({"name": f"L {size}.{n}"} for n in range(size)))
        with counted_statements() as count:
            company.session.execute_many([deactivate(id) for id in lists])
        counts.append(len(count))
    assert counts[0] == counts[1]


def test_a_price_list_goes_with_its_items(company: Company) -> None:
    company.delete("pricelevel", company.euro_list)
    assert company.all("productpricelevel", pricelevelid=company.euro_list) == []


def discount_list(company: Company, **values: Any) -> UUID:
    return company.create("discounttype", **{"name": "Volume", **values})


def span(company: Company, discounts: UUID, low: Any, high: Any, **values: Any) -> handsel.Create:
    given = {"discounttypeid": discounts, "lowquantity": low, "highquantity": high, **values}
    return handsel.Create("discount", given)


def test_amounts_have_a_currency_and_percentages_none(company: Company) -> None:
    amounts = discount_list(company, isamounttype=True)
    percentages = discount_list(company, transactioncurrencyid=company.euro)
    assert company.columns("discounttype", amounts, "transactioncurrencyid") == (company.dollar,)
    assert company.columns("discounttype", percentages, "transactioncurrencyid") == (None,)
    none = handsel.Update("discounttype", amounts, {"transactioncurrencyid": None})
    company.refuses(none, Code.CURRENCY_MISSING, "Volume")
    euro = handsel.Update("discounttype", percentages, {"transactioncurrencyid": company.euro})
    company.refuses(euro, Code.INVALID_CURRENCY, "Volume", "percentages")


def test_a_range_has_the_currency_and_name_of_its_list(company: Company) -> None:
    amounts = discount_list(company, isamounttype=True, transactioncurrencyid=company.euro)
    row = company.do(span(company, amounts, 1, 9, amount="2"))
    assert (row["transactioncurrencyid"], row["name"], row["amount_base"]) == (company.euro, "Volume", 2 / 0.8)
    message = handsel.Update("discounttype", amounts, {"isamounttype": False})
    company.refuses(message, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Volume", "1 ranges")


def test_the_value_fits_the_type_of_the_list(company: Company) -> None:
    amounts, percentages = discount_list(company, isamounttype=True), discount_list(company)
    cases: list[tuple[UUID, dict[str, Any], Code]] = [
        (amounts, {"percentage": 5}, Code.DISCOUNT_PERCENT),
        (percentages, {"amount": 5}, Code.DISCOUNT_AMOUNT),
        (amounts, {"amount": 5, "percentage": 5}, Code.DISCOUNT_AMOUNT_AND_PERCENT),
        (percentages, {}, Code.REQUIRED_FIELD_MISSING),
    ]
    for discounts, values, code in cases:
        company.refuses(span(company, discounts, 1, 9, **values), code, "Volume")


def test_ranges_are_in_order_and_do_not_overlap(company: Company) -> None:
    discounts = discount_list(company)
    company.do(span(company, discounts, 10, 19, percentage=5))
    company.refuses(
        span(company, discounts, 9, 1, percentage=1), Code.LOW_QUANTITY_GREATER_THAN_HIGH_QUANTITY, "9 to 1"
    )
    for low, high in ((19, 30), (1, 10), (12, 13), (1, 99)):
        overlap = span(company, discounts, low, high, percentage=1)
        company.refuses(overlap, Code.DISCOUNT_RANGE_OVERLAP, f"{low} to {high}", "10 to 19")
    company.do(span(company, discounts, "19.00001", 30, percentage=10))
    pair = [span(company, discounts, 40, 50, percentage=1), span(company, discounts, 50, 60, percentage=1)]
    first, second = company.session.execute_many(pair, on_refusal="collect")
    assert first["lowquantity"] == 40
    assert second.error.code == Code.DISCOUNT_RANGE_OVERLAP


def test_an_unused_discount_list_goes_with_its_ranges(company: Company) -> None:
    discounts = discount_list(company)
    company.do(span(company, discounts, 1, 9, percentage=5))
    company.delete("discounttype", discounts)
    assert company.all("discount", discounttypeid=discounts) == []
