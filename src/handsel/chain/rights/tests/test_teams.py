"""The team of each unit, which the system keeps, and who joins and leaves other teams (security 2.1)."""

import handsel
from handsel import Reference
from handsel.chain.rights.tests.conftest import Organization
from handsel.errors import Code

MEMBERS = "teammembership_association"


def test_every_unit_has_a_team_of_all_its_users(organization: Organization) -> None:
    admin = organization.admin
    me = admin.session.user.user_id
    north, south = organization.default_team(organization.north), organization.default_team(organization.south)
    assert organization.members(organization.default_team(organization.root)) == {me}
    anna = organization.user("anna", organization.north)
    assert admin.columns("team", north, "name", "teamtype", "administratorid") == ("North", 0, me)
    assert (organization.members(north), organization.members(south)) == ({anna}, set())
    admin.update("systemuser", anna, businessunitid=organization.south)
    assert (organization.members(north), organization.members(south)) == (set(), {anna})
    admin.delete("systemuser", anna)
    assert organization.members(south) == set()


def test_it_is_called_like_its_unit(organization: Organization) -> None:
    admin, team = organization.admin, organization.default_team(organization.north)
    admin.update("businessunit", organization.north, name="Arctic", costcenter="7")
    assert admin.columns("team", team, "name") == ("Arctic",)
    admin.refuses(handsel.Update("team", team, {"name": "North"}), Code.BUSINESS_RULE, "Arctic", "Rename the unit")
    admin.update("team", team, name="Arctic", description="All of us")


def test_nobody_changes_it_by_hand(organization: Organization) -> None:
    admin, team = organization.admin, organization.default_team(organization.north)
    anna, olga = organization.user("anna", organization.north), organization.user("olga", organization.oslo)
    [membership] = admin.all("teammembership", teamid=team)
    code = Code.CANNOT_CHANGE_MEMBERS_OF_DEFAULT_TEAM
    for message in (
        handsel.AddMembersTeam(team, [olga]),
        handsel.RemoveMembersTeam(team, [anna]),
        handsel.Associate("team", team, MEMBERS, Reference("systemuser", olga)),
        handsel.Associate("systemuser", olga, MEMBERS, Reference("team", team)),
        handsel.Disassociate("systemuser", anna, MEMBERS, Reference("team", team)),
        handsel.Create("teammembership", {"teamid": team, "systemuserid": olga}),
        handsel.Delete("teammembership", membership.id),
    ):
        admin.refuses(message, code, "North", "all users of the unit")
    admin.refuses(handsel.Delete("team", team), Code.CANNOT_DELETE_DEFAULT_TEAM, "North")
    elsewhere = handsel.Update("team", team, {"businessunitid": organization.south})
    admin.refuses(elsewhere, Code.CANNOT_SET_PARENT_DEFAULT_TEAM, "North")
    admin.refuses(handsel.Update("team", team, {"teamtype": 1}), Code.BUSINESS_RULE, "stays an owner team")


def test_members_join_by_who_may_write_the_team(organization: Organization) -> None:
    admin = organization.admin
    anna, olga = organization.user("anna", organization.north), organization.user("olga", organization.oslo)
    team = admin.create("team", name="Sellers", businessunitid=organization.north)
    rights = {"prvReadTeam": "Global", "prvReadUser": "Global"}
    role = organization.own_role("Reader", organization.root, **rights)
    organization.user("mia", organization.north, "Reader")
    mia = admin.as_user("mia")
    messages = (
        handsel.AddMembersTeam(team, [anna]),
        handsel.Associate("team", team, MEMBERS, Reference("systemuser", anna)),
        handsel.Associate("systemuser", anna, MEMBERS, Reference("team", team)),
    )
    for message in messages:
        mia.refuses(message, Code.PRIVILEGE_DENIED, "prvWriteTeam")
    admin.do(handsel.AddPrivilegesRole(role, [{"PrivilegeName": "prvWriteTeam", "Depth": "Local"}]))
    for message in messages:
        mia.do(message)
    assert organization.members(team) == {anna}
    other = admin.create("team", name="Surfers", businessunitid=organization.south)
    mia.refuses(handsel.AddMembersTeam(other, [olga]), Code.ACCESS_DENIED, "Surfers")


def test_who_adds_members_holds_what_the_team_grants(organization: Organization) -> None:
    admin = organization.admin
    rights = {"prvReadTeam": "Global", "prvReadUser": "Global", "prvWriteTeam": "Global"}
    organization.own_role("Organizer", organization.root, **rights)
    mia = organization.user("mia", organization.north, "Organizer")
    team = admin.create("team", name="Auditors", businessunitid=organization.north)
    admin.give("team", team, organization.role("Read only", organization.north))
    join = handsel.AddMembersTeam(team, [mia])
    admin.as_user("mia").refuses(join, Code.PRIVILEGE_DENIED, "add members to team 'Auditors'", "more")
    admin.do(join)
    admin.as_user("mia").do(handsel.RemoveMembersTeam(team, [mia]))
