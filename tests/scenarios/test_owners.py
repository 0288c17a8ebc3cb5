"""Rows are assigned to, and created for, who can do something with them (security 1.4, 3.4)."""

from uuid import UUID, uuid4

import pytest

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from handsel.engine.execute import Refusal
from handsel.errors import Code
from tests.scenarios.company import Company, audit_of, write_in
from tests.scenarios.people import grant, hold, make_role, make_team, make_user, of

EVERY_VERB = "BBBBBBBB"
OWN = {"Quote": EVERY_VERB, "Account": EVERY_VERB, "Opportunity": EVERY_VERB}


@pytest.fixture
def own(company: Company) -> UUID:
    """A role that reaches one's own rows."""
    return make_role(company, "Own rows", OWN)


@pytest.fixture
def sally(company: Company, own: UUID) -> Company:
    return make_user(company, "sally", own)


@pytest.fixture
def bob(company: Company, own: UUID) -> Company:
    return make_user(company, "bob", own)


@pytest.fixture
def blind(company: Company) -> Company:
    """A user who may do nothing with quotes."""
    return make_user(company, "ben", make_role(company, "Accounts", {"Account": EVERY_VERB}))


def assigning(id: UUID, owner: Reference) -> handsel.Update:
    return handsel.Update("quote", id, {"ownerid": owner})


# Assign


def test_the_unit_follows_the_owner(company: Company, sally: Company, own: UUID):
    unit = company.create("businessunit", name="South")
    tom = make_user(company, "tom", make_role(company, "South", OWN, unit), unit=unit)
    quote = company.quote(write_in("Work", 5), ownerid=of(sally))
    sally.do(assigning(quote, of(tom)))
    assert company.columns("quote", quote, "ownerid", "owninguser", "owningbusinessunit") == (
        of(tom).id,
        of(tom).id,
        unit,
    )
    assert list(sally.session.rows("quote")) == []
    assert tom.session.count("quotedetail") == 1


def test_the_new_owner_must_be_able_to_read(company: Company, blind: Company):
    quote = company.quote()
    error = company.refuses(assigning(quote, of(blind)), Code.PRIVILEGE_DENIED, "User ben cannot own quotes")
    assert "no role of theirs has prvReadQuote. Give user ben a role that has it first, such as" in error.message
    assert f"Principal user (Id={of(blind).id}, type=8, roleCount=1," in error.message
    assert error.details["missing"] == ("prvReadQuote",)
    team = make_team(company, "Blind", blind, administratorid=of(blind).id)
    company.refuses(assigning(quote, team), Code.PRIVILEGE_DENIED, "Team 'Blind' cannot own quotes", "type=9")


def test_a_disabled_user_and_an_access_team_own_nothing(company: Company, sally: Company):
    company.update("systemuser", of(sally).id, isdisabled=True)
    quote, room = company.quote(), make_team(company, "Deal room", teamtype=1)
    error = company.refuses(assigning(quote, of(sally)), Code.CANNOT_ASSIGN_TO_DISABLED_USER, "User sally is disabled")
    assert error.code.text == "0x8004022b"
    company.refuses(
        assigning(quote, room), Code.BUSINESS_RULE, "Team 'Deal room' is an access team, which owns nothing"
    )
    values = {"name": "Q", "ownerid": of(sally)}
    company.refuses(handsel.Create("quote", values), Code.CANNOT_ASSIGN_TO_DISABLED_USER)
    company.refuses(handsel.Create("quote", {**values, "ownerid": room}), Code.BUSINESS_RULE, "access team")


def test_the_same_owner_again_changes_nothing(company: Company, blind: Company):
    quote = company.quote()
    hold(company, of(company), [make_role(company, "Administrators", {"Quote": "GGG-GG--"})])
    # Without Assign: a row that is sent back with its owner is not assigned.
    company.update("quote", quote, ownerid=of(company), name="Same")
    company.refuses(assigning(quote, of(blind)), Code.PRIVILEGE_DENIED, "prvAssignQuote")


