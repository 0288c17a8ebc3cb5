"""`handsel token`: a token ends some day unless told otherwise."""

from datetime import UTC, datetime, timedelta

import pytest

import handsel
from tests.cli.conftest import Command


@pytest.mark.parametrize(("options", "days"), [((), 90), (("--days", "7"), 7), (("--forever",), None)])
def test_how_long_a_token_lives(
    handsel_command: Command, sqlite_url: str, options: tuple[str, ...], days: int | None
) -> None:
    outcome = handsel_command("token", "create", *options, url=sqlite_url)
    assert (outcome.status, len(outcome.lines)) == (0, 1)
    with handsel.open(sqlite_url) as session, session.entered():
        from handsel.site.identity.tokens import tokens

        (token,) = tokens()
    if days is None:
        assert token.expires_on is None
    else:
        assert abs(token.expires_on - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=1)


def test_days_and_forever_exclude_each_other(handsel_command: Command, sqlite_url: str) -> None:
    assert handsel_command("token", "create", "--days", "7", "--forever", url=sqlite_url).status == 2
