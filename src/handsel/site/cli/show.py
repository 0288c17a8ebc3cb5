"""`handsel show`: one document as text for people."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from handsel.database.row import Reference
    from handsel.site.session import Session

HELP = """Show a quote, order, invoice, opportunity or other document: header, lines, totals and history.

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
    from handsel.chain.document.snapshot.document import take_snapshot
    from handsel.chain.document.snapshot.history import read_history
    from handsel.chain.document.snapshot.related import read_related
    from handsel.engine.organization import read_settings
    from handsel.engine.work import Work
    from handsel.site.cli import document_text

    with session.entered():
        work = Work(session.context, read_settings(session.context), collect=False)
        snapshot = take_snapshot(work, document)
        related = read_related(work, snapshot) if with_history else ()
        history = read_history(work, document) if with_history else ()
    document_text.print_heading(snapshot, out)
    if with_lines:
        document_text.print_lines(snapshot, out)
        document_text.print_totals(snapshot, out)
        document_text.print_addresses(snapshot, out)
        document_text.print_price_changes(session, snapshot, out)
    if with_history:
        document_text.print_related(related, out)
        document_text.print_history(snapshot, history, out)
