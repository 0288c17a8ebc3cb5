"""An answer on its way out: status, headers, body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from handsel.errors import HandselError
from handsel.webapi.protocol.errors import error_body, status_of

JSON = "application/json; odata.metadata=minimal"
TEXT = "text/plain; charset=utf-8"

_encoder = msgspec.json.Encoder(decimal_format="number")


@dataclass(slots=True)
class Response:
    """What one call gives. Header names stand as clients match them (`OData-EntityId`)."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_error(self) -> bool:
        """Whether the call failed."""
        return self.status >= 400


def json_response(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer; decimals are numbers with all their places, moments end in Z."""
    return Response(status, {"Content-Type": JSON, **(headers or {})}, _encoder.encode(value))


def no_content(headers: Mapping[str, str] | None = None) -> Response:
    """204."""
    return Response(204, dict(headers or {}))


def text_response(text: str) -> Response:
    """Plain text: a count, a raw value."""
    return Response(200, {"Content-Type": TEXT}, text.encode())


def error_response(error: HandselError) -> Response:
    """A refusal."""
    return json_response(error_body(error), status_of(error))
