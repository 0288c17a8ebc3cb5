"""Databases by URL: `sqlite:///file` and `postgresql://…`, each registered with Django under its own alias."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NotRequired, TypedDict
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from handsel.errors import SetupError

DEFAULT_URL = "sqlite:///handsel.sqlite3"

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
    return register(url)


def parse(url: str) -> Settings:
    """Django's settings for a database URL. Raises SetupError for an unsupported URL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(url, parts.netloc, unquote(parts.path))
    if parts.scheme in ("postgresql", "postgres"):
        try:
            return _postgresql(url)
        except psycopg.ProgrammingError as error:
            raise SetupError(f"The database address {masked(url)} cannot be read: {error}.") from error
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


def _sqlite(url: str, netloc: str, path: str) -> Settings:
    name = path.removeprefix("/")
    if netloc or not name:
        raise SetupError(
            f"The database address '{url}' names no file. Take sqlite:///FILE, or sqlite:////ABSOLUTE/FILE."
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(name).absolute()),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            # Moments and booleans stay as SQLite stores them: the engine and Django's fields both convert them, and
            # the driver's converter, called for every value, would cost a fifth of reading a long document.
            "detect_types": 0,
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(url: str) -> Settings:
    known = conninfo_to_dict(url)
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
            # As for a solid-state disk. PostgreSQL's default, for spinning disks, makes it scan a whole table in the
            # order of its keys to find open rows among a million closed ones (docs/speed.md). `?options=` overrides it.
            "options": "-c random_page_cost=1.1",
            **known,
        },
    }


def require_database_file(file: Path) -> None:
    """Raises SetupError for a file that is no SQLite database, before anything connects to it."""
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
    return Path(settings["NAME"]) if settings["ENGINE"].endswith("sqlite3") else None
