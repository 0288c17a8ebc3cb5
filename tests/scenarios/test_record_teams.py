"""Access teams by template: users who together have the template's rights on one row (security 3.5)."""

from uuid import UUID, uuid4

import pytest

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company
from tests.scenarios.people import grant, make_role, make_user, of

EVERY_VERB = "BBBBBBBB"
QUOTE, PRODUCT, ACCOUNT = 1084, 1024, 1
READ_WRITE = 3


@pytest.fixture
def sally(company: Company) -> Company:
    return make_user(company, "sally", make_role(company, "Own rows", {"Quote": EVERY_VERB}))


@pytest.fixture
def template(company: Company) -> UUID:
    return make_template(company)


def make_template(company: Company, name: str = "Deal room", code: int = QUOTE, mask: int = READ_WRITE) -> UUID:
    return company.create("teamtemplate", teamtemplatename=name, objecttypecode=code, defaultaccessrightsmask=mask)


def adding(user: Company, quote: UUID, template: UUID) -> handsel.AddUserToRecordTeam:
    return handsel.AddUserToRecordTeam(of(user).id, Reference("quote", quote), template)


def removing(user: Company, quote: UUID, template: UUID) -> handsel.RemoveUserFromRecordTeam:
    return handsel.RemoveUserFromRecordTeam(of(user).id, Reference("quote", quote), template)


def test_the_first_user_makes_the_team_and_the_last_one_leaves_it(company: Company, sally: Company, template: UUID):
    quote, bob = company.quote(), make_user(company, "bob", make_role(company, "Also own", {"Quote": EVERY_VERB}))
    team = company.do(adding(sally, quote, template))
    assert company.do(adding(sally, quote, template)) == team
    assert company.do(adding(bob, quote, template)) == team
    row = company.row("team", team)
    assert (row["teamtype"], row["systemmanaged"], row["name"]) == (1, True, f"Deal room {quote}")
    assert (row["regardingobjectid"], row["teamtemplateid"]) == (quote, template)
    assert row["businessunitid"] == company.columns("quote", quote, "owningbusinessunit")[0]
    [share] = company.all("principalobjectaccess")
    assert (share["objectid"], share["principalid"], share["accessrightsmask"]) == (quote, team, READ_WRITE)
    for member in (sally, bob):
        member.update("quote", quote, name=f"By {member.session.user.domain_name}")
    assert company.do(removing(sally, quote, template)) == team
    assert company.do(removing(sally, quote, template)) == team
    assert (list(sally.session.rows("quote")), bob.session.count("quote")) == ([], 1)
    company.do(removing(bob, quote, template))
    assert company.do(adding(sally, quote, template)) == team
    assert len(company.all("team", teamtype=1)) == 1


def test_every_row_and_template_has_a_team_of_its_own(company: Company, sally: Company, template: UUID):
    first, second = company.quote(), company.quote()
    reading = make_template(company, "Readers", mask=1)
    made = company.session.execute_many(
        [adding(sally, first, template), adding(sally, first, reading), adding(sally, second, template)]
    )
    assert len(set(made)) == 3
    rights = company.do(handsel.RetrievePrincipalAccess(of(sally), Reference("quote", first)))
    assert rights == "ReadAccess, WriteAccess"


def test_it_takes_share_and_the_rights_of_the_template(company: Company, sally: Company, template: UUID):
    quote, bob = company.quote(), make_user(company, "bob", make_role(company, "Also own", {"Quote": EVERY_VERB}))
    grant(company, Reference("quote", quote), of(sally))
    sally.refuses(adding(bob, quote, template), Code.ACCESS_DENIED, "sally may not share Quote 'Deal'")
    grant(company, Reference("quote", quote), of(sally), "ShareAccess")
    sally.refuses(adding(bob, quote, template), Code.ACCESS_DENIED, "Nobody gives away more than they have")
    grant(company, Reference("quote", quote), of(sally), "WriteAccess")
    sally.do(adding(bob, quote, template))
    assert bob.session.count("quote") == 1


def test_who_could_not_use_the_rights_is_not_added(company: Company, template: UUID):
    rita = make_user(company, "rita", make_role(company, "Reads", {"Quote": "-B------"}))
    error = company.refuses(adding(rita, company.quote(), template), Code.PRIVILEGE_DENIED, "user rita could not use")
    assert error.details["missing"] == ("prvWriteQuote",)
    assert company.all("team", teamtype=1) == []


