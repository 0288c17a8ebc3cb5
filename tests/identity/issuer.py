"""An OpenID issuer on this machine: it publishes keys and signs tokens, well and badly."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

KINDS = {
    "RS256": lambda: RSAKey.generate_key(2048),
    "PS256": lambda: RSAKey.generate_key(2048),
    "ES256": lambda: ECKey.generate_key("P-256"),
    "ES384": lambda: ECKey.generate_key("P-384"),
}


class LocalIssuer:
    """`documents` are what it answers, by path; `fetched` are the paths that were asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.fetched: list[str] = []
        self.documents: dict[str, Any] = {
            "/.well-known/openid-configuration": {"issuer": address, "jwks_uri": f"{address}/keys"},
        }
        self.algorithm = "ES256"
        self.rotate()

    def rotate(self, algorithm: str | None = None) -> None:
        """Sign with a new key from now on, and publish only that."""
        self.algorithm = algorithm or self.algorithm
        self.key = KINDS[self.algorithm]()
        self.key.ensure_kid()
        self.publish(self.key.as_dict(private=False))

    def publish(self, *keys: Any) -> None:
        self.documents["/keys"] = {"keys": list(keys)}

    def token(self, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token for Anna that is good for ten minutes, unless the claims say otherwise; None leaves one out."""
        now = int(time.time())
        all_claims = {
            "iss": self.address,
            "aud": "https://sales.example",
            "exp": now + 600,
            "nbf": now,
            "iat": now,
            "preferred_username": "anna@contoso.com",
            **claims,
        }
        kept = {name: value for name, value in all_claims.items() if value is not None}
        whole = {"alg": self.algorithm, "kid": self.key.kid, **(header or {})}
        return jwt.encode(
            {name: value for name, value in whole.items() if value is not None}, kept, self.key, [self.algorithm]
        )

    def forged(self, algorithm: str, secret: bytes) -> str:
        """The same claims under another header, signed by a shared secret."""
        payload = self.token().split(".")[1]
        start = f"{_base64(json.dumps({'alg': algorithm, 'kid': self.key.kid}).encode())}.{payload}"
        signature = hmac.digest(secret, start.encode(), "sha256") if secret else b""
        return f"{start}.{_base64(signature)}"


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@contextmanager
def local_issuer() -> Iterator[LocalIssuer]:
    """An issuer that answers until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.fetched.append(self.path)
            document = issuer.documents.get(self.path)
            if isinstance(document, str):
                self.send_response(302)
                self.send_header("Location", document)
            else:
                self.send_response(404 if document is None else 200)
            body = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Nothing on standard error."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer = LocalIssuer(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            thread.join()
