"""The pytest plugin in another project, and beside Handsel's own suite."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient

from handsel.testing import Server

PROJECT = """
import sys

import pytest
import requests

SEEN = []


@pytest.fixture
def api(handsel_server):
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {handsel_server.token}"
    SEEN.append(handsel_server.url)
    return lambda method, path, body=None: session.request(method, f"{handsel_server.api_url}/{path}", json=body)


@pytest.mark.parametrize("name", ["A", "B"])
def test_fresh_data(api, name):
    api("POST", "accounts", {"name": name}).raise_for_status()
    assert [row["name"] for row in api("GET", "accounts").json()["value"]] == [name]


def test_the_default_of_the_project(api):
    (currency,) = api("GET", "transactioncurrencies").json()["value"]
    assert currency["isocurrencycode"] == "EUR"


def test_the_same_server(api):
    assert len(set(SEEN)) == 1


@pytest.mark.handsel(sample=False, tls=True)
class TestMarked:
    @pytest.mark.handsel(sample=True)
    def test_the_nearest_marker_counts(self, api):
        assert len(api("GET", "accounts").json()["value"]) == 6
        assert SEEN[-1].startswith("https:")


def test_that_fails(api):
    api("GET", "mistakes")
    assert False


@pytest.mark.handsel(smaple=True)
def test_misspelt(api):
    pass


def test_nothing_heavy_was_loaded():
    assert not {"django", "uvicorn", "lxml"} & sys.modules.keys()
"""


PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "test-your-integration.md"

# Other plugins that happen to be installed here take longer to load than all the rest.
WITHOUT = [f"-pno:{name}" for name in ("cacheprovider", "schemathesis", "hypothesispytest", "anyio", "xdist")]


def run(directory: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "pytest", *WITHOUT, "-W", "error", "--strict-markers", *arguments]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = tmp_path_factory.mktemp("project")
    (directory / "pytest.toml").write_text('[pytest]\nhandsel_currency = "EUR"\n')
    (directory / "test_theirs.py").write_text(PROJECT)
    return run(directory, "-v")


@pytest.mark.parametrize(
    "test",
    [
        "test_fresh_data[A]",
        "test_fresh_data[B]",
        "test_the_default_of_the_project",
        "test_the_same_server",
        "TestMarked::test_the_nearest_marker_counts",
        "test_nothing_heavy_was_loaded",
    ],
)
def test_what_passes(output: str, test: str) -> None:
    assert f"test_theirs.py::{test} PASSED" in output


def test_a_failed_test_shows_what_the_server_said(output: str) -> None:
    assert "test_that_fails FAILED" in output
    _, _, said = output.partition("- Handsel server -")
    assert '"path":"/api/data/v9.2/mistakes"' in said


def test_a_misspelt_marker(output: str) -> None:
    assert "test_misspelt ERROR" in output
    assert "The marker is handsel(sample, tls, currency), each by its name." in output


def test_the_page_that_shows_it(tmp_path: Path) -> None:
    """As a program, the page runs with all others in tests/docs; here its tests run."""
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (tests,) = [block for block in blocks if "@pytest.fixture" in block]
    (tmp_path / "test_page.py").write_text(tests)
    output = run(tmp_path)
    assert " 2 passed" in output, output


# Here


class Credential:
    """Handsel's token, the way azure.identity hands them out."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return AccessToken(self.token, 2**40)


@pytest.fixture
def client(handsel_server: Server) -> Iterator[DataverseClient]:
    with DataverseClient(handsel_server.url, Credential(handsel_server.token)) as client:
        yield client


@pytest.mark.handsel(tls=True)
@pytest.mark.parametrize("name", ["A", "B"])
def test_microsofts_client(client: DataverseClient, name: str) -> None:
    client.records.create("account", {"name": name})
    assert [row["name"] for row in client.records.list("account", select=["name"])] == [name]
