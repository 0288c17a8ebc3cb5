"""The token endpoint: RFC 6749 in and out, and what it keeps (Web API 2)."""

import base64
import logging
from datetime import UTC, datetime, timedelta

import pytest

import handsel
from handsel.site.identity.token_endpoint import FAILURES, WINDOW
from tests.identity.conftest import Caller, make_client, post_form


def basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


def error_of(reply: object) -> tuple[int, str]:
    return reply.status, reply.json["error"]


def token_count(caller: Caller) -> int:
    with handsel.open(caller.api.database_url) as session, session.entered():
        from handsel.site.identity.tables import Token

        return Token.objects.count()


def end_tokens(caller: Caller) -> None:
    """Let an hour and a second pass for every token."""
    with handsel.open(caller.api.database_url) as session, session.entered():
        from handsel.site.identity.tables import Token

        Token.objects.update(expires_on=datetime.now(UTC) - timedelta(seconds=1))


def revoke(caller: Caller) -> None:
    with handsel.open(caller.api.database_url) as session, session.entered():
        from uuid import UUID

        from handsel.site.identity.clients import revoke_client

        revoke_client(UUID(caller.client_id))


# What works


@pytest.mark.parametrize(
    "path", ["/oauth2/token", "/oauth2/v2.0/token", "/contoso/oauth2/token", "/contoso.com/oauth2/v2.0/token"]
)
def test_a_token_for_id_and_secret(one_caller: Caller, path: str) -> None:
    reply = one_caller.ask(path)
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Cache-Control"] == "no-store"
    token = reply.json.pop("access_token")
    assert {name: reply.json[name] for name in ("token_type", "expires_in")} == {
        "token_type": "Bearer",
        "expires_in": 3600,
    }
    assert one_caller.who_am_i(token).status == 200


def test_each_database_keeps_the_hash_alone(caller: Caller) -> None:
    token = caller.token()
    with handsel.open(caller.api.database_url) as session, session.entered():
        from handsel.site.identity.tables import Client, Token

        kept = [*Token.objects.values_list("hash", flat=True), *Client.objects.values_list("hash", flat=True)]
        assert session.user.user_id == Token.objects.get().user_id
    assert all(len(hash) == 64 for hash in kept)
    assert not {token, caller.secret} & set(kept)
    assert caller.who_am_i(token).json["UserId"] == str(session.user.user_id)


def test_http_basic(one_caller: Caller) -> None:
    header = basic(one_caller.client_id, one_caller.secret)
    reply = post_form(one_caller.api, "/oauth2/token", b"grant_type=client_credentials", authorization=header)
    assert reply.status == 200
    assert "scope" not in reply.json


@pytest.mark.parametrize(
    "scope",
    [
        "https://elsewhere.example/.default",
        "https://sales.example//.default",
        "https://sales.example/user_impersonation",
    ],
)
def test_the_address_in_a_scope_is_not_looked_at(one_caller: Caller, scope: str) -> None:
    assert one_caller.ask(scope=scope).status == 200
    assert one_caller.ask(scope="", resource=scope).status == 200


# What ends


def test_an_ended_token_opens_nothing_and_goes_with_the_next_one(caller: Caller) -> None:
    first = caller.token()
    end_tokens(caller)
    assert caller.who_am_i(first).status == 401
    second = caller.token()
    assert caller.who_am_i(second).status == 200
    assert token_count(caller) == 1


def test_a_revoked_client_takes_its_tokens_along(caller: Caller) -> None:
    token = caller.token()
    revoke(caller)
    assert caller.who_am_i(token).status == 401
    assert token_count(caller) == 0
    assert error_of(caller.ask()) == (401, "invalid_client")


def test_a_token_does_not_outlive_its_client(one_caller: Caller) -> None:
    with handsel.open(one_caller.api.database_url) as session, session.entered():
        from handsel.site.identity.tables import Client

        Client.objects.update(expires_on=datetime.now(UTC) + timedelta(seconds=100))
        assert 90 <= one_caller.ask().json["expires_in"] <= 100
        Client.objects.update(expires_on=datetime.now(UTC) - timedelta(seconds=1))
        assert error_of(one_caller.ask()) == (401, "invalid_client")


def test_a_disabled_user_gets_no_token(one_caller: Caller) -> None:
    with handsel.open(one_caller.api.database_url) as session:
        units = session.rows("businessunit")
        user = session.execute(
            handsel.Create(
                "systemuser",
                {
                    "domainname": "erp",
                    "firstname": "E",
                    "lastname": "RP",
                    "businessunitid": next(units)["businessunitid"],
                },
            )
        )
        client_id, secret = make_client(one_caller.api.database_url, "erp")
        token = Caller(one_caller.api, client_id, secret).token()
        session.execute(handsel.Update("systemuser", user, {"isdisabled": True}))
    assert error_of(Caller(one_caller.api, client_id, secret).ask()) == (400, "unauthorized_client")
    assert one_caller.who_am_i(token).status == 401


