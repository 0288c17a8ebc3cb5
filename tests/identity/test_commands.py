"""`handsel client`, and what it leaves of `handsel token`."""

import re

import pytest

from tests.cli.conftest import Command, handsel_command
from tests.identity.conftest import Caller, application

__all__ = ["handsel_command"]


def made(handsel_command: Command, url: str, *options: str) -> Caller:
    outcome = handsel_command("client", "create", "--user", "admin", *options, url=url)
    assert outcome.status == 0
    lines = re.fullmatch(r"client_id=([0-9a-f-]{36})\nclient_secret=(hsc_[\w-]{43})\n", outcome.out)
    assert lines
    return Caller(application(url), *lines.groups())


def test_a_client_is_made_listed_and_revoked(handsel_command: Command, database_url: str) -> None:
    caller = made(handsel_command, database_url, "--name", "ERP", "--days", "30")
    token = caller.token()
    listed = handsel_command("client", "list", url=database_url)
    assert caller.client_id in listed.out
    assert "ERP" in listed.out
    assert caller.secret not in listed.out
    assert handsel_command("client", "revoke", caller.client_id, url=database_url).status == 0
    assert caller.client_id not in handsel_command("client", "list", url=database_url).out
    assert caller.who_am_i(token).status == 401
    again = handsel_command("client", "revoke", caller.client_id, url=database_url)
    assert (again.status, "handsel client list" in again.err) == (1, True)


def test_tokens_of_clients_are_not_listed(handsel_command: Command, sqlite_url: str) -> None:
    caller = made(handsel_command, sqlite_url, "--name", "Of a client")
    caller.token()
    handsel_command("token", "create", "--name", "By hand", url=sqlite_url)
    listed = handsel_command("token", "list", url=sqlite_url).out
    assert "By hand" in listed
    assert "Of a client" not in listed


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["create"], 2, "--user"),
        (["create", "some-id", "--user", "admin"], 2, "goes with revoke"),
        (["revoke"], 2, "goes with revoke"),
        (["revoke", "no-id"], 1, "no-id"),
        (["create", "--user", "nobody"], 1, "nobody"),
        (["create", "--user", "admin", "--days", "0"], 1, "1 to 36500 days"),
    ],
)
def test_wrong_usage(handsel_command: Command, sqlite_url: str, arguments: list[str], status: int, words: str) -> None:
    outcome = handsel_command("client", *arguments, url=sqlite_url)
    assert (outcome.status, outcome.out) == (status, "")
    assert words in outcome.err
