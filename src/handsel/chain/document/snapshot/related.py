"""What a document came from, its other revisions, and what became of it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handsel.chain.document.expiry import expired_on
from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.chain.document.routes import conversion_routes
from handsel.chain.document.snapshot.document import DocumentSnapshot, expired_text, state_text
from handsel.database.row import Reference
from handsel.engine import access
from handsel.engine.work import Work
from handsel.tables.info import table_info

MOST_LISTED = 10
"""Documents listed for each relation and table; further ones are counted."""


class Relation(enum.StrEnum):
    """How a document is related to the one that is looked at."""

    SOURCE = "From"
    REVISION = "Revision"
    RESULT = "Became"


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A related document. `label` is what its table is called, `revision` is 0 for tables without revisions."""

    reference: Reference
    label: str
    number: str
    revision: int
    state: str


@dataclass(frozen=True, slots=True)
class RelatedDocuments:
    """The documents of one table in one relation, oldest first. `more` counts those that are not listed."""

    relation: Relation
    documents: tuple[RelatedDocument, ...]
    more: int


def read_related(work: Work, snapshot: DocumentSnapshot) -> tuple[RelatedDocuments, ...]:
    """The related documents that the acting user may see: sources, other revisions, then what was made from it."""
    header, kind = snapshot.header, snapshot.kind
    found: list[RelatedDocuments] = []
    for route in conversion_routes().values():
        if route.target == header.table and header.get(route.link) is not None:
            found += _listed(work, Relation.SOURCE, kind_of(route.source), {"pk": header[route.link]})
    if kind.revision is not None:
        same = {table_info(kind.table).attribute(kind.number): header[kind.number]}
        found += _listed(work, Relation.REVISION, kind, same, without=header.id)
    for route in conversion_routes().values():
        if route.source == header.table and not work.hides(route.target, route.link):
            made = {table_info(route.target).attribute(route.link): header.id}
            found += _listed(work, Relation.RESULT, kind_of(route.target), made)
    return tuple(found)


def _listed(
    work: Work, relation: Relation, kind: DocumentKind, condition: dict[str, Any], *, without: UUID | None = None
) -> list[RelatedDocuments]:
    info = table_info(kind.table)
    hidden = access.hidden_columns(work.actor, kind.table)
    columns = [column for column in (kind.number, kind.revision, kind.valid_until) if column and column not in hidden]
    rows = access.rows(work.actor, kind.table).using(work.context.alias).filter(**condition).order_by("pk")
    if without is not None:
        rows = rows.exclude(pk=without)
    read = rows.values_list("pk", "state_code", "status_code", *map(info.attribute, columns))[: MOST_LISTED + 1]
    documents = [
        _related(work, kind, id, {"statecode": state, "statuscode": status, **dict(zip(columns, values, strict=True))})
        for id, state, status, *values in read
    ]
    if not documents:
        return []
    more = rows.count() - MOST_LISTED if len(documents) > MOST_LISTED else 0
    return [RelatedDocuments(relation, tuple(documents[:MOST_LISTED]), more)]


def _related(work: Work, kind: DocumentKind, id: UUID, row: Mapping[str, Any]) -> RelatedDocument:
    info = table_info(kind.table)
    return RelatedDocument(
        Reference(kind.table, id),
        info.label,
        str(row[kind.number]),
        row.get(kind.revision or "") or 0,
        ", ".join([state_text(info, row), *expired_text(expired_on(kind, row, work.now.date()))]),
    )
