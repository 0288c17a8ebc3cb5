"""The messages that only read: default price list, exchange rate, decimals of a quantity."""

from decimal import Decimal
from uuid import UUID

import handsel
from handsel import Reference
from handsel.engine.message import message_from
from handsel.errors import Code
from tests.scenarios.company import Company

UNKNOWN = UUID(int=7)


def test_the_only_active_price_list_is_the_default(company: Company) -> None:
    ask = handsel.GetDefaultPriceLevel("quote")
    assert company.do(ask) == []
    company.update("pricelevel", company.euro_list, statecode=1)
    assert [row["name"] for row in company.do(ask)] == ["Standard"]
    company.settings(useinbuiltrulefordefaultpricelistselection=False)
    assert company.do(ask) == []
    company.refuses(handsel.GetDefaultPriceLevel("team"), Code.INVALID_ARGUMENT, "team")


def test_an_exchange_rate_is_answered(company: Company) -> None:
    assert company.do(handsel.RetrieveExchangeRate(company.euro)) == Decimal("0.8")
    assert company.do(message_from("RetrieveExchangeRate", {"TransactionCurrencyId": str(company.dollar)})) == 1
    company.refuses(handsel.RetrieveExchangeRate(UNKNOWN), Code.OBJECT_DOES_NOT_EXIST)


def test_the_item_says_how_many_decimals_or_else_the_product(company: Company) -> None:
    quote = Reference("quote", company.quote())

    def decimals(product: UUID, unit: UUID) -> int:
        return company.do(handsel.GetQuantityDecimal(quote, product, unit))

    assert decimals(company.cable, company.piece) == 5
    [item] = company.all(
        "productpricelevel", pricelevelid=company.price_list, productid=company.cable, uomid=company.piece
    )
    company.update("productpricelevel", item.id, quantitysellingcode=2)
    assert decimals(company.cable, company.piece) == 0
    assert decimals(company.lamp, company.dozen) == 0
    company.delete("productpricelevel", item.id)
    assert decimals(company.cable, company.piece) == 2


def test_questions_about_what_is_unknown_are_refused(company: Company) -> None:
    quote = Reference("quote", company.quote())
    for target, product, unit in (
        (Reference("quote", UNKNOWN), company.lamp, company.piece),
        (quote, UNKNOWN, company.piece),
        (quote, company.lamp, UNKNOWN),
    ):
        company.refuses(handsel.GetQuantityDecimal(target, product, unit), Code.OBJECT_DOES_NOT_EXIST)
    wrong = handsel.GetQuantityDecimal(Reference("account", company.acme), company.lamp, company.piece)
    company.refuses(wrong, Code.INVALID_ARGUMENT, "account", "quote")


def test_parameters_go_by_their_documented_names(company: Company) -> None:
    given = {
        "Target": {"table": "quote", "id": str(company.quote())},
        "Product": {"productid": str(company.lamp)},
        "UoM": {"uomid": str(company.piece)},
    }
    assert company.do(message_from("GetQuantityDecimal", given)) == 5
