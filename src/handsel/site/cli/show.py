"""`handsel show`: one document as text for people."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from handsel.database.row import Reference
    from handsel.site.session import Session

HELP = """Show a record: of a document its header, lines, totals and history, of any other its columns.

  handsel show QUO-01000            the latest revision of the quote whose number begins so
  handsel show QUO-01000/0          its first revision
  handsel show 'Office move'        an opportunity by its name
  handsel show product P-100        a row of any table: table, and its number, name or id"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    from handsel.site.cli.records import add_record_argument

    add_record_argument(parser, has_revision=True)
    parser.add_argument("--json", action="store_true", help="every column of the record as JSON")
    parser.add_argument("--no-history", action="store_true", help="leave the history out")


def run(options: argparse.Namespace) -> int:
    """Find the record and print it."""
    from handsel.site.cli.display import console
    from handsel.site.cli.json_text import written
    from handsel.site.cli.opening import opened
    from handsel.site.cli.records import find_record, require_table, split_words

    with opened(options) as session:
        table, text = split_words(session, options.words)
        record = find_record(session, text, table, revision=options.revision)
        if options.json:
            print(written(session.retrieve(record.table, record.id)))
        elif _is_document(record):
            show_document(session, record, console(), with_history=not options.no_history)
        else:
            from handsel.site.cli.row_text import print_row

            print_row(session, require_table(session, record.table), session.retrieve(record.table, record.id))
    return 0


def _is_document(record: Reference) -> bool:
    from handsel.chain.document.kinds import document_kinds

    return record.table in document_kinds()


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