def test_the_share_of_a_managed_team_is_left_alone(company: Company, sally: Company, template: UUID):
    quote = company.quote()
    team = Reference("team", company.do(adding(sally, quote, template)))
    access, row = {"Principal": team, "AccessMask": "ReadAccess"}, Reference("quote", quote)
    for message in (
        handsel.GrantAccess(row, access),
        handsel.ModifyAccess(row, access),
        handsel.RevokeAccess(row, team),
        handsel.GrantAccess(Reference("quote", company.quote()), access),
    ):
        error = company.refuses(message, Code.CANNOT_SHARE_SYSTEM_MANAGED_TEAM, "RemoveUserFromRecordTeam")
        assert error.code.text == "0x80048339"


def test_a_team_goes_with_its_row_and_with_its_template(company: Company, sally: Company, template: UUID):
    first, second = company.quote(), company.quote()
    company.session.execute_many([adding(sally, quote, template) for quote in (first, second)])
    company.delete("quote", first)
    [left] = company.all("team", teamtype=1)
    assert left["regardingobjectid"] == second
    company.delete("teamtemplate", template)
    assert [company.all(table) for table in ("principalobjectaccess", "teamtemplate")] == [[], []]
    assert company.all("team", teamtype=1) == []
    assert [row for row in company.all("teammembership") if row["teamid"] == left["teamid"]] == []


@pytest.mark.parametrize(
    ("values", "code", "said"),
    [
        ({"code": PRODUCT}, Code.INVALID_ARGUMENT, "access teams are made for rows with an owner"),
        ({"code": ACCOUNT}, Code.INVALID_ARGUMENT, "1084 quote"),
        ({"mask": 0}, Code.INVALID_ARGUMENT, "it is 0"),
        ({"mask": 2}, Code.INVALID_ARGUMENT, "among them ReadAccess: 1 ReadAccess, 2 WriteAccess"),
        ({"mask": 33}, Code.INVALID_ARGUMENT, "it is 33"),
    ],
)
def test_what_is_no_template(company: Company, values: dict[str, int], code: Code, said: str):
    row = {"objecttypecode": values.get("code", QUOTE), "defaultaccessrightsmask": values.get("mask", READ_WRITE)}
    company.refuses(handsel.Create("teamtemplate", {"teamtemplatename": "T", **row}), code, said)


def test_a_table_has_two_templates(company: Company, template: UUID):
    second = make_template(company, "Readers", mask=1)
    values = {"teamtemplatename": "Third", "objecttypecode": QUOTE, "defaultaccessrightsmask": 1}
    company.refuses(handsel.Create("teamtemplate", values), Code.BUSINESS_RULE, "'Deal room' and 'Readers'")
    company.update("teamtemplate", second, defaultaccessrightsmask=READ_WRITE)
    other = make_template(company, "Orders", 1088)
    company.refuses(handsel.Update("teamtemplate", other, {"objecttypecode": QUOTE}), Code.BUSINESS_RULE, "has 2 team")


def test_what_does_not_fit(company: Company, sally: Company, template: UUID):
    quote, order = company.quote(), company.order()
    message = handsel.AddUserToRecordTeam(of(sally).id, Reference("salesorder", order), template)
    company.refuses(message, Code.INVALID_ARGUMENT, "is for rows with the object type code 1084")
    company.refuses(adding(sally, quote, uuid4()), Code.OBJECT_DOES_NOT_EXIST, "teamtemplate With Id")
    message = handsel.AddUserToRecordTeam(uuid4(), Reference("quote", quote), template)
    company.refuses(message, Code.OBJECT_DOES_NOT_EXIST, "systemuser With Id")
    company.refuses(removing(sally, quote, template), Code.BUSINESS_RULE, "has no team of this template")


def test_a_list_costs_as_many_statements_as_two(company: Company, sally: Company, template: UUID):
    quotes = company.create_many("quote", *[{"name": "Q"}] * 30)

    def cost(some: list[UUID]) -> int:
        with counted_statements() as count:
            company.session.execute_many([adding(sally, quote, template) for quote in some])
        return len(count)

    cost(quotes[:1])
    assert cost(quotes[1:3]) == cost(quotes[3:])
