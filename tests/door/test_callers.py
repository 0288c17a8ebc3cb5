"""Who calls: acting for others never widens, a disabled user loses everything, a repeat tells no row that was lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from handsel.database.statements import mark, run
from handsel.engine.access import Depth
from handsel.engine.rights.privileges import all_privileges
from tests.door.test_leaks import Company, company, seller
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

__all__ = ["company", "seller"]

ACT = "prvActOnBehalfOfAnotherUser"
WHOLE = {each.name: max(each.depths) for each in all_privileges()}


class Program:
    """A user of its own role, who may act for others."""

    def __init__(self, company: Company, seller: Api, name: str, **depths: Depth) -> None:
        self.company, self.id = company, company.users[name]
        self.role = company.new_role(f"Role of {name}", company.unit_of[name])
        company.give(self.id, self.role)
        company.grant({**depths, ACT: Depth.GLOBAL}, self.role)
        self.api = Api(seller.application, make_token(company.session.url, name), seller.database_url)

    def accounts(self, acting_for: object = None) -> set[str]:
        headers = {} if acting_for is None else {"MSCRMCallerID": str(acting_for)}
        reply = self.api.get("accounts?$select=accountid", **headers)
        assert reply.status == 200, reply.body
        return {row["accountid"] for row in reply.rows}


@pytest.fixture
def admin(company: Company, seller: Api) -> Api:
    return Api(seller.application, make_token(company.session.url), seller.database_url)


def test_acting_for_others_reaches_what_both_reach(company: Company, seller: Api, admin: Api) -> None:
    shown, hidden, own = (
        str(each) for each in (company.visible["account"], company.hidden["account"], company.new_own_account())
    )
    company.grant({"prvReadAccount": Depth.LOCAL, ACT: Depth.GLOBAL})
    assert {row["accountid"] for row in seller.get("accounts").rows} == {shown, own}
    wide = Program(company, seller, "director", prvReadAccount=Depth.GLOBAL)
    near = Program(company, seller, "colleague", prvReadAccount=Depth.BASIC)
    south = Program(company, seller, "southerner", prvReadAccount=Depth.LOCAL)
    blind = Program(company, seller, "docker")
    assert wide.accounts() == {shown, own, hidden}
    assert wide.accounts(company.seller) == {shown, own}
    assert near.accounts(company.seller) == {shown}
    assert south.accounts(company.seller) == set()
    assert south.accounts(wide.id) == south.accounts() == {hidden}
    refused = blind.api.get("accounts", MSCRMCallerID=str(wide.id))
    assert (refused.status, refused.code) == (403, "0x80040220")
    me = admin.get("WhoAmI").json["UserId"]
    assert {row["accountid"] for row in admin.get("accounts", MSCRMCallerID=str(company.seller)).rows} == {shown, own}
    assert {row["accountid"] for row in seller.get("accounts", MSCRMCallerID=me).rows} == {shown, own}
    assert seller.get(f"accounts({hidden})", MSCRMCallerID=me).status == 404
    for id in (shown, hidden):
        assert seller.delete(f"accounts({id})", MSCRMCallerID=me).status in (403, 404)
    refused = seller.post("accounts", {"name": "A"}, MSCRMCallerID=me)
    assert (refused.status, refused.code) == (403, "0x80040220")
    assert "prvCreateAccount" in refused.message


def test_rows_say_who_acted_for_whom(company: Company, seller: Api, admin: Api) -> None:
    company.grant(WHOLE)
    me, acting = admin.get("WhoAmI").json["UserId"], {"MSCRMCallerID": str(company.seller)}
    id = admin("POST", "accounts", {"name": "A"}, acting).id
    who = "_createdby_value,_createdonbehalfby_value,_modifiedby_value,_modifiedonbehalfby_value,_ownerid_value"

    def stamps() -> list[Any]:
        row = admin.get(f"accounts({id})?$select={who}").json
        return [row[name] for name in who.split(",")]

    acted = str(company.seller)
    assert stamps() == [acted, me, acted, me, acted]
    admin.patch(f"accounts({id})", {"name": "B"})
    assert stamps() == [acted, me, me, None, acted]
    admin("PATCH", f"accounts({id})", {"name": "C"}, acting)
    assert stamps() == [acted, me, acted, me, acted]
    with company.session.entered():
        key = company.session.context.dialect.key
        found = run(
            f"SELECT userid, callinguserid FROM hs_audit WHERE objectid = {mark()} ORDER BY versionnumber",
            (key(type(company.seller)(id)),),
        )
    assert [[None if each is None else str(each).replace("-", "") for each in row] for row in found] == [
        [acted.replace("-", ""), me.replace("-", "")],
        [me.replace("-", ""), None],
        [acted.replace("-", ""), me.replace("-", "")],
    ]


def test_forged_headers_and_chains_are_refused(company: Company, seller: Api, admin: Api) -> None:
    me, other = str(company.seller), str(company.users["colleague"])
    for headers in (
        {"MSCRMCallerID": "nobody"},
        {"MSCRMCallerID": f"{me},{other}"},
        {"MSCRMCallerID": f"{me}; {other}"},
        {"CallerObjectId": "' OR 1=1 --"},
        {"MSCRMCallerID": me, "CallerObjectId": other},
    ):
        assert admin("GET", "accounts", None, headers).status == 400, headers
    assert admin("GET", "accounts", None, {"MSCRMCallerID": str(uuid4())}).status == 403
    assert admin("GET", "accounts", None, {"MSCRMCallerID": me, "CallerObjectId": f"{{{me}}}"}).status == 200
    company.grant({name: depth for name, depth in WHOLE.items() if name != ACT})
    for headers in ({"MSCRMCallerID": other}, {"CallerObjectId": other}):
        refused = seller("GET", "accounts", None, headers)
        assert (refused.status, refused.code) == (403, "0x80040220")
        assert ACT in refused.message
    for forged in ("x", admin.token[:-1], f"{admin.token}x", "eyJhbGciOiJub25lIn0.e30."):
        assert seller.get("accounts", authorization=f"Bearer {forged}").status == 401


def disable(company: Company, name: str) -> None:
    key = company.session.context.dialect.key(company.users[name])
    with company.session.entered():
        run(f"UPDATE systemuser SET isdisabled = true WHERE systemuserid = {mark()}", (key,))


def test_a_disabled_user_loses_everything(company: Company, seller: Api, admin: Api) -> None:
    program = Program(company, seller, "colleague", prvReadAccount=Depth.GLOBAL)
    acting = {"MSCRMCallerID": str(company.seller)}
    assert program.api("GET", "accounts", None, acting).status == 200
    session = company.session.as_user("seller")
    assert session.count("account") >= 1
    disable(company, "seller")
    assert seller.get("accounts").status in (401, 403)
    assert admin("GET", "accounts", None, acting).status == 403
    assert program.api("GET", "accounts", None, acting).status == 403
    with pytest.raises(Exception, match="disabled"):
        session.count("account")
    with pytest.raises(Exception, match="disabled"):
        list(session.queryset("account"))
    disable(company, "colleague")
    assert program.api.get("accounts").status in (401, 403)


def test_who_acts_is_asked_in_every_call_of_a_session(company: Company, seller: Api) -> None:
    """A session or job that began for another user ends with the one who acts, too."""
    from dataclasses import replace

    from handsel.engine.organization import read_settings
    from handsel.errors import PrivilegeDenied

    session = company.session.as_user("seller")
    context = replace(session.context, actor=replace(session.user, caller_id=company.users["colleague"]))
    with session.entered():
        read_settings(context)
        disable(company, "colleague")
        with pytest.raises(PrivilegeDenied, match="disabled"):
            read_settings(context)


KEY = {"Idempotency-Key": "one", "Prefer": "return=representation"}


@pytest.mark.parametrize("select", ["", "?$select=name"])
def test_a_repeat_tells_no_row_that_was_lost(company: Company, seller: Api, select: str) -> None:
    company.grant(WHOLE)
    path = f"accounts({company.hidden['account']}){select}"
    body = {"name": "Told once"}
    first = seller("PATCH", path, body, KEY)
    assert first.status == 200, first.body
    assert seller("PATCH", path, body, KEY).body == first.body
    company.grant({**WHOLE, "prvReadAccount": Depth.LOCAL})
    again = seller("PATCH", path, body, KEY)
    assert again.status == 403
    assert "Told once" not in again.body.decode()
    company.grant({name: depth for name, depth in WHOLE.items() if name != "prvReadAccount"})
    assert seller("PATCH", path, body, KEY).status == 403
    company.grant(WHOLE)
    assert seller("PATCH", path, body, KEY).body == first.body


def test_a_repeat_tells_no_row_below_that_was_lost(company: Company, seller: Api) -> None:
    company.grant(WHOLE)
    path = "contacts?$select=lastname&$expand=parentcustomerid_account($select=name)"
    body = {"lastname": "C", "parentcustomerid_account@odata.bind": f"/accounts({company.hidden['account']})"}
    first = seller("POST", path, body, KEY)
    assert first.status == 201, first.body
    assert "Zebra" in first.body.decode()
    company.grant({**WHOLE, "prvReadAccount": Depth.LOCAL})
    again = seller("POST", path, body, KEY)
    assert again.status == 403
    assert "Zebra" not in again.body.decode()
