"""The paging cookie, letter by letter: the most fragile contract of the Web API (Web API 6)."""

from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import pytest

from handsel.errors import BadRequest, Code
from handsel.query.run.cookies import Cookie, Edge, cookie_after, read_cookie

FIRST, LAST = "{00000000-0000-0000-0000-00000000000A}", "{00000000-0000-0000-0000-00000000000B}"
KEY = Edge("accountid", FIRST, LAST)
GOLDEN = (
    '<cookie pagenumber="3" pagingcookie="'
    "%253ccookie%2520page%253d%25222%2522%253e"
    "%253caccountid%2520last%253d%2522%257b00000000-0000-0000-0000-00000000000B%257d%2522"
    "%2520first%253d%2522%257b00000000-0000-0000-0000-00000000000A%257d%2522%2520%252f%253e"
    '%253c%252fcookie%253e" istracking="False" />'
)


def test_the_golden_cookie() -> None:
    assert cookie_after(2, [KEY]) == GOLDEN


def test_the_inner_cookie_is_encoded_twice() -> None:
    outer = fromstring(GOLDEN)
    assert outer.attrib.keys() == {"pagenumber", "pagingcookie", "istracking"}
    assert unquote(unquote(outer.attrib["pagingcookie"])) == (
        f'<cookie page="2"><accountid last="{LAST}" first="{FIRST}" /></cookie>'
    )


def test_each_page_has_another_cookie() -> None:
    """A client that takes the next page from `pagenumber` would loop on a constant one."""
    assert [fromstring(cookie_after(page, [KEY])).get("pagenumber") for page in (1, 2, 3)] == ["2", "3", "4"]


@pytest.mark.parametrize("decoded", [0, 1, 2])
def test_clients_send_it_back_in_several_forms(decoded: int) -> None:
    inner = fromstring(GOLDEN).attrib["pagingcookie"]
    for _ in range(decoded):
        inner = unquote(inner)
    assert read_cookie(inner) == read_cookie(GOLDEN) == Cookie(3, (LAST,))


def test_values_that_xml_must_escape_and_nulls() -> None:
    edges = [Edge("name", 'a<b&"', "50% ä'"), Edge("revenue", None, None), KEY]
    assert read_cookie(cookie_after(1, edges)) == Cookie(2, ("50% ä'", None, LAST))


def test_values_that_xml_cannot_hold_leave_the_page_number() -> None:
    assert read_cookie(cookie_after(1, [Edge("name", "a", "b\x01")])) == Cookie(2, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "<cookie",
        "<other/>",
        '<cookie pagenumber="x"/>',
        '<cookie pagenumber="2" pagingcookie="x"/>',
        '<cookie pagenumber="99999999999999999999"/>',
        '<!DOCTYPE a [<!ENTITY b "c">]><cookie page="&b;"/>',
    ],
)
def test_bad_cookies_are_refused(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read_cookie(text)
    assert refused.value.code is Code.QUERY_SYNTAX
