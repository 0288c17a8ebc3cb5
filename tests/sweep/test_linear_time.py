"""Every parser of what callers send takes time in proportion to its length, on lengths of 1×, 2× and 4×."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace

import pytest
from oauthlib.oauth2.rfc6749.errors import OAuth2Error

from handsel.errors import HandselError
from handsel.http.forwarded import caller_of, networks_of
from handsel.http.naming import allowed_hosts, public_url
from handsel.http.request import without_values
from handsel.query.fetchxml.parser import parse_fetch
from handsel.query.odata.apply import parse_apply
from handsel.query.odata.expand import parse_expand, parse_select
from handsel.query.odata.filter import parse_filter
from handsel.query.odata.orderby import parse_order
from handsel.query.run.cookies import read_cookie
from handsel.query.sql.parser import parse_sql
from handsel.site.start import start

start()

from handsel.engine.parameters import as_uuid  # noqa: E402
from handsel.engine.values import bound  # noqa: E402
from handsel.query.compile.patterns import like  # noqa: E402
from handsel.query.tree.nodes import ColumnPath  # noqa: E402
from handsel.site.identity import form  # noqa: E402
from handsel.site.identity.authentication import looks_signed  # noqa: E402
from handsel.webapi.metadata.query_options import options_of  # noqa: E402
from handsel.webapi.protocol.arguments import arguments_of  # noqa: E402
from handsel.webapi.protocol.call import Call, parse_json  # noqa: E402
from handsel.webapi.protocol.conditions import conditions_of  # noqa: E402
from handsel.webapi.protocol.json_limits import MOST_VALUES, check_json  # noqa: E402
from handsel.webapi.protocol.keys import below_root, literal  # noqa: E402
from handsel.webapi.protocol.multipart import parse_batch  # noqa: E402
from handsel.webapi.protocol.prefer import parse_prefer  # noqa: E402
from handsel.webapi.protocol.segments import segments_of  # noqa: E402
from handsel.webapi.route_template import template_of  # noqa: E402

PROXIES = networks_of(["10.0.0.1"])
SIZE = 4_000
"""Letters of the shortest text. A parser in quadratic time takes sixteen times as long for four times as many."""

LIMIT = 9.0
"""How many times the time of the shortest text the longest one may take: four times in linear time."""

HALF = 2.8
"""The same for a text that is twice as long."""

NEGLIGIBLE = 0.004
"""Seconds of CPU below which nothing is compared: a quadratic parser of a hostile text takes much longer."""


def batch(line: str) -> None:
    parse_batch(
        f"--b\r\nContent-Type: application/http\r\n\r\n{line}\r\n\r\n\r\n--b--\r\n".encode(),
        "multipart/mixed;boundary=b",
    )


def forwarded(text: str) -> None:
    for name in ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_HOST"):
        caller_of({"REMOTE_ADDR": "10.0.0.1", name: text}, PROXIES)


def call(**headers: str) -> Call:
    return Call(SimpleNamespace(), "GET", "", "", {k.replace("_", "-"): v for k, v in headers.items()}, b"", "")  # type: ignore[arg-type]


def conditions(text: str) -> None:
    conditions_of(call(if_match=text))
    conditions_of(call(if_none_match=text))


def query(text: str) -> None:
    asked = call()
    asked.query = text
    _ = asked.options


PARSERS: dict[str, Callable[[str], object]] = {
    "request line of a batch": batch,
    "boundary": lambda text: parse_batch(b"", f"multipart/mixed; boundary={text}"),
    "body of a batch": lambda text: parse_batch(text.encode(), "multipart/mixed; boundary=b"),
    "Prefer": parse_prefer,
    "annotations in Prefer": lambda text: parse_prefer(f'odata.include-annotations="{text}"').wants("a.b"),
    "forwarded": forwarded,
    "If-Match": conditions,
    "query": query,
    "$filter": parse_filter,
    "text in $filter": lambda text: parse_filter(f"name eq '{text}'"),
    "$orderby": parse_order,
    "$select": parse_select,
    "$expand": parse_expand,
    "$apply": parse_apply,
    "options of definitions": lambda text: options_of(
        {"$filter": text, "$select": "a", "$expand": f"A($filter={text})"}
    ),
    "FetchXML": parse_fetch,
    "condition in FetchXML": lambda text: parse_fetch(
        f'<fetch><entity name="account"><filter><condition attribute="name" operator="like" value="{text}"/></filter>'
        "</entity></fetch>"
    ),
    "sql": parse_sql,
    "text in sql": lambda text: parse_sql(f"SELECT name FROM account WHERE name LIKE '{text}'"),
    "pattern of LIKE": lambda text: like(ColumnPath("name"), text[:1_000]),
    "JSON": parse_json,
    "values and levels of JSON": lambda text: check_json("accounts", text.encode() + b"," * MOST_VALUES),
    "text in JSON": lambda text: parse_json(f'{{"a":"{text}"}}'),
    "path": segments_of,
    "route": template_of,
    "arguments of a function": lambda text: arguments_of(text, {}),
    "value in a path": literal,
    "address of a row": below_root,
    "bind": bound,
    "id": lambda text: as_uuid("a", "b", text),
    "cookie": read_cookie,
    "form": lambda text: form.fields(form.FORM, text.encode()),
    "Basic": lambda text: form.secret(f"Basic {text}", {}),
    "token": looks_signed,
    "path in the log": without_values,
    "public URL": public_url,
    "allowed hosts": allowed_hosts,
}
HOSTILE = (
    *(
        " ",
        "\t",
        "[",
        "(",
        "{",
        "<",
        '"',
        "'",
        "''a",
        "\\",
        '\\"',
        ",",
        ";",
        "=",
        "a",
        "0",
        "1.",
        "%",
        "%%",
        "%a",
        "$",
        "*",
    ),
    *(
        "a ",
        "a,",
        "a=",
        'a="',
        "x='",
        "/",
        "a/",
        "a(",
        "a/b(",
        "-",
        "--b\n",
        "\r\n",
        "@",
        "@p",
        "é",
        "\\u0041",
        "\\ud800",
    ),
    *(
        "not ",
        "a eq 1 or ",
        "and ",
        "1,",
        "a;b=",
        "boundary",
        "boundary=",
        "Microsoft.Dynamics.CRM.",
        "Microsoft.Dynamics.CRM.a'",
    ),
    *(
        'W/"1",',
        "HTTP/1.1 ",
        "https://",
        "v9.2/",
        "for=1;",
        '<a b="',
        "<a>",
        "&amp;",
        "&",
        "&a=",
        "N'",
        "select ",
        "..",
        "__",
        ":",
    ),
)


CLEAR = 5.5
"""The same for the times of single calls, which settle it at once if they are so near to four times."""


def seconds(parse: Callable[[str], object], text: str, times: int = 3) -> float:
    """The CPU time of one call; the best of some, which other processes disturb least."""
    best = 1e9
    for _ in range(times):
        begun = time.thread_time()
        with suppress(HandselError, OAuth2Error, ValueError):
            parse(text)
        best = min(best, time.thread_time() - begun)
        if best < NEGLIGIBLE:
            break
    return best


def complaint(parse: Callable[[str], object], size: int = SIZE) -> str:
    """The first hostile text whose parsing takes more than its share; empty if there is none."""
    for piece in HOSTILE:
        for begin, end in (("", ""), ("GET a", "b!")):
            texts = [begin + piece * (size * times // len(piece)) + end for times in (1, 2, 4)]
            once = seconds(parse, texts[2], 1)
            if once < NEGLIGIBLE or once <= CLEAR * seconds(parse, texts[0], 1):
                continue
            for _ in range(3):  # a clock may err, a parser does not
                short, middle, long = (seconds(parse, text) for text in texts)
                if long < NEGLIGIBLE or long <= LIMIT * short or long <= HALF * middle:
                    break
            else:
                return f"{begin}{piece!r}…{end}: {short:.4f} s, {middle:.4f} s, {long:.4f} s"
    return ""


@pytest.mark.parametrize("name", PARSERS)
def test_time_grows_with_the_length(name: str) -> None:
    assert complaint(PARSERS[name]) == ""


def test_a_parser_in_quadratic_time_is_found() -> None:
    slow = re.compile(r"\s+\Z")
    assert "…b!: 0." in complaint(slow.search, 1_000)


def test_one_long_line_in_a_batch_is_read_at_once() -> None:
    begun = time.thread_time()
    with suppress(HandselError):
        batch("GET " + " " * 60_000 + "x")
    parse_prefer('odata.include-annotations="' + "[" * 24_000 + '"').wants("OData.Community.Display.V1.FormattedValue")
    assert time.thread_time() - begun < 0.5
