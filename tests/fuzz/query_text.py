"""Query options as texts that are nearly right: made by the grammar, then damaged at a few positions."""

from typing import Any
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from handsel.query.tree.operators import FUNCTIONS, PREFIX

_CURIOUS = st.sampled_from(
    [*list("()[]{}'\"<>&=/,;:@$%*+-.\\ \n\x00\x1f\ud7ffäЖ😀0129aeN"), "--", "''", "/*", " or ", " eq ", "null"]
)
_COLUMNS = st.sampled_from(
    [
        "name",
        "revenue",
        "numberofemployees",
        "createdon",
        "donotemail",
        "statecode",
        "accountid",
        "_ownerid_value",
        "primarycontactid/lastname",
        "parentaccountid/name",
        "owninguser/domainname",
        "exchangerate",
        "address1_latitude",
    ]
)
_VALUES = st.sampled_from(
    [
        "'x'",
        "''",
        "'it''s'",
        "'%_'",
        "null",
        "true",
        "1",
        "-1.5",
        "1e30",
        "99999999999999999999",
        "2026-02-28",
        "2026-02-28T10:00:00Z",
        "9999-12-31",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "@p",
        "name",
        '"x"',
    ]
)
_OPERATORS = st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le"])
_PEOPLE = "contact_customer_accounts"


def _given(draw: Any) -> str:
    """The parameters of a query function, as many as it likes."""
    values = draw(st.lists(_VALUES, max_size=3))
    how = draw(st.sampled_from(["PropertyValues=[{}]", "PropertyValue={}", "PropertyValue1={0},PropertyValue2={0}"]))
    return f",{how.format(','.join(values))}" if values else ""


@st.composite
def _terms(draw: Any) -> str:
    column, value = draw(_COLUMNS), draw(_VALUES)
    match draw(st.integers(0, 5)):
        case 0:
            return f"{draw(st.sampled_from(['contains', 'startswith', 'endswith']))}({column},{value})"
        case 1:
            return f"{column} in ({','.join(draw(st.lists(_VALUES, max_size=4)))})"
        case 2:
            name = draw(st.sampled_from([*FUNCTIONS, "Nonsense"]))
            return f"{PREFIX}{name}(PropertyName='{column}'{_given(draw)})"
        case _:
            return f"{column} {draw(_OPERATORS)} {value}"


FILTERS = st.recursive(
    _terms(),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
        | inner.map("not ({})".format)
        | inner.map(f"{_PEOPLE}/any(c:{{}})".format)
        | inner.map(f"{_PEOPLE}/all(c:c/lastname eq 'x' or {{}})".format)
    ),
    max_leaves=5,
)
ORDERS = st.lists(st.builds("{} {}".format, _COLUMNS, st.sampled_from(["", "asc", "desc", "up"])), max_size=4).map(
    ",".join
)
EXPANDS = st.recursive(
    st.sampled_from(["primarycontactid", _PEOPLE, "owninguser", "parentaccountid", "nonsense"]),
    lambda inner: st.builds(
        "{}($select={};$filter={};$expand={};$top={})".format,
        st.sampled_from(["primarycontactid", _PEOPLE, "parentaccountid"]),
        st.sampled_from(["lastname", "name", "createdon", "*", ""]),
        FILTERS,
        inner,
        st.integers(-1, 3),
    ),
    max_leaves=3,
)
APPLIES = st.builds(
    "{}groupby(({}),aggregate({} with {} as {},$count as n))".format,
    FILTERS.map("filter({})/".format) | st.just(""),
    _COLUMNS,
    _COLUMNS,
    st.sampled_from(["sum", "average", "min", "max", "countdistinct", "median"]),
    st.sampled_from(["s", "n", "name", "1"]),
)
COOKIES = st.builds(
    '<cookie pagenumber="{}" pagingcookie="%253ccookie%2520page%253d%2522{}%2522%253e%253c{}%2520last%253d%2522{}%2522'
    '%2520first%253d%2522{}%2522%2520%252f%253e%253c%252fcookie%253e" istracking="False" />'.format,
    st.integers(-1, 5),
    st.integers(-1, 5),
    st.sampled_from(["name", "accountid", "nonsense"]),
    st.text(max_size=5),
    st.text(max_size=5),
)

