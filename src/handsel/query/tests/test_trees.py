"""Any tree with collections and query functions finds what a plain Python evaluation finds, on both databases."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handsel.query.tests.company import create
from handsel.query.tests.evaluate import Rows
from handsel.query.tests.trees import OPERATORS, TEXTS, functions, trees
from handsel.query.tree.nodes import ColumnPath, Comparison, Exists, Node, Not, all_of, any_of

if TYPE_CHECKING:
    import handsel

NOW = datetime(2024, 2, 29, 12, tzinfo=UTC)
PEOPLE = "contact_customer_accounts"

ACCOUNT = {"name": "text", "revenue": "number", "creditlimit": "number", "createdon": "moment"}
PERSON = {"lastname": "text", "annualincome": "number", "numberofchildren": "number", "anniversary": "day"}


def paths(columns: dict[str, str], source: str = "") -> dict[ColumnPath, str]:
    return {ColumnPath(name, (), source): kind for name, kind in columns.items()}


def leaves(source: str, columns: dict[str, str]) -> st.SearchStrategy[Node]:
    known = paths(columns, source)
    numbers = st.sampled_from([path for path, kind in known.items() if kind == "number"])
    outer = st.sampled_from([ColumnPath("revenue"), ColumnPath("creditlimit")])
    two = st.builds(Comparison, numbers, OPERATORS, numbers | outer)
    texts = st.builds(Comparison, st.just(next(iter(known))), OPERATORS, st.just(ColumnPath("name")))
    return trees(known) | functions(known) | two | texts


def some(variable: str, inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    term = st.recursive(
        inside, lambda more: st.lists(more, min_size=2, max_size=2).map(any_of) | more.map(Not), max_leaves=3
    )
    rows = ColumnPath(PEOPLE) if variable == "c" else ColumnPath(PEOPLE, ("parentcustomerid_account",), "c")
    return term.map(lambda node: Exists(rows, variable, node))


DEEPER = some("d", leaves("d", PERSON) | leaves("c", PERSON))
PEOPLE_OF = some("c", leaves("c", PERSON) | DEEPER) | st.just(Exists(ColumnPath(PEOPLE)))
CONDITIONS = st.recursive(
    PEOPLE_OF | leaves("", ACCOUNT),
    lambda more: (
        st.lists(more, min_size=2, max_size=2).map(all_of)
        | st.lists(more, min_size=2, max_size=2).map(any_of)
        | more.map(Not)
    ),
    max_leaves=4,
)


@pytest.fixture
def rows(session: "handsel.Session") -> Rows:
    accounts: list[dict[str, Any]] = [
        {
            "name": text,
            "revenue": [Decimal("0.5"), Decimal(1), None][number % 3],
            "creditlimit": [Decimal(1), None][number % 2],
            "createdon": NOW + timedelta(days=[-400, -31, -8, -1, 0, 1][number % 6]),
        }
        for number, text in enumerate(["a", "Ab", "ä", "Ä%", "b'", "Ж"])
    ]
    people: list[dict[str, Any]] = [
        {
            "lastname": ["a", "AB", "ä", "x"][number % 4],
            "annualincome": [Decimal("0.5"), None, Decimal(2)][number % 3],
            "numberofchildren": [0, 1, None, 3, 2][number % 5],
            "anniversary": [date(2024, 2, 28), date(2024, 2, 29), None][number % 3],
            "of": number % 5 if number % 5 < 4 else None,
        }
        for number in range(11)
    ]
    ids = create(
        session,
        "account",
        *(
            {**{k: v for k, v in row.items() if k != "createdon"}, "overriddencreatedon": row["createdon"]}
            for row in accounts
        ),
    )
    given_people = []
    for person in people:
        values = {key: value for key, value in person.items() if key != "of"}
        if person["of"] is not None:
            values["parentcustomerid_account@odata.bind"] = f"/accounts({ids[person['of']]})"
        given_people.append(values)
    create(session, "contact", *given_people)
    return Rows(ids, accounts, people, NOW)


STRATEGIES = {
    "numbers and texts": functions(paths({name: kind for name, kind in ACCOUNT.items() if kind != "moment"})),
    "moments": functions(paths({"createdon": "moment"})),
    "days": functions(paths({"anniversary": "day"}, "c")).map(lambda node: Exists(ColumnPath(PEOPLE), "c", node)),
    "collections": PEOPLE_OF,
    "all": CONDITIONS,
}


@pytest.mark.parametrize("kind", STRATEGIES)
def test_every_tree_finds_what_plain_python_finds(session: "handsel.Session", rows: Rows, kind: str) -> None:
    from handsel.query.run.pages import run
    from handsel.query.tree.request import Output, Request

    with session.entered():

        @given(STRATEGIES[kind])
        def check(tree: Node) -> None:
            request = Request("account", (Output(ColumnPath("name"), "name"),), filter=tree)
            assert [row.id for row in run(request, NOW).rows] == rows.found(tree)

        check()


def test_patterns_find_what_a_regular_expression_finds(session: "handsel.Session", rows: Rows) -> None:
    from handsel.query.compile.patterns import like
    from handsel.query.run.pages import run
    from handsel.query.tree.request import Output, Request

    with session.entered():

        @given(st.lists(TEXTS | st.sampled_from(["%", "_", "[%]", "[_]"]), max_size=3).map("".join))
        def check(pattern: str) -> None:
            request = Request(
                "account", (Output(ColumnPath("name"), "name"),), filter=like(ColumnPath("name"), pattern)
            )
            assert [row.id for row in run(request).rows] == rows.like(pattern)

        check()
