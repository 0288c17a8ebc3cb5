"""How deep and how large a query tree may be. Every tree is checked before it is compiled."""

from __future__ import annotations

from handsel.errors import BadRequest, Code
from handsel.query.tree.nodes import And, Exists, Node, Not, OneOf, Or, QueryFunction

MAX_DEPTH = 100
MAX_NODES = 5_000
MAX_COLLECTIONS = 6
"""How deep conditions on collections may be nested."""


def check_limits(node: Node) -> None:
    """Refuse a tree that is too deep or too large (0x80060888). Walks without recursion, so it is safe on any tree."""
    nodes = 0
    level = [(node, int(isinstance(node, Exists)))]
    depth = 0
    while level:
        nodes += sum(
            len(each.values) or 1 if isinstance(each, (OneOf, QueryFunction)) else 1 for each, _inside in level
        )
        if nodes > MAX_NODES:
            raise too_large()
        if depth > MAX_DEPTH:
            raise too_deep()
        if any(inside > MAX_COLLECTIONS for _each, inside in level):
            raise BadRequest(
                f"The filter looks into more than {MAX_COLLECTIONS} collections inside one another.", Code.QUERY_SYNTAX
            )
        level = [(child, inside + isinstance(child, Exists)) for each, inside in level for child in children(each)]
        depth += 1


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    if isinstance(node, (And, Or)):
        return node.terms
    return (node.term,) if isinstance(node, (Not, Exists)) and node.term is not None else ()


def too_deep() -> BadRequest:
    """The error for too deep a nesting."""
    return BadRequest(
        f"The filter is nested more than {MAX_DEPTH} levels deep. Write it with fewer brackets.", Code.QUERY_SYNTAX
    )


def too_large() -> BadRequest:
    """The error for too many terms."""
    return BadRequest(
        f"The filter has more than {MAX_NODES:,} terms and values. Ask in several smaller questions.", Code.QUERY_SYNTAX
    )
