"""What a document came from and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handsel.chain.document.snapshot.document import state_text
from handsel.tables.info import table_info

if TYPE_CHECKING:
    from handsel.chain.document.snapshot.document import DocumentSnapshot
    from handsel.site.session import Session

Related = tuple[str, str, str]
"""`From` or `Became`, the document, its state."""

_ORIGINS = (("opportunity", "opportunityid"), ("quote", "quoteid"), ("salesorder", "salesorderid"))
_CHILDREN = {
    "opportunity": (("quote", "opportunity_id"), ("salesorder", "opportunity_id"), ("invoice", "opportunity_id")),
    "quote": (("salesorder", "quote_id"),),
    "salesorder": (("invoice", "sales_order_id"),),
    "invoice": (),
}
_NUMBERS = {
    "opportunity": ("name",),
    "quote": ("quote_number", "revision_number"),
    "salesorder": ("order_number",),
    "invoice": ("invoice_number",),
}
MOST_LISTED = 10


def related_documents(session: Session, picture: DocumentSnapshot) -> list[Related]:
    """Where a document came from, its other revisions, and the documents made from it."""
    header = picture.header
    found: list[Related] = []
    for table, column in _ORIGINS:
        if table != header.table and header.get(column) is not None:
            found += _listed(session, "From", table, {"pk": header[column]})
    if header.table == "quote":
        others = {"quote_number": header["quotenumber"]}
        found += _listed(session, "Revision", "quote", others, without=header.id)
    for table, column in _CHILDREN[header.table]:
        found += _listed(session, "Became", table, {column: header.id})
    return found


def _listed(session: Session, how: str, table: str, condition: dict[str, Any], *, without: Any = None) -> list[Related]:
    info = table_info(table)
    rows = session.queryset(table).filter(**condition).order_by("pk")
    if without is not None:
        rows = rows.exclude(pk=without)
    listed: list[Related] = []
    for row in rows.only("pk", "state_code", "status_code", *_NUMBERS[table])[: MOST_LISTED + 1]:
        if len(listed) == MOST_LISTED:
            listed.append((how, f"and {rows.count() - MOST_LISTED} more", ""))
            break
        number, *revision = (getattr(row, name) for name in _NUMBERS[table])
        text = f"{info.label} {number}" + (f"/{revision[0]}" if revision and revision[0] else "")
        listed.append((how, text, state_text(info, {"statecode": row.state_code, "statuscode": row.status_code})))
    return listed
