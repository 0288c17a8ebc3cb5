"""Giving roles and taking them away: who may, which role is meant, and who always stays (security 2.3)."""

from uuid import UUID

import handsel
from handsel import Reference
from handsel.chain.rights.tests.conftest import Bare, Organization, giving, listed, taking
from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.errors import Code


def test_the_original_given_elsewhere_is_the_copy_there(organization: Organization) -> None:
    admin = organization.admin
    anna = organization.user("anna", organization.oslo)
    original, copy = (organization.role("Salesperson", unit) for unit in (organization.root, organization.oslo))
    admin.give("systemuser", anna, original)
    admin.give("systemuser", anna, copy)
    assert organization.held("systemuser", anna) == {copy}
    admin.take("systemuser", anna, original)
    assert organization.held("systemuser", anna) == set()
    admin.refuses(taking("systemuser", anna, copy), Code.OBJECT_DOES_NOT_EXIST)
    team = admin.create("team", name="Sellers", businessunitid=organization.oslo)
    admin.do(handsel.Associate("role", original, "teamroles_association", Reference("team", team)))
    assert organization.held("team", team) == {copy}


def test_a_role_of_another_unit_is_refused(organization: Organization) -> None:
    admin = organization.admin
    anna = organization.user("anna", organization.oslo)
    of_south = organization.own_role("Of South", organization.south, prvReadAccount="Local")
    for role in (of_south, organization.role("Salesperson", organization.north)):
        admin.refuses(giving("systemuser", anna, role), Code.ROLE_OF_ANOTHER_UNIT, "anna", "Oslo")
    admin.settings(hs_ownershipacrossunits=True)
    admin.give("systemuser", anna, of_south)
    assert organization.held("systemuser", anna) == {of_south}
    admin.settings(hs_ownershipacrossunits=False)
    admin.take("systemuser", anna, of_south)
    assert organization.held("systemuser", anna) == set()


def test_it_takes_the_privilege_to_assign_roles_where_the_role_stands(organization: Organization) -> None:
    anna, olga = organization.user("anna", organization.north), organization.user("olga", organization.oslo)
    organization.user("seller", organization.north, "Salesperson")
    role = organization.role("Salesperson", organization.north)
    seller = organization.admin.as_user("seller")
    seller.refuses(giving("systemuser", anna, role), Code.PRIVILEGE_DENIED, "prvAssignRole")
    organization.user("chief", organization.north, "Sales Manager")
    chief = organization.admin.as_user("chief")
    chief.give("systemuser", anna, role)
    assert organization.held("systemuser", anna) == {role}
    below = organization.role("Salesperson", organization.oslo)
    chief.refuses(giving("systemuser", olga, below), Code.ACCESS_DENIED, "assign", "Salesperson")
    chief.take("systemuser", anna, role)
    assert organization.held("systemuser", anna) == set()


def test_nobody_gives_more_than_they_hold(organization: Organization) -> None:
    anna = organization.user("anna", organization.north)
    boss = organization.user("boss", organization.north, "Sales Manager")
    chief = organization.admin.as_user("boss")
    more = organization.own_role("More", organization.north, prvWriteAccount="Global", prvDisableUser="Global")
    chief.refuses(
        giving("systemuser", anna, more), Code.PRIVILEGE_DENIED, "give role 'More' to user 'anna'", "prvDisableUser"
    )
    deep = organization.own_role("Deep", organization.north, prvDeleteQuote="Deep")
    error = chief.refuses(giving("systemuser", anna, deep), Code.PRIVILEGE_DENIED, "the unit and those below it")
    assert error.details["missing"] == ("prvDeleteQuote",)
    local = organization.own_role("Local", organization.north, prvDeleteQuote="Local")
    chief.give("systemuser", anna, local)
    for message in (
        giving("systemuser", anna, organization.role("System Administrator", organization.north)),
        giving("systemuser", boss, organization.role("System Administrator", organization.north)),
    ):
        chief.refuses(message, Code.PRIVILEGE_DENIED, "only a System Administrator")


def test_a_privilege_of_a_team_is_not_given_to_persons(organization: Organization) -> None:
    """A role of a team that reaches what the team owns grants its members nothing that they could hand on."""
    admin = organization.admin
    organization.own_role("Giver", organization.north, prvAssignRole="Local", prvReadRole="Local", prvReadUser="Global")
    team_role = organization.own_role("Of team", organization.north, prvReadAccount="Basic")
    admin.update("role", team_role, isinherited=0)
    team = admin.create("team", name="Buyers", businessunitid=organization.north)
    admin.give("team", team, team_role)
    mia, anna = organization.user("mia", organization.north, "Giver"), organization.user("anna", organization.north)
    admin.do(handsel.AddMembersTeam(team, [mia]))
    gift = giving("systemuser", anna, team_role)
    admin.as_user("mia").refuses(gift, Code.PRIVILEGE_DENIED, "prvReadAccount for own rows")


