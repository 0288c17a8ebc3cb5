"""A client that costs almost no time: prepared requests, sent over one connection that stays open."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any

ROOT = "/api/data/v9.2/"


def request(
    token: str, method: str, path: str, body: bytes | dict[str, Any] = b"", kind: str = "application/json"
) -> bytes:
    """A whole HTTP request, headers and body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [
        f"{method} {ROOT}{path} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {token}",
        "Accept: application/json",
        "OData-Version: 4.0",
        f"Content-Type: {kind}",
        f"Content-Length: {len(data)}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + data


class Client:
    """One connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> bytes:
        """The body of the response. Raises RuntimeError for an error, also of a part of a batch."""
        self._socket.sendall(request)
        held = self._socket.recv(65_536)
        while b"\r\n\r\n" not in held:
            held += self._more()
        head, _, body = held.partition(b"\r\n\r\n")
        length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
        wanted = int(length.partition(b":")[2])
        parts, size = [body], len(body)
        while size < wanted:
            parts.append(self._more())
            size += len(parts[-1])
        body = b"".join(parts)
        if not head.startswith(b"HTTP/1.1 2") or b"\r\nHTTP/1.1 4" in body or b"\r\nHTTP/1.1 5" in body:
            raise RuntimeError(f"{head.decode()}\n{body[:1000].decode()}")
        return body

    def close(self) -> None:
        self._socket.close()

    def _more(self) -> bytes:
        found = self._socket.recv(65_536)
        if not found:
            raise RuntimeError("The server closed the connection.")
        return found


def load(port: int, requests: Sequence[bytes], clients: int) -> tuple[list[float], float]:
    """Milliseconds of each request, and the seconds for all, with several clients at once."""
    waiting = iter(requests)
    taken: list[float] = []
    failed: list[BaseException] = []

    def work() -> None:
        client = Client(port)
        try:
            for each in waiting:
                start = time.perf_counter()
                client.send(each)
                taken.append((time.perf_counter() - start) * 1000)
        except Exception as error:
            failed.append(error)
        finally:
            client.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return taken, time.perf_counter() - start
