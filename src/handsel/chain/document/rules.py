"""The one call that applies the rules of all documents to a new kind of document."""

from __future__ import annotations

from handsel.chain.document.calculate_price import offer_recalculation
from handsel.chain.document.header_rules import TOTALS, changed_headers, created_headers, fill_headers
from handsel.chain.document.kinds import DocumentKind, document_kind
from handsel.chain.document.line_rules import changed_lines, created_lines, deleted_lines, fill_lines
from handsel.chain.document.price_authority import is_system_priced
from handsel.engine.crud.hooks import fill, rule, sent_on_create
from handsel.engine.exchange import keeps_rate
from handsel.tables.cascades import PART
from handsel.tables.referring import cascade


def register_document(kind: DocumentKind) -> DocumentKind:
    """Apply the rules that all documents share: of headers and lines, and what is deleted along with them.

    A document whose prices are locked keeps its exchange rate.
    """
    fill(kind.table)(fill_headers)
    sent_on_create(kind.table, lambda work: () if is_system_priced(work, kind.table) else TOTALS)
    rule("create", kind.table)(created_headers)
    rule("update", kind.table)(changed_headers)
    fill(kind.lines)(fill_lines)
    rule("create", kind.lines)(created_lines)
    rule("update", kind.lines)(changed_lines)
    rule("delete", kind.lines)(deleted_lines)
    cascade(kind.table, kind.lines, kind.parent, PART)
    cascade(kind.lines, kind.lines, "parentbundleidref", PART)
    cascade(kind.lines, "dynamicpropertyinstance", "regardingobjectid", PART)
    keeps_rate(kind.table, lambda row: bool(row.get(kind.price_lock)))
    offer_recalculation(kind.table)
    return document_kind(kind)
