"""The four priced documents, as far as everything they share needs to know them. Each registers itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handsel.engine.access import TablelessPrivilege


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document with lines: its tables, the link between them, its price lock, its number."""

    table: str
    lines: str
    parent: str
    number: str
    override_privilege: TablelessPrivilege
    price_lock: str
    lock_holds_overrides: bool = True
    """Whether the lock also keeps users from adding write-ins and typing prices (behaviour 3.11)."""


_by_table: dict[str, DocumentKind] = {}
_by_lines: dict[str, DocumentKind] = {}


def document_kind(kind: DocumentKind) -> DocumentKind:
    """Declare a document."""
    _by_table[kind.table] = kind
    _by_lines[kind.lines] = kind
    return kind


def kind_of(table: str) -> DocumentKind:
    """The document with this header table."""
    return _by_table[table]


def kind_of_lines(table: str) -> DocumentKind:
    """The document whose lines this table holds."""
    return _by_lines[table]


def document_kinds() -> Mapping[str, DocumentKind]:
    """Every document by header table."""
    return _by_table
