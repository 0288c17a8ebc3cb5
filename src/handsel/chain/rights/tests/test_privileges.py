"""What roles grant: changed by those who hold it, and answered in the shapes that clients know (security 4)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import handsel
from handsel.chain.rights.tests.conftest import Bare, Organization, listed
from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.engine.ids import NO_ID
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.errors import Code

READ_ACCOUNT = UUID("886b280c-6396-4d56-a0a3-2c1b0a50ceb0")


def told(answer: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, object]:
    """The depths in an answer, by privilege."""
    return {str(each["PrivilegeName"]): each["Depth"] for each in answer["RolePrivileges"]}


def granted(caller: Bare, role: UUID) -> dict[str, object]:
    """What a role grants."""
    return told(caller.do(handsel.RetrieveRolePrivilegesRole(role)))


def test_privileges_are_added_changed_replaced_and_removed(organization: Organization) -> None:
    admin = organization.admin
    role = organization.own_role("Buyer", organization.north, prvReadAccount="Basic", prvReadContact=1)
    assert granted(admin, role) == {"prvReadAccount": "Basic", "prvReadContact": "Local"}
    by_id = [{"PrivilegeId": str(READ_ACCOUNT), "Depth": "Deep", "BusinessUnitId": str(organization.south)}]
    admin.do(handsel.AddPrivilegesRole(role, [*by_id, *listed(prvReadLead="3")]))
    assert granted(admin, role) == {"prvReadAccount": "Deep", "prvReadContact": "Local", "prvReadLead": "Global"}
    admin.do(handsel.ReplacePrivilegesRole(role, listed(prvReadAccount="Global", prvReadQuote="Basic")))
    assert granted(admin, role) == {"prvReadAccount": "Global", "prvReadQuote": "Basic"}
    admin.do(handsel.RemovePrivilegeRole(role, READ_ACCOUNT))
    assert granted(admin, role) == {"prvReadQuote": "Basic"}
    again = handsel.RemovePrivilegeRole(role, READ_ACCOUNT)
    admin.refuses(again, Code.OBJECT_DOES_NOT_EXIST, "Buyer", "prvReadAccount")
    admin.refuses(handsel.RemovePrivilegeRole(role, UUID(int=9)), Code.OBJECT_DOES_NOT_EXIST)
    admin.do(handsel.ReplacePrivilegesRole(role, []))
    assert granted(admin, role) == {}


def test_a_changed_role_is_in_force_at_once(organization: Organization) -> None:
    account = organization.admin.create("account", name="Acme")
    role = organization.own_role("Buyer", organization.root, prvReadAccount="Basic")
    organization.user("anna", organization.root, "Buyer")
    anna = organization.admin.as_user("anna")
    assert anna.all("account") == []
    organization.admin.do(handsel.AddPrivilegesRole(role, listed(prvReadAccount="Global")))
    assert [row.id for row in anna.all("account")] == [account]
    organization.admin.do(handsel.RemovePrivilegeRole(role, READ_ACCOUNT))
    anna.refuses(handsel.Retrieve("account", account), Code.PRIVILEGE_DENIED, "prvReadAccount")


def test_a_list_that_makes_no_sense_is_refused(organization: Organization) -> None:
    role = organization.own_role("Buyer", organization.north)
    twice = [*listed(prvReadAccount="Basic"), {"PrivilegeId": READ_ACCOUNT, "Depth": "Deep"}]
    cases: list[tuple[Any, str]] = [
        (listed(prvReadProduct="Local"), "prvReadProduct cannot be granted at depth Local, only at Global"),
        (listed(prvDisableUser="Basic"), "prvDisableUser cannot be granted at depth Basic"),
        (listed(prvReadUser="Basic"), "only at Local, Deep or Global"),
        (listed(prvReadAccount="Everywhere"), "Depth is Basic, Local, Deep or Global, or 0 to 3, not 'Everywhere'"),
        (listed(prvReadAccount=4), "not 4"),
        (listed(prvReadAccount="RecordFilter"), "not 'RecordFilter'"),
        (listed(prvReadNothing="Basic"), "no privilege 'prvReadNothing'"),
        ([{"PrivilegeId": str(NO_ID), "Depth": "Basic"}], "no privilege with the id"),
        ([{"Depth": "Basic"}], "PrivilegeId"),
        ([{"PrivilegeName": "prvReadAccount"}], "Depth is"),
        (twice, "listed twice"),
        (["prvReadAccount"], "an object with PrivilegeId and Depth"),
        ("prvReadAccount", "must be a list"),
    ]
    for given, text in cases:
        for message in (handsel.AddPrivilegesRole, handsel.ReplacePrivilegesRole):
            organization.admin.refuses(message(role, given), Code.INVALID_ARGUMENT, text)


def test_nobody_adds_a_privilege_they_do_not_hold(organization: Organization) -> None:
    rights = dict.fromkeys(("prvReadRole", "prvWriteRole"), "Deep")
    organization.own_role("Editor", organization.north, **rights, prvReadAccount="Local", prvReadLead="Deep")
    organization.user("mia", organization.north, "Editor")
    mia = organization.admin.as_user("mia")
    here = organization.own_role("Buyer", organization.north, prvReadQuote="Global")
    below = organization.own_role("Skier", organization.oslo)
    beside = organization.own_role("Surfer", organization.south)
    mia.do(handsel.AddPrivilegesRole(here, listed(prvReadAccount="Local", prvReadLead="Deep")))
    mia.do(handsel.AddPrivilegesRole(below, listed(prvReadAccount="Basic", prvReadLead="Local")))
    for role, name, depth in (
        (here, "prvReadAccount", "Deep"),
        (here, "prvReadContact", "Basic"),
        (here, "prvReadLead", "Global"),
        (below, "prvReadAccount", "Local"),
    ):
        for message in (handsel.AddPrivilegesRole, handsel.ReplacePrivilegesRole):
            mia.refuses(message(role, listed(**{name: depth})), Code.PRIVILEGE_DENIED, "mia", name)
    mia.refuses(handsel.AddPrivilegesRole(beside, []), Code.OBJECT_DOES_NOT_EXIST)
    mia.do(handsel.ReplacePrivilegesRole(here, listed(prvReadQuote="Deep")))
    organization.user("anna", organization.north, "Salesperson")
    anna = organization.admin.as_user("anna")
    anna.refuses(handsel.RemovePrivilegeRole(here, READ_ACCOUNT), Code.PRIVILEGE_DENIED, "prvWriteRole")


def test_a_shipped_role_can_be_changed(organization: Organization) -> None:
    seller = organization.role("Salesperson", organization.root)
    before = granted(organization.admin, seller)
    organization.admin.do(handsel.AddPrivilegesRole(seller, listed(prvDeleteAccount="Global")))
    assert granted(organization.admin, seller) == {**before, "prvDeleteAccount": "Global"}


def test_every_privilege_is_told_with_six_members(organization: Organization) -> None:
    role = organization.own_role("Buyer", organization.north, prvReadAccount="Deep")
    copy = organization.role("Buyer", organization.oslo)
    for id, unit in ((role, organization.north), (copy, organization.oslo)):
        assert organization.admin.do(handsel.RetrieveRolePrivilegesRole(id)) == {
            "RolePrivileges": [
                {
                    "Depth": "Deep",
                    "PrivilegeId": READ_ACCOUNT,
                    "BusinessUnitId": unit,
                    "PrivilegeName": "prvReadAccount",
                    "RecordFilterId": NO_ID,
                    "RecordFilterUniqueName": None,
                }
            ]
        }
    unknown = handsel.RetrieveRolePrivilegesRole(UUID(int=9))
    organization.admin.refuses(unknown, Code.OBJECT_DOES_NOT_EXIST)


def test_an_administrator_has_everything_there_is(organization: Organization) -> None:
    admin = organization.admin
    everything = told(admin.do(handsel.RetrieveUserPrivileges(admin.session.user.user_id)))
    known = {row["name"] for row in admin.do(handsel.RetrievePrivilegeSet())}
    assert known - everything.keys() == {"prvWithdrawSubmittedOrder"}
    assert everything["prvReadAccount"] == everything["prvDisableUser"] == "Global"
    assert granted(admin, ADMINISTRATOR) == everything


def test_what_a_team_gives_is_told_as_basic_and_one_by_one_as_it_is(organization: Organization) -> None:
    admin = organization.admin
    organization.own_role("Own", organization.north, prvReadAccount="Local", prvReadLead="Basic")
    through_team = organization.own_role("Of team", organization.south, prvReadAccount="Deep", prvReadQuote="Basic")
    admin.update("role", through_team, isinherited=0)
    anna = organization.user("anna", organization.north, "Own")
    team = admin.create("team", name="Buyers", businessunitid=organization.south)
    admin.give("team", team, through_team)
    admin.do(handsel.AddMembersTeam(team, [anna]))
    assert told(admin.do(handsel.RetrieveUserPrivileges(anna))) == {
        "prvReadAccount": "Local",
        "prvReadLead": "Basic",
        "prvReadQuote": "Basic",
    }
    by_name = admin.do(handsel.RetrieveUserPrivilegeByPrivilegeName(anna, "prvReadAccount"))
    assert {(each["BusinessUnitId"], each["Depth"]) for each in by_name["RolePrivileges"]} == {
        (organization.north, "Local"),
        (organization.south, "Deep"),
    }
    assert admin.do(handsel.RetrieveUserPrivilegeByPrivilegeId(anna, READ_ACCOUNT)) == by_name
    names = ["prvReadLead", "prvReadQuote"]
    several = admin.do(handsel.RetrieveUserSetOfPrivilegesByNames(anna, names))
    assert told(several) == dict.fromkeys(names, "Basic")
    ids = [privilege_id(name) for name in names]
    assert admin.do(handsel.RetrieveUserSetOfPrivilegesByIds(anna, ids)) == several
    without = handsel.RetrieveUserSetOfPrivilegesByNames(anna, names, exclude_team_basic=True)
    assert told(admin.do(without)) == {"prvReadLead": "Basic"}
    of_team = {"prvReadAccount": "Deep", "prvReadQuote": "Basic"}
    assert told(admin.do(handsel.RetrieveUsersPrivilegesThroughTeams(anna))) == of_team
    assert told(admin.do(handsel.RetrieveTeamPrivileges(team))) == of_team
    unknown = handsel.RetrieveUserPrivilegeByPrivilegeName(anna, "prvReadNothing")
    admin.refuses(unknown, Code.INVALID_ARGUMENT, "prvReadNothing")
    admin.refuses(handsel.RetrieveUserPrivilegeByPrivilegeId(anna, UUID(int=9)), Code.OBJECT_DOES_NOT_EXIST)


def test_everybody_asks_about_themselves_and_about_others_who_may_read_them(organization: Organization) -> None:
    anna = organization.user("anna", organization.north)
    organization.user("olga", organization.oslo, "Salesperson")
    admin = organization.admin
    assert admin.as_user("anna").do(handsel.RetrieveUserPrivileges(anna)) == {"RolePrivileges": []}
    about_admin = handsel.RetrieveUserPrivileges(admin.session.user.user_id)
    admin.as_user("anna").refuses(about_admin, Code.USER_HAS_NO_ROLES, "prvReadUser and prvReadRole")
    assert told(admin.as_user("olga").do(about_admin))
    organization.own_role("Neighbour", organization.north, prvReadUser="Local", prvReadRole="Local")
    organization.user("mia", organization.north, "Neighbour")
    admin.as_user("mia").refuses(about_admin, Code.OBJECT_DOES_NOT_EXIST)
    team = organization.default_team(organization.north)
    admin.as_user("mia").refuses(handsel.RetrieveTeamPrivileges(team), Code.PRIVILEGE_DENIED, "prvReadTeam")
    admin.refuses(handsel.RetrieveUserPrivileges(UUID(int=9)), Code.OBJECT_DOES_NOT_EXIST)
