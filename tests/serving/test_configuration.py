"""The configuration file: its entries take effect, a wrong entry stops the server before any worker starts."""

import json
import subprocess
from pathlib import Path

import msgspec
import pytest

from handsel.errors import SetupError
from handsel.site.configuration import Configuration, CorsSettings, read_configuration
from tests.serving.conftest import COMMAND, ENVIRONMENT, serving


def test_without_a_file_the_defaults() -> None:
    found = read_configuration(None)
    assert found == Configuration()
    assert (found.limits.requests, found.limits.execution, found.limits.concurrency) == (120_000, 1200, 52)
    assert (found.limits.window, found.cors.origins, found.log.format) == (300, (), "json")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[cors\n", "cannot be read: "),
        ("[corse]\n", "unknown field `corse`"),
        ("[cors]\norigin = []\n", "cors: .*unknown field `origin`"),
        ('[limits]\nrequests = "many"\n', "limits.requests: Expected `int`, got `str`"),
        ("[limits]\nrequests = -1\n", "limits.requests: Expected `int` >= 0"),
        ("[limits]\nwindow = 0\n", "limits.window: "),
        ('[log]\nformat = "xml"\n', "log.format: .*'xml'"),
        ('[log]\nlevel = "loud"\n', "log.level: .*'loud'"),
        ('[metrics]\nallow = ["localhost"]\n', "metrics: 'localhost' does not appear to be an IPv4 or IPv6 network"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "handsel.toml"
    file.write_text(text)
    with pytest.raises(SetupError, match=sentence) as caught:
        read_configuration(file)
    assert f"The configuration {file} cannot be read: " in caught.value.message


def test_the_documented_file_states_the_defaults(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "howto" / "serving.md"
    file = tmp_path / "handsel.toml"
    file.write_text(page.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0])
    found = read_configuration(file)
    assert found.cors.origins == ("https://app.example",)
    assert msgspec.structs.replace(found, cors=CorsSettings()) == Configuration()


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_wrong_file_stops_the_server_at_once(sqlite_url: str, tmp_path: Path, by: str) -> None:
    file = tmp_path / "handsel.toml"
    file.write_text("[limits]\nrequest = 1\n")
    command = [*COMMAND, "serve", "--port", "0", "--database", sqlite_url]
    environment = {**ENVIRONMENT, "HANDSEL_CONFIG": str(file)} if by == "environment" else ENVIRONMENT
    ended = subprocess.run(
        [*command, "--config", str(file)] if by == "option" else command,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"handsel: The configuration {file} cannot be read: limits: ")
    assert ended.stderr.count("\n") == 1


def test_a_plain_wsgi_server_is_configured_by_the_environment(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "handsel.toml"
    file.write_text("[limits]\nrequests = 7\n")
    program = (
        "from handsel.site.wsgi import application\n"
        "print(application.service.limits.allowance.requests)\n"
        "import logging; logging.getLogger('anything').error('told')"
    )
    ended = subprocess.run(
        [*COMMAND[:2], program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**ENVIRONMENT, "HANDSEL_CONFIG": str(file), "HANDSEL_DATABASE_URL": sqlite_url},
    )
    assert ended.stdout == "7\n", ended.stderr
    assert json.loads(ended.stderr)["event"] == "told"


def test_a_running_server_keeps_to_its_file(sqlite_url: str, log: Path, tmp_path: Path) -> None:
    file = tmp_path / "handsel.toml"
    file.write_text('[limits]\nrequests = 1\n[cors]\norigins = ["https://app.example"]\n')
    with serving(sqlite_url, log, "--config", str(file)) as server:
        assert server.request("GET", "WhoAmI")[0] == 200
        status, headers, _ = server.request("GET", "WhoAmI", Origin="https://app.example")
        assert (status, headers["access-control-allow-origin"]) == (429, "https://app.example")
        assert 1 <= int(headers["retry-after"]) <= 300
