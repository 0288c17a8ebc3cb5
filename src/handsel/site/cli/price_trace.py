"""`handsel price-trace`: how every amount of a document was computed."""

from __future__ import annotations

import argparse
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handsel.chain.document.prices import ExplainedAmount

HELP = "Show step by step how every amount of a document was computed."


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    from handsel.site.cli.records import add_record_argument

    add_record_argument(parser, has_revision=True)
    parser.add_argument("--json", action="store_true", help="print the steps as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the trace."""
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.json_text import written
    from handsel.site.cli.opening import opened
    from handsel.site.cli.records import find_document, split_words

    with opened(options) as session:
        from handsel.chain.document.price_trace import RetrievePriceTrace

        table, text = split_words(session, options.words)
        document = find_document(session, text, table, revision=options.revision)
        steps = session.execute(RetrievePriceTrace(document))
    if options.json:
        print(written(steps))
        return 0
    out = console()
    for line, group in groupby(steps, key=lambda step: step["line"]):
        shown = columns("Amount", "Result", "How", right=("Result",), title=f"Line {line}" if line else "Document")
        for step in group:
            shown.add_row(step["column"], _number(step["result"]), _explained(step))
        out.print(shown)
        out.print()
    return 0


def _explained(step: ExplainedAmount) -> str:
    from handsel.site.cli.display import quantity

    inputs = ", ".join(f"{name} {quantity(value)}" for name, value in step["inputs"].items())
    return f"{step['rule']} ({inputs})" if inputs else str(step["rule"])


def _number(value: Any) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)
