"""Filters find what odata-query, another implementation of the same grammar, finds in the same tables.

Only where it is right: texts in lower case (it is case-sensitive), never-null columns with `ne` and `not` (it
leaves nulls to SQL), `any` built here (the models have no collections), no `all`, and exact decimals on PostgreSQL
only (it knows nothing of how SQLite holds them).
"""

import logging
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handsel.query.tests.company import create

if TYPE_CHECKING:
    import handsel

# It warns of every comparison whose types it does not know.
logging.getLogger("odata_query").setLevel(logging.ERROR)

OURS = {
    "text": "name",
    "whole": "numberofemployees",
    "flag": "donotemail",
    "moment": "createdon",
    "id": "accountid",
    "amount": "revenue",
    "city": "address1_city",
    "person": "primarycontactid/lastname",
    "children": "primarycontactid/numberofchildren",
}
THEIRS = {
    "text": "name",
    "whole": "number_of_employees",
    "flag": "do_not_email",
    "moment": "created_on",
    "id": "account_id",
    "amount": "revenue",
    "city": "address1_city",
    "person": "primary_contact/last_name",
    "children": "primary_contact/number_of_children",
}
NOW = datetime(2024, 2, 29, 12, tzinfo=UTC)
IDS = [UUID(f"00000000-0000-4000-8000-{number:012}") for number in range(8)]

TEXTS = st.text(st.sampled_from("ab%_'"), max_size=3)
QUOTED = TEXTS.map(lambda text: "'" + text.replace("'", "''") + "'")
OPERATORS = st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le"])


def _compared(column: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    one = st.builds(f"{{{{{column}}}}} {{}} {{}}".format, OPERATORS, values)
    # It parses `in (x)` as no list.
    listed = st.lists(values, min_size=2, max_size=3).map(
        lambda found: f"{{{column}}} in ({', '.join(map(str, found))})"
    )
    return one | listed


def _looked_into(column: str) -> st.SearchStrategy[str]:
    return st.builds(
        f"{{}}({{{{{column}}}}},{{}})".format, st.sampled_from(["contains", "startswith", "endswith"]), QUOTED
    )


NUMBERS = st.integers(-2, 4)
MOMENTS = st.integers(-2, 3).map(lambda days: f"{(NOW + timedelta(days=days)).isoformat()[:19]}Z")
PLAIN = st.one_of(
    _compared("text", QUOTED),
    _looked_into("text"),
    _compared("whole", NUMBERS),
    st.builds("{{flag}} {} {}".format, st.sampled_from(["eq", "ne"]), st.sampled_from(["true", "false"])),
    _compared("moment", MOMENTS),
    st.builds("{{id}} {} {}".format, st.sampled_from(["eq", "ne"]), st.sampled_from(IDS)),
    st.sampled_from(["{city} eq null", "{city} ne null"]),
    _compared("person", QUOTED),
    _looked_into("person"),
    _compared("children", NUMBERS),
)
AMOUNTS = _compared("amount", st.sampled_from(["0.5", "1.0", "2.25", "100.0"]))


def _joined(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        terms,
        lambda inner: (
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
            | inner.map("not ({})".format)
            | st.builds("{} and {} or {}".format, inner, inner, inner).map("({})".format)
        ),
        max_leaves=6,
    )


@pytest.fixture
def rows(session: "handsel.Session") -> list[UUID]:
    people = create(
        session,
        "contact",
        *(
            {"lastname": ["a", "ab", "b'", "a%", "_"][number % 5], "numberofchildren": number % 4, "birthdate": birth}
            for number, birth in enumerate(date(2024, 2, 27) + timedelta(days=number % 4) for number in range(10))
        ),
    )
    made = create(
        session,
        "account",
        *(
            {
                "accountid": IDS[number],
                "name": ["a", "ab", "b", "a%b", "b_", "'a'", "aab", "ba"][number],
                "numberofemployees": number % 4,
                "donotemail": number % 3 == 0,
                "revenue": ["0.5", "1", "2.25"][number % 3],
                "overriddencreatedon": NOW + timedelta(days=number % 4 - 1),
                "primarycontactid@odata.bind": f"/contacts({people[number]})",
                **({"address1_city": "bremen"} if number % 2 else {}),
            }
            for number in range(8)
        ),
    )
    for number, person in enumerate(people[:7]):
        parent = f"/accounts({made[number % 3]})"
        session.execute(_moved(person, parent))
    return made


def _moved(person: UUID, parent: str) -> Any:
    import handsel

    return handsel.Update("contact", person, {"parentcustomerid_account@odata.bind": parent})


def ours(text: str) -> list[UUID]:
    """The accounts that this program finds."""
    from handsel.query.odata.options import parse_options
    from handsel.query.run.pages import run

    return sorted(row.id for row in run(parse_options("account", {"$select": "name", "$filter": text})).rows)


def theirs(table: str, text: str, column: str = "pk") -> set[UUID]:
    """What odata-query finds, as the values of a column."""
    from odata_query.django import apply_odata_query

    from handsel.database.context import current
    from handsel.tables.info import table_info

    queryset = table_info(table).model._default_manager.using(current().alias).all()
    return set(apply_odata_query(queryset, text).values_list(column, flat=True))


def test_filters(session: "handsel.Session", rows: list[UUID]) -> None:
    with session.entered():
        terms = PLAIN | AMOUNTS if session.context.dialect.name == "postgresql" else PLAIN

        @given(_joined(terms))
        def check(text: str) -> None:
            assert ours(text.format(**OURS)) == sorted(theirs("account", text.format(**THEIRS)))

        check()


PERSON = {"text": "lastname", "whole": "numberofchildren", "day": "birthdate"}
PERSON_THEIRS = {"text": "last_name", "whole": "number_of_children", "day": "birth_date"}
DAYS = st.integers(0, 5).map(lambda days: (date(2024, 2, 26) + timedelta(days=days)).isoformat())
INSIDE = _joined(
    _compared("text", QUOTED) | _looked_into("text") | _compared("whole", NUMBERS) | _compared("day", DAYS)
)


def test_filters_of_collections(session: "handsel.Session", rows: list[UUID]) -> None:
    with session.entered():

        @given(INSIDE, INSIDE, st.sampled_from(["and", "or"]))
        def check(first: str, second: str, word: str) -> None:
            def some(text: str) -> str:
                return f"contact_customer_accounts/any(c:{text.format(**{k: f'c/{v}' for k, v in PERSON.items()})})"

            def parents(text: str) -> set[UUID]:
                return theirs("contact", text.format(**PERSON_THEIRS), "parent_customer") - {None}

            both = parents(first) & parents(second) if word == "and" else parents(first) | parents(second)
            assert ours(f"{some(first)} {word} {some(second)}") == sorted(both)
            assert ours(f"not {some(first)}") == sorted(set(rows) - parents(first))

        check()
