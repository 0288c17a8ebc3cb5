"""The audit over HTTP: its rows, who sees them, and the messages of auditing (security 10)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import pytest

import handsel
from handsel.chain.audit.options import OF_MESSAGES
from handsel.database.statements import run
from handsel.engine.message import message_names
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.site.standard_rows import insert_rows
from handsel.tables.info import table_info
from handsel.tables.keys import new_key
from tests.webapi.client import ROOT, Api
from tests.webapi.conftest import make_token

CRM = "Microsoft.Dynamics.CRM"
FORMATTED = "OData.Community.Display.V1.FormattedValue"


def row(table: str, id: str) -> dict[str, str]:
    return {"@odata.type": f"{CRM}.{table}", f"{table}id": id}


def entries(api: Api, id: str, order: str = "auditid") -> list[dict[str, Any]]:
    reply = api.get(f"audits?$filter=_objectid_value eq {id}&$orderby={order}", prefer='odata.include-annotations="*"')
    assert reply.status == 200, reply.body
    return reply.rows


def actions(api: Api, id: str) -> list[int]:
    return [each["action"] for each in entries(api, id)]


def history(api: Api, address: str, paging: Any = None, attribute: str = "") -> dict[str, Any]:
    name = "RetrieveAttributeChangeHistory" if attribute else "RetrieveRecordChangeHistory"
    of = f",AttributeLogicalName='{attribute}'" if attribute else ""
    target = json.dumps({"@odata.id": address})
    reply = api.get(f"{name}(Target=@t{of},PagingInfo=@p)?@t={target}&@p={json.dumps(paging)}")
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.json["AuditDetailCollection"]
    return found


def person(api: Api, name: str, privileges: Iterable[str], mask: int = 8) -> Api:
    """The Web API as a new user who holds these privileges: 1 is what the user owns, 8 the whole organization."""
    user = api.made("systemusers", {"firstname": name, "lastname": "S", "domainname": name})
    with handsel.open(api.database_url) as session, session.entered():
        role, unit = new_key(), session.user.business_unit_id
        values = {"roleid": role, "parentrootroleid": role, "name": f"Role of {name}", "isinherited": 1}
        insert_rows("role", [{**values, "businessunitid": unit}])
        depths = {each: mask if each.endswith("Account") else 8 for each in privileges}
        insert_rows(
            "roleprivileges",
            [
                {"roleid": role, "privilegeid": privilege_id(each), "privilegedepthmask": depths[each]}
                for each in depths
            ],
        )
        insert_rows("systemuserroles", [{"systemuserid": UUID(user), "roleid": role}])
        run("UPDATE organization SET hs_rightsversion = hs_rightsversion + 1")
    return Api(api.application, make_token(api.database_url, name), api.database_url)


def test_what_is_done_to_a_row_is_read_with_its_details(api: Api) -> None:
    account = api.made("accounts", {"name": "Old", "creditlimit": 5})
    assert api.patch(f"accounts({account})", {"name": "New"}).status == 204
    made, changed = entries(api, account)
    assert (made["action"], made["operation"], changed["action"], changed["operation"]) == (1, 1, 2, 2)
    assert made["objecttypecode"] == "account"
    assert made[f"action@{FORMATTED}"] == "Create"
    assert made["_objectid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "account"
    assert made["_userid_value"] == api.get("WhoAmI").json["UserId"]
    assert made["changedata"] is made["attributemask"] is made["useradditionalinfo"] is None
    UUID(made["transactionid"])
    with handsel.open(api.database_url) as session:
        rows = list(session.rows("audit", f"_objectid_value eq {account}", order_by="createdon desc,auditid desc"))
        assert [str(each.id) for each in rows] == [changed["auditid"], made["auditid"]]
    reply = api.get(f"audits({changed['auditid']})/{CRM}.RetrieveAuditDetails")
    assert reply.status == 200, reply.body
    detail = reply.json["AuditDetail"]
    assert detail["@odata.type"] == f"#{CRM}.AttributeAuditDetail"
    assert detail["OldValue"] == {"@odata.type": f"#{CRM}.account", "name": "Old"}
    assert detail["NewValue"] == {"@odata.type": f"#{CRM}.account", "name": "New"}
    assert detail["AuditRecord"]["auditid"] == changed["auditid"]
    newest, first = history(api, f"accounts({account})")["AuditDetails"]
    assert newest == detail
    assert first["OldValue"] == {"@odata.type": f"#{CRM}.account"}
    assert first["NewValue"]["creditlimit"] == 5
    note = api.made("annotations", {"subject": "Long", "notetext": "x" * 6000})
    [detail] = history(api, f"annotations({note})")["AuditDetails"]
    assert detail["NewValue"]["notetext"] == f"{'x' * 5120}…"
    page = history(api, f"accounts({account})", {"PageNumber": 2, "Count": 1, "ReturnTotalRecordCount": True})
    assert (page["MoreRecords"], page["TotalRecordCount"], page["AuditDetails"]) == (False, 2, [first])
    of_name = history(api, f"accounts({account})", attribute="name")["AuditDetails"]
    assert [each["NewValue"]["name"] for each in of_name] == ["New", "Old"]
    assert history(api, f"accounts({account})", attribute="telephone1")["AuditDetails"] == []
    fetch = "<fetch><entity name='audit'><all-attributes/><filter><condition attribute='objectid' operator='eq' "
    fetch += f"value='{account}'/></filter></entity></fetch>"
    assert len(api.get(f"audits?fetchXml={fetch}").rows) == 2
    assert api.get(f"audits?$filter=_objectid_value eq {account}&$apply=groupby((action))").status == 200


def test_wrong_targets_and_writes_are_refused(api: Api) -> None:
    assert history(api, f"accounts({uuid4()})")["AuditDetails"] == []
    for address, status, code in (
        (f"nosuch({uuid4()})", 404, "0x8006088a"),
        (f"accounts({UUID(int=0)})", 400, "0x80040203"),
    ):
        target = json.dumps({"@odata.id": address})
        reply = api.get(f"RetrieveRecordChangeHistory(Target=@t,PagingInfo=@p)?@t={target}&@p=null")
        assert (reply.status, reply.code) == (status, code), reply.body
    account = api.made("accounts", {"name": "Kept"})
    [entry] = entries(api, account)
    for method, path, body in (
        ("POST", "audits", {"action": 1}),
        ("PATCH", f"audits({entry['auditid']})", {"action": 2}),
        ("DELETE", f"audits({entry['auditid']})", None),
    ):
        reply = api(method, path, body)
        assert 400 <= reply.status < 500, reply.body
    assert entries(api, account) == [entry]
    assert api.get("audits", prefer="odata.track-changes").status == 400
    reply = api.get(f"RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName='nix')?@t={target}")
    assert reply.status == 400


def test_changes_of_rights_are_told(api: Api) -> None:
    root = api.get("businessunits?$filter=parentbusinessunitid eq null").rows[0]["businessunitid"]
    user = api.made("systemusers", {"firstname": "R", "lastname": "S", "domainname": "rights"})
    team = api.made("teams", {"name": "Audited", "businessunitid@odata.bind": f"/businessunits({root})"})
    role = api.made("roles", {"name": "Audited", "businessunitid@odata.bind": f"/businessunits({root})"})
    account = api.made("accounts", {"name": "Shared"})
    granted = {"PrivilegeId": str(privilege_id("prvReadAccount")), "Depth": "Basic"}
    deeper, other = {**granted, "Depth": "Global"}, {"PrivilegeName": "prvReadLead", "Depth": "Local"}
    done = [
        api.post(f"roles({role})/{CRM}.AddPrivilegesRole", {"Privileges": [granted, other]}),
        api.post(f"roles({role})/{CRM}.AddPrivilegesRole", {"Privileges": [deeper]}),
        api.post(f"roles({role})/{CRM}.RemovePrivilegeRole", {"Privilege": row("privilege", granted["PrivilegeId"])}),
        api.post(f"roles({role})/{CRM}.ReplacePrivilegesRole", {"Privileges": [granted]}),
        api.post(f"systemusers({user})/systemuserroles_association/$ref", {"@odata.id": f"{ROOT}roles({role})"}),
        api.post(f"teams({team})/teamroles_association/$ref", {"@odata.id": f"{ROOT}roles({role})"}),
        api.post(f"teams({team})/{CRM}.AddMembersTeam", {"Members": [row("systemuser", user)]}),
        api.post(f"teams({team})/{CRM}.RemoveMembersTeam", {"Members": [row("systemuser", user)]}),
    ]
    shared = {"Target": row("account", account)}
    for message, mask in (("GrantAccess", "ReadAccess"), ("ModifyAccess", "ReadAccess,WriteAccess")):
        access = {"AccessMask": mask, "Principal": row("systemuser", user)}
        done.append(api.post(message, {**shared, "PrincipalAccess": access}))
    done.append(api.post("RevokeAccess", {**shared, "Revokee": row("systemuser", user)}))
    unlinked = api.delete(f"systemusers({user})/systemuserroles_association({role})/$ref")
    done += [unlinked, api.delete(f"teams({team})/teamroles_association({role})/$ref")]
    for change in ({"isdisabled": True}, {"isdisabled": False}):
        done.append(api.patch(f"systemusers({user})", change))
    assert [(each.status, each.body) for each in done if each.status not in (200, 204)] == []
    assert actions(api, role)[1:] == [57, 57, 58, 59]
    assert actions(api, user)[1:] == [55, 56, 5, 4]
    assert [each for each in actions(api, team)[1:] if each != 2] == [53, 35, 36, 54]
    assert actions(api, account)[1:] == [14, 48, 49]
    told = history(api, f"accounts({account})")["AuditDetails"]
    rights = [(each["OldPrivileges"], each["NewPrivileges"]) for each in told if "Principal" in each]
    both = "ReadAccess, WriteAccess"
    assert rights == [(both, "None"), ("ReadAccess", both), ("None", "ReadAccess")]
    assert {each["Principal"]["ownerid"] for each in told[:3]} == {user}
    told = history(api, f"roles({role})")["AuditDetails"]
    depth = [
        [[one["Depth"] for one in each[side]] for side in ("OldRolePrivileges", "NewRolePrivileges")]
        for each in told
        if "NewRolePrivileges" in each
    ]
    assert depth[2] == [["Basic"], ["Global"]]
    assert depth[1] == [["Global"], []]
    assert sorted(depth[3][1]) == ["Basic", "Local"]
    linked = next(each for each in history(api, f"systemusers({user})")["AuditDetails"] if "TargetRecords" in each)
    assert linked["RelationshipName"] == "systemuserroles_association"
    assert linked["TargetRecords"] == [{"@odata.type": f"#{CRM}.role", "roleid": role}]


def test_assigning_is_told(api: Api) -> None:
    user = api.made("systemusers", {"firstname": "A", "lastname": "S", "domainname": "assignee"})
    account = api.made("accounts", {"name": "Assigned"})
    roles = api.get("roles?$filter=name eq 'System Administrator'").rows
    link = {"@odata.id": f"{ROOT}roles({roles[0]['roleid']})"}
    assert api.post(f"systemusers({user})/systemuserroles_association/$ref", link).status == 204
    assert api.patch(f"accounts({account})", {"ownerid@odata.bind": f"/systemusers({user})"}).status == 204
    assert api.patch(f"accounts({account})", {"statecode": 1, "statuscode": 2}).status == 204
    assert actions(api, account) == [1, 13, 41]


@pytest.fixture
def reader(api: Api) -> Api:
    names = ("prvReadAccount", "prvReadUser", "prvReadAuditSummary", "prvReadRecordAuditHistory", "prvCreateAccount")
    return person(api, "reader", names, mask=1)


def test_who_sees_what(api: Api, reader: Api) -> None:
    hidden = api.made("accounts", {"name": "Zebra"})
    own = reader.made("accounts", {"name": "Own"})
    contact = api.made("contacts", {"lastname": "Zebra"})
    assert {each["_objectid_value"] for each in reader.get("audits").rows if each["objecttypecode"] == "account"} == {
        own
    }
    for id in (hidden, contact):
        assert entries(reader, id) == []
        [entry] = entries(api, id)
        assert reader.get(f"audits({entry['auditid']})").status == 404
        assert reader.get(f"audits({entry['auditid']})/{CRM}.RetrieveAuditDetails").status == 404
    assert reader.get(f"audits/$count?$filter=_objectid_value eq {hidden}").body in (b"0", "\ufeff0".encode())
    assert history(reader, f"accounts({hidden})") == history(reader, f"accounts({uuid4()})")
    assert len(history(reader, f"accounts({own})")["AuditDetails"]) == 1
    assert reader.post("DeleteRecordChangeHistory", {"Target": row("account", own)}).code == "0x80040220"
    assert api.delete(f"accounts({own})").status == 204
    assert entries(reader, own) == []
    assert actions(api, own) == [1, 3]
    gone = history(api, f"accounts({own})")["AuditDetails"][0]
    assert (gone["OldValue"]["name"], list(gone["NewValue"])) == ("Own", ["@odata.type"])
    none = person(api, "nobody", ("prvReadAccount", "prvReadUser"))
    assert none.get("audits").code == "0x80040220"
    target = json.dumps({"@odata.id": f"accounts({hidden})"})
    assert none.get(f"RetrieveRecordChangeHistory(Target=@t)?@t={target}").code == "0x80040220"


def test_secured_columns_are_in_no_answer(api: Api) -> None:
    reader = person(api, "secured", ("prvReadAccount", "prvReadAuditSummary", "prvReadRecordAuditHistory"))
    account = api.made("accounts", {"name": "Known", "creditlimit": 7654321})
    assert api.patch(f"accounts({account})", {"creditlimit": 8765432, "telephone1": "1"}).status == 204
    assert "8765432" in json.dumps(history(reader, f"accounts({account})"))
    api.made("hs_securedcolumns", {"entityname": "account", "attributelogicalname": "creditlimit"})
    found = json.dumps(
        [history(reader, f"accounts({account})"), history(reader, f"accounts({account})", attribute="creditlimit")]
    )
    found += "".join(
        reader.get(f"audits({each['auditid']})/{CRM}.RetrieveAuditDetails").body.decode() + json.dumps(each)
        for each in entries(reader, account)
    )
    assert "Known" in found
    assert not any(word in found for word in ("7654321", "8765432", "creditlimit"))
    assert history(reader, f"accounts({account})", attribute="creditlimit")["AuditDetails"] == []


def test_a_history_is_deleted_and_that_is_recorded(api: Api) -> None:
    account = api.made("accounts", {"name": "Forgotten"})
    reply = api.post("DeleteRecordChangeHistory", {"Target": row("account", account)})
    assert (reply.status, reply.json["DeletedEntriesCount"]) == (200, 1), reply.body
    assert actions(api, account) == [111]
    assert "Forgotten" not in json.dumps(history(api, f"accounts({account})"))
    # Nothing is left to tell who saw what of the row before, so readers of a part begin again.
    reader = person(api, "tracker", ("prvReadAccount", "prvReadUser"), mask=1)
    link = reader.get("accounts", prefer="odata.track-changes").json["@odata.deltaLink"].removeprefix(ROOT)
    assert reader.get(link).status == 200
    assert api.patch(f"accounts({account})", {"name": "Again"}).status == 204
    assert reader.get(link).status == 200
    assert api.post("DeleteRecordChangeHistory", {"Target": row("account", account)}).status == 200
    assert "expired" in reader.get(link).message


def test_everything_before_a_date_is_deleted(api: Api) -> None:
    account = api.made("accounts", {"name": "Kept"})
    assert api.post("DeleteAuditData", {"EndDate": "2000-01-31T12:00:00Z"}).code == "0x80040203"
    assert actions(api, account) == [1]
    reply = api.post("DeleteAuditData", {"EndDate": "2999-01-31T12:00:00Z"})
    assert (reply.status, reply.json["PartitionsDeleted"]) == (200, 1), reply.body
    assert actions(api, account) == []
    assert [each["action"] for each in api.get("audits").rows] == [111]
    reader = person(api, "eraser", ("prvReadAccount", "prvDeleteRecordChangeHistory"))
    assert reader.post("DeleteAuditData", {"EndDate": "2999-01-31T12:00:00Z"}).code == "0x80040220"


def test_the_actions_name_messages_and_tables() -> None:
    assert set(OF_MESSAGES) <= set(message_names())
    assert all(table_info(table) for _, table in OF_MESSAGES.values() if table)
