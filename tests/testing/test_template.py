"""The template database: made once, copied whole, made again when it is damaged."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import handsel
from handsel.testing import template
from handsel.testing.template import Access, copy_template


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[], Access]:
    """Copy the empty template into a file and make sure that it opens."""

    def copy() -> Access:
        file = tmp_path / "copy.sqlite3"
        file.unlink(missing_ok=True)
        access = copy_template([file], sample=False, currency="USD")
        with handsel.open(f"sqlite:///{file}") as session:
            assert str(session.user.user_id) == access.user_id
        return access

    return copy


@pytest.fixture
def cache(tmp_path: Path, template_cache: Path, copied: Callable[[], Access], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own with one template, to do harm to."""
    copied()
    shutil.copytree(template_cache, tmp_path / "cache" / "handsel" / "testing")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "handsel" / "testing"


def made(cache: Path) -> Path:
    (directory,) = cache.glob("*-empty-USD-*")
    return directory


def test_it_is_made_once(copied: Callable[[], Access]) -> None:
    assert copied() == copied()


def test_many_processes_at_once_make_one(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom handsel.testing.template import copy_template\n"
        "print(copy_template([Path(sys.argv[1])], sample=False, currency='USD').token)"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / str(number))],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        )
        for number in range(3)
    ]
    tokens = [process.communicate(timeout=60)[0] for process in processes]
    assert len(set(tokens)) == 1
    assert tokens[0].startswith("hs_")
    assert len({(tmp_path / str(number)).read_bytes() for number in range(3)}) == 1


@pytest.mark.parametrize(
    "harm",
    [
        lambda directory: (directory / template.DATABASE).write_bytes(b"SQLite format 3\x00"),
        lambda directory: (directory / template.DATABASE).unlink(),
        lambda directory: (directory / template.DESCRIPTION).write_text("{"),
        lambda directory: (directory / template.DESCRIPTION).write_text(json.dumps({"digest": "0"})),
    ],
    ids=["cut off", "gone", "half a description", "not all of a description"],
)
def test_a_damaged_template_is_made_again(
    harm: Callable[[Path], object], cache: Path, copied: Callable[[], Access]
) -> None:
    before = copied()
    harm(made(cache))
    after = copied()
    assert after.token != before.token
    assert copied() == after


def test_other_sources_make_another(cache: Path, copied: Callable[[], Access], monkeypatch: pytest.MonkeyPatch) -> None:
    before = copied()
    monkeypatch.setattr(template, "_sources", lambda: "0" * 16)
    assert copied() != before


def test_an_unused_template_is_removed_after_a_month(
    cache: Path, copied: Callable[[], Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, half_made = made(cache), cache / "making-x"
    half_made.mkdir()
    for directory in (old, half_made):
        os.utime(directory, (time.time() - template.FORGOTTEN_AFTER - 60,) * 2)
    monkeypatch.setattr(template, "_sources", lambda: "0" * 16)
    copied()
    assert not old.exists()
    assert not half_made.exists()


def test_why_it_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(handsel.SetupError, match="XXX cannot be the base currency"):
        copy_template([tmp_path / "copy"], sample=False, currency="XXX")


def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert template.cache_directory().parent == tmp_path
    assert template.cache_directory().stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    with pytest.raises(handsel.SetupError, match="Set XDG_CACHE_HOME"):
        template.cache_directory()