def test_access_teams_hold_no_roles(organization: Organization) -> None:
    admin = organization.admin
    team = admin.create("team", name="Readers", teamtype=1)
    role = organization.role("Salesperson", organization.root)
    admin.refuses(giving("team", team, role), Code.INVALID_ARGUMENT, "Readers", "access team")
    owners = admin.create("team", name="Owners")
    admin.give("team", owners, role)
    access = handsel.Update("team", owners, {"teamtype": 1})
    admin.refuses(access, Code.BUSINESS_RULE, "holds 1 roles")
    admin.take("team", owners, role)
    account = admin.create("account", name="Acme", ownerid=Reference("team", owners))
    admin.refuses(access, Code.BUSINESS_RULE, "owns 1 rows")
    admin.delete("account", account)
    admin.do(access)
    admin.refuses(handsel.Update("team", owners, {"teamtype": 0}), Code.BUSINESS_RULE, "stays one")


def test_somebody_is_always_administrator(organization: Organization) -> None:
    admin = organization.admin
    me = admin.session.user.user_id
    admin.refuses(taking("systemuser", me, ADMINISTRATOR), Code.CANNOT_REMOVE_FROM_SYS_ADMIN, "admin")
    other = organization.user("other", organization.oslo, "System Administrator")
    second = admin.as_user("other")
    second.take("systemuser", me, ADMINISTRATOR)
    copy = organization_role(second, organization.oslo)
    second.refuses(taking("systemuser", other, copy), Code.CANNOT_REMOVE_FROM_SYS_ADMIN)
    second.give("systemuser", me, ADMINISTRATOR)
    admin.update("systemuser", other, isdisabled=True)
    admin.refuses(taking("systemuser", me, ADMINISTRATOR), Code.CANNOT_REMOVE_FROM_SYS_ADMIN)


def organization_role(caller: Bare, unit: UUID) -> UUID:
    [found] = caller.all("role", name="System Administrator", businessunitid=unit)
    id: UUID = found.id
    return id


def test_administrators_by_a_team_count(organization: Organization) -> None:
    admin = organization.admin
    me = admin.session.user.user_id
    team = admin.create("team", name="Admins")
    admin.give("team", team, ADMINISTRATOR)
    other = organization.user("other", organization.root)
    admin.do(handsel.AddMembersTeam(team, [other]))
    second = admin.as_user("other")
    second.take("systemuser", me, ADMINISTRATOR)
    for message in (
        taking("team", team, ADMINISTRATOR),
        handsel.RemoveMembersTeam(team, [other]),
        handsel.Disassociate("systemuser", other, "teammembership_association", Reference("team", team)),
    ):
        second.refuses(message, Code.CANNOT_REMOVE_FROM_SYS_ADMIN, "nobody would be System Administrator")
    second.refuses(handsel.Delete("team", team), Code.CANNOT_DISABLE_LAST_ADMINISTRATOR, "Admins")


def test_the_last_administrator_is_neither_disabled_nor_deleted(organization: Organization) -> None:
    admin = organization.admin
    me = admin.session.user.user_id
    rights = dict.fromkeys(("prvReadUser", "prvWriteUser", "prvDisableUser"), "Global")
    organization.own_role("Gatekeeper", organization.root, **rights)
    organization.user("gate", organization.north, "Gatekeeper")
    gate = admin.as_user("gate")
    disable = handsel.Update("systemuser", me, {"isdisabled": True})
    gate.refuses(disable, Code.CANNOT_DISABLE_LAST_ADMINISTRATOR, "admin")
    admin.refuses(disable, Code.CANNOT_DISABLE_SELF, "yourself")
    organization.user("other", organization.root, "System Administrator")
    gate.do(disable)


def test_columns_of_users_take_privileges_of_their_own(organization: Organization) -> None:
    admin = organization.admin
    organization.own_role("Editor", organization.root, prvReadUser="Global", prvWriteUser="Global")
    anna, mia = organization.user("anna", organization.north), organization.user("mia", organization.north, "Editor")
    editor = admin.as_user("mia")
    editor.update("systemuser", anna, jobtitle="Seller")
    disable = handsel.Update("systemuser", anna, {"isdisabled": True})
    editor.refuses(disable, Code.PRIVILEGE_DENIED, "prvDisableUser")
    role = organization.role("Editor", organization.root)
    right = listed(prvAppendUser="Global", prvAppendToUser="Global", prvDisableUser="Global")
    admin.do(handsel.AddPrivilegesRole(role, right))
    manager = handsel.Update("systemuser", anna, {"parentsystemuserid": mia})
    editor.refuses(manager, Code.PRIVILEGE_DENIED, "prvAssignManager")
    editor.do(disable)
    admin.do(handsel.AddPrivilegesRole(role, listed(prvAssignManager="Global")))
    editor.do(manager)
    circle = handsel.Update("systemuser", mia, {"parentsystemuserid": anna})
    editor.refuses(circle, Code.USER_LOOP_BEING_CREATED, "their own manager")
    for values in ({"isintegrationuser": True}, {"hs_privileges": "prvWithdrawSubmittedOrder"}):
        name = next(iter(values))
        error = editor.refuses(handsel.Update("systemuser", mia, values), Code.PRIVILEGE_DENIED)
        assert "only a System Administrator" in error.message, name
