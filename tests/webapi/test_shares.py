"""Sharing over HTTP, in the documented shapes (security 3.1, 3.5)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

import handsel
from handsel.database.statements import run
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.site.standard_rows import insert_rows
from handsel.tables.keys import new_key
from tests.webapi.client import ROOT, Api
from tests.webapi.conftest import make_token

CRM = "Microsoft.Dynamics.CRM"


@pytest.fixture
def sally(api: Api) -> str:
    return api.made("systemusers", {"firstname": "Sally", "lastname": "S", "domainname": "sally"})


@pytest.fixture
def account(api: Api) -> str:
    return api.made("accounts", {"name": "Shared"})


@pytest.fixture
def seller(api: Api, sally: str) -> Api:
    """The Web API as Sally, who reaches her own accounts."""
    with handsel.open(api.database_url) as session, session.entered():
        role, unit = new_key(), session.user.business_unit_id
        values = {"roleid": role, "parentrootroleid": role, "name": "Own accounts", "isinherited": 1}
        insert_rows("role", [{**values, "businessunitid": unit}])
        names = [f"prv{verb}Account" for verb in ("Create", "Read", "Write", "Share", "Assign")] + ["prvReadUser"]
        insert_rows(
            "roleprivileges",
            [{"roleid": role, "privilegeid": privilege_id(name), "privilegedepthmask": 1} for name in names],
        )
        insert_rows("systemuserroles", [{"systemuserid": UUID(sally), "roleid": role}])
        run("UPDATE organization SET hs_rightsversion = hs_rightsversion + 1")
    return Api(api.application, make_token(api.database_url, "sally"), api.database_url)


def row(table: str, id: str, key: str | None = None) -> dict[str, str]:
    return {"@odata.type": f"{CRM}.{table}", key or f"{table}id": id}


def grant(api: Api, account: str, user: str, mask: Any = "ReadAccess,WriteAccess", message: str = "GrantAccess") -> Any:
    principal = row("systemuser", user)
    body = {"Target": row("account", account), "PrincipalAccess": {"AccessMask": mask, "Principal": principal}}
    return api.post(message, body)


def shared(api: Api, account: str, address: str = "accounts({})") -> list[dict[str, Any]]:
    target = f'{{"@odata.id":"{address.format(account)}"}}'
    reply = api.get(f"RetrieveSharedPrincipalsAndAccess(Target=@t)?@t={target}")
    assert reply.status == 200, reply.body
    found: list[dict[str, Any]] = reply.json["PrincipalAccesses"]
    return found


def test_grant_modify_revoke(api: Api, seller: Api, sally: str, account: str) -> None:
    assert seller.get(f"accounts({account})").status == 404
    reply = grant(api, account, sally)
    assert (reply.status, reply.body) == (204, b"")
    assert seller.patch(f"accounts({account})", {"name": "By Sally"}).status == 204
    [found] = shared(api, account)
    assert found == {
        "AccessMask": "ReadAccess, WriteAccess",
        "Principal": {"@odata.type": f"#{CRM}.systemuser", "ownerid": sally},
    }
    assert shared(api, account, f"{ROOT}accounts({{}})") == [found]
    assert grant(api, account, sally, "ReadAccess", "ModifyAccess").status == 204
    reply = seller.patch(f"accounts({account})", {"name": "Again"})
    assert (reply.status, reply.code) == (403, "0x80048306")
    reply = api.post("RevokeAccess", {"Target": row("account", account), "Revokee": row("systemuser", sally)})
    assert reply.status == 204, reply.body
    assert (shared(api, account), seller.get("accounts").rows) == ([], [])


def test_principals_are_named_in_every_documented_way(api: Api, seller: Api, sally: str, account: str) -> None:
    [found] = grant(api, account, sally) and shared(api, account)
    for principal in (
        row("systemuser", sally),
        {"@odata.id": f"systemusers({sally})"},
        {"@odata.id": f"{ROOT}systemusers({sally})"},
        found["Principal"],
    ):
        body = {"Target": {"@odata.id": f"accounts({account})"}}
        assert api.post("RevokeAccess", {**body, "Revokee": principal}).status == 204
        assert shared(api, account) == []
        access = {"AccessMask": found["AccessMask"], "Principal": principal}
        assert api.post("GrantAccess", {**body, "PrincipalAccess": access}).status == 204
        assert shared(api, account) == [found]


def test_rights_and_their_origin(api: Api, seller: Api, sally: str, account: str) -> None:
    def rights(principal: str) -> Any:
        target = f'{{"@odata.id":"accounts({account})"}}'
        return api.get(f"{principal}/{CRM}.RetrievePrincipalAccess(Target=@t)?@t={target}").json["AccessRights"]

    def origin() -> Any:
        asked = f"@o={account}&@l='account'&@p={sally}"
        return api.get(f"RetrieveAccessOrigin(ObjectId=@o,LogicalName=@l,PrincipalId=@p)?{asked}").json["Response"]

    assert (rights(f"systemusers({sally})"), origin()[:27]) == ("None", "Access origin could not be ")
    grant(api, account, sally, 3)
    assert rights(f"systemusers({sally})") == "ReadAccess, WriteAccess"
    assert origin() == f"PrincipalId has direct poa access to object ({account})"
    [team] = [each["teamid"] for each in api.get("teams").rows]
    assert rights(f"teams({team})") == "None"
    [organization] = api.get("organizations").rows
    assert rights(f"organizations({organization['organizationid']})") == "None"
    reply = api.get(f"RetrieveAccessOrigin(ObjectId={account},LogicalName='deal',PrincipalId={sally})")
    assert (reply.status, reply.code) == (400, "0x80041102")
    reply = api.get(f"RetrieveAccessOrigin(ObjectId={uuid4()},LogicalName='account',PrincipalId={sally})")
    assert (reply.status, reply.json["Response"].rpartition(" = ")[0]) == (200, "account With Id")


def test_links(api: Api, sally: str, account: str) -> None:
    room = api.made("teams", {"name": "Deal room", "teamtype": 1})
    access = {"AccessMask": "ReadAccess", "Principal": row("team", room)}
    assert api.post("GrantAccess", {"Target": row("account", account), "PrincipalAccess": access}).status == 204
    reply = api.get(f'RetrieveSharedLinks(Target=@t)?@t={{"@odata.id":"accounts({account})"}}')
    assert [(each["teamid"], each["name"]) for each in reply.rows] == [(room, "Deal room")]


def test_refusals(api: Api, seller: Api, sally: str, account: str) -> None:
    mine = seller.made("accounts", {"name": "Mine"})
    reply = grant(api, mine, sally)
    assert (reply.status, reply.code) == (400, "0x80040214")
    reply = grant(api, str(uuid4()), sally)
    assert (reply.status, reply.code) == (404, "0x80040217")
    reply = grant(api, account, str(uuid4()))
    assert (reply.status, reply.code) == (404, "0x80040217")
    reply = grant(api, account, sally, "Everything")
    assert (reply.status, reply.code) == (400, "0x80040203")
    reply = api.post("GrantAccess", {"Target": row("account", account)})
    assert (reply.status, reply.code) == (400, "0x80040203")
    reply = api.get(f'RetrieveSharedPrincipalsAndAccess(Target=@t)?@t={{"@odata.id":"accounts({uuid4()})"}}')
    assert (reply.status, reply.code) == (404, "0x80040217")
    reply = api.post("principalobjectaccessset", {"accessrightsmask": 1})
    assert (reply.status, "Use GrantAccess" in reply.message) == (400, True)


def test_the_share_table_is_read(api: Api, seller: Api, sally: str, account: str) -> None:
    grant(api, account, sally)
    [share] = api.get(f"principalobjectaccessset?$filter=objectid eq {account}").rows
    assert (share["principalid"], share["principaltypecode"], share["objecttypecode"]) == (
        sally,
        "systemuser",
        "account",
    )
    assert share["accessrightsmask"] == 3


def test_the_metadata_declare_combined_rights(one_api: Api) -> None:
    body = one_api.get("$metadata").body
    assert b'<EnumType Name="AccessRights" IsFlags="true">' in body
    assert b'<Member Name="ShareAccess" Value="262144"/>' in body
    assert b'<ComplexType Name="PrincipalAccess">' in body
    assert b'<NavigationProperty Name="Principal" Type="mscrm.crmbaseentity"/>' in body


def test_record_teams(api: Api, seller: Api, sally: str) -> None:
    quote = api.made("quotes", {"name": "Q"})
    values = {"teamtemplatename": "Deal room", "objecttypecode": 1084, "defaultaccessrightsmask": 1}
    template = api.made("teamtemplates", values)
    body = {"Record": row("quote", quote), "TeamTemplate": {"teamtemplateid": template}}
    [admin] = api.get("systemusers?$filter=domainname eq 'admin'").rows
    reply = api.post(f"systemusers({admin['systemuserid']})/{CRM}.AddUserToRecordTeam", body)
    assert reply.status == 200, reply.body
    team = reply.json["AccessTeamId"]
    [found] = api.get(f"teams?$filter=_teamtemplateid_value eq {template}&$expand=teammembership_association").rows
    assert (found["teamid"], found["systemmanaged"]) == (team, True)
    assert [each["domainname"] for each in found["teammembership_association"]] == ["admin"]
    reply = api.post(f"systemusers({sally})/{CRM}.AddUserToRecordTeam", body)
    assert (reply.status, reply.code) == (403, "0x80040220")
    reply = api.post(f"systemusers({admin['systemuserid']})/{CRM}.RemoveUserFromRecordTeam", body)
    assert (reply.status, reply.json["AccessTeamId"]) == (200, team)


def test_assigning_and_reassigning(api: Api, seller: Api, sally: str, account: str) -> None:
    assert api.patch(f"accounts({account})", {"ownerid@odata.bind": f"/systemusers({sally})"}).status == 204
    assert [each["accountid"] for each in seller.get("accounts").rows] == [account]
    quote = api.made("quotes", {"name": "Q"})
    reply = api.patch(f"quotes({quote})", {"ownerid@odata.bind": f"/systemusers({sally})"})
    assert (reply.status, reply.code) == (403, "0x80040220")
    assert "is missing prvReadQuote privilege" in reply.message
    [admin] = [each["systemuserid"] for each in api.get("systemusers?$filter=domainname eq 'admin'").rows]
    body = {"FromPrincipal": row("systemuser", sally), "ToPrincipal": row("systemuser", admin)}
    assert api.post("ReassignObjectsOwner", body).status == 204
    assert api.get(f"accounts({account})").json["_ownerid_value"] == admin
    reply = api.post(
        f"systemusers({admin})/{CRM}.ReassignObjectsSystemUser", {"ReassignPrincipal": row("systemuser", sally)}
    )
    assert (reply.status, reply.code) == (403, "0x80040220")
