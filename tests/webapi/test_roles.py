"""Roles of users and teams over HTTP: given and taken by $ref, granted and asked by messages (security 2.3 and 4)."""

import pytest

from tests.people import may_do_everything
from tests.webapi.client import ROOT, Api
from tests.webapi.conftest import make_token

ROLES = "systemuserroles_association"
PREFIX = "Microsoft.Dynamics.CRM"


@pytest.fixture
def user(api: Api) -> str:
    return api.made("systemusers", {"firstname": "A", "lastname": "B", "domainname": "a@sales.example"})


def role_id(api: Api, name: str) -> str:
    """The id of a role of the root unit."""
    [found] = api.get(f"roles?$select=roleid&$filter=name eq '{name}' and _parentroleid_value eq null").rows
    id: str = found["roleid"]
    return id


def address(role: str) -> dict[str, str]:
    return {"@odata.id": f"{ROOT}roles({role})"}


def names(api: Api, user: str) -> list[str]:
    return [row["name"] for row in api.get(f"systemusers({user})/{ROLES}?$select=name&$orderby=name").rows]


def test_a_new_user_has_no_role_and_may_do_nothing(api: Api, user: str) -> None:
    assert names(api, user) == []
    other = Api(api.application, make_token(api.database_url, "a@sales.example"), api.database_url)
    reply = other.get("accounts")
    assert (reply.status, reply.code) == (403, "0x80042f09"), reply.body
    assert "prvReadAccount" in reply.message


def test_roles_are_given_and_taken_by_ref(api: Api, user: str) -> None:
    seller, finance = role_id(api, "Salesperson"), role_id(api, "Finance")
    assert api.post(f"systemusers({user})/{ROLES}/$ref", address(seller)).status == 204
    assert api.post(f"roles({finance})/{ROLES}/$ref", {"@odata.id": f"{ROOT}systemusers({user})"}).status == 204
    assert names(api, user) == ["Finance", "Salesperson"]
    assert api.get(f"systemusers({user})/{ROLES}/$ref").rows == [address(each) for each in sorted((seller, finance))]
    other = Api(api.application, make_token(api.database_url, "a@sales.example"), api.database_url)
    assert other.get("accounts").status == 200
    for role in (seller, finance):
        assert api.delete(f"systemusers({user})/{ROLES}({role})/$ref").status == 204
    assert names(api, user) == []
    assert other.get("accounts").code == "0x80042f09"
    assert api.delete(f"systemusers({user})/{ROLES}({seller})/$ref").status == 404


def test_a_new_user_may_come_with_roles(api: Api) -> None:
    role = role_id(api, "Salesperson")
    bind = {f"{ROLES}@odata.bind": [f"/roles({role})"]}
    made = api.made("systemusers", {"firstname": "C", "lastname": "D", "domainname": "c@sales.example", **bind})
    assert names(api, made) == ["Salesperson"]
    team = api.get("teams").rows[0]["teamid"]
    assert api.patch(f"teams({team})", {"teamroles_association@odata.bind": [f"/roles({role})"]}).status == 204
    [row] = api.get("teams?$expand=teamroles_association($select=name)").rows
    assert [each["name"] for each in row["teamroles_association"]] == ["Salesperson"]


def test_users_are_found_by_their_role(api: Api, user: str) -> None:
    may_do_everything(api.database_url, user)
    for term, count in (("r/name eq 'System Administrator'", 2), ("r/name eq 'Salesperson'", 0)):
        assert len(api.get(f"systemusers?$filter={ROLES}/any(r:{term})").rows) == count
    assert len(api.get(f"systemusers?$filter={ROLES}/any()").rows) == 2
    link = '<link-entity name="systemuserroles" from="systemuserid" to="systemuserid" intersect="true">'
    inner = '<link-entity name="role" from="roleid" to="roleid" alias="r"><attribute name="name"/></link-entity>'
    rows = api.get(
        f"systemusers?fetchXml=<fetch><entity name='systemuser'>{link}{inner}</link-entity></entity></fetch>"
    )
    assert [row["r.name"] for row in rows.rows] == ["System Administrator"] * 2


