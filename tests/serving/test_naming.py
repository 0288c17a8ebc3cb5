"""Which name of the server callers read in links: a Host header is believed only where it cannot be a lie."""

import json
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from handsel.errors import SetupError
from handsel.http.forwarded import caller_of, networks_of
from handsel.http.naming import LOOPBACK, Naming, allowed_hosts, is_loopback, public_url
from handsel.site.serve import Address
from handsel.site.wsgi import make_application, naming_of
from tests.serving.conftest import COMMAND, ENVIRONMENT, serving
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

PROXIES = networks_of(["10.0.0.1"])
OWN = "http://192.0.2.7:8000"


def origin(naming: Naming | None, host: str, remote: str = "192.0.2.1", **headers: str) -> str:
    environ = {
        "REMOTE_ADDR": remote,
        "HTTP_HOST": host,
        "SERVER_NAME": "192.0.2.7",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
        **headers,
    }
    return caller_of(environ, PROXIES, naming).origin


@pytest.mark.parametrize(
    ("naming", "host", "found"),
    [
        (Naming(), "localhost:8000", "http://localhost:8000"),
        (Naming(), "127.0.0.9", "http://127.0.0.9"),
        (Naming(), "[::1]:8000", "http://[::1]:8000"),
        (Naming(), "app.localhost", "http://app.localhost"),
        (Naming(), "evil.example", OWN),
        (Naming(), "localhost.evil.example", OWN),
        (Naming(), "127.0.0.1.evil.example", OWN),
        (Naming(allowed=("sales.example",)), "sales.example:8443", "http://sales.example:8443"),
        (Naming(allowed=("sales.example",)), "SALES.example", "http://SALES.example"),
        (Naming(allowed=("sales.example",)), "evil.example", "http://sales.example"),
        (Naming(allowed=("sales.example",)), "localhost", "http://sales.example"),
        (Naming(allowed=("sales.example",)), "sales.example@evil.example", OWN),
        (Naming(allowed=(".sales.example",)), "eu.sales.example", "http://eu.sales.example"),
        (Naming(allowed=(".sales.example",)), "evil.example", OWN),
        (Naming(allowed=("10.0.0.5", "[2001:db8::1]")), "[2001:db8::1]:81", "http://[2001:db8::1]:81"),
        (Naming(allowed=("*",)), "evil.example", "http://evil.example"),
        (Naming("https://sales.example"), "evil.example", "https://sales.example"),
        (None, "any.example", "http://any.example"),
    ],
)
def test_which_host_is_believed(naming: Naming | None, host: str, found: str) -> None:
    assert origin(naming, host) == found


def test_what_a_proxy_reports() -> None:
    told = {"HTTP_X_FORWARDED_HOST": "sales.example", "HTTP_X_FORWARDED_PROTO": "https"}
    assert origin(Naming(), "inside", "10.0.0.1", **told) == "https://sales.example"
    assert origin(Naming(), "localhost", "192.0.2.1", **told) == "http://localhost"
    # Names that are set hold for proxies too: theirs may come from the caller.
    assert origin(Naming(allowed=("crm.example",)), "inside", "10.0.0.1", **told) == "https://crm.example"
    assert origin(Naming("https://crm.example"), "inside", "10.0.0.1", **told) == "https://crm.example"


def test_what_is_set() -> None:
    assert public_url("https://Sales.example/") == "https://sales.example"
    assert public_url("http://[2001:db8::1]:8080") == "http://[2001:db8::1]:8080"
    for wrong in ("sales.example", "ftp://a", "https://a/b", "https://a?b", "https://u@a", "https://", "https://a:x"):
        with pytest.raises(ValueError, match="is no address like"):
            public_url(wrong)
    assert allowed_hosts(" Sales.example, ,10.0.0.5") == ("sales.example", "10.0.0.5")
    for wrong in ("https://a", "a:80", "a/b", "a b"):
        with pytest.raises(ValueError, match="is no name of a host"):
            allowed_hosts(wrong)
    assert naming_of("", "a.example").allowed == ("a.example", *LOOPBACK)
    with pytest.raises(SetupError, match="The names of the server cannot be read: 'a b' is no name"):
        naming_of("", "a b")
    assert [is_loopback(host) for host in ("localhost", "127.1.2.3", "::1", "0.0.0.0", "::", "a.example")] == [
        *(True, True, True, False, False, False)
    ]


