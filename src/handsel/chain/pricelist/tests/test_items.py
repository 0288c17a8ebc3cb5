"""Price list items: one per list, product and unit, with a working method."""

from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company


def item(company: Company, product: UUID, **values: Any) -> handsel.Create:
    given = {"pricelevelid": company.price_list, "productid": product, "uomid": company.piece, "amount": 10, **values}
    return handsel.Create("productpricelevel", given)


@pytest.fixture
def torch(company: Company) -> UUID:
    return company.products({"name": "Torch", "price": "20", "currentcost": "10", "standardcost": "8"})[0]


def test_an_item_has_the_currency_of_its_list_and_the_group_of_its_unit(company: Company, torch: UUID) -> None:
    row = company.do(item(company, torch, pricelevelid=company.euro_list))
    assert (row["transactioncurrencyid"], row["uomscheduleid"]) == (company.euro, company.group)
    other = item(company, torch, transactioncurrencyid=company.euro)
    company.refuses(other, Code.CURRENCY_NOT_EQUAL, "Standard")
    changed = handsel.Update("productpricelevel", row.id, {"transactioncurrencyid": company.dollar})
    company.refuses(changed, Code.CURRENCY_NOT_EQUAL, "Standard EUR")
    company.update("productpricelevel", row.id, pricelevelid=company.price_list)
    assert company.columns("productpricelevel", row.id, "transactioncurrencyid") == (company.dollar,)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("productid", Code.MISSING_PRODUCT_ID),
        ("uomid", Code.MISSING_UOM_ID),
        ("pricelevelid", Code.MISSING_PRICE_LEVEL_ID),
    ],
)
def test_what_is_missing_is_named(company: Company, torch: UUID, column: str, code: Code) -> None:
    company.refuses(item(company, torch, **{column: None}), code, column)
    row = company.do(item(company, torch))
    changed = handsel.Update("productpricelevel", row.id, {column: None})
    company.refuses(changed, code if column == "uomid" else Code.REQUIRED_FIELD_MISSING, column)


def test_a_second_item_is_refused(company: Company, torch: UUID) -> None:
    first = company.do(item(company, torch))
    company.refuses(item(company, torch), Code.DUPLICATE_PRODUCT_PRICE_LEVEL, "Torch", "Standard", "Piece")
    dozen = company.do(item(company, torch, uomid=company.dozen))
    changed = handsel.Update("productpricelevel", dozen.id, {"uomid": company.piece})
    company.refuses(changed, Code.DUPLICATE_PRODUCT_PRICE_LEVEL, "Piece")
    company.delete("productpricelevel", first.id)
    company.do(changed)
    pair = [item(company, torch, uomid=company.dozen) for _ in range(2)]
    made, refused = company.session.execute_many(pair, on_refusal="collect")
    assert made["uomid"] == company.dozen
    assert refused.error.code == Code.DUPLICATE_PRODUCT_PRICE_LEVEL


def test_the_unit_is_of_the_group_of_the_product(company: Company, torch: UUID) -> None:
    group = company.create("uomschedule", name="Weight", baseuomname="Gram")
    [gram] = company.all("uom", uomscheduleid=group)
    company.refuses(item(company, torch, uomid=gram.id), Code.UNIT_NOT_IN_SCHEDULE, "Torch", "Gram")


@pytest.mark.parametrize(
    ("method", "percentage", "allowed"),
    [
        (2, "99999.99", True),
        (2, "100000", False),
        (3, "150", True),
        (4, "99.99", True),
        (4, "100", False),
        (6, "100", False),
    ],
)
def test_percentages_have_a_range(company: Company, torch: UUID, method: int, percentage: str, allowed: bool) -> None:
    message = item(company, torch, pricingmethodcode=method, percentage=percentage, amount=None)
    if allowed:
        company.do(message)
    else:
        company.refuses(message, Code.PRODUCT_INVALID_PRICE_LEVEL_PERCENTAGE, "Torch", percentage)


def test_percent_methods_need_one_currency(company: Company, torch: UUID) -> None:
    percent = {"pricelevelid": company.euro_list, "pricingmethodcode": 2, "percentage": 50}
    company.refuses(
        item(company, torch, **percent), Code.PRICE_LIST_AND_PRODUCT_CURRENCY_NOT_EQUAL, "Torch", "Standard EUR"
    )
    row = company.do(item(company, torch, pricelevelid=company.euro_list))
    changed = handsel.Update("productpricelevel", row.id, {"pricingmethodcode": 2, "percentage": 50})
    company.refuses(changed, Code.PRICE_LIST_AND_PRODUCT_CURRENCY_NOT_EQUAL)


def test_amounts_of_a_discount_list_need_the_currency_of_the_price_list(company: Company, torch: UUID) -> None:
    euros = company.create("discounttype", name="Euros", isamounttype=True, transactioncurrencyid=company.euro)
    wrong = item(company, torch, discounttypeid=euros)
    company.refuses(wrong, Code.DISCOUNT_LIST_AND_PRICE_LIST_CURRENCY_NOT_EQUAL, "Torch", "Euros")
    company.do(item(company, torch, discounttypeid=euros, pricelevelid=company.euro_list))
    company.do(item(company, torch, discounttypeid=company.create("discounttype", name="Percent")))


def test_a_family_has_no_price(company: Company) -> None:
    lights = company.create("product", name="Lights", productnumber="F", productstructure=2)
    company.refuses(item(company, lights), Code.BUSINESS_RULE, "Lights")


def test_a_product_goes_with_its_items(company: Company, torch: UUID) -> None:
    company.do(item(company, torch))
    company.delete("product", torch)
    assert company.all("productpricelevel", productid=torch) == []


def test_a_hundred_items_take_the_statements_of_one(company: Company) -> None:
    counts = []
    for size in (1, 100):
        products = company.products(*({"name": f"P {size}.{n}"} for n in range(size)))
        with counted_statements() as count:
            company.session.execute_many([item(company, product) for product in products])
        counts.append(len(count))
    assert counts[0] == counts[1]
