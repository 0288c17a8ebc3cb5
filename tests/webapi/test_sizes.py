"""Sizes and nesting are refused before anything is parsed, per kind of request."""

import tracemalloc

import pytest

from handsel.errors import BadRequest
from handsel.http.errors import PayloadTooLarge
from handsel.webapi.protocol.json_limits import LARGEST_ROW, MAX_DEPTH, MOST_VALUES, check_json
from handsel.webapi.protocol.multipart import parse_batch
from handsel.webapi.surface import body_limit
from tests.webapi.client import Api

MB = 1024 * 1024


def test_the_kinds_of_requests(one_api: Api) -> None:
    application = one_api.application
    assert application.body_limit("/api/data/v9.2/accounts") == 16 * MB
    assert application.body_limit("/api/data/v9.2/$batch") == 100 * MB
    assert application.body_limit("/api/data/v9.2/accounts/Microsoft.Dynamics.CRM.CreateMultiple") == 100 * MB
    assert application.body_limit("/oauth2/token") == body_limit("/x") == MB


def test_a_row_that_is_too_large(one_api: Api) -> None:
    reply = one_api("POST", "accounts", b'{"name":"A"' + b" " * (16 * MB) + b"}")
    assert (reply.status, reply.code) == (413, "0x80060888")
    part = b'POST accounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"name":"A"' + b" " * (16 * MB) + b"}"
    body = b"--b\r\nContent-Type: application/http\r\n\r\n" + part + b"\r\n--b--\r\n"
    reply = one_api("POST", "$batch", body, {"Content-Type": "multipart/mixed; boundary=b"})
    assert reply.status == 400
    assert b"HTTP/1.1 413 Payload Too Large" in reply.body
    assert one_api.get("accounts/$count").body == b"0"


def test_many_small_members_cost_no_memory(one_api: Api) -> None:
    body = b"{" + b",".join(b'"a%d":1' % number for number in range(1_000_000)) + b"}"
    assert len(body) < LARGEST_ROW
    tracemalloc.start()
    reply = one_api("POST", "accounts", body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (reply.status, reply.code) == (413, "0x80060888")
    assert reply.message == "The body has more than 250,000 values. Send them in several requests."
    assert peak < 3 * len(body)


def test_limits_of_json() -> None:
    check_json("accounts", b"[" + b"1," * (MOST_VALUES - 2) + b"1]")
    with pytest.raises(PayloadTooLarge):
        check_json("accounts", b"[" + b"1," * MOST_VALUES + b"1]")
    check_json("accounts/Microsoft.Dynamics.CRM.CreateMultiple", b"[" + b"1," * MOST_VALUES + b"1]")
    deep = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    check_json("accounts", deep)
    with pytest.raises(BadRequest, match="too deep: more than 100 levels"):
        check_json("accounts", b"[" + deep + b"]")
    # Brackets in a text are no levels.
    check_json("accounts", b'{"a":"' + b'\\"[{' * 200 + b'"}')


@pytest.mark.parametrize("sign", [b"{", b"[", b",", b'\\",', b"\\\\{"])
def test_what_stands_in_a_text_is_no_value(one_api: Api, sign: bytes) -> None:
    text = sign * (MOST_VALUES + 1)
    check_json("accounts", b'{"a":"' + text + b'","b":[1,2]}')
    with pytest.raises(PayloadTooLarge):
        check_json("accounts", b'{"a":"' + text + b'","b":[' + b"1," * MOST_VALUES + b"1]}")
    reply = one_api("POST", "accounts", b'{"name":"A","description":"' + text + b'"}')
    assert (reply.status, "values" in reply.message) == (400, False)
    assert "description" in reply.message


def test_nesting_is_refused_in_words(one_api: Api) -> None:
    reply = one_api("POST", "accounts", b'{"a":' * 101 + b"1" + b"}" * 101)
    assert (reply.status, reply.code, reply.message) == (
        400,
        "0x80048d19",
        "The JSON is nested too deep: more than 100 levels.",
    )


@pytest.mark.parametrize("filler", [b"\n", b"a\n", b"--b", b"\r\n--bx\r\n", b"--b\r\n\r\n"])
def test_a_batch_takes_little_memory(filler: bytes) -> None:
    body = b"--b\r\n" + filler * (MB // len(filler))
    tracemalloc.start()
    with pytest.raises(BadRequest):
        parse_batch(body, "multipart/mixed; boundary=b")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * len(body)


def test_more_operations_than_a_batch_holds() -> None:
    part = b"--b\r\nContent-Type: application/http\r\n\r\nGET accounts HTTP/1.1\r\n\r\n"
    assert len(parse_batch(part * 1000 + b"--b--", "multipart/mixed; boundary=b")) == 1000
    with pytest.raises(BadRequest, match="at most 1,000 operations"):
        parse_batch(part * 1001 + b"--b--", "multipart/mixed; boundary=b")


def test_huge_numbers_are_refused(one_api: Api) -> None:
    reply = one_api("POST", "accounts", b'{"name":"A","revenue":1.' + b"1" * 1_000_000 + b"}")
    assert (reply.status, len(reply.body) < 1000) == (400, True)
