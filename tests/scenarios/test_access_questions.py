"""What somebody may do with a row, and why (security 3.1)."""

from uuid import uuid4

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import Company, write_in
from tests.scenarios.people import PEOPLE, grant, hold, make_role, make_team, make_user, of

EVERY_VERB = "BBBBBBBB"
ALL = "ReadAccess, WriteAccess, AppendAccess, AppendToAccess, CreateAccess, DeleteAccess, ShareAccess, AssignAccess"


@pytest.fixture
def sally(company: Company) -> Company:
    return make_user(company, "sally", make_role(company, "Own rows", {"Quote": EVERY_VERB, "Account": EVERY_VERB}))


def rights(company: Company, principal: Reference, row: Reference) -> str:
    found: str = company.do(handsel.RetrievePrincipalAccess(principal, row))
    return found


def test_rights_by_role_ownership_share_and_team(company: Company, sally: Company):
    quote = Reference("quote", company.quote(write_in("Work", 5)))
    assert rights(company, of(company), quote) == ALL
    assert rights(company, of(sally), quote) == "None"
    grant(company, quote, of(sally), "ReadAccess, ShareAccess")
    assert rights(company, of(sally), quote) == "ReadAccess, ShareAccess"
    team = make_team(company, "North", sally)
    grant(company, quote, team, "WriteAccess")
    assert rights(company, of(sally), quote) == "ReadAccess, WriteAccess, ShareAccess"
    company.update("quote", quote.id, ownerid=of(sally))
    assert rights(company, of(sally), quote) == ALL
    [line] = company.lines("quote", quote.id)
    assert rights(company, of(sally), line.reference) == ALL


def test_a_share_gives_no_right_without_its_privilege(company: Company):
    rita = make_user(company, "rita", make_role(company, "Reads own", {"Quote": "-B------"}))
    quote = Reference("quote", company.quote())
    grant(company, quote, of(rita), "ReadAccess, WriteAccess, DeleteAccess")
    assert rights(company, of(rita), quote) == "ReadAccess"


def test_inherited_rights_count(company: Company, sally: Company):
    account = Reference("account", company.create("account", name="A"))
    quote = Reference("quote", company.quote(customerid=account))
    grant(company, account, of(sally), "ReadAccess, WriteAccess")
    assert rights(company, of(sally), quote) == "ReadAccess, WriteAccess"


def test_rights_of_a_team_are_those_of_its_roles_and_shares(company: Company, sally: Company):
    team, quote = make_team(company, "North", sally), Reference("quote", company.quote())
    grant(company, quote, team)
    assert rights(company, team, quote) == "None"
    hold(company, team, [make_role(company, "Units", {"Quote": "-LL-----"})])
    assert rights(company, team, quote) == "ReadAccess, WriteAccess"


def test_rows_of_the_organization(company: Company, sally: Company):
    hold(company, of(sally), [make_role(company, "Catalog", {"Product": "-GG-----"})])
    lamp = Reference("product", company.lamp)
    assert rights(company, of(sally), lamp) == "ReadAccess, WriteAccess"
    assert rights(company, of(company), lamp) == ALL.removesuffix(", ShareAccess, AssignAccess")
    organization = next(iter(company.session.rows("organization"))).reference
    assert rights(company, organization, lamp) == "None"


def test_everybody_may_ask_about_themselves(company: Company):
    blind = {**dict.fromkeys(PEOPLE, "--------"), "Quote": EVERY_VERB}
    sam = make_user(company, "sam", make_role(company, "Sees nobody", blind))
    quote = Reference("quote", company.quote(ownerid=of(sam)))
    assert rights(sam, of(sam), quote) == ALL
    asked = handsel.RetrievePrincipalAccess(of(company), quote)
    sam.refuses(asked, Code.PRIVILEGE_DENIED, "prvReadUser")


# Why


def why(company: Company, row: Reference, principal: Reference) -> str:
    found: str = company.do(handsel.RetrieveAccessOrigin(row.id, row.table, principal.id))
    return found


def test_the_origin_of_access(company: Company, sally: Company):
    account = Reference("account", company.create("account", name="A"))
    quote = Reference("quote", company.quote(write_in("Work", 5), customerid=account))
    team = make_team(company, "North", sally)
    none = "Access origin could not be found. Access does not come from POA table or object ownership."
    assert why(company, quote, of(sally)) == none
    assert why(company, quote, of(company)) == f"PrincipalId is object owner ({quote.id})"
    grant(company, account, team)
    said = f"PrincipalId is member of team ({team.id}) who has poa access to object's root entity ({quote.id})"
    assert why(company, quote, of(sally)) == said
    grant(company, account, of(sally))
    assert why(company, quote, of(sally)) == f"PrincipalId has poa access to object's root entity ({quote.id})"
    assert why(company, account, of(sally)) == f"PrincipalId has direct poa access to object ({account.id})"
    company.update("account", account.id, ownerid=of(sally))
    company.update("quote", quote.id, ownerid=of(company))
    assert why(company, quote, of(sally)) == f"PrincipalId is owner of a parent entity of object ({quote.id})"
    grant(company, quote, team)
    said = f"PrincipalId is member of team ({team.id}) who has poa access to object ({quote.id})"
    assert why(company, quote, of(sally)) == said
    company.update("quote", quote.id, ownerid=team)
    said = f"PrincipalId is member of team ({team.id}) who is object owner ({quote.id})"
    assert why(company, quote, of(sally)) == said
    assert why(company, quote, team) == f"PrincipalId is object owner ({quote.id})"
    [line] = company.lines("quote", quote.id)
    assert why(company, line.reference, of(sally)) == said


def test_the_origin_is_told_whatever_is_asked(company: Company, sally: Company):
    lamp, nobody = Reference("product", company.lamp), Reference("systemuser", uuid4())
    organization = next(iter(company.session.rows("organization"))).id
    said = f"PrincipalId is member of organization ({organization}) who is object owner ({lamp.id})"
    assert why(company, lamp, of(sally)) == said
    quote, unknown = Reference("quote", company.quote()), Reference("quote", uuid4())
    assert why(company, unknown, of(sally)) == f"quote With Id = {unknown.id} Does Not Exist"
    assert why(sally, quote, of(sally)) == f"quote With Id = {quote.id} Does Not Exist"
    assert why(company, quote, nobody) == f"systemuser With Id = {nobody.id} Does Not Exist"
    asked = handsel.RetrieveAccessOrigin(quote.id, "deal", nobody.id)
    company.refuses(asked, Code.UNKNOWN_TABLE, "There is no table named 'deal'")


def test_links_are_the_access_teams_of_a_row(company: Company, sally: Company):
    quote = Reference("quote", company.quote())
    owners, room = make_team(company, "North", sally), make_team(company, "Deal room", teamtype=1)
    for principal in (of(sally), owners, room):
        grant(company, quote, principal)
    assert [(row.id, row["name"]) for row in company.do(handsel.RetrieveSharedLinks(quote))] == [(room.id, "Deal room")]
