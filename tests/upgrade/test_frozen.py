"""The schema begins with the frozen migrations, and what was made by them is what the program expects."""

import hashlib
from pathlib import Path

import handsel
import handsel.migrations
from handsel.site.upgrading.upgrade import upgrade
from tests.upgrade.conftest import STORED, schema

MIGRATIONS = Path(handsel.migrations.__path__[0])


def test_a_frozen_migration_is_never_changed() -> None:
    """A database that has applied it will not apply it again."""
    for line in (STORED / "frozen.txt").read_text(encoding="utf-8").splitlines():
        digest, name = line.split()
        found = hashlib.sha256((MIGRATIONS / f"{name}.py").read_bytes()).hexdigest()
        assert found == digest, (
            f"{name} is frozen. Undo the change to it and add a migration: .venv/bin/python scripts/make-migration NAME"
        )


def test_migrations_are_numbered_one_after_the_other() -> None:
    names = sorted(file.stem for file in MIGRATIONS.glob("*.py") if file.stem != "__init__")
    assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]


def test_an_upgraded_database_has_the_schema_of_a_new_one(oldest_url: str, new_url: str) -> None:
    """Also what no model states: indexes of lists, texts without case, counters."""
    upgrade(oldest_url)
    assert schema(oldest_url) == schema(new_url)


def test_a_new_database_goes_through_all_migrations(oldest_url: str, empty_url: str, ahead: None) -> None:
    handsel.create(empty_url)
    upgrade(oldest_url)
    assert schema(oldest_url) == schema(empty_url)
