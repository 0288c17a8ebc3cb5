"""A client that calls the WSGI application in this process, checked by wsgiref's validator."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

ROOT = "http://sales.example/api/data/v9.2/"


@dataclass
class Reply:
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.json["value"]
        return rows

    @property
    def code(self) -> str:
        code: str = self.json["error"]["code"]
        return code

    @property
    def message(self) -> str:
        text: str = self.json["error"]["message"]
        return text

    @property
    def id(self) -> str:
        """The id at the end of OData-EntityId."""
        return self.headers["OData-EntityId"].rpartition("(")[2].removesuffix(")")


@dataclass
class Api:
    """Short methods to call the Web API. Paths are relative to its root and may contain spaces."""

    application: Callable[..., Any]
    token: str
    database_url: str
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        *,
        below: str = "/api/data/v9.2/",
        remote: str = "127.0.0.1",
    ) -> Reply:
        target, _, query = path.partition("?")
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": (below + target).encode("utf-8", "surrogateescape").decode("latin-1"),
            "QUERY_STRING": quote(query, safe="$=&%+'(),@*:/;!~"),
            "SCRIPT_NAME": "",
            "HTTP_HOST": "sales.example",
            "REMOTE_ADDR": remote,
            "CONTENT_LENGTH": str(len(data)),
            "CONTENT_TYPE": "application/json",
            "wsgi.input": io.BytesIO(data),
        }
        given = {"authorization": f"Bearer {self.token}", **self.headers, **(headers or {})}
        for name, value in given.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        setup_testing_defaults(environ)
        found: list[Any] = []
        response = validator(self.application)(environ, lambda status, sent, _exc=None: found.extend((status, sent)))
        text = b"".join(response)
        response.close()
        return Reply(int(found[0].split()[0]), dict(found[1]), text)

    def get(self, path: str, **headers: str) -> Reply:
        return self("GET", path, headers=_named(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        return self("POST", path, body, _named(headers))

    def patch(self, path: str, body: Any, **headers: str) -> Reply:
        return self("PATCH", path, body, _named(headers))

    def delete(self, path: str, **headers: str) -> Reply:
        return self("DELETE", path, headers=_named(headers))

    def made(self, entity_set: str, body: Mapping[str, Any]) -> str:
        """Create a row and return its id."""
        reply = self.post(entity_set, body)
        assert reply.status == 204, reply.body
        return reply.id

    def batch(self, text: str, **headers: str) -> Reply:
        return self(
            "POST", "$batch", text.encode(), {"content-type": 'multipart/mixed; boundary="b"', **_named(headers)}
        )


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
