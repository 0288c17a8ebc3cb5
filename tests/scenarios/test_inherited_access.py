"""Rows that belong to a shared or owned row are reached through it, without a share of their own (security 3.2)."""

from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import LINES, Company, write_in
from tests.scenarios.people import grant, make_role, make_team, make_user, of

EVERY_VERB = "BBBBBBBB"
STEMS = ("Account", "Contact", "Lead", "Opportunity", "Quote", "Order", "Invoice", "Activity", "Note")


@pytest.fixture
def sally(company: Company) -> Company:
    return make_user(company, "sally", make_role(company, "Own rows", dict.fromkeys(STEMS, EVERY_VERB)))


@pytest.fixture
def account(company: Company) -> Reference:
    return Reference("account", company.create("account", name="Shared"))


def below(company: Company, account: Reference) -> dict[str, set[UUID]]:
    """Rows of every kind that belong to an account, directly or over others, by table."""
    contact = company.create("contact", lastname="Bo", parentcustomerid=account)
    child = Reference("account", company.create("account", name="Child", parentaccountid=account))
    made = {
        "account": {account.id, child.id},
        "contact": {contact, company.create("contact", lastname="Cy", parentcustomerid=child)},
        "lead": {company.create("lead", lastname="Di", customerid=account)},
    }
    for table in LINES:
        line = write_in("Work", 5)
        made[table] = {company.document(table, line, customerid=customer) for customer in (account, child)}
    [quote] = {row for row in made["quote"] if company.row("quote", row)["customerid"] == account.id}
    made["task"] = {company.create("task", subject="Call", regardingobjectid=Reference("quote", quote))}
    made["annotation"] = {company.create("annotation", subject="Note", objectid=Reference("contact", contact))}
    return made


def seen(company: Company, tables: dict[str, set[UUID]]) -> dict[str, set[UUID]]:
    return {table: {row.id for row in company.session.rows(table)} for table in tables}


def test_what_belongs_to_a_shared_account_is_shared(company: Company, sally: Company, account: Reference):
    rows = below(company, account)
    nothing: dict[str, set[UUID]] = {table: set() for table in rows}
    assert seen(sally, rows) == nothing
    grant(company, account, of(sally), "ReadAccess, WriteAccess")
    assert seen(sally, rows) == rows
    for table in LINES:
        assert sally.session.count(LINES[table][0]) == 2
    assert len(company.all("principalobjectaccess")) == 1
    for table, name in (("quote", "name"), ("task", "subject"), ("annotation", "subject"), ("contact", "lastname")):
        row = min(rows[table])
        sally.update(table, row, **{name: "Changed"})
        sally.refuses(handsel.Delete(table, row), Code.ACCESS_DENIED)
    later = company.quote(customerid=account)
    assert later in {row.id for row in sally.session.rows("quote")}
    company.do(handsel.RevokeAccess(account, of(sally)))
    assert seen(sally, rows) == nothing


def test_what_belongs_to_ones_own_account_is_reached(company: Company, sally: Company, account: Reference):
    rows = below(company, account)
    company.session.execute_many([handsel.Update("account", account.id, {"ownerid": of(sally)})])
    # Assigning the account assigned all of that, too; it goes back to somebody else.
    for table, ids in rows.items():
        for row in ids - {account.id}:
            if company.row(table, row)["ownerid"] != of(company).id:
                company.update(table, row, ownerid=of(company))
    assert company.row("quote", min(rows["quote"]))["ownerid"] == of(company).id
    assert seen(sally, rows) == rows


def test_a_team_that_owns_the_account_reaches_it_for_its_members(company: Company, sally: Company, account: Reference):
    quote = company.quote(customerid=account)
    team = make_team(company, "North", sally)
    company.update("account", account.id, ownerid=team)
    company.update("quote", quote, ownerid=of(company))
    assert [row.id for row in sally.session.rows("quote")] == [quote]


def test_an_opportunity_hands_nothing_down_to_its_quotes(company: Company, sally: Company, account: Reference):
    deal = Reference("opportunity", company.opportunity(customerid=account))
    quote = company.quote(customerid=account, opportunityid=deal)
    note = company.create("annotation", subject="Note", objectid=deal)
    grant(company, deal, of(sally))
    assert [row.id for row in sally.session.rows("opportunity")] == [deal.id]
    assert [row.id for row in sally.session.rows("annotation")] == [note]
    assert list(sally.session.rows("quote")) == []
    grant(company, account, of(sally))
    assert [row.id for row in sally.session.rows("quote")] == [quote]


def test_a_row_moved_to_another_customer_follows_that_one(company: Company, sally: Company, account: Reference):
    quote = company.quote()
    grant(company, account, of(sally))
    assert list(sally.session.rows("quote")) == []
    company.update("quote", quote, customerid=account)
    assert [row.id for row in sally.session.rows("quote")] == [quote]
    company.update("quote", quote, customerid=Reference("account", company.acme))
    assert list(sally.session.rows("quote")) == []
