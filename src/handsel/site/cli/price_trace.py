"""`handsel price-trace`: how every amount of a document came about."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

HELP = "Show step by step how every amount of a document was computed."


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    from handsel.site.cli.documents import add_document_arguments

    add_document_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print the steps as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the trace."""
    from handsel.chain.common.price_trace import RetrievePriceTrace
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.documents import find_document
    from handsel.site.cli.json_text import written
    from handsel.site.cli.opening import opened

    with opened(options) as session:
        document = find_document(session, options.document, options.revision)
        steps = session.execute(RetrievePriceTrace(document))
    if options.json:
        print(written(steps))
        return 0
    shown = columns("Line", "Amount", "Result", "How", right=("Result",))
    last: Any = ""
    for step in steps:
        line = step["line"] or "Document"
        if line != last and shown.row_count:
            shown.add_section()
        shown.add_row("" if line == last else line, step["column"], _number(step["result"]), _explained(step))
        last = line
    console().print(shown)
    return 0


def _explained(step: dict[str, Any]) -> str:
    inputs = ", ".join(f"{name} {_number(value)}" for name, value in step["inputs"].items())
    return f"{step['rule']} ({inputs})" if inputs else str(step["rule"])


def _number(value: Any) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)
