"""A lead becomes an account, a contact and an opportunity in one transaction (behaviour 3.12)."""

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import Company, events, line


@pytest.fixture
def lead(company: Company):
    values = {
        "subject": "New roof",
        "firstname": "Lea",
        "lastname": "Ding",
        "companyname": "Ding Ltd",
        "address1_city": "Chur",
    }
    return company.create("lead", **values)


def qualify(company: Company, lead, **values):
    wanted = {"create_account": True, "create_contact": True, "create_opportunity": True, **values}
    return company.do(handsel.QualifyLead(lead, **wanted))


def test_given_everything_asked_for_then_account_contact_and_opportunity_in_that_order(company: Company, lead):
    made = qualify(company, lead)
    assert [reference.table for reference in made] == ["account", "contact", "opportunity"]
    account, contact, opportunity = (company.row(reference.table, reference.id) for reference in made)
    assert company.state("lead", lead) == (1, 3)
    assert (account["name"], account["address1_city"]) == ("Ding Ltd", "Chur")
    assert (contact["fullname"], contact["parentcustomerid"]) == ("Lea Ding", account.id)
    assert (opportunity["name"], opportunity["customerid"], opportunity["accountid"]) == (
        "New roof",
        account.id,
        account.id,
    )
    assert {row["originatingleadid"] for row in (account, contact, opportunity)} == {lead}
    assert opportunity["statecode"] == 0


@pytest.mark.parametrize(
    ("asked", "tables"),
    [
        ((True, False, False), ["account"]),
        ((False, True, False), ["contact"]),
        ((False, True, True), ["contact", "opportunity"]),
        ((False, False, False), []),
    ],
)
def test_only_what_is_asked_for_is_made(company: Company, lead, asked, tables):
    names = ("create_account", "create_contact", "create_opportunity")
    before = {table: company.session.count(table) for table in ("account", "contact", "opportunity")}
    made = qualify(company, lead, **dict(zip(names, asked, strict=True)))
    assert [reference.table for reference in made] == tables
    assert {table: company.session.count(table) - before[table] for table in before} == {
        table: int(table in tables) for table in before
    }
    assert company.state("lead", lead)[0] == 1


def test_an_opportunity_needs_a_customer(company: Company, lead):
    company.refuses(handsel.QualifyLead(lead, False, False, True), Code.INVALID_ARGUMENT, "OpportunityCustomerId")


def test_the_opportunity_can_be_for_an_existing_customer_in_a_currency(company: Company, lead):
    (made,) = qualify(
        company,
        lead,
        create_account=False,
        create_contact=False,
        opportunity_currency_id=company.euro,
        opportunity_customer_id=Reference("account", company.acme),
    )
    assert company.columns("opportunity", made.id, "customerid", "transactioncurrencyid") == (
        company.acme,
        company.euro,
    )


def test_what_was_made_can_be_sold(company: Company, lead):
    opportunity = qualify(company, lead)[2].id
    company.update("opportunity", opportunity, pricelevelid=company.price_list)
    company.create("opportunityproduct", opportunityid=opportunity, **line(company.lamp))
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    assert (quote["billto_city"], quote["totalamount"]) == ("Chur", company.total("opportunity", opportunity))


def test_a_qualified_or_disqualified_lead_is_not_qualified_again(company: Company, lead):
    qualify(company, lead, create_opportunity=False)
    again = handsel.QualifyLead(lead, True, True, True)
    company.refuses(again, Code.INVALID_STATE, "qualified")
    company.update("lead", lead, statecode=0)
    company.update("lead", lead, statecode=2)
    company.refuses(again, Code.INVALID_STATE, "disqualified")


def test_a_lead_with_an_opportunity_cannot_be_disqualified(company: Company, lead):
    qualify(company, lead)
    company.update("lead", lead, statecode=0)
    company.refuses(handsel.Update("lead", lead, {"statecode": 2}), Code.INVALID_STATE, "opportunity")


@pytest.mark.parametrize("status", [1, 2, 4, 99])
def test_only_the_status_reason_of_qualified_is_taken(company: Company, lead, status):
    company.refuses(handsel.QualifyLead(lead, True, True, True, status), Code.STATUS_NOT_VALID_FOR_STATE)


def test_nothing_is_made_when_any_part_is_refused(company: Company, lead):
    message = handsel.QualifyLead(lead, True, True, True, opportunity_currency_id=company.acme)
    company.refuses(message, Code.OBJECT_DOES_NOT_EXIST)


def test_each_row_made_leaves_an_event(company: Company, lead):
    before = len(events(company))
    qualify(company, lead)
    new = {(event.table, event.action, event.message) for event in events(company)[before:]}
    assert new == {
        ("lead", "update", "QualifyLead"),
        ("account", "create", "QualifyLead"),
        ("contact", "create", "QualifyLead"),
        ("opportunity", "create", "QualifyLead"),
    }
