"""Idempotency keys: the same key with the same request gives the first result (architecture 4).

A key belongs to the user who sent it. It is stored in the transaction of what was done, so that neither a crash nor a
second call at the same time comes between, and kept for `organization.hs_idempotencykeydays`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from handsel.database.context import Actor, current
from handsel.database.dialect import Fault
from handsel.database.row import Item, M, Reference, Row
from handsel.database.statements import run
from handsel.database.storage import from_json, to_json
from handsel.engine.access import ReadAs
from handsel.engine.reading import fetch
from handsel.errors import InvalidArgument, NotFound
from handsel.json_value import Json
from handsel.tables.info import table_info

LONGEST_KEY = 200
"""Characters of a key that a caller sends."""
DAYS = 7
"""How long a key is kept where the organization says nothing else."""
_COLUMNS = {"key": "text", "fingerprint": "text", "result": "text", "createdon": "timestamptz"}
_SECONDS_BETWEEN_PURGES = 3600
_purged: dict[str, float] = {}
"""When the expired keys of a database were last deleted by this process."""


class KeyTaken(Exception):
    """Another transaction stored the same key first; a retry finds its result."""


class Kept(NamedTuple):
    """What is stored under a key: the fingerprint of the request, and what it resulted in, as JSON can hold it."""

    fingerprint: str
    result: Json


def stored_key(actor: Actor, kind: str, key: str) -> str:
    """The key as it is stored. `kind` separates callers that remember different things: messages, HTTP requests."""
    return fingerprint_of(str(actor.user_id), str(actor.caller_id), kind, key)


def fingerprint_of(*parts: str | bytes) -> str:
    """A digest of the parts of a request, by which a repeat is told from another request."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part if isinstance(part, bytes) else part.encode()
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()


def recall(keys: Collection[str], settings: Row) -> dict[str, Kept]:
    """What is stored under these keys and has not expired. Expired ones are deleted, so that they can be used again."""
    dialect = current().dialect
    of_keys = dialect.any_of("key", dialect.mark)
    oldest = dialect.moment(datetime.now(UTC) - lifetime(settings))
    sql = f"SELECT key, fingerprint, result, createdon >= {dialect.mark} FROM hs_idempotencykey WHERE {of_keys}"
    found = run(sql, (oldest, dialect.keys(list(keys))))
    expired = [key for key, _, _, is_kept in found if not is_kept]
    if expired:
        run(f"DELETE FROM hs_idempotencykey WHERE {of_keys}", (dialect.keys(expired),))
    return {key: Kept(fingerprint, from_json(result)) for key, fingerprint, result, is_kept in found if is_kept}


def keep(entries: Mapping[str, Kept], settings: Row) -> None:
    """Store what requests resulted in. Raises KeyTaken if another transaction stored one of the keys meanwhile."""
    context, now = current(), datetime.now(UTC)
    dialect = context.dialect
    rows = [
        {"key": key, "fingerprint": kept.fingerprint, "result": to_json(kept.result), "createdon": now}
        for key, kept in entries.items()
    ]
    try:
        dialect.insert("hs_idempotencykey", _COLUMNS, rows)
    except dialect.errors as error:
        if dialect.fault(error) is not Fault.DUPLICATE:
            raise
        raise KeyTaken from error
    if time.monotonic() - _purged.get(context.alias, -_SECONDS_BETWEEN_PURGES) >= _SECONDS_BETWEEN_PURGES:
        _purged[context.alias] = time.monotonic()
        run(
            f"DELETE FROM hs_idempotencykey WHERE createdon < {dialect.mark}",
            (dialect.moment(now - lifetime(settings)),),
        )


def lifetime(settings: Row) -> timedelta:
    """How long a key is kept."""
    return timedelta(days=settings.get("hs_idempotencykeydays") or DAYS)


def unseen(items: Sequence[Item[M]], keys: Sequence[str | None], results: list[object], settings: Row) -> list[Item[M]]:
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
    if any(not 0 < len(key) <= LONGEST_KEY for key in wanted):
        raise InvalidArgument(f"An idempotency key has 1 to {LONGEST_KEY} characters.")
    if not wanted:
        return list(items)
    stored = recall([_of_message(key) for key in wanted], settings)
    fresh = []
    for item, key in zip(items, keys, strict=True):
        kept = None if key is None else stored.get(_of_message(key))
        if kept is None:
            fresh.append(item)
        elif kept.fingerprint != fingerprint_of(repr(item.message)):
            raise InvalidArgument(
                f"The idempotency key '{key}' was used before with a different message. Use a new key for a new "
                "request."
            )
        else:
            results[item.index] = _restored(kept.result)
    return fresh


def remember(
    items: Sequence[Item[object]], keys: Sequence[str | None], results: Sequence[object], settings: Row
) -> None:
    """Store the result of every fresh item that carries a key and was not refused."""
    entries: dict[str, Kept] = {}
    for item in items:
        key = keys[item.index]
        if key is not None and item.refusal is None:
            entries[_of_message(key)] = Kept(fingerprint_of(repr(item.message)), _stored(results[item.index]))
    if entries:
        keep(entries, settings)


def _of_message(key: str) -> str:
    return stored_key(current().actor, "message", key)


def _stored(result: Any) -> Json:
    """A result as JSON that says of each value what it is; of a row only which one it is."""
    if isinstance(result, Row):
        return {"row": [result.table, str(result.id), list(result)]}
    if isinstance(result, Reference):
        return {"reference": [result.table, str(result.id)]}
    if isinstance(result, Mapping):
        return {"mapping": {name: _stored(value) for name, value in result.items()}}
    for kind, (of_kind, written, _read) in _KINDS.items():
        if isinstance(result, of_kind):
            return {kind: written(result)}
    return {"value": result}


def _restored(stored: Any) -> Any:
    kind, value = next(iter(stored.items()))
    if kind == "row":
        return _row(*value)
    if kind == "reference":
        return Reference(value[0], UUID(value[1]))
    if kind == "mapping":
        return {name: _restored(part) for name, part in value.items()}
    return _KINDS[kind][2](value) if kind in _KINDS else value


_KINDS: dict[str, tuple[type, Any, Any]] = {
    "tuple": (tuple, lambda found: [_stored(part) for part in found], lambda parts: tuple(map(_restored, parts))),
    "list": (list, lambda found: [_stored(part) for part in found], lambda parts: list(map(_restored, parts))),
    "decimal": (Decimal, str, Decimal),
    "id": (UUID, str, UUID),
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "day": (date, date.isoformat, date.fromisoformat),
}
"""Types that JSON lacks, each with its way there and back; a `Reference` is a tuple and a `datetime` a `date`."""


def _row(table: str, id: str, columns: Sequence[str]) -> Row:
    """The row that was the result, as it is now. Raises NotFound if it is gone, or hidden from the user by now."""
    found = fetch(table, table_info(table).primary_key, [UUID(id)], read_as=ReadAs.USER)
    if not found:
        raise NotFound(
            f"The key was used before and gave {table} {id}, which is gone. Use a new key for a new request."
        )
    return Row(table, UUID(id), {name: found[0].get(name) for name in columns})
