"""Users and teams that move to another unit: what they keep, what they lose, and what they own (security 2.3, 12)."""

from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.chain.rights.tests.conftest import Organization, listed
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.people import give_role


@pytest.mark.parametrize("table", ["systemuser", "team"])
def test_a_move_keeps_the_roles_that_there_are(organization: Organization, table: str) -> None:
    admin = organization.admin
    of_north = organization.own_role("Of North", organization.north, prvReadAccount="Local")
    mover = principal(organization, table)
    admin.give(table, mover, of_north)
    sellers = {unit: organization.role("Salesperson", unit) for unit in (organization.north, organization.south)}
    admin.give(table, mover, sellers[organization.north])
    accounts = [admin.create("account", name=name, ownerid=Reference(table, mover)) for name in ("A", "B")]
    other = admin.create("account", name="C", ownerid=Reference("systemuser", admin.session.user.user_id))
    preview = admin.do(handsel.PreviewMove(Reference(table, mover), organization.south))
    assert preview["OwnedRows"] == 2
    assert {(each["Name"], each["IsKept"], each["NewRoleId"]) for each in preview["Roles"]} == {
        ("Of North", False, None),
        ("Salesperson", True, sellers[organization.south]),
    }
    assert organization.held(table, mover) == {of_north, sellers[organization.north]}
    versions = {id: admin.columns("account", id, "versionnumber") for id in accounts}
    admin.update(table, mover, businessunitid=organization.south)
    assert organization.held(table, mover) == {sellers[organization.south]}
    for id in accounts:
        assert admin.columns("account", id, "owningbusinessunit", "ownerid") == (organization.south, mover)
        assert admin.columns("account", id, "versionnumber") > versions[id]
    assert admin.columns("account", other, "owningbusinessunit") == (organization.root,)


def principal(organization: Organization, table: str) -> UUID:
    """A user or team in the north."""
    if table == "systemuser":
        return organization.user("anna", organization.north)
    return organization.admin.create("team", name="Sellers", businessunitid=organization.north)


def test_across_units_roles_stay_as_they_are(organization: Organization) -> None:
    organization.admin.settings(hs_ownershipacrossunits=True)
    anna = organization.user("anna", organization.north, "Salesperson")
    held = organization.held("systemuser", anna)
    organization.admin.update("systemuser", anna, businessunitid=organization.south)
    assert organization.held("systemuser", anna) == held == {organization.role("Salesperson", organization.north)}


def test_what_a_user_owns_moves_in_as_many_statements_however_much_it_is(organization: Organization) -> None:
    admin = organization.admin
    users = {number: organization.user(f"user{number}", organization.north) for number in (1, 5)}
    for number, user in users.items():
        give_role(admin.session, user, "Salesperson")
        owned = [{"name": f"A{index}", "ownerid": Reference("systemuser", user)} for index in range(number)]
        admin.create_many("account", *owned)
    sent = []
    for user in users.values():
        admin.create("account", name="Other")  # which reads the rights that the move before changed
        with admin.session.entered(), counted_statements() as count:
            admin.update("systemuser", user, businessunitid=organization.south)
        sent.append(len(count))
    assert sent[0] == sent[1]
    assert len(admin.all("account", owningbusinessunit=organization.south)) == 6


def test_moving_takes_a_privilege_of_its_own_and_the_unit_in_reach(organization: Organization) -> None:
    admin = organization.admin
    anna = organization.user("anna", organization.oslo)
    team = admin.create("team", name="Sellers", businessunitid=organization.oslo)
    verbs = ("Read", "Write", "Append", "AppendTo")
    rights: dict[str, str | int] = {f"prv{verb}{stem}": "Deep" for verb in verbs for stem in ("User", "Team")}
    role = organization.own_role("Mover", organization.north, **rights, prvAppendToBusinessUnit="Global")
    admin.do(handsel.AddPrivilegesRole(role, listed(prvReadBusinessUnit="Global")))
    organization.user("mia", organization.north, "Mover")
    mia = admin.as_user("mia")
    for table, id, privilege in (("systemuser", anna, "prvReparentUser"), ("team", team, "prvReparentTeam")):
        near, far = (
            handsel.Update(table, id, {"businessunitid": unit}) for unit in (organization.north, organization.south)
        )
        mia.refuses(near, Code.PRIVILEGE_DENIED, privilege)
        admin.do(handsel.AddPrivilegesRole(role, listed(**{privilege: "Global"})))
        mia.refuses(far, Code.ACCESS_DENIED, "South", "does not reach")
        mia.do(near)
        assert admin.columns(table, id, "businessunitid") == (organization.north,)


def test_the_documented_messages_move_users_too(organization: Organization) -> None:
    admin = organization.admin
    anna, mia = organization.user("anna", organization.north), organization.user("mia", organization.south)
    me = Reference("systemuser", anna)
    admin.do(handsel.SetBusinessSystemUser(anna, organization.oslo, me))
    assert admin.columns("systemuser", anna, "businessunitid") == (organization.oslo,)
    to_other = handsel.SetBusinessSystemUser(anna, organization.south, Reference("systemuser", mia))
    admin.refuses(to_other, Code.INVALID_ARGUMENT, "anna", "ReassignObjectsSystemUser")
    admin.do(handsel.SetParentSystemUser(anna, mia, keep_child_users=True))
    assert admin.columns("systemuser", anna, "parentsystemuserid") == (mia,)
    admin.refuses(handsel.SetParentSystemUser(mia, anna, True), Code.USER_LOOP_BEING_CREATED, "own manager")
    admin.do(handsel.SetParentSystemUser(mia, admin.session.user.user_id, keep_child_users=False))
    assert admin.columns("systemuser", anna, "parentsystemuserid") == (None,)
    nowhere = handsel.SetBusinessSystemUser(anna, UUID(int=9), me)
    admin.refuses(nowhere, Code.OBJECT_DOES_NOT_EXIST, "businessunit")


def test_a_preview_is_for_who_may_read_all_of_it(organization: Organization) -> None:
    anna = organization.user("anna", organization.north)
    preview = handsel.PreviewMove(Reference("systemuser", anna), organization.south)
    organization.user("nobody", organization.north)
    organization.admin.as_user("nobody").refuses(preview, Code.USER_HAS_NO_ROLES, "prvReadBusinessUnit")
    organization.user("seller", organization.north, "Salesperson")
    seller = organization.admin.as_user("seller")
    assert seller.do(preview) == {"Roles": [], "OwnedRows": 0}
    unknown = handsel.PreviewMove(Reference("systemuser", anna), UUID(int=9))
    seller.refuses(unknown, Code.OBJECT_DOES_NOT_EXIST, "businessunit")
    account = handsel.PreviewMove(Reference("account", anna), organization.south)
    seller.refuses(account, Code.INVALID_ARGUMENT, "users and teams move")
