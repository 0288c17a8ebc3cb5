"""The matrix of If-Match and If-None-Match (Web API 4)."""

from uuid import uuid4

import pytest

from tests.webapi.client import Api


@pytest.fixture
def account(one_api: Api) -> str:
    return f"accounts({one_api.made('accounts', {'name': 'A'})})"


def test_reading_again_what_is_known(one_api: Api, account: str) -> None:
    etag = one_api.get(account).headers["ETag"]
    assert etag == one_api.get(account).json["@odata.etag"]
    unchanged = one_api.get(account, If_None_Match=etag)
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert one_api.get(account, If_None_Match="null").status == 200
    assert one_api.get(account, If_None_Match=etag, Prefer='odata.include-annotations="*"').status == 200
    one_api.patch(account, {"name": "B"})
    assert one_api.get(account, If_None_Match=etag).status == 200


def test_only_while_it_is_as_it_was_read(one_api: Api, account: str) -> None:
    etag = one_api.get(account).headers["ETag"]
    assert one_api.patch(account, {"name": "B"}, If_Match=etag, If_None_Match="null").status == 204
    for stale in (etag, 'W/"somebody-elses"'):
        reply = one_api.patch(account, {"name": "C"}, If_Match=stale)
        assert (reply.status, reply.code) == (412, "0x80060882")
    assert one_api.delete(account, If_Match=etag).status == 412
    assert one_api.get(account).json["name"] == "B"
    assert one_api.delete(account, If_Match=one_api.get(account).headers["ETag"]).status == 204


def test_only_change(one_api: Api) -> None:
    path = f"accounts({uuid4()})"
    reply = one_api.patch(path, {"name": "A"}, If_Match="*", If_None_Match="null")
    assert (reply.status, reply.code) == (404, "0x80040217")
    assert one_api.get(path).status == 404


def test_only_create(one_api: Api, account: str) -> None:
    assert one_api.patch(account, {"name": "B"}, If_None_Match="*").status == 412
    assert one_api.get(account).json["name"] == "A"
    assert one_api.patch(f"accounts({uuid4()})", {"name": "C"}, If_None_Match="*").status == 204
