"""A new document without a price list takes its customer's default one, else the only one (behaviour 10).

There are two active lists, Standard in dollars, which are the base currency, and Standard EUR at 0.8.
"""

from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel import Reference
from tests.scenarios.company import LINES, Company, line, write_in

every_document = pytest.mark.parametrize("table", LINES)


def made(company: Company, table: str, **values: Any) -> tuple[UUID | None, UUID]:
    """Price list and currency of a new document of Acme's."""
    given = {"name": "Deal", "customerid": Reference("account", company.acme), **values}
    price_list, currency = company.columns(
        table, company.create(table, **given), "pricelevelid", "transactioncurrencyid"
    )
    return price_list, currency


@every_document
def test_the_only_active_list_is_taken(company: Company, table: str) -> None:
    assert made(company, table) == (None, company.dollar)
    company.update("pricelevel", company.euro_list, statecode=1)
    assert made(company, table) == (company.price_list, company.dollar)
    assert made(company, table, customerid=None) == (company.price_list, company.dollar)
    assert made(company, table, pricelevelid=None) == (None, company.dollar)
    assert made(company, table, transactioncurrencyid=company.euro) == (None, company.euro)
    company.settings(useinbuiltrulefordefaultpricelistselection=False)
    assert made(company, table) == (None, company.dollar)


@every_document
def test_the_only_list_does_not_change_the_currency(company: Company, table: str) -> None:
    company.update("pricelevel", company.price_list, statecode=1)
    assert made(company, table) == (None, company.dollar)
    assert made(company, table, transactioncurrencyid=company.euro) == (company.euro_list, company.euro)


@every_document
def test_the_customers_list_comes_first(company: Company, table: str) -> None:
    special = company.create("pricelevel", name="Special")
    company.update("account", company.acme, defaultpricelevelid=special)
    company.update("contact", company.ann, defaultpricelevelid=company.euro_list)
    ann = Reference("contact", company.ann)
    assert made(company, table) == (special, company.dollar)
    assert made(company, table, customerid=ann) == (company.euro_list, company.euro)
    assert made(company, table, customerid=ann, transactioncurrencyid=company.dollar) == (None, company.dollar)
    assert made(company, table, customerid=ann, pricelevelid=company.price_list) == (
        company.price_list,
        company.dollar,
    )
    company.settings(useinbuiltrulefordefaultpricelistselection=False)
    assert made(company, table) == (special, company.dollar)


@every_document
def test_amounts_without_a_currency_stay_in_the_base_currency(company: Company, table: str) -> None:
    company.update("account", company.acme, defaultpricelevelid=company.euro_list)
    assert made(company, table, freightamount=5) == (None, company.dollar)
    assert made(company, table, **{LINES[table][1]: [write_in("Work", 10)]}) == (None, company.dollar)
    assert made(company, table, **{LINES[table][1]: [line(company.lamp)]}) == (company.euro_list, company.euro)
    company.update("pricelevel", company.price_list, statecode=1)
    assert made(company, table, freightamount=5) == (None, company.dollar)


@every_document
def test_an_inactive_list_of_the_customer_is_passed_over(company: Company, table: str) -> None:
    old = company.create("pricelevel", name="Old")
    company.update("pricelevel", old, statecode=1)
    company.update("account", company.acme, defaultpricelevelid=old)
    assert made(company, table) == (None, company.dollar)
    company.update("pricelevel", company.euro_list, statecode=1)
    assert made(company, table) == (company.price_list, company.dollar)


def test_a_list_of_documents_gets_each_its_own(company: Company) -> None:
    company.update("contact", company.ann, defaultpricelevelid=company.euro_list)
    ann, acme = Reference("contact", company.ann), Reference("account", company.acme)
    rows = company.create_many(
        "quote",
        {"name": "A", "customerid": ann},
        {"name": "B", "customerid": acme, "pricelevelid": company.price_list},
        {"name": "C", "customerid": acme},
    )
    found = [company.columns("quote", id, "pricelevelid")[0] for id in rows]
    assert found == [company.euro_list, company.price_list, None]


@pytest.mark.parametrize("table", ["quote", "salesorder", "invoice"])
def test_a_conversion_gives_the_default_list_where_the_opportunity_has_none(company: Company, table: str) -> None:
    generate = {
        "quote": handsel.GenerateQuoteFromOpportunity,
        "salesorder": handsel.GenerateSalesOrderFromOpportunity,
        "invoice": handsel.GenerateInvoiceFromOpportunity,
    }[table]
    opportunity = company.opportunity(write_in("Work", 10), pricelevelid=None)
    assert company.columns(table, company.do(generate(opportunity)).id, "pricelevelid") == (None,)
    company.update("pricelevel", company.euro_list, statecode=1)
    document = company.do(generate(opportunity)).id
    assert company.columns(table, document, "pricelevelid", "totalamount") == (company.price_list, 10)


def test_a_qualified_lead_becomes_an_opportunity_with_a_list(company: Company) -> None:
    company.update("pricelevel", company.euro_list, statecode=1)
    lead = company.create("lead", lastname="Lee", subject="Deal")
    made = company.do(handsel.QualifyLead(lead, create_account=False, create_contact=True, create_opportunity=True))
    [opportunity] = (reference.id for reference in made if reference.table == "opportunity")
    assert company.columns("opportunity", opportunity, "pricelevelid") == (company.price_list,)


def test_what_the_message_names_is_what_a_new_row_gets(company: Company) -> None:
    company.update("pricelevel", company.euro_list, statecode=1)
    [named] = company.do(handsel.GetDefaultPriceLevel("quote"))
    assert made(company, "quote")[0] == named.id
