"""Columns that are added together are the columns that Django adds one after the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections, models
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddField
from django.db.migrations.operations.base import Operation

from handsel.site.database import register_existing
from handsel.site.upgrading.added_together import together
from handsel.site.upgrading.migrating import alone
from tests.databases import sqlite_database
from tests.upgrade.conftest import schema


def steps() -> list[Operation]:
    """Columns of two tables in turn: on SQLite those with a default of NOT NULL rebuild their table."""
    lookup = models.ForeignKey("handsel.account", models.DO_NOTHING, null=True, db_column="sister", related_name="+")
    return [
        AddField("account", "first", models.TextField(null=True)),
        AddField("contact", "sister", lookup),
        AddField("account", "second", models.IntegerField(default=5)),
        AddField("account", "third", models.TextField(default="x"), preserve_default=False),
        AddField("contact", "fourth", models.BooleanField(default=True)),
        AddField("account", "fifth", models.IntegerField(unique=True, null=True)),
    ]


def added(url: str, operations: list[Operation]) -> None:
    alias = register_existing(url)
    with alone(alias):
        connection = connections[alias]
        loader = MigrationExecutor(connection).loader
        migration = type("More", (Migration,), {"operations": operations})("9999_more", "handsel")
        with connection.schema_editor(atomic=False) as editor:
            after = migration.apply(loader.project_state(), editor)
        account = after.apps.get_model("handsel", "account")
        assert {"first", "second", "third", "fifth"} <= {field.name for field in account._meta.fields}
        contact = after.apps.get_model("handsel", "contact")
        assert contact._meta.get_field("sister").related_model is account


@pytest.fixture
def second_url(
    request: pytest.FixtureRequest, kind: str, tmp_path: Path, database_names: Iterator[str]
) -> Iterator[str]:
    """Another new database of the same kind."""
    template = request.getfixturevalue(f"{kind}_template")
    if kind == "sqlite":
        with sqlite_database(tmp_path / "second.sqlite3", template=template) as url:
            yield url
    else:
        with request.getfixturevalue("postgresql").database(next(database_names), template=template) as url:
            yield url


def test_columns_added_together(new_url: str, second_url: str) -> None:
    operations = together(steps())
    assert len(operations) == 1
    before = schema(new_url)
    added(new_url, operations)
    added(second_url, steps())
    assert schema(new_url) == schema(second_url) != before
