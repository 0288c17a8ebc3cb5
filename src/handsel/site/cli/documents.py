"""Finding the document that a text names: by number, by revision, by id, by name where it has no number."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from handsel.chain.document.kinds import DocumentKind
    from handsel.database.row import Reference
    from handsel.site.session import Session

MOST_LISTED = 5


def add_document_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments by which a command names one document."""
    parser.add_argument(
        "document",
        metavar="DOCUMENT-NUMBER",
        help="number of a quote (also NUMBER/REVISION), order, invoice …, name of an opportunity, the beginning of "
        "either, or an id",
    )
    parser.add_argument("--revision", type=int, metavar="N", help="of a quote (default: the latest)")


def kinds_by_word() -> dict[str, DocumentKind]:
    """Every kind of document by its word, upstream first."""
    from handsel.chain.document.kinds import document_kinds

    return {kind.word: kind for kind in document_kinds().values()}


def find_document(
    session: Session, text: str, revision: int | None = None, tables: tuple[str, ...] | None = None
) -> Reference:
    """The document that `text` names; `tables` limits the tables that are searched.

    Raises NotFound (0x80040217) for none and InvalidArgument for several.
    """
    from handsel.database.row import Reference
    from handsel.errors import InvalidArgument, NotFound

    kinds = [kind for kind in _numbered_first() if tables is None or kind.table in tables]
    number, slash, after = text.rpartition("/")
    found = _candidates(session, text.strip(), kinds)
    if not found and slash and after.isdigit() and revision is None:
        found, revision = _candidates(session, number.strip(), [kind for kind in kinds if kind.revision]), int(after)
    found = _latest(found) if revision is None else [entry for entry in found if entry[3] == revision]
    if not found:
        what = f"'{text}'" if revision is None else f"revision {revision} of '{number if slash else text}'"
        raise NotFound(f"There is no document {what}. Give {ways_to_name()}, or an id.")
    if len(found) > 1:
        listed = ", ".join(f"{table} {name} ({id})" for table, id, name, _revision in found[:MOST_LISTED])
        more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        raise InvalidArgument(f"'{text}' means several documents: {listed}{more}. Give the id of one.")
    return Reference(found[0][0], found[0][1])


def _numbered_first() -> list[DocumentKind]:
    """Every kind of document: those with a number, then those that are identified by name."""
    return sorted(kinds_by_word().values(), key=_is_named)


def _is_named(kind: DocumentKind) -> bool:
    from handsel.tables.info import table_info

    return kind.number == table_info(kind.table).primary_name


def ways_to_name() -> str:
    """How a document can be named: `the number of a quote, order or invoice, the name of an opportunity`."""
    ways = []
    for what, is_named in (("number", False), ("name", True)):
        words = [kind.word for kind in kinds_by_word().values() if _is_named(kind) is is_named]
        if words:
            article = "an" if words[0][0] in "aeiou" else "a"
            listed = " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
            ways.append(f"the {what} of {article} {listed}")
    return ", ".join(ways)


Candidate = tuple[str, UUID, str, int | None]
"""Table, id, number or name, revision."""


def _candidates(session: Session, text: str, kinds: Sequence[DocumentKind]) -> list[Candidate]:
    id = _uuid(text)
    if id is not None:
        return [entry for kind in kinds for entry in _rows(session, kind, "pk", id)]
    if not text:
        return []
    from handsel.tables.info import table_info

    for lookup in ("exact", "iexact", "istartswith"):
        found = [
            entry
            for kind in kinds
            for entry in _rows(session, kind, f"{table_info(kind.table).attribute(kind.number)}__{lookup}", text)
        ]
        if found:
            return found
    return []


def _rows(session: Session, kind: DocumentKind, condition: str, value: Any) -> list[Candidate]:
    from handsel.tables.info import table_info

    info = table_info(kind.table)
    names = ["pk", *(info.attribute(column) for column in (kind.number, kind.revision) if column)]
    # One more than is ever listed is enough, but all revisions of one number have to be read.
    rows = session.queryset(kind.table).filter(**{condition: value}).order_by("pk").values_list(*names)[:200]
    return [(kind.table, row[0], row[1], row[2] or 0 if kind.revision else None) for row in rows]


def _latest(found: list[Candidate]) -> list[Candidate]:
    """The last of several revisions of one document."""
    last: dict[str, Candidate] = {}
    others: list[Candidate] = []
    for entry in found:
        if entry[3] is None:
            others.append(entry)
        elif entry[2] not in last or entry[3] > (last[entry[2]][3] or 0):
            last[entry[2]] = entry
    return [*last.values(), *others]


def _uuid(text: str) -> UUID | None:
    if len(text) < 32:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
