"""With order-processing integration on, a submitted order is the back office's (behaviour 2.3, 3.15, pricing 9.3)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.people import make_administrator
from tests.scenarios.company import LINES, Company, line, write_in

ACTIVE, SUBMITTED, CANCELED, FULFILLED, INVOICED = range(5)


@pytest.fixture
def erp(company: Company) -> Company:
    """The same database, acting as an integration user."""
    make_administrator(company.session, "erp", isintegrationuser=True)
    return Company(company.session.as_user("erp"))


@pytest.fixture
def integrated(company: Company) -> None:
    company.settings(issopintegrationenabled=True)


@pytest.mark.usefixtures("integrated")
def test_a_plain_user_does_not_take_a_submitted_order_back(company: Company):
    order = company.order(line(company.lamp), state=SUBMITTED)
    for values in ({"statecode": ACTIVE}, {"statecode": ACTIVE, "statuscode": 2}):
        company.refuses(handsel.Update("salesorder", order, values), Code.PRIVILEGE_DENIED, "prvWithdrawSubmittedOrder")
    company.refuses(
        handsel.Update("salesorder", order, {"statecode": ACTIVE, "name": "x"}),
        Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY,
        "name",
        "submitted",
    )


@pytest.mark.usefixtures("integrated")
def test_an_integration_user_takes_it_back_and_may_change_it_along(company: Company, erp: Company):
    order = company.order(line(company.lamp), state=SUBMITTED)
    erp.update("salesorder", order, statecode=ACTIVE, statuscode=2, name="Again")
    assert company.columns("salesorder", order, "statecode", "statuscode", "name") == (ACTIVE, 2, "Again")
    erp.update("salesorder", order, statecode=SUBMITTED, name="And again")
    assert company.columns("salesorder", order, "statecode", "name") == (SUBMITTED, "And again")


@pytest.mark.usefixtures("integrated")
def test_who_holds_the_privilege_takes_it_back_but_changes_nothing_along(company: Company):
    order = company.order(line(company.lamp), state=SUBMITTED)
    company.update("systemuser", company.session.user.user_id, hs_privileges="prvWithdrawSubmittedOrder")
    company.refuses(
        handsel.Update("salesorder", order, {"statecode": ACTIVE, "name": "x"}),
        Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY,
        "state alone",
    )
    company.update("salesorder", order, statecode=ACTIVE)
    assert company.state("salesorder", order) == (ACTIVE, 1)
    company.update("systemuser", company.session.user.user_id, hs_privileges=None)
    company.update("salesorder", order, statecode=SUBMITTED)
    company.refuses(handsel.Update("salesorder", order, {"statecode": ACTIVE}), Code.PRIVILEGE_DENIED)


def test_a_misspelled_privilege_is_refused(company: Company):
    user = company.session.user.user_id
    message = handsel.Update("systemuser", user, {"hs_privileges": "prvWithdrawOrder"})
    company.refuses(message, Code.INVALID_ARGUMENT, "prvWithdrawSubmittedOrder")


@pytest.mark.usefixtures("integrated")
def test_the_back_office_marks_its_orders_as_invoiced(company: Company, erp: Company):
    submitted, active = company.order(state=SUBMITTED), company.order()
    message = handsel.Update("salesorder", submitted, {"statecode": INVOICED})
    company.refuses(message, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "back office")
    erp.do(message)
    company.update("salesorder", active, statecode=INVOICED)
    assert company.state("salesorder", submitted) == company.state("salesorder", active) == (INVOICED, 100003)


@pytest.mark.usefixtures("integrated")
def test_fulfilling_and_canceling_stay_with_the_users(company: Company):
    first, second = company.order(state=SUBMITTED), company.order(state=SUBMITTED)
    company.do(handsel.FulfillSalesOrder({"salesorderid": first}))
    company.do(handsel.CancelSalesOrder({"salesorderid": second}))
    assert (company.state("salesorder", first)[0], company.state("salesorder", second)[0]) == (FULFILLED, CANCELED)


def test_given_integration_off_then_submitting_and_taking_back_are_plain_changes(company: Company):
    order = company.order()
    company.update("salesorder", order, statecode=SUBMITTED)
    company.update("salesorder", order, statecode=ACTIVE)
    assert company.state("salesorder", order) == (ACTIVE, 1)
    assert company.do(handsel.ConvertSalesOrderToInvoice(order))["salesorderid"] == order


@pytest.mark.usefixtures("integrated")
def test_given_integration_on_then_the_back_office_makes_the_invoices(company: Company, erp: Company):
    order, opportunity = company.order(line(company.lamp)), company.opportunity(line(company.lamp))
    messages = (handsel.ConvertSalesOrderToInvoice(order), handsel.GenerateInvoiceFromOpportunity(opportunity))
    for message in messages:
        company.refuses(message, Code.BUSINESS_RULE, "back office", "Submit")
        assert erp.do(message).table == "invoice"


LATE_CHANGES: dict[str, tuple[Callable[[Company], UUID], dict[str, Any]]] = {
    "an opportunity that is reopened": (
        lambda company: _closed_opportunity(company),
        {"statecode": 0, "description": "x"},
    ),
    "a quote that is active again a draft": (lambda company: company.quote(state=1), {"statecode": 0, "name": "x"}),
    "a won quote that is reopened": (lambda company: company.quote(state=2), {"statecode": 0, "discountamount": 1}),
    "an order that is submitted": (lambda company: company.order(), {"statecode": 1, "freightamount": 1}),
    "a payment that is reversed": (
        lambda company: company.invoice(state=2),
        {"statecode": 0, "statuscode": 4, "totalamount": 1},
    ),
}
"""Changes of rows that cannot be edited, and of an order that is handed over with them."""

LAST_CHANGES: dict[str, tuple[Callable[[Company], UUID], dict[str, Any]]] = {
    "a quote that is activated": (lambda company: company.quote(), {"statecode": 1, "name": "x"}),
    "an invoice that is canceled": (lambda company: company.invoice(), {"statecode": 3, "name": "x"}),
}
"""Changes of rows that can be edited until then, as Dynamics takes them."""


def _closed_opportunity(company: Company) -> UUID:
    opportunity = company.opportunity()
    company.do(handsel.LoseOpportunity({"opportunityid": opportunity}))
    return opportunity


@pytest.mark.parametrize("case", LAST_CHANGES)
def test_a_last_change_may_come_along(company: Company, case):
    make, values = LAST_CHANGES[case]
    document = make(company)
    table = next(table for table in LINES if company.session.count(table, f"{table}id eq {document}"))
    company.update(table, document, **values)
    assert company.columns(table, document, "name", "statecode") == ("x", values["statecode"])


@pytest.mark.parametrize("case", LATE_CHANGES)
def test_nothing_changes_along_with_a_state_that_opens_a_lock(company: Company, case):
    make, values = LATE_CHANGES[case]
    document = make(company)
    table = next(table for table in LINES if company.session.count(table, f"{table}id eq {document}"))
    company.refuses(handsel.Update(table, document, values), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)
    company.update(table, document, **{name: values[name] for name in values if name in ("statecode", "statuscode")})


def test_columns_that_keep_their_value_may_come_along(company: Company):
    """Clients send whole rows back."""
    order = company.order(line(company.lamp), freightamount="1.5", name="Deal")
    acme = Reference("account", company.acme)
    company.update("salesorder", order, statecode=1, name="Deal", freightamount="1.50", customerid=acme)
    company.update("salesorder", order, statecode=0, name="Deal", totalamount="21.49")
    assert company.columns("salesorder", order, "statecode", "totalamount") == (0, Decimal("21.49"))


def test_an_impossible_step_is_said_first(company: Company):
    message = handsel.Update("quote", company.quote(state=1), {"statecode": 3, "name": "x"})
    company.refuses(message, Code.INVALID_STATE, "CloseQuote")


# What an integration user sends


@pytest.mark.usefixtures("integrated")
@pytest.mark.parametrize("table", ["salesorder", "invoice"])
def test_the_totals_of_a_new_document_are_stored_as_sent(company: Company, erp: Company, table):
    sent = {"totalamount": "95.5", "totaltax": "4.5", "totallineitemamount": "91", "totalamountlessfreight": "91"}
    document = erp.document(table, write_in("Work", 100, baseamount=91, extendedamount="95.5"), **sent)
    assert company.columns(table, document, *sent) == tuple(Decimal(value) for value in sent.values())
    assert company.columns(table, document, "totalamount_base") == (Decimal("95.5"),)
    assert company.total(table, company.document(table, write_in("Work", 100), **sent)) == 100


@pytest.mark.parametrize("table", ["salesorder", "invoice"])
def test_given_integration_off_then_the_totals_of_a_new_document_are_calculated(company: Company, erp: Company, table):
    assert company.total(table, erp.document(table, write_in("Work", 100), totalamount=7)) == 100


@pytest.mark.usefixtures("integrated")
def test_quotes_of_an_integration_user_are_calculated(company: Company, erp: Company):
    assert company.total("quote", erp.quote(write_in("Work", 100), totalamount=7)) == 100


@pytest.mark.parametrize("table", ["salesorder", "invoice"])
def test_the_price_lock_does_not_stop_free_lines_of_an_integration_user(company: Company, erp: Company, table):
    document = erp.document(table, write_in("Work", 100), ispricelocked=True)
    values = {f"{table}id": document, **write_in("More", 5)}
    erp.do(handsel.Create(LINES[table][0], values))
    erp.update(LINES[table][0], company.lines(table, document)[0].id, priceperunit=90)
    assert company.total(table, document) == 95
    company.refuses(handsel.Create(LINES[table][0], values), Code.ENTITY_IS_LOCKED, "write-in")


def test_given_integration_on_then_an_invoice_of_an_order_is_not_made_by_hand_either(company: Company, erp: Company):
    order = company.order(line(company.lamp))
    company.settings(issopintegrationenabled=True)
    acme = Reference("account", company.acme)
    values = {"name": "By hand", "customerid": acme, "salesorderid": order}
    refused = company.refuses(handsel.Create("invoice", values), Code.BUSINESS_RULE)
    assert "the back office makes the invoices" in refused.message
    of_nothing = company.create("invoice", name="Of nothing", customerid=acme)
    company.refuses(handsel.Update("invoice", of_nothing, {"salesorderid": order}), Code.BUSINESS_RULE, "back office")
    company.update("invoice", of_nothing, name="Of nothing still")
    erp.create("invoice", **values)
    company.settings(issopintegrationenabled=False)
    company.create("invoice", **values)
