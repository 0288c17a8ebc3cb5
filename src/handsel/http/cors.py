"""CORS: web pages of configured origins may call, those of other origins may not (Web API 2).

Such callers send a bearer token, never a cookie, so Access-Control-Allow-Credentials is never sent.
"""

from __future__ import annotations

from collections.abc import Collection

from handsel.http.request import Handler, Request
from handsel.http.response import Response, no_content

METHODS = "GET, HEAD, POST, PATCH, PUT, DELETE"

_REQUEST_HEADERS = frozenset(
    (
        *("accept", "accept-language", "authorization", "cache-control", "callerobjectid", "consistency"),
        *("content-language", "content-type", "idempotency-key", "if-match", "if-modified-since", "if-none-match"),
        *("odata-maxversion", "odata-version", "pragma", "prefer", "range", "request-id", "traceparent", "tracestate"),
        *("repeatability-client-id", "repeatability-first-sent", "repeatability-request-id"),
        *("x-ms-client-request-id", "x-ms-client-session-id", "x-ms-correlation-id", "x-requested-with"),
    )
)
"""Headers that a page may send. Every header that begins with `mscrm` is allowed too."""

_EXPOSED = (
    "ETag, Handsel-Notices, Location, OData-EntityId, OData-Version, Preference-Applied, REQ_ID, "
    "Repeatability-Result, Retry-After, "
    "WWW-Authenticate, x-ms-client-request-id, x-ms-ratelimit-burst-remaining-xrm-requests, "
    "x-ms-ratelimit-time-remaining-xrm-requests, x-ms-service-request-id"
)


class Cors:
    """Middleware for browsers. `max_age`: seconds that a browser may cache the response to a preflight."""

    def __init__(self, origins: Collection[str], max_age: int) -> None:
        self.origins = frozenset(origins)
        self.max_age = max_age

    def __call__(self, handler: Handler) -> Handler:
        """Answer preflights, which carry no token, and add the CORS headers to every other response."""

        def with_cors(request: Request) -> Response:
            allowed = self._allowed(request)
            if allowed and request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.environ:
                request.route = "preflight"
                return self._preflight(request, allowed)
            response = handler(request)
            if allowed:
                response.headers |= {"Access-Control-Allow-Origin": allowed, "Access-Control-Expose-Headers": _EXPOSED}
            if "*" not in self.origins:
                response.headers["Vary"] = "Origin"  # a cache must not give one origin's response to another
            return response

        return with_cors

    def _allowed(self, request: Request) -> str:
        """The value of Access-Control-Allow-Origin; empty for an unknown origin and for callers that are no browser."""
        origin: str = request.environ.get("HTTP_ORIGIN", "")
        if origin and "*" in self.origins:
            return "*"
        return origin if origin in self.origins else ""

    def _preflight(self, request: Request, allowed: str) -> Response:
        wanted = request.environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")
        names = [name for name in (part.strip().lower() for part in wanted.split(",")) if _may_be_sent(name)]
        headers = {
            "Access-Control-Allow-Origin": allowed,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Max-Age": str(self.max_age),
            "Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        }
        return no_content({**headers, "Access-Control-Allow-Headers": ", ".join(names)} if names else headers)


def _may_be_sent(name: str) -> bool:
    return name in _REQUEST_HEADERS or (name.startswith("mscrm") and name.replace(".", "").isalnum())
