"""A prepared database in the user's cache directory, copied for every server.

A template is identified by Handsel's version and sources: another build makes another one. One process makes it, the
others wait. An incomplete, damaged or removed template is made again.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec

from handsel.errors import SetupError
from handsel.testing.environment import without_settings
from handsel.version import VERSION

DATABASE = "handsel.sqlite3"
DESCRIPTION = "template.json"

FORGOTTEN_AFTER = 30 * 24 * 3600
"""Seconds after which an unused template is removed, when a new one is made."""

MAKING = 120.0
"""Seconds that a process waits for another one to make the template."""


class Access(msgspec.Struct, frozen=True):
    """How a test reaches the database's server: the same for all copies of a template."""

    token: str
    user_id: str
    organization_id: str
    client_id: str
    client_secret: str


class Description(msgspec.Struct, frozen=True):
    """The description stored beside the database of a template. `digest` is the database's SHA-256."""

    digest: str
    access: Access


def copy_template(files: Iterable[Path], *, sample: bool, currency: str) -> Access:
    """Write the database to each of the files. Raises SetupError when the template cannot be made."""
    cache = cache_directory()
    directory = cache / f"{VERSION}-{'sample' if sample else 'empty'}-{currency}-{_sources()}"
    found = _read(directory)
    if found is None:
        with _one_at_a_time(cache):
            found = _read(directory)
            if found is None:
                _make(directory, sample=sample, currency=currency)
                found = _read(directory)
    if found is None:
        raise SetupError(f"The template in {directory} could not be read after it was made.")
    content, access = found
    for file in files:
        file.write_bytes(content)
    return access


def cache_directory() -> Path:
    """Where templates are kept: readable by this user only. Raises SetupError when nothing can be written."""
    for directory in _candidates():
        with suppress(OSError):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Another user may have put anything into the shared directory for temporary files, even a link to a
            # directory of this user, whose old files would then be removed as if they were templates.
            is_ours = not hasattr(os, "getuid") or directory.lstat().st_uid == os.getuid()
            if is_ours and os.access(directory, os.W_OK | os.X_OK):
                return directory
    raise SetupError("No directory for the template database can be written. Set XDG_CACHE_HOME to one that can.")


def _candidates() -> Iterator[Path]:
    named = os.environ.get("XDG_CACHE_HOME")
    if named:
        yield Path(named) / "handsel" / "testing"
    elif sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "handsel" / "testing"
    else:
        with suppress(RuntimeError):  # no home directory
            home = Path.home()
            yield home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "handsel" / "testing"
    who = os.getuid() if hasattr(os, "getuid") else "user"
    yield Path(tempfile.gettempdir()) / f"handsel-testing-{who}"


@functools.cache
def _sources() -> str:
    """A fingerprint of the code that makes a database, which is nearly all of it."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        if "tests" not in file.parts[len(root.parts) :]:
            digest.update(f"{file.relative_to(root)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _read(directory: Path) -> tuple[bytes, Access] | None:
    """The database and its keys; None for a template that is missing or incomplete."""
    try:
        description = msgspec.json.decode((directory / DESCRIPTION).read_bytes(), type=Description)
        content = (directory / DATABASE).read_bytes()
        if hashlib.sha256(content).hexdigest() != description.digest:
            return None
        os.utime(directory)
    except (OSError, msgspec.DecodeError):
        return None
    return content, description.access


def _make(directory: Path, *, sample: bool, currency: str) -> None:
    """Make a template beside its final directory and move it there."""
    _forget_old(directory.parent)
    with tempfile.TemporaryDirectory(prefix="making-", dir=directory.parent, ignore_cleanup_errors=True) as name:
        made = Path(name) / "template"
        made.mkdir()
        command = [
            sys.executable,
            "-P",
            "-m",
            "handsel.testing.build_template",
            str(made),
            currency,
            *(["--sample"] * sample),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=name, env=without_settings(os.environ)
        )
        if done.returncode:
            raise SetupError(f"The template database could not be made:\n{done.stderr.strip()}")
        shutil.rmtree(directory, ignore_errors=True)
        made.rename(directory)


def _forget_old(cache: Path) -> None:
    for entry in cache.iterdir():
        with suppress(OSError):
            if entry.is_dir() and entry.stat().st_mtime < time.time() - FORGOTTEN_AFTER:
                shutil.rmtree(entry, ignore_errors=True)


@contextmanager
def _one_at_a_time(cache: Path) -> Iterator[None]:
    """Keep other processes out. SQLite's file lock works on every system and ends with its process."""
    with closing(sqlite3.connect(cache / "lock", timeout=MAKING, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise SetupError(f"The template database is being made by another process, it seems: {error}.") from error
        yield
