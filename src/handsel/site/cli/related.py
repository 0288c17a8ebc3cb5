"""The documents that a document was made from, and those made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.chain.document.routes import conversion_routes
from handsel.chain.document.snapshot.document import state_text
from handsel.tables.info import table_info

if TYPE_CHECKING:
    from handsel.chain.document.snapshot.document import DocumentSnapshot
    from handsel.site.session import Session

Related = tuple[str, str, str]
"""`From` or `Became`, the document, its state."""

MOST_LISTED = 10


def related_documents(session: Session, snapshot: DocumentSnapshot) -> list[Related]:
    """The documents that a document was made from, its other revisions, and the documents made from it."""
    header, kind = snapshot.header, snapshot.kind
    found: list[Related] = []
    for route in conversion_routes().values():
        if route.target == header.table and header.get(route.link) is not None:
            found += _listed(session, "From", kind_of(route.source), {"pk": header[route.link]})
    if kind.revision is not None:
        same = {table_info(kind.table).attribute(kind.number): header[kind.number]}
        found += _listed(session, "Revision", kind, same, without=header.id)
    for route in conversion_routes().values():
        if route.source == header.table:
            made = {table_info(route.target).attribute(route.link): header.id}
            found += _listed(session, "Became", kind_of(route.target), made)
    return found


def _listed(
    session: Session, how: str, kind: DocumentKind, condition: dict[str, Any], *, without: Any = None
) -> list[Related]:
    info = table_info(kind.table)
    names = [info.attribute(column) for column in (kind.number, kind.revision) if column]
    rows = session.queryset(kind.table).filter(**condition).order_by("pk")
    if without is not None:
        rows = rows.exclude(pk=without)
    listed: list[Related] = []
    for row in rows.only("pk", "state_code", "status_code", *names)[: MOST_LISTED + 1]:
        if len(listed) == MOST_LISTED:
            listed.append((how, f"and {rows.count() - MOST_LISTED} more", ""))
            break
        number, *revision = (getattr(row, name) for name in names)
        text = f"{info.label} {number}" + (f"/{revision[0]}" if revision and revision[0] else "")
        listed.append((how, text, state_text(info, {"statecode": row.state_code, "statuscode": row.status_code})))
    return listed
