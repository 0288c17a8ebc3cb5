"""Keys in a path: a GUID, `name=value` pairs of a unique key, or a reference to an earlier part of a batch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import unquote
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.engine.access import ReadAs
from handsel.engine.customization.keys import rows_with
from handsel.engine.hidden_rows import key_as_told
from handsel.engine.values import parse
from handsel.errors import BadRequest, Code, NotFound, not_found
from handsel.http.errors import shown, syntax
from handsel.json_value import Json, JsonObject
from handsel.tables.info import TableInfo
from handsel.tables.relations import all_keys_of
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.segments import Segment, segments_of, split

Key = UUID | Mapping[str, Json]
"""An id, or the values of a unique key by logical name."""

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})\}?\Z")
_NUMBER = re.compile(r"-?\d{1,19}(\.\d{1,12})?\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?\Z")
_LOOKUP_VALUE = re.compile(r"_(\w+)_value\Z")
_ROOT = re.compile(r"\A(?:https?://[^/]*)?(?:/api/data/v[\d.]+)?/?", re.IGNORECASE)


def guid(text: str) -> UUID | None:
    """A GUID in either case, with or without braces."""
    match = _GUID.match(text.strip())
    return UUID(match[1]) if match else None


def key_of(info: TableInfo, text: str) -> Key:
    """The key in parentheses. Raises BadRequest (0x80060888) for other text."""
    id = guid(text.strip().strip("'"))
    if id is not None:
        return id
    values: JsonObject = {}
    for part in split(text, ","):
        name, equals, value = part.partition("=")
        name = name.strip()
        match = _LOOKUP_VALUE.match(name)
        column = info.columns.get(match[1] if match else name)
        if not equals or column is None:
            raise syntax(f"'{shown(text)}' is no key of {info.entity_set}: give an id or name='value'.")
        values[column.logical_name] = literal(value.strip())
    if set(values) == {info.primary_key}:
        found = guid(str(values[info.primary_key]))
        if found is None:
            raise syntax(f"'{shown(str(values[info.primary_key]))}' is no id of {info.entity_set}.")
        return found
    if set(values) not in [set(columns) for columns in all_keys_of(info)]:
        known = " or ".join(" + ".join(columns) for columns in all_keys_of(info)) or "none besides the id"
        raise BadRequest(f"{info.label} has no key {' + '.join(values)}. Its keys are: {known}.", Code.INVALID_ARGUMENT)
    return values


def literal(text: str) -> str | int | bool | Decimal | None:
    """A value in a key or a function call: `'text'`, number, id, true, false, null. Raises BadRequest."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.match(text):
        return Decimal(text) if "." in text else int(text)
    found = guid(text)
    if found is not None:
        return str(found)
    if _MOMENT.match(text):
        return text
    raise syntax(f"'{shown(text)}' is no value. Texts stand in single quotes.")


_WORDS = {"null": None, "true": True, "false": False}


def id_of(call: Call, info: TableInfo, key: Key) -> UUID:
    """The id of the row with a key. Raises NotFound (0x80060891) if no row has the values of a unique key."""
    return key if isinstance(key, UUID) else keyed_row(call, info, key).id


def keyed_row(call: Call, info: TableInfo, key: Mapping[str, Json]) -> Row:
    """The row with the values of a unique key. Raises NotFound, or what the caller is told of a hidden one."""
    values = {name: parse(info, info.columns[name], value) for name, value in key.items()}
    for row in rows_with(info, values):
        return row
    listed = ", ".join(f"{name}={'null' if value is None else value}" for name, value in key.items())
    unknown = NotFound(f"There is no {info.label.lower()} with the key {shown(listed)}.", Code.NO_ROW_FOR_ALTERNATE_KEY)

    def find() -> list[Row]:
        return rows_with(info, values, read_as=ReadAs.SYSTEM)

    raise key_as_told(call.context.actor, call.organization.settings, info.logical_name, find, unknown)


def require_row(call: Call, info: TableInfo, key: Key) -> Row:
    """The row with a key, custom columns included. Raises NotFound."""
    id = id_of(call, info, key)
    found = call.work.as_user.load(info.logical_name, [id]).get(id)
    if found is None:
        raise not_found(info.logical_name, id)
    return found


def reference(call: Call, text: str) -> Reference:
    """The row that a URL names: `/accounts(…)`, `accounts(name='x')`, an absolute URL of any host, `$1`.

    What is percent-encoded is decoded; characters that should be encoded may stand as they are. Raises BadRequest for a
    URL that names no row. Whether the row exists is checked by the message.
    """
    segment = row_segment(resolved(call, text.strip()))
    info = call.set_named(segment.name)
    return Reference(info.logical_name, id_of(call, info, key_of(info, segment.arguments or "")))


def row_segment(url: str) -> Segment:
    """The `set(key)` of a URL that names a row, decoded. Raises BadRequest for another URL."""
    segments = segments_of(unquote(below_root(url)))
    if len(segments) != 1 or segments[0].arguments is None:
        raise BadRequest(f"'{shown(url)}' names no row. Write it like /accounts(<id>).", Code.INVALID_PAYLOAD)
    return segments[0]


def below_root(address: str) -> str:
    """A URL without scheme, host and the API's root."""
    return _ROOT.sub("", address, count=1)


def resolved(call: Call, text: str) -> str:
    """A URL with a leading `$1` replaced by the URL of the row that this part of the batch made."""
    if not text.startswith("$") or not text[1:2].isdigit():
        return text
    name, slash, rest = text[1:].partition("/")
    known = call.references.get(name)
    if known is None:
        raise BadRequest(
            f"${shown(name)} refers to no earlier part of this change set. Give that part the Content-ID "
            f"{shown(name)}, and put it before this one.",
            Code.INVALID_PAYLOAD,
        )
    if not known:
        raise BadRequest(
            f"${shown(name)} refers to a part of this change set that wrote no single row, so it stands for none.",
            Code.INVALID_PAYLOAD,
        )
    return f"{known}{slash}{rest}"
