"""The application in this process, and a client that may fetch tokens from it."""

from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

import handsel
from tests.webapi.client import Api, Reply

SCOPE = "http://sales.example/.default"


@dataclass
class Caller:
    """A program with an id and a secret."""

    api: Api
    client_id: str
    secret: str

    def form(self, **fields: str) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.secret,
            "scope": SCOPE,
            **fields,
        }

    def ask(self, path: str = "/oauth2/token", remote: str = "127.0.0.1", **fields: str) -> Reply:
        return post_form(self.api, path, urlencode(self.form(**fields)).encode(), remote=remote)

    def token(self) -> str:
        reply = self.ask()
        assert reply.status == 200, reply.body
        token: str = reply.json["access_token"]
        return token

    def who_am_i(self, token: str) -> Reply:
        return self.api.get("WhoAmI", authorization=f"Bearer {token}")


def post_form(api: Api, path: str, body: bytes, remote: str = "127.0.0.1", **headers: str) -> Reply:
    sent = {"content-type": "application/x-www-form-urlencoded", "authorization": "", **headers}
    return api(
        "POST", path, body, {name.replace("_", "-"): value for name, value in sent.items()}, below="", remote=remote
    )


def make_client(url: str, user: str = "admin", days: int | None = None) -> tuple[str, str]:
    with handsel.open(url, user=user) as session, session.entered():
        from handsel.site.identity.clients import create_client

        made = create_client(session.user.user_id, name="ERP", days=days)
        return str(made.client_id), made.secret


def application(url: str) -> Api:
    from handsel.site.wsgi import make_application

    return Api(make_application(url), "", url)


@pytest.fixture
def caller(database_url: str) -> Caller:
    """A client of admin's, once on each kind of database."""
    return Caller(application(database_url), *make_client(database_url))


@pytest.fixture
def one_caller(sqlite_url: str) -> Caller:
    """A client of admin's on SQLite alone, for what does not depend on the database."""
    return Caller(application(sqlite_url), *make_client(sqlite_url))
