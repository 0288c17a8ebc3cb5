"""The query functions of Dataverse in `$filter`: `Microsoft.Dynamics.CRM.In(PropertyName='c',PropertyValues=['1'])`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handsel.errors import BadRequest, Code
from handsel.query.odata.parser import CONSTANTS, Parser
from handsel.query.odata.tokens import Token, unexpected
from handsel.query.tree.limits import MAX_NODES, too_large
from handsel.query.tree.nodes import ColumnPath, Literal, Node, QueryFunction, Untyped
from handsel.query.tree.operators import FUNCTIONS, PREFIX, check_count

_VALUES = ("PropertyValue", "PropertyValue1", "PropertyValue2", "PropertyValues")


def query_function(
    parser: Parser, name: Token, path: Callable[[Sequence[str]], ColumnPath], count: Callable[[], None]
) -> Node:
    """The function, read from its opening bracket on. `path` makes a column of a name, `count` counts values.

    Raises BadRequest (0x80060888) for unknown functions and parameters.
    """
    function = name.text.removeprefix(PREFIX)
    if function not in FUNCTIONS:
        raise BadRequest(
            f"There is no query function {name}. Known are {', '.join(FUNCTIONS)}.",
            Code.QUERY_SYNTAX,
            function=name.text,
            position=name.position,
        )
    column: str | None = None
    values: dict[str, list[Literal]] = {}
    parser.expect("(")
    while True:
        key = parser.take()
        if key.text not in (*_VALUES, "PropertyName") or key.text in values or (column and key.text == "PropertyName"):
            raise unexpected(key, f"PropertyName or one of {', '.join(_VALUES)}, each once")
        parser.expect("=")
        if key.text == "PropertyName":
            column = _column(parser)
        else:
            values[key.text] = _listed(parser) if key.text == "PropertyValues" else [untyped(parser)]
            for _ in values[key.text]:
                count()
        if not parser.at(","):
            break
        parser.take()
    parser.expect(")")
    if column is None:
        raise BadRequest(f"{name} lacks its PropertyName.", Code.QUERY_SYNTAX, position=name.position)
    given = tuple(value for key in _VALUES for value in values.get(key, ()))
    check_count(function, name.text, len(given))
    return QueryFunction(function, path(column.split("/")), given)


def _column(parser: Parser) -> str:
    token = parser.token
    value = parser.value()
    if not isinstance(value, str) or not value:
        raise unexpected(token, "the name of a column in quotes")
    return value


def _listed(parser: Parser) -> list[Literal]:
    if parser.token.kind == "alias":
        return parser.parameter(parser.take(), _listed)
    parser.expect("[")
    values: list[Literal] = []
    while not parser.at("]"):
        if values:
            parser.expect(",")
        if len(values) >= MAX_NODES:
            raise too_large()
        values.append(untyped(parser))
    parser.take()
    return values


def untyped(parser: Parser) -> Literal:
    """A value that gets its type from the column: `2`, `'2'` and `"2"` are the same here."""
    token = parser.token
    if token.kind == "alias":
        return parser.parameter(parser.take(), untyped)
    value = parser.value()
    if isinstance(value, str):
        return Untyped(value)
    return None if value is None else Untyped(token.text) if token.text not in CONSTANTS else value
