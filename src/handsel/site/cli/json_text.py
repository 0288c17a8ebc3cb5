"""JSON of the command line: decimals exactly as written, in and out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn
from uuid import UUID

from handsel.database.row import Reference
from handsel.errors import InvalidArgument
from handsel.json_value import JsonObject


def read_object(text: str, what: str) -> JsonObject:
    """A JSON object. Raises InvalidArgument (0x80040203), which says where the text is wrong."""
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_distinct)
        _require_characters(found)
    except json.JSONDecodeError as error:
        raise InvalidArgument(
            f"{what} is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except UnicodeEncodeError as error:
        raise InvalidArgument(f"{what} holds half of a character (a lone surrogate). Write the whole one.") from error
    except (ValueError, RecursionError) as error:
        raise InvalidArgument(f"{what} is not valid JSON: {_reason(error)}.") from error
    if not isinstance(found, dict):
        raise InvalidArgument(
            f'{what} must be a JSON object like {{"OpportunityId": "…"}}, not {type(found).__name__}.'
        )
    return found


def _reason(error: Exception) -> str:
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error).partition(";")[0].rstrip(".")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"'{next(name for name in names if names.count(name) > 1)}' is given twice")
    return found


def _require_characters(value: Any) -> None:
    if isinstance(value, str) and not value.isascii():
        value.encode()
    elif isinstance(value, dict):
        for name, inner in value.items():
            _require_characters(name)
            _require_characters(inner)
    elif isinstance(value, list):
        for inner in value:
            _require_characters(inner)


def written(value: object, *, indent: int = 2) -> str:
    """A result as JSON text, decimals as numbers with all their digits; `indent` 0 gives one line."""
    import msgspec

    encoded = msgspec.json.Encoder(decimal_format="number").encode(_plain(value))
    return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode()


def _plain(value: Any) -> Any:
    """References as objects, keys as text; the encoder knows all other types."""
    if isinstance(value, Reference):
        return {"table": value.table, "id": value.id}
    if isinstance(value, Mapping):
        return {str(key) if isinstance(key, (int, UUID)) else key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
