"""/metrics: what is counted, who may read it, and that the numbers of all processes add up."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from handsel.webapi.route_template import template_of
from tests.serving.conftest import serving
from tests.webapi.client import Api, Reply

Configured = Callable[..., Api]
LOCAL = {"Authorization": ""}


def page(api: Api, remote: str = "127.0.0.1", **headers: str) -> Reply:
    return api("GET", "metrics", headers={**LOCAL, **headers}, below="/", remote=remote)


def numbers(reply: Reply) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels; buckets left out."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(reply.body.decode())
        for sample in family.samples
        if not sample.name.endswith(("_bucket", "_created"))
    }


def test_what_is_counted(configured: Configured) -> None:
    api = configured("[limits]\nrequests = 4\n")
    id = api.made("accounts", {"name": "A"})
    for path in (f"accounts({id})", f"accounts({id})?$select=name", "nothing", "WhoAmI"):
        api.get(path)
    found = numbers(page(api))
    assert found["handsel_request_duration_seconds_count", "POST", "accounts", "2xx"] == 1
    assert found["handsel_request_duration_seconds_count", "GET", "accounts(*)", "2xx"] == 2
    assert found["handsel_request_duration_seconds_count", "GET", "other", "4xx"] == 1
    assert found["handsel_request_duration_seconds_count", "GET", "WhoAmI", "4xx"] == 1
    assert found["handsel_limited_requests_total", "requests"] == 1
    assert found["handsel_request_duration_seconds_sum", "GET", "accounts(*)", "2xx"] > 0
    assert found["handsel_requests_running",] == 1
    assert id not in page(api).body.decode()


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("", "/"),
        ("accounts", "accounts"),
        ("accounts(0196)", "accounts(*)"),
        ("accounts/$count", "accounts"),
        ("accounts(name='(')/name", "accounts(*)"),
        ("quotes(1)/Microsoft.Dynamics.CRM.CalculatePrice", "CalculatePrice"),
        ("quotes(1)/Microsoft.Dynamics.CRM.Nonsense123", "other"),
        ("WhoAmI()", "WhoAmI"),
        ("$batch", "$batch"),
        ("$metadata", "$metadata"),
        ("$anything", "other"),
        ("EntityDefinitions(LogicalName='account')/Attributes", "EntityDefinitions"),
        ("unknown-4711", "other"),
        ("accounts4711", "other"),
        ("(", "other"),
        ("ü", "other"),
    ],
)
def test_routes_are_bounded(configured: Configured, path: str, template: str) -> None:
    assert template_of(path) == template


def test_methods_are_bounded(sqlite_url: str, log: Path) -> None:
    with serving(sqlite_url, log) as server:
        assert [server.request(method, "accounts")[0] for method in ("FOO", "get")] == [405, 405]
        assert server.number('handsel_request_duration_seconds_count{method="other",route="other",status="4xx"}') == 2


def test_only_this_machine_may_read_them(configured: Configured) -> None:
    api = configured()
    for remote, status in (("127.0.0.1", 200), ("127.9.9.9", 200), ("::1", 200), ("192.0.2.1", 403), ("", 403)):
        assert page(api, remote).status == status


def test_a_proxy_on_this_machine_opens_them_to_nobody(configured: Configured) -> None:
    assert page(configured(), **{"X-Forwarded-For": "192.0.2.1"}).status == 403
    assert page(configured(), **{"X-Forwarded-For": "127.0.0.1"}).status == 403  # any caller may claim that
    assert page(configured(), Via="1.1 proxy").status == 403
    trusting = configured(trusted_proxies="127.0.0.1")
    assert page(trusting, **{"X-Forwarded-For": "192.0.2.1"}).status == 403
    assert page(trusting, **{"X-Forwarded-For": "127.0.0.1, 192.0.2.1"}).status == 403


def test_networks_that_may_read_them(configured: Configured) -> None:
    api = configured('[metrics]\nallow = ["192.0.2.0/24"]')
    assert (page(api, "192.0.2.1").status, page(api).status) == (200, 403)
    assert page(configured("[metrics]\nallow = []")).status == 403


def test_the_numbers_of_all_workers_add_up(sqlite_url: str, log: Path) -> None:
    sample = 'handsel_request_duration_seconds_count{method="GET",route="WhoAmI",status="2xx"}'
    with serving(sqlite_url, log, "--workers", "2") as server:
        for _ in range(40):
            assert server.request("GET", "WhoAmI")[0] == 200
        assert {server.number(sample) for _ in range(10)} == {40}
        text = server.request("GET", "metrics", below="/")[2].decode()
        assert re.findall(r"^handsel_requests_running (.*)$", text, re.MULTILINE) == ["1.0"]
