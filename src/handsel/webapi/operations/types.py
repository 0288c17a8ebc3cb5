"""Whether a value in JSON has the declared type of a parameter (Web API 9, 11).

Python and the command line are more lenient (`engine.parameters`): there an id may be given as the row it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import EnumMeta

from handsel.engine.edm import ROW
from handsel.engine.operation_info import OperationInfo
from handsel.errors import InvalidArgument, abbreviated
from handsel.http.errors import shown
from handsel.json_value import Json
from handsel.tables.info import declared_names, table_info
from handsel.webapi.protocol.keys import guid

_MANY = "Collection("


def require_type(operation: OperationInfo, name: str, type: str, value: Json) -> None:
    """Refuse a value whose JSON type is not the declared one. Raises InvalidArgument, which says what is wanted."""
    owner = f"{operation.name}: {name}"
    if type.startswith(_MANY):
        if not isinstance(value, list):
            raise InvalidArgument(f"{owner} must be a list, not {_quoted(value)}.")
        for number, each in enumerate(value, 1):
            require_type(operation, f"item {number} of {name}", type[len(_MANY) : -1], each)
        return
    if type in _PRIMITIVE:
        expected, fits = _PRIMITIVE[type]
        if not fits(value):
            raise InvalidArgument(f"{owner} must be {expected}, not {_quoted(value)}.{_instead(type, value)}")
    elif type == ROW or type in declared_names():
        _require_row(owner, type, value)
    else:
        _require_structure(operation, owner, type, value)


def described(type: str) -> str:
    """A type in words, for the sentence that says what is missing."""
    if type.startswith(_MANY):
        return "a list"
    if type in _PRIMITIVE:
        return _PRIMITIVE[type][0]
    return "a row" if type == ROW or type in declared_names() else f"a value of type {type}"


def _require_row(owner: str, type: str, value: Json) -> None:
    if not isinstance(value, Mapping):
        raise InvalidArgument(
            f"{owner} must be an object of columns and values, not {_quoted(value)}.{_instead(type, value)}"
        )
    stated = value.get("@odata.type")
    if stated is not None and not isinstance(stated, str):
        raise InvalidArgument(f"{owner}: @odata.type must be text, not {_quoted(stated)}.")
    if stated is None and type == ROW and "@odata.id" not in value:
        raise InvalidArgument(f'{owner} may be a row of any table. Say which in "@odata.type".')
    named = (stated or "").rpartition(".")[2]
    if type != ROW and named not in ("", type, ROW):
        raise InvalidArgument(f"{owner} is a row of {type}, not of {shown(named)}.")


def _require_structure(operation: OperationInfo, owner: str, type: str, value: Json) -> None:
    """An enumeration or a complex type. What is inside a complex type is checked by who reads it."""
    members = next(
        (each for each in operation.structures if isinstance(each, EnumMeta) and each.__name__ == type), None
    )
    if members is not None:
        known = [str(member.value) for member in members]
        is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(known)
        if not is_number and value not in known:
            raise InvalidArgument(f"{owner} is one of {', '.join(known)}, not {_quoted(value)}.")
    elif not isinstance(value, (Mapping, list)):
        raise InvalidArgument(f"{owner} must be a JSON object of type {type}, not {_quoted(value)}.")


def _quoted(value: Json) -> str:
    """A value in a sentence: a text is said to be one, as `"4"` and 4 are easily confused."""
    return f"the text {abbreviated(value)}" if isinstance(value, str) else shown(abbreviated(value))


def _instead(type: str, value: Json) -> str:
    """What to send instead, where something else was meant."""
    if type == "Edm.Guid" and isinstance(value, Mapping):
        return " Send the id alone, not the row."
    if not isinstance(value, str) or guid(value) is None:
        return ""
    if type in declared_names():
        return f' Name the row by an object: {{"{table_info(type).primary_key}": "…"}}.'
    if type == ROW:
        return ' Name the row by an object: {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": "…"}.'
    return ""


def _is_number(value: Json) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _is_whole(bits: int) -> Callable[[Json], bool]:
    limit = 2 ** (bits - 1)
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and -limit <= value < limit


def _is_moment(value: Json) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


_PRIMITIVE: Mapping[str, tuple[str, Callable[[Json], bool]]] = {
    "Edm.String": ("text", lambda value: isinstance(value, str)),
    "Edm.Boolean": ("true or false", lambda value: isinstance(value, bool)),
    "Edm.Int32": ("a whole number", _is_whole(32)),
    "Edm.Int64": ("a whole number", _is_whole(64)),
    "Edm.Decimal": ("a decimal number", _is_number),
    "Edm.Guid": ("an id like 0196f1b2-…", lambda value: isinstance(value, str) and guid(value) is not None),
    "Edm.DateTimeOffset": ("a date or time like 2026-01-31T12:00:00Z", _is_moment),
}
"""Each primitive type in words, and whether a value is of it."""