def test_the_copy_in_the_users_unit_is_found_as_clients_look_for_it(api: Api) -> None:
    unit = api.made("businessunits", {"name": "North"})
    bind = {"businessunitid@odata.bind": f"/businessunits({unit})"}
    user = api.made("systemusers", {"firstname": "A", "lastname": "B", "domainname": "n@sales.example", **bind})
    seller = role_id(api, "Salesperson")
    asked = f"roles?$filter=_parentrootroleid_value eq {seller} and _businessunitid_value eq {unit}"
    [copy] = api.get(asked).rows
    assert api.post(f"systemusers({user})/{ROLES}/$ref", address(seller)).status == 204
    assert api.get(f"systemusers({user})/{ROLES}/$ref").rows == [address(copy["roleid"])]
    elsewhere = api.made("businessunits", {"name": "South"})
    of_south = api.made("roles", {"name": "Of South", "businessunitid@odata.bind": f"/businessunits({elsewhere})"})
    reply = api.post(f"systemusers({user})/{ROLES}/$ref", address(of_south))
    assert (reply.status, reply.code) == (400, "0x80041409"), reply.body
    reply = api.patch(f"roles({copy['roleid']})", {"name": "Mine"})
    assert (reply.status, reply.code) == (400, "0x8004140c"), reply.body


def test_what_a_role_grants_is_changed_and_asked_by_messages(api: Api, user: str) -> None:
    role = api.made("roles", {"name": "Buyer"})
    [account] = api.get("privileges?$filter=name eq 'prvReadAccount'").rows
    typed = {"@odata.type": f"{PREFIX}.RolePrivilege"}
    granted = {
        "Depth": "Deep",
        "PrivilegeId": account["privilegeid"],
        "BusinessUnitId": api.get("WhoAmI").json["BusinessUnitId"],
    }
    body = {"Privileges": [{**typed, **granted}]}
    for message in ("AddPrivilegesRole", "ReplacePrivilegesRole"):
        assert api.post(f"roles({role})/{PREFIX}.{message}", body).status == 204
    nothing = {"RecordFilterId": "00000000-0000-0000-0000-000000000000", "RecordFilterUniqueName": None}
    told = [{**granted, "PrivilegeName": "prvReadAccount", **nothing}]
    reply = api.get(f"RetrieveRolePrivilegesRole(RoleId={role})")
    assert reply.json["RolePrivileges"] == told
    assert reply.json["@odata.context"].endswith("#Microsoft.Dynamics.CRM.RetrieveRolePrivilegesRoleResponse")
    assert api.post(f"systemusers({user})/{ROLES}/$ref", address(role)).status == 204
    for call in (
        "RetrieveUserPrivileges()",
        "RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvReadAccount')",
        f"RetrieveUserPrivilegeByPrivilegeId(PrivilegeId={account['privilegeid']},ExcludeTeamBasic=true)",
        "RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@n)?@n=['prvReadAccount','prvReadLead']",
        f'RetrieveUserSetOfPrivilegesByIds(PrivilegeIds=@i)?@i=["{account["privilegeid"]}"]',
    ):
        assert api.get(f"systemusers({user})/{PREFIX}.{call}").json["RolePrivileges"] == told, call
    through = "RetrieveUsersPrivilegesThroughTeams(ExcludeOrgDisabledPrivileges=false,IncludeSetupUserFiltering=false)"
    assert api.get(f"systemusers({user})/{PREFIX}.{through}").json["RolePrivileges"] == []
    team = api.get("teams").rows[0]["teamid"]
    assert api.get(f"teams({team})/{PREFIX}.RetrieveTeamPrivileges()").json["RolePrivileges"] == []
    listed = api.get(f"privileges/{PREFIX}.RetrievePrivilegeSet()").rows
    assert {"prvReadAccount", "prvReparentTeam"} <= {each["name"] for each in listed}
    gone = {"Privilege": {"privilegeid": account["privilegeid"], "@odata.type": f"{PREFIX}.privilege"}}
    assert api.post(f"roles({role})/{PREFIX}.RemovePrivilegeRole", gone).status == 204
    assert api.get(f"RetrieveRolePrivilegesRole(RoleId={role})").json["RolePrivileges"] == []


