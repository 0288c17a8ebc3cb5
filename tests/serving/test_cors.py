"""CORS: which web pages may call, and what they may send and see (Web API 2)."""

from collections.abc import Callable

import pytest

from handsel.errors import SetupError
from handsel.site.configuration import read_configuration
from tests.webapi.client import Api

PAGE = "https://app.example"
CORS = f'[cors]\norigins = ["{PAGE}"]\n'
Configured = Callable[..., Api]


def names(text: str) -> set[str]:
    return {name.strip().lower() for name in text.split(",")}


def preflight(api: Api, origin: str = PAGE, headers: str = "authorization") -> dict[str, str]:
    asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": headers}
    reply = api("OPTIONS", "accounts", headers={**asked, "Authorization": ""})
    assert (reply.status, reply.body) == (204, b"")
    return reply.headers


def test_a_preflight_needs_no_token(configured: Configured) -> None:
    sent = "authorization,content-type,odata-version,odata-maxversion,prefer,if-match,if-none-match,MSCRMCallerID"
    sent += ",mscrm.mergelabels,mscrm.bypasscustompluginexecution,accept,x-ms-client-request-id,x-ms-correlation-id"
    sent += ",callerobjectid,consistency,cache-control"
    headers = preflight(configured(CORS + "max_age = 60"), headers=sent)
    assert headers["Access-Control-Allow-Origin"] == PAGE
    assert names(headers["Access-Control-Allow-Methods"]) == {"get", "head", "post", "patch", "put", "delete"}
    assert names(headers["Access-Control-Allow-Headers"]) == names(sent)
    assert headers["Access-Control-Max-Age"] == "60"
    assert "origin" in names(headers["Vary"])
    assert "Access-Control-Allow-Credentials" not in headers


def test_a_header_that_no_client_needs_is_left_out(configured: Configured) -> None:
    headers = preflight(configured(CORS), headers="prefer, x-evil, mscrm\x01, cookie")
    assert headers["Access-Control-Allow-Headers"] == "prefer"


@pytest.mark.parametrize("origin", ["https://evil.example", "http://app.example", "https://app.example.evil", "null"])
def test_a_stranger_gets_nothing(configured: Configured, origin: str) -> None:
    api = configured(CORS)
    assert not [name for name in preflight(api, origin) if name.startswith("Access-Control")]
    reply = api.get("WhoAmI", Origin=origin)
    assert reply.status == 200
    assert not [name for name in reply.headers if name.startswith("Access-Control")]
    assert reply.headers["Vary"] == "Origin"


def test_answers_and_refusals_can_be_read_by_the_page(configured: Configured) -> None:
    api = configured(f"{CORS}[limits]\nrequests = 1\n")
    read = api.get("WhoAmI", Origin=PAGE)
    limited = api.get("WhoAmI", Origin=PAGE)
    stranger = api.get("WhoAmI", Origin=PAGE, Authorization="")
    assert [reply.status for reply in (read, limited, stranger)] == [200, 429, 401]
    seen = {"odata-entityid", "etag", "location", "preference-applied", "req_id", "x-ms-service-request-id"}
    for reply in (read, limited, stranger):
        assert reply.headers["Access-Control-Allow-Origin"] == PAGE
        assert names(reply.headers["Access-Control-Expose-Headers"]) >= {*seen, "retry-after"}


def test_every_origin(configured: Configured) -> None:
    assert preflight(configured('[cors]\norigins = ["*"]'))["Access-Control-Allow-Origin"] == "*"


def test_without_configuration_nobody(configured: Configured) -> None:
    api = configured()
    headers = preflight(api)
    assert not [name for name in headers if name.startswith("Access-Control")]
    assert headers["Allow"] == "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS"
    assert "Vary" not in api.get("WhoAmI", Origin=PAGE).headers


@pytest.mark.parametrize("origin", ["app.example", "https://app.example/", "https://a b", ""])
def test_an_origin_that_is_none(tmp_path, origin: str) -> None:
    file = tmp_path / "handsel.toml"
    file.write_text(f'[cors]\norigins = ["{origin}"]')
    with pytest.raises(SetupError, match="is no origin") as caught:
        read_configuration(file)
    assert str(file) in caught.value.message
    assert "cors: " in caught.value.message
