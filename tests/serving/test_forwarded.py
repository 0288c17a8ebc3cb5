"""Scheme, host, port and address of the caller: only headers of trusted proxies are used (Web API 1.2)."""

from collections.abc import Callable

import pytest

from handsel.http.forwarded import Caller, caller_of, networks_of
from tests.webapi.client import Api

PROXIES = networks_of(["10.0.0.0/8", "::1"])


def seen(remote: str = "10.0.0.1", host: str = "inside:8000", **headers: str) -> Caller:
    environ = {
        "REMOTE_ADDR": remote,
        "HTTP_HOST": host,
        "SERVER_NAME": "server",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    return caller_of(environ, PROXIES)


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({}, "http://inside:8000"),
        ({"x_forwarded_proto": "https"}, "https://inside:8000"),
        ({"x_forwarded_proto": "https", "x_forwarded_host": "sales.example"}, "https://sales.example"),
        ({"x_forwarded_proto": "HTTPS", "x_forwarded_host": "sales.example:8443"}, "https://sales.example:8443"),
        ({"x_forwarded_host": "sales.example", "x_forwarded_port": "8080"}, "http://sales.example:8080"),
        ({"x_forwarded_host": "sales.example:1", "x_forwarded_port": "2"}, "http://sales.example:1"),
        ({"x_forwarded_proto": "https", "x_forwarded_port": "443"}, "https://inside"),
        ({"x_forwarded_host": "[2001:db8::1]:8443"}, "http://[2001:db8::1]:8443"),
        ({"x_forwarded_host": "[2001:db8::1]", "x_forwarded_port": "81"}, "http://[2001:db8::1]:81"),
        ({"x_forwarded_host": "a.example, b.example"}, "http://a.example"),
        ({"x_forwarded_proto": "gopher", "x_forwarded_host": 'evil/"><x'}, "http://server:8000"),
        ({"x_forwarded_host": "a", "x_forwarded_port": "80x"}, "http://a"),
        ({"forwarded": 'proto=https;host="sales.example:8443";for=192.0.2.1'}, "https://sales.example:8443"),
        ({"forwarded": "Host=sales.example, for=10.0.0.2"}, "http://sales.example"),
        ({"forwarded": 'garbage;;=,,"', "x_forwarded_port": "1"}, "http://inside:8000"),
        ({"forwarded": "host=evil.example", "x_forwarded_for": "192.0.2.1"}, "http://inside:8000"),
    ],
)
def test_what_a_trusted_proxy_says(headers: dict[str, str], origin: str) -> None:
    assert seen(**headers).origin == origin


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "10.0.0.1"),
        ({"x_forwarded_for": "192.0.2.1"}, "192.0.2.1"),
        ({"x_forwarded_for": "203.0.113.9, 192.0.2.1, 10.0.0.2"}, "192.0.2.1"),
        ({"x_forwarded_for": "10.0.0.3, 10.0.0.2"}, "10.0.0.3"),
        ({"x_forwarded_for": "192.0.2.1:4711"}, "192.0.2.1"),
        ({"x_forwarded_for": "[2001:db8::1]:4711"}, "2001:db8::1"),
        ({"x_forwarded_for": "<script>"}, "10.0.0.1"),
        ({"forwarded": 'for=203.0.113.9, for="[2001:db8::1]:4711", for=10.0.0.2'}, "2001:db8::1"),
        ({"forwarded": "for=unknown"}, "10.0.0.1"),
    ],
)
def test_whom_a_trusted_proxy_names(headers: dict[str, str], address: str) -> None:
    assert seen(**headers).address == address


def test_nobody_else_is_believed() -> None:
    said = {"x_forwarded_for": "192.0.2.1", "x_forwarded_host": "evil.example", "forwarded": "host=evil.example"}
    for remote in ("192.0.2.7", "", "::2", "10.0.0.1.evil"):
        assert seen(remote, **said) == Caller(remote, "http://inside:8000")
    assert seen("::1", **said) == Caller("192.0.2.1", "http://evil.example")
    assert seen("::ffff:10.0.0.9", **said).address == "192.0.2.1"


@pytest.mark.parametrize("host", ["", "a b", "a/b", "a:b", "user@a", "[::1", "a:123456", "x" * 300, 'a"', "a\r\nb"])
def test_a_host_that_is_none(host: str) -> None:
    assert seen(host=host).origin == "http://server:8000"


@pytest.mark.parametrize("host", ["sales.example", "a:1", "[::1]:8000", "127.0.0.1"])
def test_a_host_that_is_one(host: str) -> None:
    assert seen(host=host).origin == f"http://{host}"


def test_links_echo_the_address_that_the_caller_used(configured: Callable[..., Api]) -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "sales.example:8443"}
    api = configured(trusted_proxies="10.0.0.0/8")
    for remote, root in (("10.0.0.1", "https://sales.example:8443/"), ("192.0.2.1", "http://sales.example/")):
        reply = api("POST", "accounts", {"name": "A"}, headers, remote=remote)
        assert reply.headers["OData-EntityId"].startswith(f"{root}api/data/v9.2/accounts(")
