"""Any `$filter` text finds what a plain Python evaluation of its tree finds: the grammar, not only the compiler."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handsel.query.tests.evaluate import Rows
from handsel.query.tests.test_trees import NOW, STRATEGIES, rows
from handsel.query.tree.nodes import Node
from handsel.query.tree.printing import text_of

if TYPE_CHECKING:
    import handsel

__all__ = ["rows"]


@pytest.mark.parametrize("kind", STRATEGIES)
def test_every_text_finds_what_plain_python_finds(session: "handsel.Session", rows: Rows, kind: str) -> None:
    from handsel.query.odata.options import parse_options
    from handsel.query.run.pages import run

    with session.entered():

        @given(STRATEGIES[kind], st.booleans())
        def check(tree: Node, spaced: bool) -> None:
            text = text_of(tree)
            if spaced:  # what the grammar allows between words
                text = f" ({text}) "
            request = parse_options("account", {"$select": "name", "$filter": text})
            assert [row.id for row in run(request, NOW).rows] == rows.found(tree)

        check()
