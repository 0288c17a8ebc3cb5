"""System rows, which may not be changed or deleted, and stored views that can be run."""

from typing import Any

import pytest

from tests.people import may_do_everything
from tests.webapi.client import Api

VIEW = {"name": "Mine", "returnedtypecode": "account", "querytype": 0}
GOOD = "<fetch><entity name='account'/></fetch>"


def first(api: Api, path: str) -> str:
    """The id of some row of a set."""
    key = api.get(f"EntityDefinitions?$select=PrimaryIdAttribute&$filter=EntitySetName eq '{path.partition('?')[0]}'")
    [definition] = key.rows
    found: str = api.get(path).rows[0][definition["PrimaryIdAttribute"]]
    return found


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("organizations", "one organization"),
        ("roles?$filter=name eq 'Salesperson'", "'Salesperson' comes with Handsel"),
        ("systemuserrolescollection", "systemuserroles_association"),
        ("roleprivilegescollection", "RemovePrivilegeRole"),
        ("sdkmessages", "messages"),
        ("sdkmessagefilters", "messages"),
        ("savedqueries?$filter=name eq 'Active Accounts'", "'Active Accounts'"),
    ],
)
def test_a_system_row_stays(api: Api, path: str, named: str) -> None:
    name = path.partition("?")[0]
    id = first(api, path)
    reply = api.delete(f"{name}({id})")
    assert (reply.status, reply.code) == (400, "0x80040265"), reply.body
    assert named in reply.message
    assert api.get(f"{name}({id})").status == 200
    assert api.get("WhoAmI").status == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("organizations", {"name": "Another"}),
        ("roleprivilegescollection", {}),
        ("systemuserrolescollection", {}),
        ("teamrolescollection", {}),
        ("sdkmessages", {"name": "Nonsense"}),
        ("sdkmessagefilters", {"name": "Nonsense"}),
    ],
)
def test_a_system_row_is_not_made(one_api: Api, path: str, body: dict[str, Any]) -> None:
    before = one_api.get(f"{path}/$count").body
    assert one_api.post(path, body).code == "0x80040265"
    reply = one_api.patch(f"{path}(f0000000-0000-4000-8000-00000000000f)", body)
    assert (reply.status, reply.code) == (400, "0x80040265"), reply.body
    assert one_api.get(f"{path}/$count").body == before


def test_a_user_is_deleted_with_its_roles(one_api: Api) -> None:
    before = one_api.get("systemuserrolescollection/$count").body
    user = one_api.made("systemusers", {"domainname": "ann", "lastname": "Ann"})
    may_do_everything(one_api.database_url, user)
    assert one_api.get("systemuserrolescollection/$count").body != before
    assert one_api.delete(f"systemusers({user})").status == 204
    assert one_api.get("systemuserrolescollection/$count").body == before


def test_custom_views_come_and_go(one_api: Api) -> None:
    for table in ("savedqueries", "userqueries"):
        id = one_api.made(table, {**VIEW, "fetchxml": GOOD})
        assert one_api.delete(f"{table}({id})").status == 204


@pytest.mark.parametrize("table", ["savedqueries", "userqueries"])
@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<bad", "0x80060888"),
        ("<grid/>", "0x80060888"),
        ("<fetch><entity name='nonsense'/></fetch>", "0x80041102"),
        ("<fetch><entity name='contact'/></fetch>", "0x80048d19"),
    ],
)
def test_a_view_that_cannot_run_is_not_stored(one_api: Api, table: str, xml: str, code: str) -> None:
    reply = one_api.post(table, {**VIEW, "fetchxml": xml})
    assert (reply.status, reply.code) == (400, code), reply.body
    id = one_api.made(table, {**VIEW, "fetchxml": GOOD})
    assert one_api.patch(f"{table}({id})", {"fetchxml": xml}).code == code
    assert one_api.get(f"{table}({id})").json["fetchxml"] == GOOD