def test_assigning_takes_assign_on_the_row(company: Company, sally: Company, bob: Company):
    quote = Reference("quote", company.quote())
    grant(company, quote, of(sally), "ReadAccess, WriteAccess")
    sally.refuses(assigning(quote.id, of(bob)), Code.ACCESS_DENIED, "sally may not assign Quote 'Deal'")
    grant(company, quote, of(sally), "AssignAccess")
    sally.do(assigning(quote.id, of(bob)))
    assert company.columns("quote", quote.id, "ownerid") == (of(bob).id,)


@pytest.mark.parametrize("by_team", [False, True])
def test_the_former_owner_keeps_a_share_if_the_organization_wants_it(
    company: Company, sally: Company, bob: Company, by_team: bool
):
    former = make_team(company, "North", sally) if by_team else of(sally)
    first, second = (company.quote(ownerid=former) for _ in range(2))
    company.do(assigning(first, of(bob)))
    company.settings(sharetopreviousowneronassign=True)
    company.do(assigning(second, of(bob)))
    assert [row.id for row in sally.session.rows("quote")] == [second]
    rights = company.do(handsel.RetrievePrincipalAccess(of(sally), Reference("quote", second)))
    assert rights == "ReadAccess, WriteAccess, AppendAccess, AppendToAccess, DeleteAccess, ShareAccess, AssignAccess"
    [share] = company.all("principalobjectaccess")
    assert (share["principalid"], share["principaltypecode"]) == (former.id, former.table)
    assert {each["table"] for each in audit_of(company, second)[-1].content} == {"quote", "principalobjectaccess"}


# Create in another's name


def test_who_owns_a_new_row_must_hold_create_and_read(company: Company, blind: Company, sally: Company):
    reader = make_user(company, "rita", make_role(company, "Reads", {"Quote": "-G------"}))
    values = {"name": "Q"}
    for owner, missing in ((of(blind), ("prvCreateQuote", "prvReadQuote")), (of(reader), ("prvCreateQuote",))):
        message = handsel.Create("quote", {**values, "ownerid": owner})
        assert company.refuses(message, Code.PRIVILEGE_DENIED, "cannot own quotes").details["missing"] == missing
    assert company.create("quote", **values, ownerid=of(sally))


def test_who_creates_for_themselves_must_be_able_to_read(company: Company):
    writer = make_user(company, "wes", make_role(company, "Writes", {"Account": "B-------"}))
    error = writer.refuses(handsel.Create("account", {"name": "A"}), Code.PRIVILEGE_DENIED)
    assert error.details["missing"] == ("prvReadAccount",)


def test_new_owners_cost_a_few_statements_more_however_many_they_are(company: Company, own: UUID):
    quotes = company.create_many("quote", *[{"name": "Q"}] * 12)
    people = [of(make_user(company, f"user{number}", own)) for number in range(10)]

    def cost(owners: list[Reference]) -> int:
        messages = [assigning(quote, owner) for quote, owner in zip(quotes, owners, strict=False)]
        with counted_statements() as count:
            company.session.execute_many(messages)
        return len(count)

    cost(people[8:])  # which reads what roles grant
    first = cost(people[:2])
    assert cost([of(company)] * 2) == first - 1  # what people hold is known by now
    assert cost(people[2:8]) == first


# Everything of one owner


def test_everything_gets_another_owner(company: Company, sally: Company, bob: Company):
    unit = company.create("businessunit", name="South")
    tom = make_user(company, "tom", make_role(company, "South", OWN, unit), unit=unit)
    account = company.create("account", name="A", ownerid=of(sally))
    draft, won = company.quote(ownerid=of(sally)), company.quote(ownerid=of(sally), state=2)
    other = company.quote(customerid=Reference("account", account), ownerid=of(bob))
    [close] = company.all("quoteclose")
    company.update("quoteclose", close.id, ownerid=of(company))
    orders = company.all("salesorder")
    company.do(handsel.ReassignObjectsOwner(of(sally), of(tom)))
    for table, row in (("account", account), ("quote", draft), ("quote", won)):
        assert company.columns(table, row, "ownerid", "owningbusinessunit") == (of(tom).id, unit)
    assert company.columns("quote", other, "ownerid") == (of(bob).id,)
    assert company.state("quote", won) == (2, 4)
    assert [entry.message for entry in audit_of(company, won)][-1] == "ReassignObjectsOwner"
    assert company.all("salesorder") == orders


