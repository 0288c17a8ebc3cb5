"""Roles in units: the original, its copies, and what may be changed (security 2.3)."""

from uuid import UUID

import handsel
from handsel.chain.rights.role_copies import copy_id
from handsel.chain.rights.tests.conftest import Organization
from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.engine.rights.grants import ADMINISTRATOR_TEMPLATE
from handsel.errors import Code


def test_a_role_is_copied_to_every_unit_below_its_own(organization: Organization) -> None:
    admin = organization.admin
    role = admin.create("role", name="Buyer", businessunitid=organization.north)
    assert admin.columns("role", role, "parentrootroleid", "parentroleid", "isinherited") == (role, None, 1)
    [copy] = admin.all("role", name="Buyer", businessunitid=organization.oslo)
    assert copy.id == copy_id(role, organization.oslo)
    assert (copy["parentroleid"], copy["parentrootroleid"], copy["isinherited"]) == (role, role, 1)
    assert "Buyer" not in organization.role_names(organization.south) | organization.role_names(organization.root)


def test_a_role_stands_in_the_unit_of_who_makes_it(organization: Organization) -> None:
    rights = dict.fromkeys(("prvCreateRole", "prvReadRole", "prvAppendRole"), "Deep")
    units = dict.fromkeys(("prvReadBusinessUnit", "prvAppendToBusinessUnit"), "Global")
    organization.own_role("Maker", organization.north, **rights, **units)
    organization.user("mia", organization.oslo, "Maker")
    made = organization.admin.as_user("mia").create("role", name="Buyer")
    assert organization.admin.columns("role", made, "businessunitid") == (organization.oslo,)
    elsewhere = handsel.Create("role", {"name": "Seller", "businessunitid": organization.south})
    organization.admin.as_user("mia").refuses(elsewhere, Code.ACCESS_DENIED, "create")


def test_names_of_roles_are_their_own(organization: Organization) -> None:
    again = handsel.Create("role", {"name": "Salesperson", "businessunitid": organization.oslo})
    organization.admin.refuses(again, Code.DUPLICATE_RECORD, "Salesperson")


def test_a_new_unit_has_the_roles_of_all_units_above(organization: Organization) -> None:
    organization.own_role("Buyer", organization.north, prvReadAccount="Basic")
    deep = organization.admin.create("businessunit", name="Deep", parentbusinessunitid=organization.oslo)
    assert organization.role_names(deep) == organization.role_names(organization.oslo)
    assert "Buyer" in organization.role_names(deep)
    [copy] = organization.admin.all("role", name="Buyer", businessunitid=deep)
    assert copy["parentroleid"] == organization.role("Buyer", organization.oslo)
    [admins] = organization.admin.all("role", name="System Administrator", businessunitid=deep)
    assert admins["roletemplateid"] == ADMINISTRATOR_TEMPLATE


def test_a_moved_unit_has_the_roles_of_the_units_above_it_now(organization: Organization) -> None:
    north = organization.own_role("Of North", organization.north, prvReadAccount="Local")
    south = organization.own_role("Of South", organization.south, prvReadAccount="Local")
    deep = organization.admin.create("businessunit", name="Deep", parentbusinessunitid=organization.oslo)
    anna = organization.user("anna", deep, "Of North", "Salesperson")
    kept = organization.role("Salesperson", deep)
    organization.admin.update("businessunit", organization.oslo, parentbusinessunitid=organization.south)
    for unit in (organization.oslo, deep):
        assert "Of South" in organization.role_names(unit)
        assert "Of North" not in organization.role_names(unit)
    assert organization.held("systemuser", anna) == {kept}
    [copy] = organization.admin.all("role", name="Of South", businessunitid=organization.oslo)
    assert (copy.id, copy["parentroleid"]) == (copy_id(south, organization.oslo), south)
    organization.admin.update("businessunit", organization.oslo, parentbusinessunitid=organization.north)
    assert organization.role("Of North", deep) == copy_id(north, deep)


def test_units_move_by_a_privilege_of_their_own_and_never_in_a_circle(organization: Organization) -> None:
    organization.own_role("Mover", organization.root, prvReadBusinessUnit="Global", prvWriteBusinessUnit="Deep")
    organization.user("mia", organization.north, "Mover")
    mia = organization.admin.as_user("mia")
    move = handsel.Update("businessunit", organization.oslo, {"parentbusinessunitid": organization.south})
    mia.refuses(move, Code.PRIVILEGE_DENIED, "prvAppendBusinessUnit")
    more = {"prvAppendBusinessUnit": "Global", "prvAppendToBusinessUnit": "Global"}
    role = organization.role("Mover", organization.root)
    organization.admin.do(handsel.AddPrivilegesRole(role, [{"PrivilegeName": n, "Depth": d} for n, d in more.items()]))
    mia.refuses(move, Code.PRIVILEGE_DENIED, "prvReparentBusinessUnit")
    right = [{"PrivilegeName": "prvReparentBusinessUnit", "Depth": "Global"}]
    organization.admin.do(handsel.AddPrivilegesRole(role, right))
    mia.refuses(move, Code.ACCESS_DENIED, "South", "does not reach")
    circle = handsel.Update("businessunit", organization.north, {"parentbusinessunitid": organization.oslo})
    organization.admin.refuses(circle, Code.BUSINESS_RULE, "above itself")
    disable = handsel.Update("businessunit", organization.oslo, {"isdisabled": True})
    mia.refuses(disable, Code.PRIVILEGE_DENIED, "prvDisableBusinessUnit")


