"""Business units, teams and users: one root, unique names, no user can disable themselves."""

from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.engine.message import message_from
from handsel.errors import Code
from tests.scenarios.company import Company


@pytest.fixture
def root(company: Company) -> UUID:
    return company.all("businessunit", parentbusinessunitid=None)[0].id


@pytest.fixture
def bob(company: Company) -> UUID:
    return company.create("systemuser", domainname="bob", firstname="Bob", lastname="Bell")


def test_there_is_one_root(company: Company, root: UUID) -> None:
    north = company.create("businessunit", name="North")
    assert company.columns("businessunit", north, "parentbusinessunitid") == (root,)
    deep = company.create("businessunit", name="Deep", parentbusinessunitid=north)
    cases: list[tuple[UUID, dict[str, object], str]] = [
        (root, {"parentbusinessunitid": north}, "root"),
        (root, {"isdisabled": True}, "root"),
        (north, {"parentbusinessunitid": None}, "needs a parent"),
        (north, {"parentbusinessunitid": deep}, "above itself"),
    ]
    for unit, values, text in cases:
        company.refuses(handsel.Update("businessunit", unit, values), Code.BUSINESS_RULE, text)
    company.refuses(handsel.Create("businessunit", {"name": "North"}), Code.DUPLICATE_RECORD, "North")
    company.refuses(handsel.Delete("businessunit", root), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "root")
    company.update("businessunit", deep, isdisabled=True)
    company.delete("businessunit", deep)


def test_a_user_belongs_to_the_root_and_has_a_name_of_their_own(company: Company, root: UUID, bob: UUID) -> None:
    assert company.columns("systemuser", bob, "businessunitid", "fullname") == (root, "Bob Bell")
    again = {"domainname": "bob", "lastname": "Other"}
    company.refuses(handsel.Create("systemuser", again), Code.DUPLICATE_RECORD, "bob")
    company.refuses(handsel.Create("systemuser", {"lastname": "x"}), Code.REQUIRED_FIELD_MISSING, "domainname")
    company.refuses(handsel.Update("systemuser", bob, {"domainname": None}), Code.REQUIRED_FIELD_MISSING, "domainname")
    company.refuses(
        handsel.Update("systemuser", bob, {"parentsystemuserid": bob}), Code.USER_LOOP_BEING_CREATED, "manager"
    )


def test_nobody_locks_themselves_out(company: Company, bob: UUID) -> None:
    admin = company.session.user.user_id
    disable = handsel.Update("systemuser", admin, {"isdisabled": True})
    company.refuses(disable, Code.CANNOT_DISABLE_SELF, "admin", "yourself")
    company.refuses(handsel.Delete("systemuser", admin), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "admin")
    company.update("systemuser", bob, isdisabled=True)
    with pytest.raises(handsel.InvalidArgument, match="bob"):
        company.session.as_user("bob")


def test_members_join_and_leave_a_team(company: Company, root: UUID, bob: UUID) -> None:
    admin = company.session.user.user_id
    team = company.create("team", name="Sellers")
    assert company.columns("team", team, "businessunitid", "administratorid") == (root, admin)

    def members() -> set[UUID]:
        return {row["systemuserid"] for row in company.all("teammembership", teamid=team)}

    company.do(handsel.AddMembersTeam(team, [bob]))
    given = {"TeamId": str(team), "Members": [{"systemuserid": str(bob)}, {"systemuserid": str(admin)}]}
    company.do(message_from("AddMembersTeam", given))
    assert members() == {bob, admin}
    company.do(handsel.RemoveMembersTeam(team, [Reference("systemuser", admin)]))
    assert members() == {bob}
    company.refuses(handsel.RemoveMembersTeam(team, [admin]), Code.OBJECT_DOES_NOT_EXIST, "Sellers")
    company.refuses(handsel.AddMembersTeam(team, [UUID(int=7)]), Code.OBJECT_DOES_NOT_EXIST)
    company.refuses(handsel.AddMembersTeam(team, []), Code.INVALID_ARGUMENT, "Members")
    company.do(handsel.Associate("systemuser", admin, "teammembership_association", Reference("team", team)))
    assert members() == {bob, admin}
    company.delete("team", team)
    assert members() == set()


def test_the_team_of_the_whole_organization_stays(company: Company) -> None:
    [team] = company.all("team", isdefault=True)
    company.refuses(handsel.Delete("team", team.id), Code.CANNOT_DELETE_DEFAULT_TEAM, "whole business unit")
