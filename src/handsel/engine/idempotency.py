"""Idempotency keys: the same key with the same message returns the first result (architecture 4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from handsel.database.context import current
from handsel.database.dialect import Fault
from handsel.database.row import Item, M, Reference, Row
from handsel.database.statements import run
from handsel.database.storage import from_json, to_json
from handsel.engine.access import ReadAs
from handsel.engine.reading import fetch
from handsel.errors import InvalidArgument
from handsel.tables.info import table_info

_COLUMNS = {"key": "text", "fingerprint": "text", "result": "text", "createdon": "timestamptz"}


class KeyTaken(Exception):
    """Another transaction stored the same key first; a retry finds its result."""


def unseen(items: Sequence[Item[M]], keys: Sequence[str | None], results: list[object]) -> list[Item[M]]:
    """The items whose key is new; for the others the first result is put into `results`.

    Raises InvalidArgument when a key was used with a different message.
    """
    if len(keys) != len(items):
        raise InvalidArgument(
            f"{len(items)} messages need {len(items)} idempotency keys (None for a message without), not {len(keys)}."
        )
    wanted = [key for key in keys if key is not None]
    if len(set(wanted)) != len(wanted):
        raise InvalidArgument("Two messages of one list carry the same idempotency key. Give each its own.")
    if any(len(key) > 200 for key in wanted):
        raise InvalidArgument("A idempotency key has at most 200 characters.")
    if not wanted:
        return list(items)
    dialect = current().dialect
    sql = f"SELECT key, fingerprint, result FROM hs_idempotencykey WHERE {dialect.any_of('key', dialect.mark)}"
    stored = {key: (fingerprint, result) for key, fingerprint, result in run(sql, (dialect.keys(wanted),))}
    fresh = []
    for item, key in zip(items, keys, strict=True):
        if key is None or key not in stored:
            fresh.append(item)
            continue
        fingerprint, result = stored[key]
        if fingerprint != _fingerprint(item.message):
            raise InvalidArgument(
                f"The idempotency key '{key}' was used before with a different message. Use a new key for a new "
                "request."
            )
        results[item.index] = _restored(from_json(result))
    return fresh


def remember(items: Sequence[Item[object]], keys: Sequence[str | None], results: Sequence[object]) -> None:
    """Store the result of every fresh item that carries a key and was not refused."""
    rows = [
        {
            "key": keys[item.index],
            "fingerprint": _fingerprint(item.message),
            "result": to_json(_stored(results[item.index])),
            "createdon": datetime.now(UTC),
        }
        for item in items
        if keys[item.index] is not None and item.refusal is None
    ]
    if not rows:
        return
    dialect = current().dialect
    try:
        dialect.insert("hs_idempotencykey", _COLUMNS, rows)
    except dialect.errors as error:
        if dialect.fault(error) is not Fault.DUPLICATE:
            raise
        raise KeyTaken from error


def _fingerprint(message: object) -> str:
    return hashlib.sha256(repr(message).encode()).hexdigest()


def _stored(result: Any) -> Any:
    if isinstance(result, Row):
        return {"row": [result.table, result.id, list(result)]}
    if isinstance(result, Reference):
        return {"reference": list(result)}
    if isinstance(result, tuple):
        return {"tuple": [_stored(part) for part in result]}
    if isinstance(result, list):
        return {"list": [_stored(part) for part in result]}
    return {"value": result}


def _restored(stored: Any) -> Any:
    kind, value = next(iter(stored.items()))
    if kind == "row":
        table, id, columns = value
        found = fetch(table, table_info(table).primary_key, [UUID(id)], read_as=ReadAs.USER)
        return Row(table, UUID(id), {name: found[0].get(name) for name in columns}) if found else None
    if kind == "reference":
        return Reference(value[0], UUID(value[1]))
    if kind == "tuple":
        return tuple(_restored(part) for part in value)
    if kind == "list":
        return [_restored(part) for part in value]
    return value
