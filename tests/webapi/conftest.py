"""The application in this process over a fresh database of each kind; over a socket, see tests/serving."""

import pytest

import handsel
from handsel.site.start import start
from tests.webapi.client import Api

start()  # test modules import what needs the tables


def make_token(url: str, user: str = "admin") -> str:
    with handsel.open(url, user=user) as session, session.entered():
        from handsel.site.identity.tokens import create_token

        return create_token(session.user.user_id)


@pytest.fixture
def api(database_url: str) -> Api:
    """The Web API as admin, once on each kind of database."""
    from handsel.site.wsgi import make_application

    return Api(make_application(database_url), make_token(database_url), database_url)


@pytest.fixture
def one_api(sqlite_url: str) -> Api:
    """The Web API on SQLite alone, for what does not depend on the database."""
    from handsel.site.wsgi import make_application

    return Api(make_application(sqlite_url), make_token(sqlite_url), sqlite_url)