# What is refused


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 401, "invalid_client"),
        ({"client_id": "no id"}, 401, "invalid_client"),
        ({"client_id": "\x00"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"scope": "openid"}, 400, "invalid_scope"),
        ({"scope": "https://sales.example/.default offline_access"}, 400, "invalid_scope"),
    ],
)
def test_wrong_fields(one_caller: Caller, fields: dict[str, str], status: int, error: str) -> None:
    reply = one_caller.ask(**fields)
    assert error_of(reply) == (status, error)
    assert reply.json["error_description"].endswith(".")
    assert reply.headers["Cache-Control"] == "no-store"
    assert ("WWW-Authenticate" in reply.headers) == (status == 401)
    assert token_count(one_caller) == 0


def test_the_challenge_is_for_http_basic(one_caller: Caller) -> None:
    assert one_caller.ask(client_secret="wrong").headers["WWW-Authenticate"] == 'Basic realm="Handsel"'


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b'{"grant_type": "client_credentials"}', {"content_type": "application/json"}, 400),
        (b"grant_type=client_credentials", {"content_type": ""}, 400),
        (b"grant_type=client_credentials&grant_type=client_credentials", {}, 400),
        (b"grant_type=client_credentials&resource=a&resource=b", {}, 400),
        (b"grant_type=%ff", {}, 400),
        (b"\xff", {}, 400),
        (b"grant_type", {}, 400),
        (b"", {}, 400),
        (b"&".join(b"a%d=1" % number for number in range(51)), {}, 400),
        (b"grant_type=client_credentials", {"authorization": "Basic !"}, 400),
        (b"grant_type=client_credentials", {"authorization": "Basic /w=="}, 400),
        (b"grant_type=client_credentials", {"authorization": "Basic é"}, 400),
        (b"grant_type=client_credentials", {"authorization": "Basic Og=="}, 401),
        (b"grant_type=client_credentials", {"authorization": "Bearer x"}, 401),
        (b"grant_type=client_credentials&client_secret=x", {"authorization": basic("a", "b")}, 400),
        (b"grant_type=client_credentials&client_id=c", {"authorization": basic("a", "b")}, 400),
        (b"a=" + b"x" * 65536, {}, 413),
    ],
)
def test_what_cannot_be_read(one_caller: Caller, body: bytes, headers: dict[str, str], status: int) -> None:
    reply = post_form(one_caller.api, "/oauth2/token", body, **headers)
    assert reply.status == status
    assert reply.json["error"] == ("invalid_client" if status == 401 else "invalid_request")
    assert reply.json["error_description"]


def test_no_secret_in_the_address(one_caller: Caller) -> None:
    body = b"grant_type=client_credentials"
    assert error_of(post_form(one_caller.api, "/oauth2/token?client_secret=x", body)) == (400, "invalid_request")


def test_only_post(one_caller: Caller) -> None:
    reply = one_caller.api("GET", "/oauth2/token", below="")
    assert (*error_of(reply), reply.headers["Allow"]) == (405, "invalid_request", "POST")


def test_no_secret_is_logged_or_echoed(one_caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = one_caller.token()
    wrong = one_caller.ask(client_secret="not-the-secret")
    unread = post_form(one_caller.api, "/oauth2/token", b"client_secret=not-the-secret&\xff")
    assert b"not-the-secret" not in wrong.body + unread.body
    assert one_caller.client_id in caplog.text
    assert not any(secret in caplog.text for secret in (token, one_caller.secret, "not-the-secret"))


# Too many failures


def test_who_fails_too_often_is_told_to_wait(one_caller: Caller) -> None:
    statuses = [one_caller.ask(client_secret="wrong").status for _ in range(FAILURES + 1)]
    assert statuses == [401] * FAILURES + [429]
    reply = one_caller.ask(client_secret="wrong")
    assert 0 < int(reply.headers["Retry-After"]) <= WINDOW
    assert one_caller.ask().status == 200  # callers without the secret cannot lock others out
    assert one_caller.ask(client_secret="wrong", client_id="another").status == 429
    assert one_caller.ask(client_secret="wrong", remote="192.0.2.1").status == 429
    assert one_caller.ask(client_secret="wrong", client_id="another", remote="192.0.2.1").status == 401
