"""Writing the definitions of custom columns, and removing the values with a column (architecture 3)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

from handsel.database.context import current
from handsel.database.statements import connection, key_value, mark, run
from handsel.database.storage import from_json, to_json
from handsel.engine.organization import Organization
from handsel.json_value import JsonObject


class DefinitionsChanged(Exception):
    """Another transaction changed definitions after this one had read them; a retry reads them anew."""


def hold_definitions(read: Organization) -> None:
    """Keep other transactions from changing definitions until this one, which checks its changes against them, ends.

    So no key is added on a column that is being removed. Raises DefinitionsChanged, which is a conflict. What
    the transaction goes on to do may take long: it works on a whole table.
    """
    current().dialect.without_time_limit(connection())
    if current().dialect.has_one_writer:
        return
    [[version]] = run("SELECT coalesce(hs_metadataversion, 0) FROM organization FOR NO KEY UPDATE")
    if version != (read.settings.get("hs_metadataversion") or 0):
        raise DefinitionsChanged


def new_definition(
    key: UUID, table: str, name: str, schema_name: str, label: str, kind: str, definition: Mapping[str, object]
) -> None:
    """Store the definition of a checked column. It applies from the next transaction on, in every process."""
    # A transaction that wrote rows while a column of this name was removed may have left a value of another kind.
    _remove_values(table, name)
    marks = ", ".join([mark()] * 7)
    run(
        "INSERT INTO hs_customcolumn (hs_customcolumnid, tablename, logicalname, schemaname, label, kind, definition) "
        f"VALUES ({marks})",
        (key_value(key), table, name, schema_name, label, kind, to_json(definition)),
    )
    count_metadata_change()


def count_metadata_change() -> None:
    """Let every process read the custom columns and keys anew from the next transaction on."""
    # What was read under a version stays cached, also if the transaction is rolled back later. The random step makes it
    # unlikely that the version given out instead is the same.
    step = secrets.randbelow(_LARGEST_STEP) + 1
    run(f"UPDATE organization SET hs_metadataversion = coalesce(hs_metadataversion, 0) + {mark()}", (step,))


_LARGEST_STEP = 30_000
"""With this step the version, which has 31 bits, lasts for more than a hundred thousand changes."""


def stored_definition(table: str, name: str) -> tuple[UUID, str, JsonObject] | None:
    """The key, the label and the definition of a custom column; None where there is none of this name."""
    found = run(
        f"SELECT hs_customcolumnid, label, definition FROM hs_customcolumn WHERE tablename = {mark()} "
        f"AND logicalname = {mark()}",
        (table, name),
    )
    if not found:
        return None
    id, label, definition = found[0]
    return id if isinstance(id, UUID) else UUID(id), label, from_json(definition)


def change_definition(key: UUID, label: str, definition: Mapping[str, object]) -> None:
    """Store another label and definition of a column."""
    run(
        f"UPDATE hs_customcolumn SET label = {mark()}, definition = {mark()} WHERE hs_customcolumnid = {mark()}",
        (label, to_json(definition), key_value(key)),
    )
    count_metadata_change()


def remove_definition(key: UUID, table: str, name: str) -> None:
    """Remove a column and all its values, so that a later column of the same name starts empty."""
    run(f"DELETE FROM hs_customcolumn WHERE hs_customcolumnid = {mark()}", (key_value(key),))
    _remove_values(table, name)
    count_metadata_change()


def _remove_values(table: str, name: str) -> None:
    current().dialect.remove_custom_values(table, name)


def longest(table: str, name: str) -> int:
    """How many characters the longest text of a custom column has."""
    expression = f"length({custom_value(name)})"
    [[found]] = run(f'SELECT coalesce(max({expression}), 0) FROM "{table}"')
    return int(found)


def custom_value(name: str) -> str:
    """The value of a custom column, as SQL of the current database. The name must be a stored one."""
    return current().dialect.custom_value(name)
