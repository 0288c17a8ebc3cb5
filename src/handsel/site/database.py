"""Databases by URL: `sqlite:///file` and `postgresql://…`, each registered with Django under its own alias."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NotRequired, TypedDict
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from handsel.database.dialect import dialect_of
from handsel.database.patience import LOCK_SECONDS, ROW_MILLISECONDS
from handsel.errors import SetupError

DEFAULT_URL = "sqlite:///handsel.sqlite3"

SQLITE = "handsel.database.sqlite"
"""The back end for files."""

QUERY_SECONDS = 30.0
"""The time limit for a question to the database, unless the address says `?query_seconds=`."""

_SQLITE_HEADER = b"SQLite format 3\x00"


class Settings(TypedDict):
    """Django's settings for a database."""

    ENGINE: str
    NAME: str
    OPTIONS: dict[str, Any]
    USER: NotRequired[str | int | None]
    PASSWORD: NotRequired[str | int | None]
    HOST: NotRequired[str | int | None]
    PORT: NotRequired[str]
    CONN_MAX_AGE: NotRequired[None]


def register(url: str) -> str:
    """Make a database known to Django and return its alias; the same URL gives the same alias."""
    from django.db import connections

    settings = parse(url)
    alias = "handsel_" + hashlib.sha256(repr(sorted(settings.items(), key=str)).encode()).hexdigest()[:16]
    if alias not in connections.settings:
        # Django fills in defaults for the databases in its settings; these are added later, so the same is done here.
        connections.settings[alias] = connections.configure_settings({"default": {}, alias: {**settings}})[alias]
    return alias


def register_existing(url: str) -> str:
    """Register an existing database. Raises SetupError if a file is missing or is no database."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        raise SetupError(f"There is no database at {file}. Make one with `handsel init --database {url}`.")
    if file is not None:
        require_database_file(file)
    alias = register(url)
    open_anew(alias)
    return alias


def open_anew(alias: str) -> None:
    """Take the database as it is now: its file may be another than the one that this process opened before."""
    from django.db import connections

    connection = connections[alias]
    if not connection.in_atomic_block:
        connection.close()
        dialect_of(connection.vendor).opens_anew(connection)


def parse(url: str) -> Settings:
    """Django's settings for a database URL. Raises SetupError for an unsupported URL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        options, unknown = _options(url, {"query_seconds": _seconds, "synchronous": _synchronous})
        if unknown:
            raise SetupError(
                f"The database address {masked(url)} has an unknown setting {', '.join(unknown)}. Those of a file are "
                "synchronous and query_seconds."
            )
        return _sqlite(url, parts.netloc, unquote(parts.path), {"synchronous": "FULL", **options})
    if parts.scheme in ("postgresql", "postgres"):
        options, _unknown = _options(url, {"query_seconds": _seconds})
        try:
            return _postgresql(_without(url, "query_seconds"), options["query_seconds"])
        except psycopg.ProgrammingError as error:
            raise SetupError(
                f"The database address {masked(url)} cannot be read: {without_password(error, url)}. In user, password "
                "and name, percent-encode what is not a letter or digit, for example @ as %40 and % as %25."
            ) from None
    raise SetupError(
        f"The database address {masked(url)} is not supported. Take sqlite:///FILE or postgresql://USER@HOST/NAME."
    )


