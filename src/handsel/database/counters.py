"""The counters of a database: the row version and the document numbers, made by a step of a migration.

PostgreSQL has sequences, which nobody waits for; SQLite a row each in `hs_counter`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections
from django.db.migrations.operations.base import Operation

COUNTERS = {"versionnumber": 1, "quotenumber": 1000, "ordernumber": 1000, "invoicenumber": 1000}
"""Each counter and its first value (behaviour 10: numbers start at 1000)."""


class CreateCounters(Operation):
    """The step that makes counters. A migration states each with its first value, so that it does the same for ever."""

    reversible = True
    serialization_expand_args = ["counters"]

    def __init__(self, counters: Mapping[str, int]) -> None:
        self.counters = counters

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Counters are no models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for name, first in self.counters.items():
                schema_editor.execute(f"CREATE SEQUENCE hs_{name} START {first}")
            return
        # Not by the model: for it Django would make the classes of all tables a second time.
        for name, first in self.counters.items():
            schema_editor.execute("INSERT INTO hs_counter (name, value) VALUES (%s, %s)", (name, first - 1))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in self.counters:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP SEQUENCE hs_{name}")
            else:
                schema_editor.execute("DELETE FROM hs_counter WHERE name = %s", (name,))

    def describe(self) -> str:
        return f"Create the counters {', '.join(self.counters)}"


def missing_counters(alias: str) -> list[str]:
    """Counters that the database should have and has not."""
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":
            cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")
            present = {row[0].removeprefix("hs_") for row in cursor.fetchall()}
        else:
            cursor.execute("SELECT name FROM hs_counter")
            present = {row[0] for row in cursor.fetchall()}
    return [name for name in COUNTERS if name not in present]
