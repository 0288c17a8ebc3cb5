"""The Web API as a surface of the HTTP shell: its paths, its header, its errors."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from handsel.database.context import Context
from handsel.errors import Code, HandselError, NotFound
from handsel.http.errors import shown
from handsel.http.request import Request
from handsel.http.response import Response
from handsel.http.surface import Authentication
from handsel.webapi.batch import batch
from handsel.webapi.error_boundary import respond
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_limits import LARGEST_ROW, has_many_rows
from handsel.webapi.protocol.json_response import error_response
from handsel.webapi.repeating import answer_once, with_result
from handsel.webapi.route_template import template_of

PATH = "/api/data"
"""Its mount path."""

_VERSIONED = re.compile(rf"{PATH}/(v[89]\.[012])(?:/(.*))?\Z", re.DOTALL)
_WRITES = re.compile(rb"^(?:POST|PUT|PATCH|DELETE) ", re.IGNORECASE | re.MULTILINE)
"""The first line of a part that may change something."""
LARGEST_ELSEWHERE = 1024 * 1024
"""Bytes of the largest body outside the Web API: forms, which are small."""

_HEADERS = {"OData-Version": "4.0"}


@dataclass(frozen=True, slots=True)
class WebApi:
    """The surface. Mounted at the root too, it answers unknown paths with 404."""

    authentication: Authentication

    @property
    def headers(self) -> Mapping[str, str]:
        """OData clients expect it in every response."""
        return _HEADERS

    def resolve(self, request: Request) -> Callable[[Context], Response]:
        """The call of a path below a version. Raises NotFound for any other path."""
        path = request.path
        match = _VERSIONED.match(path)
        if match is None:
            raise _outside(path)
        version, below = match[1], match[2] or ""
        request.route = template_of(below)
        if below == "$batch":
            request.is_reading = lambda: _WRITES.search(request.body()) is None
        return partial(_answered, request, f"{PATH}/{version}/", below)

    def refused(self, _request: Request, error: HandselError) -> Response:
        """The error as JSON."""
        return error_response(error)


def body_limit(path: str) -> int:
    """Bytes of the largest body at a path: little outside the Web API, 16 MB for a row, no limit for many rows."""
    if not path.startswith(f"{PATH}/"):
        return LARGEST_ELSEWHERE
    return sys.maxsize if path.endswith("/$batch") or has_many_rows(path) else LARGEST_ROW


def _answered(request: Request, root: str, path: str, context: Context) -> Response:
    call = Call(
        context=context,
        method=request.method,
        path=path,
        query=request.query,
        headers=request.headers,
        body=request.body(),
        root=f"{request.origin}{root}",
    )
    return with_result(call, respond(call, batch)) if path == "$batch" else answer_once(call)


def _outside(path: str) -> HandselError:
    """The error for a path that is not below the Web API."""
    asked = shown(path.strip("/"))
    missing = f"Resource not found for the segment '{asked}'." if asked else "Nothing is here."
    return NotFound(f"{missing} The Web API starts at {PATH}/v9.2/.", Code.RESOURCE_NOT_FOUND)
