"""A query tree as `$filter` text again: for people, for logs, and for round-trip tests."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from handsel.query.tree.nodes import (
    And,
    ColumnPath,
    Comparison,
    Exists,
    Linked,
    Literal,
    Node,
    Not,
    OneOf,
    Or,
    QueryFunction,
    TextMatch,
)
from handsel.query.tree.operators import PREFIX


def text_of(node: Node) -> str:
    """The text that `parse_filter` turns into this tree."""
    match node:
        case And(terms):
            return " and ".join(_bracketed(term) for term in terms)
        case Or(terms):
            return " or ".join(_bracketed(term) for term in terms)
        case Not(term):
            return f"not {_bracketed(term)}"
        case Comparison(column, operator, value):
            return f"{column} {operator} {value if isinstance(value, ColumnPath) else literal(value)}"
        case OneOf(column, values):
            return f"{column} in ({','.join(map(literal, values))})"
        case TextMatch(test, column, text):
            return f"{test}({column},{literal(text)})"
        case QueryFunction(name, column, values):
            given = f",PropertyValues=[{','.join(map(literal, values))}]" if values else ""
            return f"{PREFIX}{name}(PropertyName='{column}'{given})"
        case Exists(rows, variable, term):
            collection = f"{rows.table}({rows.column}={rows.to})" if isinstance(rows, Linked) else rows
            return f"{collection}/any({'' if term is None else f'{variable}:{text_of(term)}'})"


def _bracketed(node: Node) -> str:
    return f"({text_of(node)})" if isinstance(node, (And, Or)) else text_of(node)


def literal(value: Literal) -> str:
    """A value as text of a filter."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            quoted = value.replace("'", "''")
            return f"'{quoted}'"
        case Decimal():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else str(value)
