"""An HTTP response: status, headers, body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

TEXT = "text/plain; charset=utf-8"

REASONS = {**{status.value: status.phrase for status in HTTPStatus}, 413: "Payload Too Large"}
"""The reason phrases. The one of 413 differs between versions of Python."""


@dataclass(slots=True)
class Response:
    """The response to one request. Header names have the case that clients match (`OData-EntityId`)."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_error(self) -> bool:
        """Whether the call failed."""
        return self.status >= 400


def no_content(headers: Mapping[str, str] | None = None) -> Response:
    """204 No Content."""
    return Response(204, dict(headers or {}))


def text_response(text: str, status: int = 200) -> Response:
    """A response of plain text."""
    return Response(status, {"Content-Type": TEXT}, text.encode())