_FETCH_OPERATORS = st.sampled_from(
    [
        "eq",
        "ne",
        "lt",
        "like",
        "not-like",
        "begins-with",
        "in",
        "not-in",
        "between",
        "null",
        "not-null",
        "on",
        "today",
        "last-x-days",
        "older-than-x-months",
        "eq-userid",
        "in-fiscal-year",
        "under",
        "above",
        "contain-values",
        "nonsense",
    ]
)
_WORDS = st.sampled_from(
    ["name", "revenue", "createdon", "accountid", "statecode", "ownerid", "lastname", "x", "", "1", "%", "true"]
)


@st.composite
def _elements(draw: Any, depth: int = 0) -> str:
    attributes = draw(
        st.dictionaries(
            st.sampled_from(["name", "alias", "attribute", "operator", "value", "type", "from", "to", "link-type"])
            | st.sampled_from(["aggregate", "groupby", "dategrouping", "descending", "valueof", "entityname"]),
            _WORDS | st.sampled_from(["contact", "sum", "count", "year", "inner", "outer", "exists", "and", "or"]),
            max_size=3,
        )
    )
    name = draw(
        st.sampled_from(["attribute", "all-attributes", "order", "filter", "condition", "link-entity", "value"])
    )
    usual = {"attribute": {"name": draw(_WORDS)}, "order": {"attribute": draw(_WORDS)}}.get(name, {})
    if name == "condition":
        usual = {"attribute": draw(_WORDS), "operator": draw(_FETCH_OPERATORS), "value": draw(_WORDS)}
    if name == "link-entity":
        usual = {"name": "contact", "from": draw(_WORDS), "to": draw(_WORDS)}
    inside = "" if depth > 2 else "".join(draw(st.lists(_elements(depth + 1), max_size=3)))
    given = "".join(f" {key}={quoteattr(value)}" for key, value in {**usual, **attributes}.items())
    return f"<{name}{given}>{inside}</{name}>"


FETCHES = st.builds(
    "<fetch{}><entity name='account'>{}</entity></fetch>".format,
    st.sampled_from(["", " aggregate='true'", " distinct='true'", " page='2'", " top='3'", " count='2'", " x='y'"]),
    st.lists(_elements(), max_size=4).map("".join),
)
_SQL_WORDS = (
    "SELECT FROM WHERE AND OR NOT IN LIKE BETWEEN IS NULL GROUP BY ORDER TOP DISTINCT JOIN LEFT ON AS COUNT(*) "
    "SUM(revenue) account contact a c name revenue a.name c.lastname c.parentcustomerid a.accountid createdon "
    "'x' '%' 1 -1.5 = <> >= ( ) , ; OFFSET 0 ROWS FETCH NEXT ONLY DESC"
)
_SQL = st.sampled_from(_SQL_WORDS.split())
SELECTS = st.lists(_SQL, max_size=12).map(lambda words: " ".join(["SELECT name FROM account a", *words])) | st.lists(
    _SQL, max_size=14
).map(" ".join)


@st.composite
def hurt(draw: Any, texts: st.SearchStrategy[str]) -> str:
    """A text with up to three characters dropped, doubled, exchanged or put in."""
    text: str = draw(texts)
    for _ in range(draw(st.integers(0, 3))):
        position = draw(st.integers(0, len(text)))
        other = draw(st.integers(0, len(text)))
        match draw(st.integers(0, 3)):
            case 0:
                text = text[:position] + text[position + 1 :]
            case 1:
                text = text[:position] + text[position : position + 5] + text[position:]
            case 2:
                text = text[: min(position, other)] + text[max(position, other) :]
            case _:
                text = text[:position] + draw(_CURIOUS) + text[position:]
    return text