def test_a_unit_is_deleted_when_it_is_disabled_and_empty(organization: Organization) -> None:
    admin, oslo = organization.admin, organization.oslo
    organization.own_role("Buyer", oslo, prvReadAccount="Local")
    delete = handsel.Delete("businessunit", oslo)
    admin.refuses(delete, Code.BUSINESS_RULE, "Oslo", "Disable it first")
    admin.update("businessunit", oslo, isdisabled=True)
    team = admin.create("team", name="Skiers", businessunitid=oslo)
    admin.refuses(delete, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Team 'Skiers'")
    admin.delete("team", team)
    anna = organization.user("anna", oslo)
    admin.refuses(delete, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "anna")
    admin.delete("systemuser", anna)
    below = admin.create("businessunit", name="Deep", parentbusinessunitid=oslo)
    admin.refuses(delete, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Deep")
    admin.update("businessunit", below, isdisabled=True)
    admin.delete("businessunit", below)
    admin.do(delete)
    assert organization.role_names(oslo) == set()
    assert admin.all("team", businessunitid=oslo) == []


def test_copies_follow_their_original(organization: Organization) -> None:
    admin = organization.admin
    role = organization.own_role("Buyer", organization.north, prvReadAccount="Basic")
    copy = organization.role("Buyer", organization.oslo)
    admin.refuses(handsel.Update("role", copy, {"name": "Mine"}), Code.ROLE_IS_INHERITED, "Buyer", str(role))
    admin.refuses(handsel.Delete("role", copy), Code.ROLE_IS_INHERITED, "Buyer")
    admin.refuses(handsel.ReplacePrivilegesRole(copy, []), Code.ROLE_IS_INHERITED, "Buyer")
    admin.update("role", role, name="Purchaser", isinherited=0)
    assert admin.columns("role", copy, "name", "isinherited") == ("Purchaser", 0)
    anna = organization.user("anna", organization.oslo, "Purchaser")
    admin.delete("role", role)
    assert organization.held("systemuser", anna) == set()
    assert admin.all("role", name="Purchaser") == []
    assert admin.all("roleprivileges", roleid=role) == []


def test_what_handsel_ships_stays(organization: Organization) -> None:
    admin = organization.admin
    seller = organization.role("Salesperson", organization.root)
    admin.refuses(handsel.Delete("role", seller), Code.BUSINESS_RULE, "comes with Handsel")
    admin.refuses(handsel.Delete("role", ADMINISTRATOR), Code.CANNOT_DELETE_SYS_ADMIN, "comes with Handsel")
    for message in (
        handsel.Update("role", ADMINISTRATOR, {"name": "Boss"}),
        handsel.AddPrivilegesRole(ADMINISTRATOR, []),
    ):
        admin.refuses(message, Code.CANNOT_MODIFY_SYS_ADMIN, "cannot be changed")
    admin.update("role", seller, description="Ours")


def test_nobody_grants_more_by_letting_members_have_a_teams_role(organization: Organization) -> None:
    organization.own_role("Editor", organization.north, prvReadRole="Local", prvWriteRole="Local")
    role = organization.own_role("Buyer", organization.north, prvReadAccount="Basic")
    organization.admin.update("role", role, isinherited=0)
    organization.user("mia", organization.north, "Editor")
    members = handsel.Update("role", role, {"isinherited": 1})
    organization.admin.as_user("mia").refuses(members, Code.PRIVILEGE_DENIED, "prvReadAccount")
    organization.admin.do(members)


def test_rows_of_roles_are_written_by_messages_alone(organization: Organization) -> None:
    admin = organization.admin
    role = organization.own_role("Buyer", organization.north, prvReadAccount="Basic")
    [row] = admin.all("roleprivileges", roleid=role)
    admin.refuses(handsel.Delete("roleprivileges", row.id), Code.BUSINESS_RULE, "RemovePrivilegeRole")
    privilege = handsel.Reference("privilege", UUID(str(row["privilegeid"])))
    link = handsel.Associate("role", role, "roleprivileges_association", privilege)
    admin.refuses(link, Code.BUSINESS_RULE, "AddPrivilegesRole")
