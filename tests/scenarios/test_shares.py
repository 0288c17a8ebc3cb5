"""Rows are shared with users and teams, by who may do so, with whom it serves (security 3.1, 3.2)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from handsel.engine.execute import Refusal
from handsel.engine.message import Message
from handsel.errors import Code
from tests.scenarios.company import Company, audit_of, fingerprint, write_in
from tests.scenarios.people import grant, hold, make_role, make_team, make_user, of

EVERY_VERB = "BBBBBBBB"
OWN = {
    "Quote": EVERY_VERB,
    "Account": EVERY_VERB,
    "Opportunity": EVERY_VERB,
    "Order": EVERY_VERB,
    "Product": "-G--GG--",
}


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


def quote_of(company: Company, *lines: dict[str, object], **values: object) -> Reference:
    return Reference("quote", company.quote(*lines, **values))


def shared(company: Company, row: Reference) -> dict[UUID, str]:
    """With whom a row is shared, and with which rights."""
    listed = company.do(handsel.RetrieveSharedPrincipalsAndAccess(row))["PrincipalAccesses"]
    return {each["Principal"]["ownerid"]: each["AccessMask"] for each in listed}


def granting(row: Reference, principal: Reference, mask: object = "ReadAccess") -> handsel.GrantAccess:
    return handsel.GrantAccess(row, {"Principal": principal, "AccessMask": mask})


def modifying(row: Reference, principal: Reference, mask: object) -> handsel.ModifyAccess:
    return handsel.ModifyAccess(row, {"Principal": principal, "AccessMask": mask})


def seen(company: Company, table: str) -> set[UUID]:
    return {row.id for row in company.session.rows(table)}


# What a share gives


def test_a_share_gives_its_rights_and_a_second_one_adds_to_them(company: Company, sally: Company):
    quote = quote_of(company)
    assert seen(sally, "quote") == set()
    grant(company, quote, of(sally))
    assert seen(sally, "quote") == {quote.id}
    sally.refuses(handsel.Update("quote", quote.id, {"name": "Mine"}), Code.ACCESS_DENIED, "may not change Quote")
    grant(company, quote, of(sally), "WriteAccess")
    sally.update("quote", quote.id, name="Mine")
    sally.refuses(handsel.Delete("quote", quote.id), Code.ACCESS_DENIED, "may not delete Quote 'Mine'")
    assert shared(company, quote) == {of(sally).id: "ReadAccess, WriteAccess"}
    assert len(company.all("principalobjectaccess")) == 1


def test_lines_follow_their_document(company: Company, sally: Company):
    quote = quote_of(company, write_in("Work", 5))
    [line] = company.lines("quote", quote.id)
    grant(company, quote, of(sally))
    assert seen(sally, "quotedetail") == {line.id}
    change = handsel.Update("quotedetail", line.id, {"quantity": 2})
    sally.refuses(change, Code.ACCESS_DENIED, "Quote 'Deal'")
    grant(company, quote, of(sally), "WriteAccess,AppendToAccess")
    sally.do(change)
    assert company.total("quote", quote.id) == 10


def test_modify_replaces_and_makes_and_ends(company: Company, sally: Company):
    quote = quote_of(company)
    company.do(modifying(quote, of(sally), "ReadAccess, WriteAccess, DeleteAccess"))
    assert shared(company, quote) == {of(sally).id: "ReadAccess, WriteAccess, DeleteAccess"}
    company.do(modifying(quote, of(sally), 1))
    assert shared(company, quote) == {of(sally).id: "ReadAccess"}
    sally.refuses(handsel.Update("quote", quote.id, {"name": "N"}), Code.ACCESS_DENIED)
    company.do(modifying(quote, of(sally), "None"))
    assert (shared(company, quote), seen(sally, "quote")) == ({}, set())


def test_revoke_takes_everything_back_and_nothing_is_no_error(company: Company, sally: Company):
    quote = quote_of(company)
    grant(company, quote, of(sally), "ReadAccess, WriteAccess")
    company.do(handsel.RevokeAccess(quote, of(sally)))
    assert (shared(company, quote), seen(sally, "quote")) == ({}, set())
    before = fingerprint(company.session)
    company.do(handsel.RevokeAccess(quote, of(sally)))
    assert fingerprint(company.session) == before


def test_a_team_shares_with_its_members_while_they_are_members(company: Company, sally: Company, bob: Company):
    team, quote = make_team(company, "North", sally), quote_of(company)
    grant(company, quote, team)
    assert (seen(sally, "quote"), seen(bob, "quote")) == ({quote.id}, set())
    company.do(handsel.RemoveMembersTeam(team.id, [of(sally).id]))
    assert seen(sally, "quote") == set()


def test_create_access_is_left_out_and_said_so(company: Company, sally: Company):
    quote = quote_of(company)
    grant(company, quote, of(sally), "ReadAccess, CreateAccess")
    assert [notice.kind for notice in company.session.notices] == ["right_left_out"]
    assert shared(company, quote) == {of(sally).id: "ReadAccess"}
    company.refuses(granting(quote, of(sally), "CreateAccess"), Code.INVALID_ARGUMENT, "the row exists already")


def test_the_audit_says_who_got_what(company: Company, sally: Company):
    quote = quote_of(company)
    grant(company, quote, of(sally))
    grant(company, quote, of(sally), "WriteAccess")
    company.do(handsel.RevokeAccess(quote, of(sally)))
    granted, widened, revoked = audit_of(company, quote.id)[-3:]
    assert [entry.message for entry in (granted, widened, revoked)] == ["GrantAccess", "GrantAccess", "RevokeAccess"]
    [made] = granted.content
    assert (made["table"], made["action"]) == ("principalobjectaccess", "create")
    assert made["values"]["principalid"] == str(of(sally).id)
    assert (made["values"]["principaltypecode"], made["values"]["accessrightsmask"]) == ("systemuser", 1)
    assert widened.content[0]["changed"]["accessrightsmask"] == [1, 3]
    assert (revoked.content[0]["action"], revoked.content[0]["values"]["accessrightsmask"]) == ("delete", 3)


# Who may share


def test_it_takes_share_and_every_right_that_is_handed_out(company: Company, sally: Company, bob: Company):
    quote = quote_of(company)
    grant(company, quote, of(sally))
    sally.refuses(granting(quote, of(bob)), Code.ACCESS_DENIED, "sally may not share Quote 'Deal'")
    sally.refuses(handsel.RevokeAccess(quote, of(sally)), Code.ACCESS_DENIED, "sally may not share Quote 'Deal'")
    grant(company, quote, of(sally), "ShareAccess")
    sally.do(granting(quote, of(bob)))
    message = granting(quote, of(bob), "ReadAccess, WriteAccess")
    sally.refuses(message, Code.ACCESS_DENIED, "Nobody gives away more than they have", "may not change Quote 'Deal'")
    sally.refuses(modifying(quote, of(bob), "WriteAccess"), Code.ACCESS_DENIED, "Nobody gives away more")
    assert shared(company, quote)[of(bob).id] == "ReadAccess"
    sally.do(handsel.RevokeAccess(quote, of(bob)))
    assert seen(bob, "quote") == set()


def test_a_hidden_row_is_unknown(company: Company, sally: Company, bob: Company):
    quote = quote_of(company)
    for message in (
        granting(quote, of(bob)),
        modifying(quote, of(bob), "ReadAccess"),
        handsel.RevokeAccess(quote, of(bob)),
        handsel.RetrieveSharedPrincipalsAndAccess(quote),
        handsel.RetrieveSharedLinks(quote),
        handsel.RetrievePrincipalAccess(of(sally), quote),
    ):
        error = sally.refuses(message, Code.OBJECT_DOES_NOT_EXIST)
        assert error.message == f"quote With Id = {quote.id} Does Not Exist"


def test_a_missing_privilege_names_all_that_are_missing(company: Company, bob: Company):
    reader = make_user(company, "rita", make_role(company, "Reads", {"Quote": "-G------"}))
    message = granting(quote_of(company), of(bob), "ReadAccess, DeleteAccess")
    error = reader.refuses(message, Code.PRIVILEGE_DENIED, "share quotes with these rights")
    assert error.details["missing"] == ("prvShareQuote", "prvDeleteQuote")


# With whom


def test_a_share_that_does_nothing_is_refused(company: Company, sally: Company):
    blind = make_role(company, "Blind", {"Account": EVERY_VERB})
    ben, quote = make_user(company, "ben", blind), quote_of(company)
    error = company.refuses(granting(quote, of(ben)), Code.PRIVILEGE_DENIED)
    assert error.message.startswith(
        "Quote 'Deal' cannot be shared with user ben, who could do nothing with it: no role of theirs has "
        "prvReadQuote. Give user ben a role that has it first, such as Own rows, "
    )
    assert f"Principal user (Id={of(ben).id}, type=8, roleCount=1" in error.message
    assert error.details["missing"] == ("prvReadQuote",)
    team = make_team(company, "Blind", ben, administratorid=of(ben).id)
    company.refuses(granting(quote, team), Code.PRIVILEGE_DENIED, "team 'Blind'", "neither a role of the team nor of")
    company.do(handsel.AddMembersTeam(team.id, [of(sally).id]))
    company.do(granting(quote, team))
    assert (seen(sally, "quote"), shared(company, quote)) == ({quote.id}, {team.id: "ReadAccess"})


def test_a_role_of_the_team_is_enough(company: Company, own: UUID):
    ben = make_user(company, "ben")
    team, quote = make_team(company, "North", ben, administratorid=of(ben).id), quote_of(company)
    company.refuses(granting(quote, team), Code.PRIVILEGE_DENIED, "Give team 'North' a role")
    hold(company, team, [own])
    company.do(granting(quote, team))
    assert seen(ben, "quote") == {quote.id}


def test_an_access_team_may_get_its_members_later(company: Company, sally: Company):
    team, quote = make_team(company, "Deal room", teamtype=1), quote_of(company)
    grant(company, quote, team)
    company.do(handsel.AddMembersTeam(team.id, [of(sally).id]))
    assert seen(sally, "quote") == {quote.id}


def test_who_administers_an_access_team_is_not_in_it(company: Company, sally: Company):
    team, quote = make_team(company, "Deal room", teamtype=1, administratorid=of(sally).id), quote_of(company)
    grant(company, quote, team)
    assert seen(sally, "quote") == set()


def test_the_owner_gets_no_share(company: Company, sally: Company):
    quote = quote_of(company, ownerid=of(sally))
    error = company.refuses(granting(quote, of(sally)), Code.CANNOT_SHARE_WITH_OWNER, "belongs to user sally already")
    assert error.code.text == "0x80040214"
    team = make_team(company, "North", sally)
    company.refuses(granting(quote_of(company, ownerid=team), team), Code.CANNOT_SHARE_WITH_OWNER, "team 'North'")


@pytest.mark.parametrize(
    ("access", "said"),
    [
        (None, "GrantAccess needs PrincipalAccess"),
        ({"AccessMask": "ReadAccess"}, "Principal must name a row"),
        ({"Principal": Reference("systemuser", uuid4())}, 'AccessMask holds rights such as "ReadAccess, WriteAccess"'),
        ({"Principal": Reference("account", uuid4()), "AccessMask": 1}, "Principal is a user or a team"),
        ({"Principal": Reference("organization", uuid4()), "AccessMask": 1}, "not shared with the whole organization"),
        ({"Principal": Reference("team", uuid4()), "AccessMask": "None"}, "AccessMask names no right"),
        ({"Principal": Reference("team", uuid4()), "AccessMask": "Read"}, "The rights are None, ReadAccess,"),
        ({"Principal": Reference("team", uuid4()), "AccessMask": 8}, "The rights are None, ReadAccess,"),
        ({"Principal": Reference("team", uuid4()), "AccessMask": True}, "not true"),
        ({"Principal": Reference("team", uuid4()), "AccessMask": "9" * 5_000}, "AccessMask holds rights"),
        ({"Principal": Reference("team", uuid4()), "Mask": 1}, "PrincipalAccess has no property 'Mask'"),
    ],
)
def test_what_is_no_share(company: Company, access: Any, said: str):
    company.refuses(handsel.GrantAccess(quote_of(company), access), Code.INVALID_ARGUMENT, said)


def test_an_unknown_principal(company: Company):
    quote, nobody = quote_of(company), uuid4()
    for principal in (Reference("systemuser", nobody), Reference("team", nobody)):
        for message in (granting(quote, principal), handsel.RevokeAccess(quote, principal)):
            error = company.refuses(message, Code.OBJECT_DOES_NOT_EXIST)
            assert error.message == f"{principal.table} With Id = {nobody} Does Not Exist"


def test_what_has_no_owner_of_its_own_is_not_shared(company: Company, sally: Company):
    quote = quote_of(company, write_in("Work", 5))
    [line] = company.lines("quote", quote.id)
    task = company.create("task", subject="Call", regardingobjectid=quote)
    for row, said in (
        (line.reference, "A quote product is not shared by itself: it has the rights of the row that it belongs to"),
        (Reference("product", company.lamp), "A product is not shared: nobody owns it. A role with prvReadProduct"),
        (Reference("activitypointer", task), "Name that instead of activitypointer"),
    ):
        company.refuses(granting(row, of(sally)), Code.BUSINESS_RULE, said)
    company.refuses(granting(Reference("deal", quote.id), of(sally)), Code.UNKNOWN_TABLE, "no table named 'deal'")


def test_shares_are_written_by_messages_only(company: Company, sally: Company):
    grant(company, quote_of(company), of(sally))
    [share] = company.all("principalobjectaccess")
    company.refuses(handsel.Delete(share.table, share.id), Code.BUSINESS_RULE, "Use GrantAccess, ModifyAccess and")
    values = {"objectid": share["objectid"], "principalid": share["principalid"], "accessrightsmask": 1}
    company.refuses(handsel.Create(share.table, values), Code.BUSINESS_RULE, "Use GrantAccess")


# Several at once


def test_a_list_costs_as_many_statements_as_two(company: Company, sally: Company, own: UUID):
    quotes = [Reference("quote", row) for row in company.create_many("quote", *[{"name": "Q"}] * 24)]
    grant(company, quotes[0], of(sally))

    def cost(messages: list[Message]) -> int:
        with counted_statements() as count:
            company.session.execute_many(messages)
        return len(count)

    for made in (
        lambda row: granting(row, of(sally)),
        lambda row: modifying(row, of(sally), 3),
        lambda row: handsel.RevokeAccess(row, of(sally)),
    ):
        two, twenty = cost([made(row) for row in quotes[2:4]]), cost([made(row) for row in quotes[4:]])
        assert two == twenty
    assert [shared(company, row) for row in quotes[:3]] == [{of(sally).id: "ReadAccess"}, {}, {}]


def test_refused_ones_are_collected(company: Company, sally: Company):
    quote, lamp = quote_of(company), Reference("product", company.lamp)
    messages = [granting(lamp, of(sally)), granting(quote, Reference("team", uuid4())), granting(quote, of(sally))]
    first, second, third = company.session.execute_many(messages, on_refusal="collect")
    assert (type(first), type(second), third) == (Refusal, Refusal, None)
    assert shared(company, quote) == {of(sally).id: "ReadAccess"}


# The end of a share


def test_a_share_dies_with_its_row_and_with_its_principal(company: Company, sally: Company, bob: Company):
    team, kept, gone = make_team(company, "North", sally), quote_of(company), quote_of(company)
    for row in (kept, gone):
        for principal in (of(sally), of(bob), team):
            grant(company, row, principal)
    company.delete("quote", gone.id)
    assert {row["objectid"] for row in company.all("principalobjectaccess")} == {kept.id}
    company.delete("team", team.id)
    assert set(shared(company, kept)) == {of(sally).id, of(bob).id}
    company.delete("systemuser", of(bob).id)
    assert set(shared(company, kept)) == {of(sally).id}


def test_what_is_deleted_along_loses_its_shares(company: Company, sally: Company):
    account = Reference("account", company.create("account", name="A"))
    deal = Reference("opportunity", company.opportunity(customerid=account))
    grant(company, deal, of(sally))
    company.delete("account", account.id)
    assert company.all("principalobjectaccess") == []


def test_a_merge_moves_shares_and_unites_them(company: Company, sally: Company, bob: Company):
    kept, lost = (Reference("account", company.create("account", name=name)) for name in ("Kept", "Lost"))
    eve = make_user(company, "eve", make_role(company, "Own accounts", {"Account": EVERY_VERB}))
    company.update("account", kept.id, ownerid=of(eve))
    grant(company, kept, of(sally), "ReadAccess")
    grant(company, lost, of(sally), "WriteAccess")
    grant(company, lost, of(bob), "ReadAccess")
    grant(company, lost, of(eve), "ReadAccess")
    company.do(handsel.Merge(kept, lost, {}, False))
    assert shared(company, kept) == {of(sally).id: "ReadAccess, WriteAccess", of(bob).id: "ReadAccess"}
    assert shared(company, lost) == {}
    assert len(company.all("principalobjectaccess")) == 2
    assert "principalobjectaccess" in {each["table"] for each in audit_of(company, kept.id)[-1].content}
