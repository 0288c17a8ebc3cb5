"""The roles of users and teams: readable over HTTP, maintained by the server (Web API 5; deviations)."""

import pytest

from tests.webapi.client import ROOT, Api

ROLES = "systemuserroles_association"


@pytest.fixture
def user(api: Api) -> str:
    return api.made("systemusers", {"firstname": "A", "lastname": "B", "domainname": "a@sales.example"})


def test_every_user_is_administrator(api: Api, user: str) -> None:
    for row in api.get(f"systemusers?$select=domainname&$expand={ROLES}($select=name)").rows:
        assert [role["name"] for role in row[ROLES]] == ["System Administrator"]
    [role] = api.get(f"systemusers({user})/{ROLES}?$select=name").rows
    assert role["name"] == "System Administrator"
    assert api.get(f"systemusers({user})/{ROLES}/$ref").rows == [{"@odata.id": f"{ROOT}roles({role['roleid']})"}]
    holders = api.get(f"roles({role['roleid']})?$expand={ROLES}($select=domainname;$orderby=domainname)").json[ROLES]
    assert [each["domainname"] for each in holders] == ["a@sales.example", "admin"]


def test_users_are_found_by_their_role(api: Api, user: str) -> None:
    for term, count in (("r/name eq 'System Administrator'", 2), ("r/name eq 'Salesperson'", 0)):
        assert len(api.get(f"systemusers?$filter={ROLES}/any(r:{term})").rows) == count
    assert len(api.get(f"systemusers?$filter={ROLES}/any()").rows) == 2
    link = '<link-entity name="systemuserroles" from="systemuserid" to="systemuserid" intersect="true">'
    inner = '<link-entity name="role" from="roleid" to="roleid" alias="r"><attribute name="name"/></link-entity>'
    rows = api.get(
        f"systemusers?fetchXml=<fetch><entity name='systemuser'>{link}{inner}</link-entity></entity></fetch>"
    )
    assert [row["r.name"] for row in rows.rows] == ["System Administrator"] * 2


def test_teams_have_none(api: Api) -> None:
    assert [row["teamroles_association"] for row in api.get("teams?$expand=teamroles_association").rows] == [[]]


def test_roles_cannot_be_assigned(api: Api, user: str) -> None:
    [role] = api.get("roles").rows
    team = api.get("teams").rows[0]["teamid"]
    address = {"@odata.id": f"{ROOT}roles({role['roleid']})"}
    for method, path, body in (
        ("POST", f"systemusers({user})/{ROLES}/$ref", address),
        ("POST", f"teams({team})/teamroles_association/$ref", address),
        ("POST", f"roles({role['roleid']})/{ROLES}/$ref", {"@odata.id": f"{ROOT}systemusers({user})"}),
        ("DELETE", f"systemusers({user})/{ROLES}({role['roleid']})/$ref", None),
        ("PATCH", f"systemusers({user})", {f"{ROLES}@odata.bind": [address["@odata.id"]]}),
    ):
        reply = api(method, path, body)
        assert (reply.status, reply.code) == (400, "0x80040265"), reply.body
        assert "Roles cannot be assigned" in reply.message
    assert len(api.get(f"systemusers({user})/{ROLES}").rows) == 1


def test_the_role_goes_with_the_user(api: Api, user: str) -> None:
    assert api.delete(f"systemusers({user})").status == 204
    assert len(api.get("systemuserrolescollection").rows) == 1


def test_the_relation_is_described(one_api: Api) -> None:
    [found] = one_api.get(
        f"EntityDefinitions(LogicalName='systemuser')/ManyToManyRelationships?$filter=SchemaName eq '{ROLES}'"
    ).rows
    assert (found["IntersectEntityName"], found["Entity2LogicalName"]) == ("systemuserroles", "role")
