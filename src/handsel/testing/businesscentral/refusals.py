"""How Business Central refuses: a status, a documented code, and its words (erp 8.15)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

import msgspec


class Refusal(Exception):
    """A request that is answered by an error."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def body(self) -> bytes:
        """The answer's JSON; a correlation id is part of the message (erp 8.15)."""
        message = f"{self.message}  CorrelationId:  {uuid4()}."
        return msgspec.json.encode({"error": {"code": self.code, "message": message}})


def bad_request(message: str) -> Refusal:
    """What was sent cannot be read, or has a property or type that the resource has not."""
    return Refusal(400, "BadRequest", message)


def query_syntax(message: str) -> Refusal:
    """A query option that cannot be read."""
    return Refusal(400, "BadRequest_NotFound", f"Bad Request - Error in query syntax. {message}")


def no_resource(segment: str) -> Refusal:
    """Nothing has this address."""
    return Refusal(404, "BadRequest_ResourceNotFound", f"Resource not found for the segment '{segment}'.")


def no_company(name: str) -> Refusal:
    """The company is not there, or not any more."""
    return Refusal(404, "Internal_CompanyNotFound", f"The company '{name}' cannot be found.")


def no_method(method: str, resource: str) -> Refusal:
    """A resource that does not take this method."""
    return Refusal(
        405,
        "BadRequest_MethodNotAllowed",
        f"'{method}' requests for '{resource}' of EdmType 'Entity' are not allowed within Dynamics 365 Business "
        "Central OData web services.",
    )


def no_action(name: str) -> Refusal:
    """A row that has no such action."""
    return Refusal(404, "BadRequest_NotFound", f"No bound action '{name}' was found for the entity.")


def read_only(name: str) -> Refusal:
    """A property that only Business Central writes."""
    return Refusal(400, "BadRequest_InvalidOperation", f"Control '{name}' is read-only.")


def empty(name: str) -> Refusal:
    """A null where a value must be."""
    return Refusal(400, "BadRequest_RequiredParamNotProvided", f"Field '{name}' must not be blank or empty.")


def no_token() -> Refusal:
    """A change without a concurrency token, or with one that cannot be read."""
    return Refusal(
        400,
        "BadRequest_InvalidToken",
        "Could not validate the client concurrency token required by the service. Please provide a valid token in the "
        "client request.",
    )


def changed() -> Refusal:
    """A stale concurrency token."""
    return Refusal(409, "Request_EntityChanged", "Another user has already changed the record.")


def same_key(table: str, key: str, value: str) -> Refusal:
    """A second row with the same key."""
    return Refusal(
        400,
        "Internal_EntityWithSameKeyExists",
        f"The {table} already exists. Identification fields and values: {key}='{value}'",
    )


def dialog(message: str) -> Refusal:
    """An error of the application."""
    return Refusal(400, "Application_DialogException", message)


def field_test(message: str) -> Refusal:
    """A field that must have another value."""
    return Refusal(400, "Application_FieldValidationException", message)


def unrelated(field: str, table: str, value: str, related: str) -> Refusal:
    """A code that the related table does not know."""
    return Refusal(
        400,
        "Internal_InvalidTableRelation",
        f"The field {field} of table {table} contains a value ({value}) that cannot be found in the related table "
        f"({related}).",
    )


def too_long(value: str, longest: int) -> Refusal:
    """A text that is longer than its field."""
    return Refusal(
        400,
        "Application_StringExceededLength",
        f"The length of the string is {len(value)}, but it must be less than or equal to {longest} characters. "
        f"Value: {value}",
    )


def credentials() -> Refusal:
    """No token, a wrong one, or one that has expired."""
    return Refusal(
        401,
        "Authentication_InvalidCredentials",
        "The server has rejected the client credentials.",
        {"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )


def injected(status: int, retry_after: int | None) -> Refusal:
    """The answer of a failure that was asked for."""
    codes = {
        401: "Authentication_InvalidCredentials",
        409: "Request_EntityChanged",
        429: "Application_TooManyRequests",
        500: "Internal_ServerError",
        503: "Internal_TenantUnavailable",
    }
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Refusal(status, codes.get(status, "Unknown"), "The stand-in was asked to fail.", headers)


def plain(value: Decimal) -> str:
    """A number in a sentence, without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