def masked(url: str) -> str:
    """A URL without its password."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return f"'{url}'"
    user = parts.netloc.rpartition("@")[0].partition(":")[0]
    return f"'{parts.scheme}://{user}:***@{parts.netloc.rpartition('@')[2]}{parts.path}'"


def without_password(error: Exception, url: str) -> str:
    """What a driver says, in one line without a full stop at its end.

    It may quote the password, or what is behind an `@` in it, which is then taken for the name of the server.
    """
    text = " ".join(str(error).split()).rstrip(" .")
    password = urlsplit(url).netloc.rpartition("@")[0].partition(":")[2]
    secrets = {password, unquote(password), *password.split("@")[1:]}
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "***", text)
    return text


def _options(url: str, readers: Mapping[str, Callable[[str], object]]) -> tuple[dict[str, Any], list[str]]:
    """Our settings behind the `?` of an address, and the names of all others. Raises SetupError for a wrong value."""
    found: dict[str, Any] = {"query_seconds": QUERY_SECONDS}
    unknown = []
    for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        if name not in readers:
            unknown.append(name)
            continue
        try:
            found[name] = readers[name](value)
        except ValueError as error:
            raise SetupError(f"The database address {masked(url)}: {name} is {error}, not '{value}'.") from None
    return found, unknown


def _seconds(text: str) -> float:
    if not text.isascii() or not text.isdigit() or int(text) > 86_400:
        raise ValueError("a number of seconds up to 86400, or 0 for no limit")
    return float(text)


def _synchronous(text: str) -> str:
    if text.lower() not in ("full", "normal"):
        raise ValueError("full or normal")
    return text.upper()


def _without(url: str, name: str) -> str:
    """An address without one of its settings."""
    parts = urlsplit(url)
    kept = "&".join(each for each in parts.query.split("&") if each.partition("=")[0] != name)
    return url if kept == parts.query else urlunsplit(parts._replace(query=kept))


def _sqlite(url: str, netloc: str, path: str, options: Mapping[str, Any]) -> Settings:
    name = path.removeprefix("/")
    if name.lower().startswith((":memory:", "file::memory:")):
        raise SetupError(
            "A database in memory would end with the connection that made it, and each thread has a connection of its "
            "own. Name a file: sqlite:///FILE. For tests, `handsel.testing` makes one that is thrown away."
        )
    if netloc or not name:
        raise SetupError(
            f"The database address '{url}' names no file. Take sqlite:///FILE, or sqlite:////ABSOLUTE/FILE."
        )
    return {
        "ENGINE": SQLITE,
        "NAME": str(Path(name).absolute()),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            # Moments and booleans stay as SQLite stores them: the engine and Django's fields both convert them, and
            # the driver's converter, called for every value, would cost a fifth of reading a long document.
            "detect_types": 0,
            "timeout": LOCK_SECONDS,
            **options,
        },
    }


def _postgresql(url: str, query_seconds: float) -> Settings:
    known = conninfo_to_dict(url)
    # As for a solid-state disk. PostgreSQL's default, for spinning disks, makes it scan a whole table in the order of
    # its keys to find open rows among a million closed ones (docs/speed.md). Who waits longer for a row is told.
    options = (
        f"-c random_page_cost=1.1 -c lock_timeout={LOCK_SECONDS * ROW_MILLISECONDS:.0f} "
        f"-c statement_timeout={query_seconds * 1000:.0f}"
    )
    given = known.pop("options", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(known.pop("dbname", "postgres")),
        "USER": known.pop("user", ""),
        "PASSWORD": known.pop("password", ""),
        "HOST": known.pop("host", ""),
        "PORT": str(known.pop("port", "")),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # The same statement is sent many times through one cursor: prepared, it costs half (decision 0004).
            "prepare_threshold": 2,
            "application_name": "handsel",
            "options": f"{options} {given}".strip(),  # the last one counts
            # A server that cannot be reached, or has vanished, must not keep anyone waiting (seconds; the last in ms).
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 4,
            "tcp_user_timeout": 30_000,
            **known,
        },
    }


def make_file(file: Path) -> None:
    """Make an empty file for a database unless there is one: no connection makes it. Only its owner can read it.

    Raises SetupError where none can be made.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))
    except OSError as error:
        raise SetupError(f"The database file {file} cannot be made: {error.strerror}.") from error


def require_database_file(file: Path) -> None:
    """Raises SetupError for a file that is no SQLite database, before anything connects to it."""
    if file.exists() and not file.is_file():
        raise SetupError(f"{file} is no file, so it can be no database. Name a file.")
    try:
        with file.open("rb") as opened:
            start = opened.read(len(_SQLITE_HEADER))
    except FileNotFoundError:
        return
    except OSError as error:
        raise SetupError(f"The database file {file} cannot be read: {error.strerror}.") from error
    if start and start != _SQLITE_HEADER:
        raise SetupError(f"The file {file} is not a database. Name another file, or move that one away.")


def sqlite_file(url: str) -> Path | None:
    """The file of an embedded database, None for a server."""
    settings = parse(url)
    return Path(settings["NAME"]) if settings["ENGINE"] == SQLITE else None
