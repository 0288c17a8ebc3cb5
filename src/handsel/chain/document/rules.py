"""The one call that applies the rules of all documents to a new kind of document."""

from __future__ import annotations

from handsel.chain.document.header_rules import changed_headers, created_headers, fill_headers
from handsel.chain.document.kinds import DocumentKind, document_kind
from handsel.chain.document.line_rules import changed_lines, created_lines, deleted_lines, fill_lines
from handsel.engine.crud.hooks import fill, rule
from handsel.tables.cascades import PART
from handsel.tables.referring import cascade


def register_document(kind: DocumentKind) -> DocumentKind:
    """Apply the rules that all documents share: of headers and lines, and what is deleted along with them."""
    fill(kind.table)(fill_headers)
    rule("create", kind.table)(created_headers)
    rule("update", kind.table)(changed_headers)
    fill(kind.lines)(fill_lines)
    rule("create", kind.lines)(created_lines)
    rule("update", kind.lines)(changed_lines)
    rule("delete", kind.lines)(deleted_lines)
    cascade(kind.table, kind.lines, kind.parent, PART)
    cascade(kind.lines, kind.lines, "parentbundleidref", PART)
    cascade(kind.lines, "dynamicpropertyinstance", "regardingobjectid", PART)
    return document_kind(kind)
