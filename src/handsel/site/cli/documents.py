"""Finding the document a person means: by number, by revision, by id, an opportunity by its name."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from handsel.database.row import Reference
    from handsel.site.session import Session

NUMBERED = (("quote", "quote_number"), ("salesorder", "order_number"), ("invoice", "invoice_number"))
"""Tables with a number, and the Python name of its column."""

MOST_LISTED = 5


def add_document_arguments(parser: argparse.ArgumentParser) -> None:
    """How a command names one document."""
    parser.add_argument(
        "document",
        metavar="DOCUMENT-NUMBER",
        help="number of a quote (also NUMBER/REVISION), order or invoice, name of an opportunity, the beginning of "
        "either, or an id",
    )
    parser.add_argument("--revision", type=int, metavar="N", help="of a quote (default: the latest)")


def find_document(
    session: Session, text: str, revision: int | None = None, tables: tuple[str, ...] | None = None
) -> Reference:
    """The document that `text` means; `tables` narrows where to look.

    Raises NotFound (0x80040217) for none and InvalidArgument for several.
    """
    from handsel.database.row import Reference
    from handsel.errors import InvalidArgument, NotFound

    wanted = tables or ("quote", "salesorder", "invoice", "opportunity")
    number, slash, after = text.rpartition("/")
    found = _candidates(session, text.strip(), wanted)
    if not found and slash and after.isdigit() and revision is None:
        found, revision = _candidates(session, number.strip(), ("quote",)), int(after)
    if revision is not None:
        found = [entry for entry in found if entry[0] == "quote" and entry[3] == revision]
    else:
        found = _latest(found)
    if not found:
        what = f"'{text}'" if revision is None else f"revision {revision} of '{number if slash else text}'"
        raise NotFound(
            f"There is no document {what}. Give the number of a quote, order or invoice, the name of an opportunity, "
            "or an id."
        )
    if len(found) > 1:
        listed = ", ".join(f"{table} {name} ({id})" for table, id, name, _revision in found[:MOST_LISTED])
        more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        raise InvalidArgument(f"'{text}' means several documents: {listed}{more}. Give the id of one.")
    return Reference(found[0][0], found[0][1])


Candidate = tuple[str, UUID, str, int | None]
"""Table, id, number or name, revision."""


def _candidates(session: Session, text: str, tables: tuple[str, ...]) -> list[Candidate]:
    id = _uuid(text)
    if id is not None:
        return [entry for table in tables for entry in _rows(session, table, {"pk": id})]
    if not text:
        return []
    for lookup in ("exact", "iexact", "istartswith"):
        found = [
            entry
            for table, column in (*NUMBERED, ("opportunity", "name"))
            if table in tables
            for entry in _rows(session, table, {f"{column}__{lookup}": text})
        ]
        if found:
            return found
    return []


def _rows(session: Session, table: str, condition: dict[str, Any]) -> list[Candidate]:
    column = dict(NUMBERED).get(table, "name")
    names = ("pk", column, "revision_number") if table == "quote" else ("pk", column)
    # One more than is ever listed is enough, but all revisions of one number have to be seen.
    rows = session.queryset(table).filter(**condition).order_by("pk").values_list(*names)[:200]
    return [(table, row[0], row[1], row[2] if table == "quote" else None) for row in rows]


def _latest(found: list[Candidate]) -> list[Candidate]:
    """Of several revisions of a quote the last one."""
    last: dict[str, Candidate] = {}
    others: list[Candidate] = []
    for entry in found:
        if entry[0] != "quote":
            others.append(entry)
        elif entry[2] not in last or (entry[3] or 0) > (last[entry[2]][3] or 0):
            last[entry[2]] = entry
    return [*last.values(), *others]


def _uuid(text: str) -> UUID | None:
    if len(text) < 32:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