def test_beyond_loopback_a_name_is_needed(sqlite_url: str) -> None:
    assert Address("127.0.0.1").naming() == Naming()
    assert Address("0.0.0.0", allowed_hosts="a.example").naming() == Naming(allowed=("a.example",))
    assert Address("0.0.0.0", public_url="https://a.example").url(8000) == "https://a.example"
    command = [*COMMAND, "serve", "--host", "0.0.0.0", "--port", "0", "--database", sqlite_url]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=ENVIRONMENT)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("handsel: Other machines reach 0.0.0.0, and what they write into a Host header")
    assert "--public-url" in ended.stderr
    assert "--allowed-hosts" in ended.stderr


def test_discovery_and_links_name_what_is_set(sqlite_url: str) -> None:
    application = make_application(sqlite_url, naming=Naming("https://crm.example"))
    api = Api(application, make_token(sqlite_url), sqlite_url)
    made = api("POST", "accounts", {"name": "A"})
    assert made.headers["OData-EntityId"].startswith("https://crm.example/api/data/v9.2/accounts(")
    assert api.get("accounts").json["@odata.context"].startswith("https://crm.example/api/data/v9.2/$metadata")
    found = api("GET", ".well-known/openid-configuration", below="/").json
    assert found["token_endpoint"].startswith("https://crm.example/")
    refused = api("GET", "accounts", headers={"Authorization": ""})
    assert "authorization_uri=https://crm.example/" in refused.headers["WWW-Authenticate"]


def test_a_server_beyond_loopback(sqlite_url: str, log: Path) -> None:
    options = ("--host", "0.0.0.0", "--allowed-hosts", "crm.example")
    with serving(sqlite_url, log, *options) as server:
        for host, named in (("evil.example", "crm.example"), ("crm.example:1234", "crm.example:1234")):
            body = server.request("GET", "accounts", Host=host)[2]
            assert json.loads(body)["@odata.context"].startswith(f"http://{named}/api/data/v9.2/$metadata")
        warnings = [line["event"] for line in server.logged() if line["level"] == "warning"]
        assert any(each.startswith("Plain http beyond this machine (0.0.0.0)") for each in warnings)


def test_a_server_here_believes_no_foreign_name(sqlite_url: str, log: Path) -> None:
    with serving(sqlite_url, log) as server:
        for host, named in (("evil.example", f"127.0.0.1:{server.port}"), ("localhost:1", "localhost:1")):
            body = server.request("GET", "accounts", Host=host)[2]
            assert json.loads(body)["@odata.context"].startswith(f"http://{named}/api/data/v9.2/$metadata")
        # A header with an underscore is not that with a hyphen.
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\nX_Forwarded_Host: evil\r\nConnection: close\r\n\r\n")
        assert b"200" in connection.recv(100)
        connection.close()


def test_files_that_all_may_read_become_private(sqlite_url: str, log: Path) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.chmod(0o644)
    with serving(sqlite_url, log) as server:
        assert server.request("POST", "accounts", {"name": "A"})[0] == 204
        files = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
        assert [oct(stat.S_IMODE(each.stat().st_mode)) for each in files if each.exists()][:1] == ["0o600"]
        assert all(not stat.S_IMODE(each.stat().st_mode) & 0o007 for each in files if each.exists())
        (line,) = [line for line in server.logged() if "could open" in line["event"]]
        assert line["event"].endswith("(mode 644). It is the owner's alone now (600).")
