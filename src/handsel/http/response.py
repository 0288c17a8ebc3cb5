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
class Answer:
    """What one call gives. Header names stand as clients match them (`OData-EntityId`)."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_error(self) -> bool:
        """Whether the call failed."""
        return self.status >= 400


def json_answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """A JSON answer; decimals are numbers with all their places, moments end in Z."""
    return Answer(status, {"Content-Type": JSON, **(headers or {})}, _encoder.encode(value))


def no_content(headers: Mapping[str, str] | None = None) -> Answer:
    """204."""
    return Answer(204, dict(headers or {}))


def text_answer(text: str) -> Answer:
    """Plain text: a count, a raw value."""
    return Answer(200, {"Content-Type": TEXT}, text.encode())


def error_answer(error: HandselError) -> Answer:
    """A refusal."""
    return json_answer(error_body(error), status_of(error))
