"""Finding any record that a text names: a document, or a row of another table by number, name or id."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from handsel.database.row import Reference
    from handsel.query.tree.nodes import Node
    from handsel.site.session import Session
    from handsel.tables.info import TableInfo

MOST_LISTED = 5
RECORD = "the number, name or id of a record, its beginning is enough; before it, if needed, the table: account 'Acme'"
EVERYDAY = {"deal": "opportunity", "deals": "opportunities", "user": "systemuser", "users": "systemusers"}
"""Words that people use for a table besides its own names."""


def add_record_argument(parser: argparse.ArgumentParser, *, more: str = "") -> None:
    """Add the argument by which a command names one record; `more` describes what may stand behind it."""
    parser.add_argument("words", nargs="+", metavar=f"[TABLE] RECORD{more}", help=RECORD)


def split_words(session: Session, words: Sequence[str]) -> tuple[TableInfo | None, str]:
    """The table and the text that name a record. Raises InvalidArgument for more words."""
    from handsel.errors import InvalidArgument

    table = table_called(session, words[0]) if len(words) > 1 else None
    text = words[1:] if table is not None else words
    if len(text) != 1:
        raise InvalidArgument(f"{' '.join(words)}: one record at a time. Put quotes around a name of several words.")
    return table, text[0]


def table_called(session: Session, word: str) -> TableInfo | None:
    """The table with this name: logical, of its set, its label, in one or many, or the word of a kind of document."""
    from handsel.engine.organization import read_settings
    from handsel.site.cli.documents import kinds_by_word
    from handsel.tables.info import all_tables

    wanted = " ".join(word.lower().split())
    wanted = EVERYDAY.get(wanted, wanted)
    kinds = {**kinds_by_word(), **{f"{word}s": kind for word, kind in kinds_by_word().items()}}
    for info in all_tables():
        names = (info.logical_name, info.entity_set, info.label, info.plural_label)
        if wanted in map(str.lower, names) or (wanted in kinds and kinds[wanted].table == info.logical_name):
            with session.entered():
                return read_settings(session.context).table(info.logical_name)
    return None


def require_table(session: Session, word: str) -> TableInfo:
    """The table with this name. Raises InvalidArgument, which names near ones."""
    from difflib import get_close_matches

    from handsel.errors import InvalidArgument
    from handsel.tables.info import all_tables

    found = table_called(session, word)
    if found is None:
        near = get_close_matches(word.lower(), [info.logical_name for info in all_tables()])
        hint = f" Did you mean {' or '.join(near)}?" if near else " `handsel list` shows what there is."
        raise InvalidArgument(f"There is no table '{word}'.{hint}")
    return found


def find_record(
    session: Session, text: str, table: TableInfo | None = None, *, revision: int | None = None
) -> Reference:
    """The record that a text names: a document first, then a row of any other table people look into.

    An exact number or name goes before one in another case, that before one that begins so. Raises NotFound
    (0x80040217) for none and InvalidArgument (0x80040203) for several.
    """
    from handsel.chain.document.kinds import document_kinds
    from handsel.errors import InvalidArgument, NotFound
    from handsel.site.cli.documents import find_document, ways_to_name

    documents = document_kinds()
    if table is not None and table.logical_name in documents:
        return find_document(session, text, revision, (table.logical_name,))
    if table is None:
        try:
            return find_document(session, text, revision)
        except NotFound:
            if revision is not None:
                raise
    found = _found(session, text.strip(), [table] if table is not None else list(_others(session)))
    if not found:
        what = f"no {table.label.lower()}" if table is not None else "no record"
        ways = "its number or name" if table is not None else f"{ways_to_name()}, the number or name of anything else"
        raise NotFound(f"There is {what} '{text}'. Give {ways}, or an id; `handsel list` shows what there is.")
    if len(found) > 1:
        listed = ", ".join(f"{each.table} {name} ({each.id})" for each, name in found[:MOST_LISTED])
        more = " and more" if len(found) > MOST_LISTED else ""
        raise InvalidArgument(f"'{text}' means several records: {listed}{more}. Give the id of one.")
    return found[0][0]


def _others(session: Session) -> Iterator[TableInfo]:
    """The tables besides documents and views, with this organization's columns."""
    from handsel.chain.document.kinds import document_kinds
    from handsel.engine.organization import read_settings
    from handsel.tables.info import all_tables

    with session.entered():
        organization = read_settings(session.context)
    for info in all_tables():
        if info.logical_name not in document_kinds() and not info.is_view:
            yield organization.table(info.logical_name)


def naming_columns(info: TableInfo) -> list[str]:
    """The columns by which people name a row of a table: its keys of one column, its number, its name."""
    from handsel.tables.relations import all_keys_of

    names = [key[0] for key in all_keys_of(info) if len(key) == 1]
    names += [name for name in (f"{info.logical_name}number", info.primary_name) if name in info.columns]
    return [name for name in dict.fromkeys(names) if info.columns[name].kind == "String"]


def _found(session: Session, text: str, tables: Sequence[TableInfo]) -> list[tuple[Reference, str]]:
    if not text:
        return []
    id = _uuid(text)
    if id is not None:
        return [each for info in tables for each in _rows(session, info, _is(info.primary_key, id), None)]
    # Lines go by their id: their names are those of products.
    tables = [info for info in tables if info.parent is None] or tables
    for is_whole in (True, False):
        found: dict[Reference, str] = {}
        for info in tables:
            for column in naming_columns(info):
                condition = _is(column, text) if is_whole else _begins(column, text)
                found.update(_rows(session, info, condition, column))
        exact = [each for each in found.items() if each[1] == text]
        if found:
            return exact or list(found.items())
    return []


def _rows(session: Session, info: TableInfo, condition: Node, column: str | None) -> Iterator[tuple[Reference, str]]:
    from handsel.query.run import select

    with session.entered():
        for row in select.rows(info.logical_name, filter=condition, top=MOST_LISTED + 1):
            yield row.reference, str(row.get(column or info.primary_name) or "")


def _is(column: str, value: str | UUID) -> Node:
    from handsel.query.tree.nodes import ColumnPath, Comparison, Operator

    return Comparison(ColumnPath(column), Operator.EQ, value)


def _begins(column: str, text: str) -> Node:
    from handsel.query.tree.nodes import ColumnPath, TextMatch, TextTest

    return TextMatch(TextTest.STARTS_WITH, ColumnPath(column), text)


def _uuid(text: str) -> UUID | None:
    if len(text) < 32:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
