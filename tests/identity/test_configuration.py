"""`[[issuers]]` in the configuration file."""

from contextlib import nullcontext
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from handsel.errors import SetupError
from handsel.site.configuration import Configuration, read_configuration
from handsel.site.identity import fetching
from handsel.site.identity.issuers import Issuer

ENTRY = '[[issuers]]\nissuer = "https://id.example"\naudience = "https://sales.example"\n'


def read(tmp_path: Path, text: str) -> Configuration:
    file = tmp_path / "handsel.toml"
    file.write_text(text, encoding="utf-8")
    return read_configuration(file)


def test_an_entry_and_its_defaults(tmp_path: Path) -> None:
    (issuer,) = read(tmp_path, ENTRY).issuers
    assert issuer.audiences == ("https://sales.example",)
    assert (issuer.user_claim, issuer.column) == ("preferred_username", "domainname")


def test_several_audiences_and_named_users(tmp_path: Path) -> None:
    text = (
        '[[issuers]]\nissuer = "https://id.example"\naudience = ["a", "b"]\nuser_claim = "sub"\n'
        '[issuers.users]\n"42" = "anna@contoso.com"\n'
    )
    (issuer,) = read(tmp_path, text).issuers
    assert issuer.audiences == ("a", "b")
    assert (issuer.column, issuer.users) == (None, {"42": "anna@contoso.com"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENTRY.replace("https://id", "http://id"), '"http://id.example" is no https address'),
        (ENTRY + 'jwks_uri = "file:///etc/passwd"\n', "is no https address"),
        (ENTRY.replace('"https://sales.example"', "[]"), "audience"),
        (ENTRY.replace('"https://sales.example"', '""'), "audience is empty"),
        (ENTRY + 'user_claim = "name"\n', "user_claim"),
        (ENTRY + 'user_claim = "sub"\n', "name a user_column"),
        (ENTRY + 'user_column = "password"\n', "user_column"),
        (ENTRY + "secret = 1\n", "secret"),
        (ENTRY + ENTRY, "stands twice"),
        ('[[issuers]]\nissuer = "https://id.example"\n', "audience"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SetupError, match=r"handsel\.toml cannot be read") as caught:
        read(tmp_path, text)
    assert words in caught.value.message


def test_only_an_issuer_on_this_machine_sends_the_server_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetched(address: str) -> dict[str, Any]:
        asked.append(address)
        return {"issuer": "https://id.example", "jwks_uri": "http://localhost:9000/keys"}

    monkeypatch.setattr(fetching, "_fetched", fetched)
    with pytest.raises(fetching.IssuerUnavailable, match="is no https address"):
        fetching.keys_of(Issuer(issuer="https://id.example", audience="a"))
    assert asked == ["https://id.example/.well-known/openid-configuration"]


def test_an_issuer_that_answers_byte_by_byte_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dripping:
        def open(self, *_arguments: Any, **_options: Any) -> Any:
            return nullcontext(SimpleNamespace(read1=lambda _most: b" "))

    seconds = count()
    monkeypatch.setattr(fetching, "build_opener", lambda *_handlers: Dripping())
    monkeypatch.setattr(fetching, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    with pytest.raises(fetching.IssuerUnavailable, match="takes longer than 5 s"):
        fetching.keys_of(Issuer(issuer="https://id.example", audience="a"))
    assert next(seconds) < 10


def test_localhost_may_do_without_a_certificate(tmp_path: Path) -> None:
    assert read(tmp_path, ENTRY.replace("https://id.example", "http://localhost:8080/realms/a")).issuers
