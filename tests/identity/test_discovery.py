"""The discovery documents of OpenID clients (Web API 2)."""

import pytest

from tests.identity.conftest import Caller


@pytest.mark.parametrize("authority", ["", "/common", "/contoso", "/contoso/v2.0", "/common/v2.0"])
def test_every_authority_describes_itself(one_caller: Caller, authority: str) -> None:
    reply = one_caller.api("GET", f"{authority}/.well-known/openid-configuration", below="")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "application/json"
    document = reply.json
    assert document["issuer"] == f"http://sales.example{authority}"
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        assert document[name].startswith(f"http://sales.example{authority.removesuffix('/v2.0')}/")
    assert document["grant_types_supported"] == ["client_credentials"]
    assert set(document["token_endpoint_auth_methods_supported"]) == {"client_secret_basic", "client_secret_post"}
    assert document["response_types_supported"] == ["none"]
    assert document["subject_types_supported"] == ["public"]
    assert document["id_token_signing_alg_values_supported"] == ["RS256"]


@pytest.mark.parametrize("authority", ["", "/contoso", "/contoso/v2.0"])
def test_its_endpoints_answer(one_caller: Caller, authority: str) -> None:
    def path(name: str) -> str:
        address: str = document[name]
        return address.removeprefix("http://sales.example")

    document = one_caller.api("GET", f"{authority}/.well-known/openid-configuration", below="").json
    assert one_caller.ask(path("token_endpoint")).status == 200
    assert one_caller.api("GET", path("jwks_uri"), below="").json == {"keys": []}
    refused = one_caller.api("GET", path("authorization_endpoint"), below="")
    assert (refused.status, refused.json["error"]) == (400, "unsupported_response_type")
    assert "client credentials" in refused.json["error_description"]
    assert one_caller.api("POST", path("jwks_uri"), below="").status == 405


def test_behind_a_proxy_it_names_the_address_that_the_caller_used(sqlite_url: str) -> None:
    from handsel.site.wsgi import make_application
    from tests.webapi.client import Api

    api = Api(make_application(sqlite_url, trusted_proxies="127.0.0.1"), "", sqlite_url)
    forwarded = {"x-forwarded-proto": "https", "x-forwarded-host": "crm.example"}
    path = "/common/.well-known/openid-configuration"
    assert api("GET", path, headers=forwarded, below="").json["issuer"] == "https://crm.example/common"
    assert api("GET", path, headers=forwarded, below="", remote="192.0.2.1").json["issuer"].startswith("http://sales.")


@pytest.mark.parametrize(
    "path",
    ["/.well-known/openid-configuration/x", "/a/b/oauth2/token", "/a%2Fb\\/oauth2/token", "/oauth2", "/é/oauth2/token"],
)
def test_no_other_path_is_answered(one_caller: Caller, path: str) -> None:
    assert one_caller.api("GET", path, below="").status == 404
