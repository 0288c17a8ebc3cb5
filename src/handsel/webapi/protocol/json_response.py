"""Responses in JSON for OData clients, errors included."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from handsel.errors import HandselError
from handsel.http.response import Response
from handsel.json_value import Json
from handsel.webapi.protocol.errors import error_body, status_of

JSON = "application/json; odata.metadata=minimal"

_encoder = msgspec.json.Encoder(decimal_format="number")


def json_response(value: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response; decimals are numbers with all their digits, moments end in Z."""
    return Response(status, {"Content-Type": JSON, **(headers or {})}, _encoder.encode(value))


def error_response(error: HandselError) -> Response:
    """The response for an error; Retry-After says when the same call may succeed."""
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return json_response(error_body(error), status_of(error), headers)
