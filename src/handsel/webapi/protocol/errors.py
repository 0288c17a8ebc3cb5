"""Errors that only occur in the Web API, and the JSON of every error (Web API 11)."""

from __future__ import annotations

from handsel.errors import BadRequest, Code, HandselError, NotFound, PrivilegeDenied
from handsel.http.errors import InternalError, Unauthorized, WebError, shown
from handsel.json_value import Json, JsonObject

STATUS_BY_CODE = {Code.CANNOT_DELETE_DUE_TO_ASSOCIATION: 405}
"""Codes whose HTTP status differs from that of their kind of error."""

CODE_BY_ERROR: dict[type[HandselError], str] = {
    Unauthorized: "0x0",  # the table has none for it
    InternalError: "0x80040216",
}
"""The codes of errors of the HTTP shell, which have none themselves."""

_LONGEST = 2_000


class NotSupported(WebError):
    """A known option that is not supported."""

    status = 501


class KeyUsedOtherwise(WebError):
    """The key of a repeatable request came before with another request."""

    status = 422
    default_code = Code.INVALID_PAYLOAD


class OutsideOfWindow(WebError):
    """The first attempt of a repeatable request was too long ago to know what came of it."""

    status = 412
    default_code = Code.INVALID_ARGUMENT


def unknown_segment(name: str) -> NotFound:
    """The error for a path with an unknown part."""
    return NotFound(f"Resource not found for the segment '{shown(name)}'.", Code.RESOURCE_NOT_FOUND)


def undeclared(label: str, name: str, hint: str = "") -> BadRequest:
    """The error for a property in a body that the table does not have."""
    hint = hint or " Its columns and navigation properties are in $metadata; names are case-sensitive."
    return BadRequest(f"{label} has no property '{shown(name)}'.{hint}", Code.INVALID_PAYLOAD, column=name)


def status_of(error: HandselError) -> int:
    """The HTTP status of an error."""
    return STATUS_BY_CODE.get(error.code, error.status)


def error_body(error: HandselError) -> JsonObject:
    """The JSON body of an error."""
    code = CODE_BY_ERROR.get(type(error), error.code.text)
    body: JsonObject = {"code": code, "message": shown(error.message, _LONGEST)}
    if isinstance(error, PrivilegeDenied) and error.details:
        body["innererror"] = {name: _plain(value) for name, value in error.details.items()}
    return {"error": body}


def _plain(value: object) -> Json:
    """A detail of a refusal: names as a list, anything else as text."""
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else str(value)
