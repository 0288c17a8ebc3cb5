"""The kinds of priced documents, with the facts that shared code needs. Each folder registers its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handsel.engine.access import TablelessPrivilege


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: its tables, the lookup between them, its number, its price lock, who may set prices.

    Names are logical names. `word` names the kind on the command line, `number` is the column that identifies a
    document for people: a `DocumentNumber`, or the name.
    """

    table: str
    lines: str
    parent: str
    number: str
    word: str
    override_privilege: TablelessPrivilege
    price_lock: str
    lock_holds_overrides: bool = True
    """Whether the lock also prevents users from adding write-ins and typing prices (behaviour 3.11)."""
    keeps_sent_amounts: bool = False
    """Whether an integration user (a back office) may send the amounts (pricing 9.3)."""
    revision: str | None = None
    """The column with the revision number; empty for kinds without revisions."""
    sold_states: tuple[int, ...] = ()
    """States in which somebody relies on the document: none is entered with a pricing error (pricing 8)."""
    sold_reasons: tuple[int, ...] = ()
    """Status reasons of the first state that say the same, such as a billed invoice."""
    needs_customer: bool = False
    """Whether it is made from another document, and relied on, only with a customer."""
    is_claim: bool = False
    """Whether its total is claimed from the customer, so that a negative one is a credit."""
    valid_until: str | None = None
    """The column with the last day on which it can be accepted."""
    open_states: tuple[int, ...] = ()
    """The states in which it waits to be accepted."""


_by_table: dict[str, DocumentKind] = {}
_by_lines: dict[str, DocumentKind] = {}


def document_kind(kind: DocumentKind) -> DocumentKind:
    """Register a kind."""
    _by_table[kind.table] = kind
    _by_lines[kind.lines] = kind
    return kind


def kind_of(table: str) -> DocumentKind:
    """The kind with this header table."""
    return _by_table[table]


def kind_of_lines(table: str) -> DocumentKind:
    """The kind whose lines this table holds."""
    return _by_lines[table]


def document_kinds() -> Mapping[str, DocumentKind]:
    """Every kind by header table, upstream first."""
    return _by_table
