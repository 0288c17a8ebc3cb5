"""Queries on both databases: the right rows, in the right order, and clear refusals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handsel.errors import BadRequest, Code, HandselError, InvalidArgument
from handsel.query.tests.evaluate import matches
from handsel.query.tests.trees import trees
from handsel.query.tree.nodes import And, ColumnPath, Comparison, Node, Not, Operator, any_of

if TYPE_CHECKING:
    import handsel
    from handsel.database.row import Row


@pytest.fixture
def select(session: "handsel.Session") -> Iterator[Any]:
    """The module under test, inside the session."""
    from handsel.query.run import select

    with session.entered():
        yield select


def create(session: "handsel.Session", table: str, *rows: dict[str, Any]) -> list[UUID]:
    import handsel

    return [row.id for row in session.execute_many([handsel.Create(table, values) for values in rows])]


def names(rows: Iterator["Row"]) -> list[str]:
    return [row["name"] for row in rows]


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ("name eq 'ärger & söhne'", ["Ärger & Söhne"]),
        ("name ne 'ÄRGER & SÖHNE'", ["100% Żubr", "O'Neill"]),
        ("contains(name,'r & S')", ["Ärger & Söhne"]),
        ("contains(name,'0%')", ["100% Żubr"]),
        ("contains(name,'_')", []),
        ("endswith(name,'ŻUBR')", ["100% Żubr"]),
        ("startswith(name,'o''n')", ["O'Neill"]),
        ("startswith(name,'neill')", []),
        ("name lt 'P' and name gt 'B'", ["O'Neill"]),
        ("name in ('O''NEILL','nobody')", ["O'Neill"]),
        ("accountnumber eq null", ["100% Żubr", "O'Neill"]),
        ("accountnumber ne 'A1'", ["100% Żubr", "O'Neill"]),
        ("not (accountnumber eq 'a1')", ["100% Żubr", "O'Neill"]),
        ("not (accountnumber gt 'z')", ["Ärger & Söhne", "100% Żubr", "O'Neill"]),
        ("not contains(accountnumber,'1')", ["100% Żubr", "O'Neill"]),
        ("accountnumber gt null or accountnumber le null", []),
        ("accountnumber in (null,'A1')", ["Ärger & Söhne", "100% Żubr", "O'Neill"]),
        ("owninguser/domainname eq 'ADMIN'", ["Ärger & Söhne", "100% Żubr", "O'Neill"]),
        ("primarycontactid/fullname eq null", ["Ärger & Söhne", "100% Żubr", "O'Neill"]),
        ("not (primarycontactid/fullname eq 'x') and name eq 'O''Neill'", ["O'Neill"]),
        ("_owninguser_value ne null and statecode eq 0", ["Ärger & Söhne", "100% Żubr", "O'Neill"]),
        ("revenue eq 922337203685477.5807 or revenue eq 0.00005", []),
        ("revenue gt 0.29995 and revenue lt 0.30005", ["O'Neill"]),
        ("exchangerate ge 1 and exchangerate lt 5000000000000", ["Ärger & Söhne", "100% Żubr", "O'Neill"]),
        ("createdon gt 2024-02-29T10:20:29.5Z and createdon le 2024-02-29T12:20:30+02:00", ["O'Neill"]),
        ("createdon ge 2024-02-29 and createdon lt 2024-03-01", ["O'Neill"]),
    ],
)
def test_filters(session: "handsel.Session", select: Any, filter: str, found: list[str]) -> None:
    moment = datetime(2024, 2, 29, 10, 20, 30, tzinfo=UTC)
    create(
        session,
        "account",
        {"name": "Ärger & Söhne", "accountnumber": "A1"},
        {"name": "100% Żubr"},
        {"name": "O'Neill", "revenue": Decimal("0.3"), "overriddencreatedon": moment},
    )
    assert names(select.rows("account", filter=filter)) == found
    assert select.count("account", filter) == len(found)
    assert len(select.keys("account", filter=filter)) == len(found)


@pytest.mark.parametrize(
    ("filter", "said"),
    [
        ("nme eq 'x'", "Account (account) has no column 'nme'. Did you mean name?"),
        ("Name eq 'x'", "Did you mean name?"),
        ("password eq 'x'", "(account) has no column 'password'"),
        ("owninguser/password eq 'x'", "(systemuser) has no column 'password'"),
        ("owning_user__password eq 'x'", "has no column 'owning_user__password'"),
        ("hs_custom eq 'x'", "has no column 'hs_custom'"),
        ("nowhere/name eq 'x'", "has no navigation property 'nowhere'"),
        ("name/name eq 'x'", "has no navigation property 'name'"),
        (
            "ownerid/name eq 'x'",
            "only ownerid can be asked, as in ownerid/ownerid. For more take one of owningteam, owninguser.",
        ),
        ("statecode eq 'x'", "statecode cannot be compared with 'x'; it takes an option by"),
        ("name eq 5", "name cannot be compared with 5; it takes a text in single quotes."),
        ("donotfax eq 1", "donotfax cannot be compared with 1; it takes true or false."),
        ("createdon lt 5", "it takes a date or time like"),
        ("ownerid eq 'nobody'", "ownerid cannot be compared with 'nobody'; it takes an id like"),
        ("statecode in (0,'x')", "statecode cannot be compared with 'x'"),
        ("contains(statecode,'x')", "statecode holds no text, so contains cannot look into it."),
    ],
)
def test_wrong_filters_are_refused_before_any_row_is_read(select: Any, filter: str, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        select.rows("account", filter=filter)
    assert said in refused.value.message
    assert refused.value.code is Code.QUERY_SYNTAX


def test_bad_arguments_are_refused(select: Any) -> None:
    for arguments in ({"top": -1}, {"chunk": 0}, {"order_by": "name", "after": UUID(int=1)}):
        with pytest.raises(InvalidArgument):
            select.rows("account", **arguments)
    with pytest.raises(HandselError, match="no table named 'nothing'"):
        select.rows("nothing")
    with pytest.raises(BadRequest, match="no column 'nme'"):
        select.rows("account", order_by="nme")


def test_order_puts_nulls_first_and_ignores_case(session: "handsel.Session", select: Any) -> None:
    create(
        session,
        "account",
        {"name": "b", "revenue": 10},
        {"name": "A", "revenue": 9},
        {"name": "a", "revenue": None},
        {"name": "Ä", "revenue": 10},
    )
    assert names(select.rows("account", order_by="name")) == ["A", "a", "b", "Ä"]
    assert names(select.rows("account", order_by="revenue,name desc")) == ["a", "A", "Ä", "b"]
    assert names(select.rows("account", order_by="revenue desc,name")) == ["b", "Ä", "A", "a"]
    assert names(select.rows("account", order_by="owninguser/fullname,name desc", chunk=2)) == ["Ä", "b", "A", "a"]
    assert names(select.rows("account", order_by="name desc", top=2)) == ["Ä", "b"]
    assert names(select.rows("account", order_by="name desc", top=3, chunk=1)) == ["Ä", "b", "A"]
    assert names(select.rows("account", order_by="name", top=0)) == []


def test_pages_give_every_row_once(session: "handsel.Session", select: Any) -> None:
    ids = create(session, "account", *({"name": f"n{number}"} for number in range(10)))
    for chunk in (1, 3, 5, 10, 100):
        assert [row.id for row in select.rows("account", chunk=chunk)] == ids
        assert [row.id for row in select.rows("account", chunk=chunk, top=7)] == ids[:7]
        assert [row.id for row in select.rows("account", chunk=chunk, after=ids[3])] == ids[4:]
    assert list(select.rows("account", top=0)) == []
    assert select.keys("account", filter="name ne 'n1'", limit=2) == [ids[0], ids[2]]
    assert select.keys("account", after=ids[7], limit=5) == ids[8:]
    assert select.count("account") == 10


def test_a_page_is_read_only_when_it_is_needed(session: "handsel.Session", select: Any) -> None:
    from handsel.database.statements import counted_statements

    create(session, "account", *({"name": f"n{number}"} for number in range(10)))
    with counted_statements() as count:
        rows = select.rows("account", chunk=2)
        before = len(count)
        next(rows), next(rows)
        assert len(count) == before + 1
        next(rows)
        assert len(count) == before + 2


def test_rows_outlive_the_call_that_asked(session: "handsel.Session") -> None:
    from handsel.query.run import select

    ids = create(session, "account", *({"name": f"n{number}"} for number in range(5)))
    with session.entered():
        rows, ordered = select.rows("account", chunk=2), select.rows("account", order_by="name", chunk=2)
    assert [row.id for row in rows] == [row.id for row in ordered] == ids


@pytest.mark.parametrize("count", [1_000, 4_990])
def test_long_chains(session: "handsel.Session", select: Any, count: int) -> None:
    create(session, "account", {"name": "a"})
    assert select.count("account", " and ".join(["name ne 'x'"] * count)) == 1
    assert select.count("account", " or ".join([*["name eq 'x'"] * count, "name eq 'A'"])) == 1
    listed = ",".join(f"'{number}'" for number in range(count))
    assert select.count("account", f"name in ({listed},'A')") == 1


HIT = Comparison(ColumnPath("name"), Operator.EQ, "a")
MISS = Comparison(ColumnPath("name"), Operator.EQ, "x")


def test_nesting_as_deep_as_the_limit(session: "handsel.Session", select: Any) -> None:
    from django.db import transaction

    from handsel.database.context import current
    from handsel.database.statements import connection

    create(session, "account", {"name": "a"})
    with transaction.atomic(using=current().alias):
        # What PostgreSQL needs for planning it on a busy machine is not what is asked here.
        current().dialect.without_time_limit(connection())

        def deep(node: Node, width: int) -> Node:
            for level in range(98):
                terms = (*([HIT] * (width - 1)), node) if level % 2 else (*([MISS] * (width - 1)), node)
                node = And(terms) if level % 2 else any_of(terms)
            return node

        assert select.count("account", deep(HIT, 2)) == 1
        assert select.count("account", Not(deep(HIT, 2))) == 0
        # Planning this one takes PostgreSQL seconds, so it is asked once: with a negation that the row passes.
        assert select.count("account", Not(deep(MISS, 49))) == 1


def test_two_deep_branches(session: "handsel.Session", select: Any) -> None:
    create(session, "account", {"name": "a"})

    def deep(levels: int, side: Node) -> Node:
        node = side
        for level in range(levels):
            node = And((HIT, node)) if level % 2 else any_of((MISS, node))
        return node

    tree: Node = HIT
    for level in range(40):
        branch = deep(40, HIT)
        tree = And((branch, tree)) if level % 2 else any_of((branch, tree))
    assert select.count("account", tree) == 1


def test_parent_columns_and_lookups_without_a_foreign_key(session: "handsel.Session", select: Any) -> None:
    [account] = create(session, "account", {"name": "Ärger"})
    create(
        session,
        "annotation",
        {"subject": "one", "objectid": {"table": "account", "id": account}},
        {"subject": "two"},
    )
    found = select.rows("annotation", filter="objectid_account/name eq 'ärger'")
    assert [row["subject"] for row in found] == ["one"]
    found = select.rows("annotation", filter="objectid_account/name ne 'ärger'", order_by="objectid_account/name")
    assert [row["subject"] for row in found] == ["two"]


def test_parent_columns_are_compared_where_they_are_stored(session: "handsel.Session", select: Any) -> None:
    [kind] = create(session, "discounttype", {"name": "by amount", "isamounttype": True})
    create(session, "discount", {"discounttypeid": kind, "lowquantity": 1, "highquantity": 2, "amount": 1})
    assert select.count("discount", "isamounttype eq true") == 1
    assert select.count("discount", "isamounttype ne true") == 0
    with pytest.raises(BadRequest, match="isamounttype cannot be compared with 5"):
        select.count("discount", "isamounttype eq 5")


@dataclass(frozen=True)
class Custom:
    """Columns added to contact by an administrator."""

    account: UUID


CUSTOM_COLUMNS = {
    "new_code": "text",
    "new_rate": "decimal",
    "new_fee": "money",
    "new_count": "integer",
    "new_flag": "boolean",
    "new_day": "date",
    "new_ref": "lookup",
}


@pytest.fixture
def custom(session: "handsel.Session") -> Custom:
    from handsel.engine.customization.add_column import AddColumn

    [account] = create(session, "account", {"name": "Ärger"})
    more: dict[str, dict[str, Any]] = {"new_rate": {"precision": 4}, "new_ref": {"target": "account"}}
    session.execute_many(
        [AddColumn("contact", name, type, **more.get(name, {})) for name, type in CUSTOM_COLUMNS.items()]
    )
    return Custom(account)


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ("new_rate eq 12345678901234.5678", ["wide"]),
        ("new_rate gt 12345678901234.5677", ["wide"]),
        ("new_rate gt 12345678901234.5678", []),
        ("new_rate lt 10", ["nine"]),
        ("new_rate in (9, 9.1)", ["nine"]),
        ("new_rate eq null", ["ten"]),
        ("new_rate ne 9", ["wide", "ten"]),
        ("new_fee lt 10", ["nine"]),
        ("new_fee ge 10.0", ["ten"]),
        ("new_count lt 10", ["nine"]),
        ("new_count gt 9.5", ["ten"]),
        ("new_code eq 'äX'", ["nine"]),
        ("contains(new_code,'Ä')", ["nine"]),
        ("new_flag eq true", ["nine"]),
        ("new_flag ne true", ["wide", "ten"]),
        ("new_day ge 2024-02-29 and new_day lt 2024-03-01", ["nine"]),
        ("new_ref/name eq 'ÄRGER'", ["ten"]),
        ("new_ref ne null", ["ten"]),
    ],
)
def test_custom_columns(session: "handsel.Session", select: Any, custom: Custom, filter: str, found: list[str]) -> None:
    create(
        session,
        "contact",
        {"lastname": "wide", "new_rate": Decimal("12345678901234.5678")},
        {
            "lastname": "nine",
            "new_rate": Decimal("9.0"),
            "new_fee": Decimal(9),
            "new_count": 9,
            "new_code": "Äx",
            "new_flag": True,
            "new_day": date(2024, 2, 29),
        },
        {"lastname": "ten", "new_fee": Decimal("10.00"), "new_count": 10, "new_ref": custom.account},
    )
    assert [row["lastname"] for row in select.rows("contact", filter=filter)] == found
    assert select.count("contact", f"new_ref eq {custom.account}") == 1
    ordered = select.rows("contact", filter="new_rate ne null", order_by="new_rate")
    assert [row["new_rate"] for row in ordered] == [Decimal(9), Decimal("12345678901234.5678")]


COLUMNS = {
    ColumnPath("lastname"): "text",
    ColumnPath("name", ("parentcustomerid_account",)): "text",
    ColumnPath("new_code"): "text",
    ColumnPath("name", ("new_ref",)): "text",
    ColumnPath("annualincome"): "number",
    ColumnPath("numberofchildren"): "number",
    ColumnPath("address1_latitude"): "number",
    ColumnPath("new_rate"): "number",
    ColumnPath("donotfax"): "boolean",
    ColumnPath("new_flag"): "boolean",
    ColumnPath("anniversary"): "day",
    ColumnPath("new_day"): "day",
    ColumnPath("createdon"): "moment",
    ColumnPath("parentcustomerid"): "id",
}
WRITABLE = {path.column: kind for path, kind in COLUMNS.items() if not path.steps and kind != "id"}


def test_every_tree_finds_what_plain_python_finds(session: "handsel.Session", select: Any, custom: Custom) -> None:
    values: dict[str, list[Any]] = {
        "text": ["a", "Ab", "ä", "Ä%", "Жß", "a'", None],
        "number": [0, 1, 2, 3, None],
        "boolean": [True, False, None],
        "day": [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), None],
        "moment": [datetime(2024, 2, 28, tzinfo=UTC), datetime(2024, 2, 29, 11, 30, tzinfo=UTC)],
    }
    fractions = {"annualincome": Decimal("0.5"), "new_rate": Decimal("0.0001"), "address1_latitude": Decimal("0.25")}
    given_rows: list[dict[str, Any]] = []
    for number in range(24):
        row: dict[str, Any] = {}
        for index, (name, kind) in enumerate(WRITABLE.items()):
            value = values[kind][(number * (index + 1) + index) % len(values[kind])]
            row[name] = value + fractions.get(name, 0) if kind == "number" and value is not None else value
        row["parent"], row["ref"] = number % 3 == 0, number % 4 == 0
        given_rows.append(row)
    ids = create(session, "contact", *(created(row, custom) for row in given_rows))

    def reader(row: dict[str, Any]) -> Any:
        def read(path: ColumnPath) -> Any:
            if path.steps:
                return "Ärger" if row["parent" if path.steps[0] == "parentcustomerid_account" else "ref"] else None
            if path.column == "parentcustomerid":
                return custom.account if row["parent"] else None
            value = row[path.column]
            return float(value) if path.column == "address1_latitude" and value is not None else value

        return read

    @given(trees(COLUMNS, id=st.uuids(version=4) | st.just(custom.account)))
    def check(tree: Node) -> None:
        expected = [id for id, row in zip(ids, given_rows, strict=True) if matches(tree, reader(row))]
        assert select.keys("contact", filter=tree) == expected

    check()


def created(row: dict[str, Any], custom: Custom) -> dict[str, Any]:
    """A row as it is created."""
    values = {name: row[name] for name in WRITABLE if name != "createdon"}
    values["overriddencreatedon"] = row["createdon"]
    if row["parent"]:
        values["parentcustomerid_account@odata.bind"] = f"/accounts({custom.account})"
    if row["ref"]:
        values["new_ref"] = custom.account
    return values