def test_a_depth_that_a_privilege_cannot_have_is_refused(api: Api) -> None:
    role = api.made("roles", {"name": "Buyer"})
    for depth, text in (("Local", "only at Global"), ("Nowhere", "Depth is"), (7, "Depth is")):
        body = {"Privileges": [{"PrivilegeName": "prvReadProduct", "Depth": depth}]}
        reply = api.post(f"roles({role})/{PREFIX}.AddPrivilegesRole", body)
        assert (reply.status, reply.code) == (400, "0x80040203"), reply.body
        assert text in reply.message


def test_a_user_moves_by_message_after_a_look_at_what_is_lost(api: Api, user: str) -> None:
    unit = api.made("businessunits", {"name": "North"})
    assert api.post(f"systemusers({user})/{ROLES}/$ref", address(role_id(api, "Salesperson"))).status == 204
    asked = f"systemusers({user})/{PREFIX}.PreviewMove(BusinessUnit=@u)"
    preview = api.get(f"{asked}?@u={{'@odata.id':'businessunits({unit})'}}").json
    assert [(each["Name"], each["IsKept"]) for each in preview["Roles"]] == [("Salesperson", True)]
    body = {
        "BusinessUnit": {"businessunitid": unit, "@odata.type": f"{PREFIX}.businessunit"},
        "ReassignPrincipal": {"systemuserid": user, "@odata.type": f"{PREFIX}.systemuser"},
    }
    assert api.post(f"systemusers({user})/{PREFIX}.SetBusinessSystemUser", body).status == 204
    assert api.get(f"systemusers({user})?$select=_businessunitid_value").json["_businessunitid_value"] == unit
    [held] = api.get(f"systemusers({user})/{ROLES}").rows
    assert (held["name"], held["roleid"]) == ("Salesperson", preview["Roles"][0]["NewRoleId"])
    me = api.get("WhoAmI").json["UserId"]
    account = api.made("accounts", {"name": "Theirs", "ownerid@odata.bind": f"/systemusers({user})"})
    root = api.get("WhoAmI").json["BusinessUnitId"]
    asked = f"systemusers({user})/{PREFIX}.PreviewMove(BusinessUnit=@u,ReassignPrincipal=@r)"
    names = f"@u={{'@odata.id':'businessunits({root})'}}&@r={{'@odata.id':'systemusers({me})'}}"
    assert api.get(f"{asked}?{names}").json["ReassignedRows"] == 1
    body["BusinessUnit"]["businessunitid"], body["ReassignPrincipal"]["systemuserid"] = root, me
    assert api.post(f"systemusers({user})/{PREFIX}.SetBusinessSystemUser", body).status == 204
    assert api.get(f"accounts({account})?$select=_ownerid_value").json["_ownerid_value"] == me
    boss = {"Parent": {"systemuserid": me, "@odata.type": f"{PREFIX}.systemuser"}, "KeepChildUsers": True}
    assert api.post(f"systemusers({user})/{PREFIX}.SetParentSystemUser", boss).status == 204


def test_the_role_goes_with_the_user(api: Api, user: str) -> None:
    may_do_everything(api.database_url, user)
    assert api.delete(f"systemusers({user})").status == 204
    assert len(api.get("systemuserrolescollection").rows) == 1


def test_the_relation_is_described(one_api: Api) -> None:
    [found] = one_api.get(
        f"EntityDefinitions(LogicalName='systemuser')/ManyToManyRelationships?$filter=SchemaName eq '{ROLES}'"
    ).rows
    assert (found["IntersectEntityName"], found["Entity2LogicalName"]) == ("systemuserroles", "role")
