"""An ERP's user may change submitted orders; with integration on, its totals stay (behaviour 2.3, pricing 9.3)."""

from decimal import Decimal

import pytest

import handsel
from handsel.errors import Code
from tests.people import make_administrator
from tests.scenarios.company import LINES, Company, fingerprint, line, write_in


@pytest.fixture
def erp(company: Company) -> Company:
    """The same database, acting as an integration user."""
    make_administrator(company.session, "erp", isintegrationuser=True)
    return Company(company.session.as_user("erp"))


@pytest.fixture
def integrated(company: Company) -> None:
    company.settings(issopintegrationenabled=True)


def test_a_submitted_order_is_locked_for_everybody_but_integration_users(company: Company, erp: Company):
    order = company.order(line(company.lamp), state=1)
    (detail,) = company.lines("salesorder", order)
    company.refuses(
        handsel.Update("salesorder", order, {"name": "x"}),
        Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY,
        "integration user",
    )
    company.refuses(handsel.Update("salesorderdetail", detail.id, {"quantity": 2}), Code.PARENT_READ_ONLY)
    company.refuses(handsel.Delete("salesorder", order), Code.CANNOT_DELETE_AS_IT_IS_READ_ONLY)
    erp.update("salesorder", order, name="From ERP", submitstatus=2)
    erp.update("salesorderdetail", detail.id, quantity=2)
    erp.create("salesorderdetail", salesorderid=order, **line(company.desk))
    assert company.total("salesorder", order) == Decimal("289.98")
    assert company.row("salesorder", order)["modifiedby"] == erp.session.user.user_id


def test_the_price_list_of_a_submitted_order_stays_for_integration_users_too(company: Company, erp: Company):
    other = company.create("pricelevel", name="Other")
    order = company.order(line(company.lamp), state=1)
    erp.refuses(
        handsel.Update("salesorder", order, {"pricelevelid": other}),
        Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY,
        "price list",
    )


@pytest.mark.parametrize("state", [2, 3, 4])
def test_closed_orders_are_read_only_for_integration_users_too(company: Company, erp: Company, state):
    order = company.order(state=state)
    erp.refuses(handsel.Update("salesorder", order, {"name": "x"}), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)


@pytest.mark.usefixtures("integrated")
@pytest.mark.parametrize("table", ["salesorder", "invoice"])
def test_given_integration_on_then_an_integration_users_totals_are_stored_as_sent(
    company: Company, erp: Company, table
):
    document = erp.document(table, write_in("Work", 100, baseamount=90, extendedamount=91))
    erp.update(table, document, totalamount="95.5", totaltax="4.5")
    (detail,) = company.lines(table, document)
    assert (detail["baseamount"], detail["extendedamount"]) == (90, 91)
    assert company.columns(table, document, "totalamount", "totaltax") == (Decimal("95.5"), Decimal("4.5"))
    erp.update(LINES[table][0], detail.id, quantity=2)
    assert company.total(table, document) == Decimal("95.5")
    erp.delete(LINES[table][0], detail.id)
    assert company.total(table, document) == Decimal("95.5")


@pytest.mark.usefixtures("integrated")
@pytest.mark.parametrize("table", ["opportunity", "quote"])
def test_opportunities_and_quotes_are_always_calculated(company: Company, erp: Company, table):
    document = erp.document(table, write_in("Work", 100))
    erp.update(table, document, totalamount=1)
    assert company.total(table, document) == 100


@pytest.mark.usefixtures("integrated")
@pytest.mark.parametrize("table", LINES)
def test_for_other_users_everything_is_calculated(company: Company, table):
    document = company.document(table, write_in("Work", 100, baseamount=1))
    company.update(table, document, totalamount=1)
    assert company.total(table, document) == 100


@pytest.mark.parametrize("table", LINES)
def test_given_integration_off_then_an_integration_user_is_calculated_like_everybody(
    company: Company, erp: Company, table
):
    document = erp.document(table, write_in("Work", 100))
    erp.update(table, document, totalamount=1)
    assert company.total(table, document) == 100


def test_a_disabled_user_can_neither_open_nor_go_on(company: Company, erp: Company):
    company.update("systemuser", erp.session.user.user_id, isdisabled=True)
    before = fingerprint(company.session)
    with pytest.raises(handsel.PrivilegeDenied):
        erp.quote()
    with pytest.raises(handsel.HandselError):
        company.session.as_user("erp")
    assert fingerprint(company.session) == before


def test_reading_never_calculates(company: Company):
    quote = company.quote(line(company.lamp), skippricecalculation=1)
    for item in company.all("productpricelevel", productid=company.lamp):
        company.update("productpricelevel", item.id, amount=50)
    before = fingerprint(company.session)
    assert company.row("quote", quote)["totalamount"] == Decimal("19.99")
    assert fingerprint(company.session) == before
