"""What servers do that are not as they should be: each becomes a sentence (erp 8.7, 8.15); and what prices become."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from handsel.connectors.businesscentral.client import Client
from handsel.connectors.businesscentral.order_bodies import priced
from handsel.connectors.businesscentral.tokens import Tokens
from handsel.connectors.businesscentral.wire import Wire
from handsel.connectors.contract import RejectedByThem, Target, Unreachable, kind_named
from handsel.errors import InvalidArgument
from handsel.testing.certificate import issue

TOKEN = b'{"access_token": "sample", "expires_in": 3599}'


@contextmanager
def serving(*answers: bytes, wrap: Callable[[socket.socket], socket.socket] = lambda each: each) -> Iterator[str]:
    """A server that gives these answers, each on a connection of its own, which it closes behind."""

    def serve() -> None:
        for answer in answers:
            connection, _address = listener.accept()
            try:
                with closing(wrap(connection)) as each:
                    each.recv(65536)
                    each.sendall(answer)
            except ssl.SSLError:
                pass

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        thread.join(30)
        assert not thread.is_alive(), "not everything was asked for"


def answer(body: bytes, status: str = "200 OK", *more: str) -> bytes:
    """An answer that promises to keep the connection."""
    heads = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more, "", ""]
    return "\r\n".join(heads).encode() + body


def client(server: str, wire: Wire) -> Client:
    """A client of a company with an id, so that it is not looked up."""
    tokens = Tokens(wire, f"http://{server}/token", "sample", "sample")
    return Client(f"http://{server}/api/v2.0", str(uuid4()), tokens, wire)


BAD = {
    "without JSON": answer(b"<html>Service</html>"),
    "without rows": answer(b"{}"),
    r"answers 500\.$": answer(b"", "500 Oh"),
    "does not have what is asked for: No such": answer(
        b'{"error": {"code": "BadRequest_ResourceNotFound", "message": "No such segment."}}', "404 Not Found"
    ),
    "answers 302": answer(b"", "302 Found", "Location: https://elsewhere.example/"),
    "answers 404 and not as": answer(b"<html>not here</html>", "404 Not Found"),
    "ended before the answer": b"",
    "ended before": b"nonsense\r\n\r\n",
    "refuses the connection: No.": answer(b'{"error": {"code": "x", "message": "No."}}', "403 Forbidden"),
    "gets no access token": answer(b'{"value": [], "@odata.nextLink": "https://elsewhere.example/"}'),
}


@pytest.mark.parametrize("said", BAD)
def test_what_is_no_business_central_is_unreachable(said: str):
    wire = Wire()
    # The connection on which the token came is closed: the read goes again by a new one.
    with serving(answer(TOKEN), BAD[said]) as server, closing(wire), pytest.raises(Unreachable, match=said):
        list(client(server, wire).rows("items"))


def test_a_refusal_is_told_in_their_words_and_waiting_in_seconds():
    wire = Wire()
    refused = answer(b'{"error": {"code": "x", "message": "Not so.  CorrelationId:  1-2."}}', "400 Bad Request")
    with serving(answer(TOKEN), refused) as server, closing(wire), pytest.raises(RejectedByThem, match=r"^Not so\.$"):
        list(client(server, wire).rows("items"))
    busy = answer(b"", "503 Busy", "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT")
    with serving(answer(TOKEN), busy) as server, closing(wire), pytest.raises(Unreachable) as caught:
        list(client(server, wire).rows("items"))
    assert caught.value.seconds is not None
    assert caught.value.seconds > 10**8


def test_a_certificate_that_is_not_trusted_gets_no_secret(tmp_path: Path):
    issued = issue(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(issued.chain, issued.key)
    wire = Wire()
    with (
        serving(b"", wrap=lambda each: context.wrap_socket(each, server_side=True)) as server,
        closing(wire),
        pytest.raises(Unreachable, match=r"The certificate of 127\.0\.0\.1:.* is not trusted"),
    ):
        Tokens(wire, f"https://{server}/token", "sample", "sample").token()


def test_a_server_that_is_not_there():
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = f"127.0.0.1:{listener.getsockname()[1]}"
    with closing(Wire()) as wire, pytest.raises(Unreachable, match="cannot be reached: Connection refused"):
        list(client(server, wire).rows("items"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"url": "http://erp.example/api"}, "--url .* must begin with https://"),
        ({"url": "https://erp.example/api?x=1"}, "--url .* is no plain address"),
        ({"token-url": "https://[x/"}, "--token-url .* is no address"),
        ({"company": ""}, "has no company"),
        ({"client-secret-env": "SAMPLE_NOT_SET"}, "SAMPLE_NOT_SET, which connector erp has its secret in, is not set"),
    ],
)
def test_settings_that_cannot_work(changed: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAMPLE_SECRET", "sample")
    given = {
        "url": "https://erp.example/api/v2.0",
        "token-url": "https://login.example/token",
        "company": "Sample",
        "client-id": "sample",
        "client-secret-env": "SAMPLE_SECRET",
        **changed,
    }
    target = Target(uuid4(), "erp", "businesscentral", given.pop("url"), tuple(given.items()))
    with pytest.raises(InvalidArgument, match=said):
        kind_named("businesscentral").open(target)


@pytest.mark.parametrize(
    ("quantity", "price", "net", "places", "expected"),
    [
        ("3", "19.99", "58.47", 2, ("19.99", "1.50")),  # 59.97 − 58.47
        ("4", "250", "990", 2, ("250", "10")),
        ("1", "10", "10", 2, ("10", "0")),
        ("0", "10", "0", 2, ("10", "0")),
        ("3", "0", "0", 2, ("0", "0")),
        ("-2", "5", "-9", 2, ("5", "-1")),  # a return of 10 less 1
        # 3 × 0.33 is 0.99, a cent too little: the price becomes 0.33334, 3 of which are 1.00002, rounded 1.00
        ("3", "0.33", "1.00", 2, ("0.33334", "0")),
        ("2", "5", "-1", 2, ("-0.5", "0")),
        ("0", "5", "1", 2, None),
        ("7", "3.3", "23", 0, ("3.3", "0")),  # 23.1 in a currency without decimals
    ],
)
def test_a_line_is_our_net_there(quantity: str, price: str, net: str, places: int, expected: Any):
    wanted = None if expected is None else tuple(map(Decimal, expected))
    assert priced(Decimal(quantity), Decimal(price), Decimal(net), places) == wanted
