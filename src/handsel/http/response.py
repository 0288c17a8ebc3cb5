"""An answer on its way out: status, headers, body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

TEXT = "text/plain; charset=utf-8"

REASONS = {**{status.value: status.phrase for status in HTTPStatus}, 413: "Payload Too Large"}
"""The words after a status. Python changed those of 413 on the way."""


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


def no_content(headers: Mapping[str, str] | None = None) -> Response:
    """204."""
    return Response(204, dict(headers or {}))


def text_response(text: str, status: int = 200) -> Response:
    """Plain text."""
    return Response(status, {"Content-Type": TEXT}, text.encode())
