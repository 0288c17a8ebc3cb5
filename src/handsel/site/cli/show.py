"""`handsel show`: one document as text for people."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from handsel.database.row import Reference
    from handsel.site.session import Session

HELP = """Show a quote, order, invoice or opportunity: header, lines, totals and history.

  handsel show QUO-01000            the latest revision of the quote whose number begins so
  handsel show QUO-01000/0          its first revision
  handsel show 'Office move'        an opportunity by its name"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    from handsel.site.cli.documents import add_document_arguments

    add_document_arguments(parser)
    parser.add_argument("--no-history", action="store_true", help="leave the history out")


def run(options: argparse.Namespace) -> int:
    """Find the document and print it."""
    from handsel.site.cli.display import console
    from handsel.site.cli.documents import find_document
    from handsel.site.cli.opening import opened

    with opened(options) as session:
        document = find_document(session, options.document, options.revision)
        show_document(session, document, console(), with_history=not options.no_history)
    return 0


def show_document(
    session: Session, document: Reference, out: Console, *, with_lines: bool = True, with_history: bool = True
) -> None:
    """Print a document."""
    from handsel.site.cli import document_text
    from handsel.site.cli.picture import take_picture

    picture = take_picture(session, document)
    document_text.print_heading(picture, out)
    if with_lines:
        document_text.print_lines(picture, out)
        document_text.print_totals(picture, out)
        document_text.print_addresses(picture, out)
        document_text.print_price_changes(session, picture, out)
    if with_history:
        document_text.print_related(session, picture, out)
        document_text.print_history(session, picture, out)
