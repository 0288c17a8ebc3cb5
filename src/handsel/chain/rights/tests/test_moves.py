"""Users and teams that move to another unit: what they keep, what they lose, and what they own (security 2.3, 12)."""

from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.chain.rights.tests.conftest import Bare, Organization, listed
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.people import give_role


@pytest.mark.parametrize("table", ["systemuser", "team"])
def test_a_move_keeps_the_roles_that_there_are(organization: Organization, table: str) -> None:
    admin = organization.admin
    of_north = organization.own_role("Of North", organization.north, prvReadAccount="Local")
    mover = principal_in(organization, table, organization.north)
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


def principal_in(organization: Organization, table: str, unit: UUID) -> UUID:
    """A user or team of a unit."""
    if table == "systemuser":
        return organization.user("mover", unit)
    return organization.admin.create("team", name="Sellers", businessunitid=unit)


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
    assert seller.do(preview) == {"Roles": [], "OwnedRows": 0, "ReassignedRows": 0}
    unknown = handsel.PreviewMove(Reference("systemuser", anna), UUID(int=9))
    seller.refuses(unknown, Code.OBJECT_DOES_NOT_EXIST, "businessunit")
    account = handsel.PreviewMove(Reference("account", anna), organization.south)
    seller.refuses(account, Code.INVALID_ARGUMENT, "users and teams move")


@pytest.mark.parametrize("table", ["systemuser", "team"])
def test_who_moves_can_leave_their_rows_to_another(organization: Organization, table: str) -> None:
    admin = organization.admin
    anna = organization.user("anna", organization.north, "Salesperson")
    receiver, theirs = principal_in(organization, table, organization.north), {}
    admin.give(table, receiver, organization.role("Salesperson", organization.north))
    for name, owner in (("A", anna), ("B", anna), ("C", admin.session.user.user_id)):
        theirs[name] = admin.create("account", name=name, ownerid=Reference("systemuser", owner))
    theirs["Deal"] = admin.create("opportunity", name="Deal", ownerid=Reference("systemuser", anna))
    me, to = Reference("systemuser", anna), Reference(table, receiver)
    asked = admin.do(handsel.PreviewMove(me, organization.south, to))
    assert (asked["OwnedRows"], asked["ReassignedRows"]) == (0, 3)
    asked = admin.do(handsel.PreviewMove(me, organization.south, me))
    assert (asked["OwnedRows"], asked["ReassignedRows"]) == (3, 0)
    admin.do(handsel.SetBusinessSystemUser(anna, organization.south, to))
    assert admin.columns("systemuser", anna, "businessunitid") == (organization.south,)
    # The receiver stands where the rows stood, so that moving them along first would be seen.
    for kind, name in (("account", "A"), ("account", "B"), ("opportunity", "Deal")):
        found = admin.columns(kind, theirs[name], "ownerid", "owningbusinessunit")
        assert found == (receiver, organization.north), name
    assert admin.columns("account", theirs["C"], "ownerid") == (admin.session.user.user_id,)
    assert admin.do(handsel.PreviewMove(me, organization.north))["OwnedRows"] == 0


def test_leaving_rows_to_another_takes_the_rights_that_reassigning_takes(organization: Organization) -> None:
    admin = organization.admin
    anna = organization.user("anna", organization.oslo, "Salesperson")
    mia, bert = (organization.user(name, organization.north) for name in ("mia", "bert"))
    account = admin.create("account", name="A", ownerid=Reference("systemuser", anna))
    verbs = ("Read", "Write", "Append", "AppendTo")
    rights: dict[str, str | int] = {f"prv{verb}User": "Global" for verb in verbs}
    rights |= {"prvReparentUser": "Global", "prvReadBusinessUnit": "Global", "prvAppendToBusinessUnit": "Global"}
    mover = organization.own_role("Mover", organization.north, **rights)
    admin.give("systemuser", mia, mover)
    move = handsel.SetBusinessSystemUser(anna, organization.north, Reference("systemuser", bert))
    as_mia = admin.as_user("mia")
    as_mia.refuses(move, Code.PRIVILEGE_DENIED, "prvAssignAccount")
    taken = dict.fromkeys(("prvReadAccount", "prvWriteAccount", "prvAssignAccount"), "Local")
    admin.do(handsel.AddPrivilegesRole(mover, listed(**taken)))
    as_mia.refuses(move, Code.PRIVILEGE_DENIED, "bert", "prvReadAccount")
    admin.give("systemuser", bert, organization.role("Salesperson", organization.north))
    as_mia.refuses(move, Code.ACCESS_DENIED, "out of reach")
    assert admin.columns("systemuser", anna, "businessunitid") == (organization.oslo,)
    assert admin.columns("account", account, "ownerid", "owningbusinessunit") == (anna, organization.oslo)
    admin.do(handsel.AddPrivilegesRole(mover, listed(**dict.fromkeys(taken, "Deep"))))
    as_mia.do(move)
    assert admin.columns("account", account, "ownerid", "owningbusinessunit") == (bert, organization.north)
    admin.update("systemuser", bert, isdisabled=True)
    back = handsel.SetBusinessSystemUser(mia, organization.oslo, Reference("systemuser", bert))
    admin.do(back)  # mia owns nothing, so that nothing is given to somebody who may have nothing
    nobody = handsel.SetBusinessSystemUser(mia, organization.north, Reference("account", account))
    admin.refuses(nobody, Code.INVALID_ARGUMENT, "a user or a team")


