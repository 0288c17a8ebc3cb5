"""Microsoft's sign-in library, unmodified, accepts Handsel as an authority (MSAL for Python)."""

import re

import msal
import pytest
import requests

from tests.clients.conftest import Server
from tests.identity.conftest import make_client


@pytest.fixture(scope="module")
def credentials(server: Server) -> tuple[str, str]:
    return make_client(server.database_url)


def user_id(server: Server, token: str) -> str:
    address = f"{server.address}/api/data/v9.2/WhoAmI"
    reply = requests.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    reply.raise_for_status()
    found: str = reply.json()["UserId"]
    return found


def authority_of(server: Server) -> str:
    """The authority that the refusal of a call without a token names."""
    challenge = requests.get(f"{server.address}/api/data/v9.2/", timeout=30).headers["WWW-Authenticate"]
    found = re.search(r"authorization_uri=(\S+)/oauth2/authorize,", challenge)
    assert found
    return found[1]


@pytest.mark.parametrize("tenant", ["handsel", "9188040d-6c67-4c5b-b112-36a304b66dad", "contoso.onmicrosoft.com"])
def test_by_openid_authority(server: Server, credentials: tuple[str, str], tenant: str) -> None:
    client_id, secret = credentials
    app = msal.ConfidentialClientApplication(
        client_id, client_credential=secret, oidc_authority=f"{server.address}/{tenant}"
    )
    response = app.acquire_token_for_client([f"{server.address}/.default"])
    assert (response["token_type"], response["expires_in"]) == ("Bearer", 3600)
    assert user_id(server, response["access_token"]) == user_id(server, server.token)


def test_by_the_authority_of_the_challenge(server: Server, credentials: tuple[str, str]) -> None:
    """As for Entra: the document is asked for under /v2.0."""
    client_id, secret = credentials
    app = msal.ConfidentialClientApplication(
        client_id, client_credential=secret, authority=authority_of(server), instance_discovery=False
    )
    response = app.acquire_token_for_client([f"{server.address}/.default"])
    assert user_id(server, response["access_token"]) == user_id(server, server.token)


def test_a_wrong_secret(server: Server, credentials: tuple[str, str]) -> None:
    app = msal.ConfidentialClientApplication(
        credentials[0], client_credential="wrong", oidc_authority=f"{server.address}/contoso"
    )
    response = app.acquire_token_for_client([f"{server.address}/.default"])
    assert response["error"] == "invalid_client"
    assert "handsel client create" in response["error_description"]


def test_by_http_basic(server: Server, credentials: tuple[str, str]) -> None:
    form = {"grant_type": "client_credentials", "resource": f"{server.address}/"}
    reply = requests.post(f"{server.address}/common/oauth2/token", form, auth=credentials, timeout=30)
    assert user_id(server, reply.json()["access_token"]) == user_id(server, server.token)
