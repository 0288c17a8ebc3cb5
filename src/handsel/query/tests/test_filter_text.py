"""`$filter` and `$orderby` text: what it means, and the errors for wrong text."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given

from handsel.errors import BadRequest, Code
from handsel.query.odata.filter import parse_filter
from handsel.query.odata.orderby import parse_order
from handsel.query.tests.trees import trees
from handsel.query.tree.limits import MAX_DEPTH, MAX_NODES, check_limits
from handsel.query.tree.nodes import (
    And,
    ColumnPath,
    Comparison,
    Exists,
    Literal,
    Node,
    Not,
    OneOf,
    Operator,
    Or,
    Order,
    QueryFunction,
    TextMatch,
    TextTest,
    Untyped,
)
from handsel.query.tree.printing import text_of

A, B, C = (Comparison(ColumnPath(name), Operator.EQ, Decimal(1)) for name in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a eq 1 or b eq 1 and c eq 1", Or((A, And((B, C))))),
        ("(a eq 1 or b eq 1) and c eq 1", And((Or((A, B)), C))),
        ("a eq 1 and b eq 1 or c eq 1", Or((And((A, B)), C))),
        ("not a eq 1 and b eq 1", And((Not(A), B))),
        ("not (a eq 1 and b eq 1)", Not(And((A, B)))),
        ("a eq 1 and (b eq 1 and c eq 1)", And((A, B, C))),
        ("1 eq a", A),
        ("1 gt a", Comparison(ColumnPath("a"), Operator.LT, Decimal(1))),
        ("a in (1, null)", OneOf(ColumnPath("a"), (Decimal(1), None))),
        ("startswith(name,'x''y')", TextMatch(TextTest.STARTS_WITH, ColumnPath("name"), "x'y")),
        ("contains( account/name , '' )", TextMatch(TextTest.CONTAINS, ColumnPath("name", ("account",)), "")),
        ("contains(name,'x') eq true", TextMatch(TextTest.CONTAINS, ColumnPath("name"), "x")),
        ("contains(name,'x') ne true", Not(TextMatch(TextTest.CONTAINS, ColumnPath("name"), "x"))),
        ("(a eq 1) eq false", Not(A)),
        ("a/b/c eq d", Comparison(ColumnPath("c", ("a", "b")), Operator.EQ, ColumnPath("d"))),
        ("$it/a eq 1", A),
        ("rows/any()", Exists(ColumnPath("rows"))),
        (
            "a/rows/any(r:r/a eq 1)",
            Exists(ColumnPath("rows", ("a",)), "r", Comparison(ColumnPath("a", (), "r"), Operator.EQ, Decimal(1))),
        ),
        ("rows/all(r: a eq 1)", Not(Exists(ColumnPath("rows"), "r", Not(A)))),
        (
            "rows/any(r:r/more/any(m:m/x eq r/y))",
            Exists(
                ColumnPath("rows"),
                "r",
                Exists(
                    ColumnPath("more", (), "r"),
                    "m",
                    Comparison(ColumnPath("x", (), "m"), Operator.EQ, ColumnPath("y", (), "r")),
                ),
            ),
        ),
        (
            'Microsoft.Dynamics.CRM.In(PropertyName="a",PropertyValues=["2",\'3\',4])',
            QueryFunction("In", ColumnPath("a"), (Untyped("2"), Untyped("3"), Untyped("4"))),
        ),
        (
            "rows/any(r:r/Microsoft.Dynamics.CRM.Between(PropertyName='a',PropertyValue1=1,PropertyValue2=2))",
            Exists(
                ColumnPath("rows"),
                "r",
                QueryFunction("Between", ColumnPath("a", (), "r"), (Untyped("1"), Untyped("2"))),
            ),
        ),
        ("Microsoft.Dynamics.CRM.Today(PropertyName='b/a')", QueryFunction("Today", ColumnPath("a", ("b",)))),
        ("_ownerid_value eq null", Comparison(ColumnPath("ownerid"), Operator.EQ, None)),
    ],
)
def test_text_means_a_tree(text: str, tree: Node) -> None:
    assert parse_filter(text) == tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("true", True),
        ("'it''s'", "it's"),
        ("''", ""),
        ("'12'", "12"),
        ("-1.50", Decimal("-1.5")),
        ("922337203685477.5807", Decimal("922337203685477.5807")),
        ("2e3", Decimal(2000)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-29T10:20:30Z", datetime(2024, 2, 29, 10, 20, 30, tzinfo=UTC)),
        ("2024-02-29T10:20:30.5000000Z", datetime(2024, 2, 29, 10, 20, 30, 500000, tzinfo=UTC)),
        ("2024-02-29T10:20:30+02:00", datetime(2024, 2, 29, 8, 20, 30, tzinfo=UTC)),
        ("2024-02-29T10:20", datetime(2024, 2, 29, 10, 20, tzinfo=UTC)),
        ("0F8FAD5B-d9cb-469f-a165-70867728950e", UUID("0f8fad5b-d9cb-469f-a165-70867728950e")),
        ("12345678-1234-1234-1234-123456789012", UUID("12345678-1234-1234-1234-123456789012")),
    ],
)
def test_values(text: str, value: Literal) -> None:
    tree = parse_filter(f"x eq {text}")
    assert isinstance(tree, Comparison)
    assert tree.value == value
    assert type(tree.value) is type(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ends too early: expected a column"),
        ("name", "ends too early: expected eq, ne"),
        ("name eq", "ends too early: expected a value"),
        ("name is 'x'", "'is' at position 6"),
        ("name eq 'x' and", "ends too early"),
        ("name eq 'x' 'y'", "''y'' at position 13"),
        ("name eq 'x", "starts at position 9 has no closing quote"),
        ("(name eq 'x'", "expected ')'"),
        ("name eq 'x')", "')' at position 12"),
        ("'a' eq 'b'", "expected a column"),
        ("tolower(name) eq 'x'", "expected a function out of contains, startswith, endswith"),
        ("Microsoft.Dynamics.CRM.Never(PropertyName='a')", "There is no query function 'Microsoft.Dynamics.CRM.Never'"),
        ("Microsoft.Dynamics.CRM.In(PropertyValues=['a'])", "lacks its PropertyName"),
        ("Microsoft.Dynamics.CRM.In(PropertyName='a')", "takes at least one value (PropertyValues), and was given 0"),
        ("Microsoft.Dynamics.CRM.Today(PropertyName='a',PropertyValue=1)", "takes no value, and was given 1"),
        ("Microsoft.Dynamics.CRM.On(Name='a')", "expected PropertyName or one of PropertyValue"),
        ("rows/any(x eq 1)", "expected ':'"),
        ("rows/all()", "expected a new name for each row"),
        ("rows/any(r:r/a/any(r:r/b eq 1))", "expected a new name for each row"),
        ("contains(name,'x') eq 5", "expected true or false"),
        ("contains(name,5)", "'5' at position 15"),
        ("a" + "/b" * 11 + " eq 1", "expected at most 10 navigation steps"),
        ("name eq 2024-02-30", "'2024-02-30' at position 9 is no possible value"),
        ("name eq 0001-01-01T00:00:00+10:00", "outside the calendar"),
        ("name eq #", "from '#' at position 9 on"),
        ("name eq 12x", "from '12x' at position 9 on"),
        ("name in ()", "')' at position 10"),
        ("a eq 1 xor b eq 1", "'xor' at position 8"),
        ("name eq 'a\x00'", "NUL"),
        ("a eq " + "9" * 201, "too many digits"),
    ],
)
def test_bad_text_is_refused_with_word_and_position(text: str, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_filter(text)
    assert said in refused.value.message
    assert refused.value.code is Code.QUERY_SYNTAX


@given(
    trees(
        {ColumnPath("t"): "text", ColumnPath("n", ("way",)): "number", ColumnPath("m"): "moment", ColumnPath("i"): "id"}
    )
)
def test_a_printed_tree_reads_the_same(tree: Node) -> None:
    assert parse_filter(text_of(tree)) == tree


def test_parameter_aliases() -> None:
    parameters = {"@p1": "'it''s'", "@p2": "5", "@p3": "['1','2']"}
    assert parse_filter("a eq @p1 and b gt @p2", parameters) == And(
        (
            Comparison(ColumnPath("a"), Operator.EQ, "it's"),
            Comparison(ColumnPath("b"), Operator.GT, Decimal(5)),
        )
    )
    text = "Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=@p3)"
    assert parse_filter(text, parameters) == QueryFunction("In", ColumnPath("a"), ("1", "2"))


@pytest.mark.parametrize("parameters", [{}, {"@p1": ""}, {"@p1": "x desc"}, {"@p1": "1 or 1"}, {"@p1": "@p1"}])
def test_bad_parameter_aliases_are_refused(parameters: dict[str, str]) -> None:
    with pytest.raises(BadRequest):
        parse_filter("a eq @p1", parameters)


@pytest.mark.parametrize("start", ["name eq '", 'name eq "', "Microsoft.Dynamics.CRM.In(PropertyName='"])
def test_a_long_text_without_an_end_takes_no_time(start: str) -> None:
    with pytest.raises(BadRequest, match="no closing quote"):
        parse_filter(start + "a" * 100_000)


def test_a_long_chain_is_one_flat_node() -> None:
    tree = parse_filter(" and ".join(["a eq 1"] * 1_000))
    assert tree == And((A,) * 1_000)


def test_nesting_up_to_the_limit() -> None:
    assert parse_filter("(" * MAX_DEPTH + "a eq 1" + ")" * MAX_DEPTH) == A
    tree = parse_filter("not " * MAX_DEPTH + "a eq 1")
    check_limits(tree)


@pytest.mark.parametrize("opening", ["(", "not ", "not ("])
@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 100_000])
def test_deeper_nesting_is_refused(opening: str, levels: int) -> None:
    with pytest.raises(BadRequest, match="100 levels deep"):
        parse_filter(opening * levels + "a eq 1")


@pytest.mark.parametrize(
    "text", [" or ".join(["a eq 1"] * (MAX_NODES + 1)), f"a in ({','.join(['1'] * (MAX_NODES + 1))})"]
)
def test_too_many_terms_are_refused(text: str) -> None:
    with pytest.raises(BadRequest, match="5,000"):
        parse_filter(text)


def test_trees_built_in_python_have_the_same_limits() -> None:
    deep: Node = A
    for _ in range(100_000):
        deep = Not(deep)
    with pytest.raises(BadRequest, match="100 levels deep"):
        check_limits(deep)
    with pytest.raises(BadRequest, match="5,000"):
        check_limits(And((A,) * MAX_NODES))
    while isinstance(deep, Not):  # take it apart from the outside, for freeing it would recurse
        deep = deep.term


def test_order() -> None:
    assert parse_order("name desc, account/name asc,_ownerid_value") == (
        Order(ColumnPath("name"), descending=True),
        Order(ColumnPath("name", ("account",))),
        Order(ColumnPath("ownerid")),
    )


@pytest.mark.parametrize("text", ["", "name,", "name down", "name desc asc", "1"])
def test_bad_order_is_refused(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_order(text)
    assert refused.value.code is Code.QUERY_SYNTAX