def test_a_team_gives_and_gets(company: Company, sally: Company):
    team = make_team(company, "North", sally)
    quote = company.quote(ownerid=of(sally))
    company.do(handsel.ReassignObjectsSystemUser(of(sally).id, team))
    assert company.columns("quote", quote, "ownerid", "owninguser", "owningteam") == (team.id, None, team.id)
    company.do(handsel.ReassignObjectsOwner(team, of(sally)))
    assert company.columns("quote", quote, "ownerid", "owninguser", "owningteam") == (of(sally).id, of(sally).id, None)


def test_one_table_alone(company: Company, sally: Company, bob: Company):
    quote, account = company.quote(ownerid=of(sally)), company.create("account", name="A", ownerid=of(sally))
    company.do(handsel.ReassignObjectsSystemUser(of(sally).id, of(bob), object_type=1084))
    assert company.columns("quote", quote, "ownerid") == (of(bob).id,)
    assert company.columns("account", account, "ownerid") == (of(sally).id,)
    message = handsel.ReassignObjectsSystemUser(of(sally).id, of(bob), object_type=99_999)
    company.refuses(message, Code.INVALID_ARGUMENT, "no table has the object type code 99999")


def test_it_takes_assign_on_every_row(company: Company, sally: Company, bob: Company):
    company.quote(ownerid=of(sally), name="First"), company.quote(ownerid=of(sally), name="Second")
    message = handsel.ReassignObjectsOwner(of(sally), of(bob))
    error = bob.refuses(
        message, Code.ACCESS_DENIED, "bob may not assign all quotes of user sally: 2 quotes that you may"
    )
    assert "First" not in error.message
    lead = make_user(company, "lea", make_role(company, "Leads", {"Quote": "-GB---L-"}))
    lead.refuses(message, Code.ACCESS_DENIED, "Quote 'First' and Quote 'Second' are out of reach")
    hold(company, of(lead), [make_role(company, "Leads more", {"Quote": "-GG---L-"})])
    lead.do(message)
    assert {row["ownerid"] for row in company.all("quote")} == {of(bob).id}


def test_the_new_owner_must_read_every_table(company: Company, sally: Company, blind: Company):
    company.create("account", name="A", ownerid=of(sally)), company.quote(ownerid=of(sally))
    message = handsel.ReassignObjectsOwner(of(sally), of(blind))
    company.refuses(message, Code.PRIVILEGE_DENIED, "User ben cannot own quotes: no role of theirs has prvReadQuote")
    [refused] = company.session.execute_many([message], on_refusal="collect")
    assert isinstance(refused, Refusal)
    assert len(company.all("account", ownerid=of(sally).id)) == 1


def test_a_few_statements_whatever_somebody_owns(company: Company, sally: Company, bob: Company):
    def cost(count: int) -> int:
        company.create_many("quote", *[{"name": "Q", "ownerid": of(sally)}] * count)
        with counted_statements() as statements:
            company.do(handsel.ReassignObjectsOwner(of(sally), of(bob)))
        return len(statements)

    cost(1)
    assert cost(2) == cost(40)


def test_nobody_and_oneself(company: Company, sally: Company):
    quote = company.quote(ownerid=of(sally))
    company.do(handsel.ReassignObjectsOwner(of(sally), of(sally)))
    assert company.columns("quote", quote, "ownerid") == (of(sally).id,)
    unknown = Reference("systemuser", uuid4())
    company.refuses(handsel.ReassignObjectsOwner(of(sally), unknown), Code.OBJECT_DOES_NOT_EXIST)
    company.refuses(
        handsel.ReassignObjectsOwner(Reference("account", uuid4()), unknown), Code.INVALID_ARGUMENT, "a user or"
    )