def test_an_open_session_acts_as_the_user_is_now(organization: Organization) -> None:
    admin = organization.admin
    anna = organization.user("anna", organization.north, "Salesperson")
    theirs = admin.as_user("anna")
    before = theirs.create("account", name="Before")
    assert theirs.columns("account", before, "owningbusinessunit") == (organization.north,)
    admin.update("systemuser", anna, businessunitid=organization.south)
    after = theirs.create("account", name="After")
    for account in (before, after):
        assert admin.columns("account", account, "owningbusinessunit") == (organization.south,)
    admin.update("systemuser", anna, domainname="anna.new", isintegrationuser=True)
    theirs.refuses(handsel.Create("businessunit", {"name": "East"}), Code.PRIVILEGE_DENIED, "anna.new")
    assert theirs.session.user.is_integration_user
    assert theirs.session.user.business_unit_id == organization.south
    admin.update("systemuser", anna, isdisabled=True)
    theirs.refuses(handsel.Retrieve("account", after), Code.PRIVILEGE_DENIED, "anna.new", "disabled")


@pytest.mark.parametrize("through", ["systemuser", "team"])
def test_across_units_a_role_reaches_from_its_own_unit(organization: Organization, through: str) -> None:
    admin = organization.admin
    admin.settings(hs_ownershipacrossunits=True)
    anna = organization.user("anna", organization.north)
    bert = organization.user("bert", organization.south, "Salesperson")
    holder = anna
    if through == "team":
        holder = admin.create("team", name="Readers", businessunitid=organization.root)
        admin.do(handsel.AddMembersTeam(holder, [Reference("systemuser", anna)]))
    south = organization.own_role("South", organization.south, prvReadAccount="Local", prvCreateAccount="Local")
    admin.give(through, holder, south)
    boss = admin.session.user.user_id
    cleo = organization.user("cleo", organization.oslo, "Salesperson")
    accounts = {
        name: admin.create("account", name=name, ownerid=Reference("systemuser", owner))
        for name, owner in (("Root", boss), ("Oslo", cleo), ("South", bert))
    }
    theirs = admin.as_user("anna")
    assert names(theirs) == {"South"}
    theirs.refuses(handsel.Retrieve("account", accounts["Oslo"]), Code.OBJECT_DOES_NOT_EXIST)
    # A row stands in the unit of its owner, whatever the unit of the role is by which it was made.
    own = theirs.create("account", name="Own")
    assert admin.columns("account", own, "owningbusinessunit") == (organization.north,)
    assert names(theirs) == {"South", "Own"}
    north = organization.own_role("North", organization.north, prvReadAccount="Deep")
    admin.give(through, holder, north)
    assert names(theirs) == {"South", "Own", "Oslo"}
    # Who is given a row takes it into their unit; who moves keeps their roles where these stand.
    admin.update("account", accounts["Oslo"], ownerid=Reference("systemuser", boss))
    assert admin.columns("account", accounts["Oslo"], "owningbusinessunit") == (organization.root,)
    assert names(theirs) == {"South", "Own"}
    admin.update(through, holder, businessunitid=organization.oslo)
    assert names(theirs) == {"South", "Own"}
    assert organization.held(through, holder) == {south, north}
    admin.take(through, holder, south)
    assert names(theirs) == {"Own"}


def names(company: Bare) -> set[str]:
    """The accounts that somebody sees."""
    return {row["name"] for row in company.session.rows("account")}
