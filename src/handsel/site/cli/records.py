"""Finding the record that a text names, in any table: by number, by revision, by name, by id."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from handsel.chain.document.kinds import DocumentKind
    from handsel.database.row import Reference
    from handsel.query.tree.nodes import Node
    from handsel.site.session import Session
    from handsel.tables.info import TableInfo

MOST_LISTED = 5
_MOST_REVISIONS = 200
"""How many rows are read of a table with revisions, of which all but the latest are left out afterwards."""
RECORD = "the number, name or id of a record, its beginning is enough; before it, if needed, the table: account 'Acme'"
EVERYDAY = {"deal": "opportunity", "deals": "opportunities", "user": "systemuser", "users": "systemusers"}
"""Words that people use for a table besides its own names."""


def add_record_argument(parser: argparse.ArgumentParser, *, more: str = "", has_revision: bool = False) -> None:
    """Add the argument by which a command names one record; `more` describes what may stand behind it."""
    parser.add_argument("words", nargs="+", metavar=f"[TABLE] RECORD{more}", help=RECORD)
    if has_revision:
        parser.add_argument("--revision", type=int, metavar="N", help="of a quote (default: the latest)")


def split_words(session: Session, words: Sequence[str]) -> tuple[TableInfo | None, str]:
    """The table and the text that name a record. Raises InvalidArgument for more words."""
    from handsel.errors import InvalidArgument

    table = table_called(session, words[0]) if len(words) > 1 else None
    text = words[1:] if table is not None else words
    if len(text) != 1:
        raise InvalidArgument(f"{' '.join(words)}: one record at a time. Put quotes around a name of several words.")
    return table, text[0]


def kinds_by_word() -> dict[str, DocumentKind]:
    """Every kind of document by its word, upstream first."""
    from handsel.chain.document.kinds import document_kinds

    return {kind.word: kind for kind in document_kinds().values()}


def table_called(session: Session, word: str) -> TableInfo | None:
    """The table with this name: logical, of its set, its label, in one or many, or the word of a kind of document."""
    from handsel.engine.organization import read_settings
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

    An exact number or name goes before one in another case, that before one that begins so; of a document with
    revisions the latest is meant, unless `revision` or the text (`QUO-01000/0`) names one. Raises NotFound
    (0x80040217) for none and InvalidArgument (0x80040203) for several.
    """
    what = "record" if table is None else table.label.lower()
    ways = "its number or name" if table is not None else f"{_ways_to_name()}, the number or name of anything else"
    return _only(session, text, [table] if table is not None else _tables(session), revision, what, ways)


def find_document(
    session: Session, text: str, table: TableInfo | None = None, *, revision: int | None = None
) -> Reference:
    """The document that a text names, of one table or of any.

    Raises NotFound (0x80040217) for none, InvalidArgument (0x80040203) for several and for a table of no documents.
    """
    from handsel.chain.document.kinds import document_kinds
    from handsel.errors import InvalidArgument

    kinds = document_kinds()
    if table is None:
        tables = [info for info in _tables(session) if info.logical_name in kinds]
        return _only(session, text, tables, revision, "document", _ways_to_name())
    if table.logical_name not in kinds:
        raise InvalidArgument(f"{table.plural_label} are no documents. Give {_ways_to_name()}.")
    return find_record(session, text, table, revision=revision)


def _only(
    session: Session, text: str, tables: Sequence[TableInfo], revision: int | None, what: str, ways: str
) -> Reference:
    from handsel.errors import InvalidArgument, NotFound

    text = text.strip()
    found = _found(session, text, tables)
    number, _, after = text.rpartition("/")
    if not found and after.isdecimal() and revision is None:
        found = [each for each in _found(session, number.strip(), tables) if each.revision is not None]
        if found:
            text, revision = number.strip(), int(after)
    found = _latest(found) if revision is None else [each for each in found if each.revision == revision]
    if not found:
        missing = f"{what} '{text}'" if revision is None else f"revision {revision} of '{text}'"
        raise NotFound(f"There is no {missing}. Give {ways}, or an id; `handsel list` shows what there is.")
    if len(found) > 1:
        listed = ", ".join(f"{each.reference.table} {each.name} ({each.reference.id})" for each in found[:MOST_LISTED])
        more = " and more" if len(found) > MOST_LISTED else ""
        raise InvalidArgument(f"'{text}' means several records: {listed}{more}. Give the id of one.")
    return found[0].reference


def _ways_to_name() -> str:
    """How a document can be named: `the number of a quote, order or invoice, the name of an opportunity`."""
    ways = []
    for what, is_named in (("number", False), ("name", True)):
        words = [kind.word for kind in kinds_by_word().values() if _is_named(kind) is is_named]
        if words:
            ways.append(f"the {what} of {'an' if words[0][0] in 'aeiou' else 'a'} {_listed(words)}")
    return ", ".join(ways)


def _listed(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _is_named(kind: DocumentKind) -> bool:
    """Whether people know a document by its name, not by a number."""
    from handsel.tables.info import table_info

    return kind.number == table_info(kind.table).primary_name


def _tables(session: Session) -> list[TableInfo]:
    """Every table but views, with this organization's columns."""
    from handsel.engine.organization import read_settings
    from handsel.tables.info import all_tables

    with session.entered():
        organization = read_settings(session.context)
    return [organization.table(info.logical_name) for info in all_tables() if not info.is_view]


def naming_columns(info: TableInfo) -> list[str]:
    """The columns by which people name a row of a table: its keys of one column, its number, its name."""
    from handsel.tables.relations import all_keys_of

    names = [key[0] for key in all_keys_of(info) if len(key) == 1]
    names += [name for name in (f"{info.logical_name}number", info.primary_name) if name in info.columns]
    return [name for name in dict.fromkeys(names) if info.columns[name].kind == "String"]


class _Found(NamedTuple):
    """A record, the text that it was found by, and of a document with revisions which one it is."""

    reference: Reference
    name: str
    number: str | None
    revision: int | None


def _found(session: Session, text: str, tables: Sequence[TableInfo]) -> list[_Found]:
    """The records that a text may mean, all revisions of a document among them."""
    from handsel.chain.document.kinds import document_kinds

    id = _uuid(text)
    if id is not None:
        return [each for info in tables for each in _rows(session, info, info.primary_name, _is(info.primary_key, id))]
    if not text:
        return []
    kinds = document_kinds()
    documents = [(info, kinds[info.logical_name].number) for info in tables if info.logical_name in kinds]
    # Lines go by their id: their names are those of products.
    named = [info for info in tables if info.parent is None] or tables
    anything = [(info, column) for info in named for column in naming_columns(info)]
    for condition in (_is, _begins):
        for columns in (documents, anything):
            rows = [each for info, name in columns for each in _rows(session, info, name, condition(name, text))]
            found = list({each.reference: each for each in rows}.values())
            if found:
                return [each for each in found if each.name == text] or found
    return []


def _rows(session: Session, info: TableInfo, column: str, condition: Node) -> list[_Found]:
    from handsel.chain.document.kinds import document_kinds
    from handsel.query.run import select

    kind = document_kinds().get(info.logical_name)
    number, revision = (kind.number, kind.revision) if kind is not None else (None, None)
    order = f"{revision} desc" if revision else None
    with session.entered():
        return [
            _Found(
                row.reference,
                str(row.get(column) or ""),
                str(row.get(number)) if number and revision else None,
                row.get(revision) or 0 if revision else None,
            )
            for row in select.rows(
                info.logical_name,
                filter=condition,
                order_by=order,
                top=_MOST_REVISIONS if revision else MOST_LISTED + 1,
            )
        ]


def _latest(found: Sequence[_Found]) -> list[_Found]:
    """The last of several revisions of one document, and all else."""
    last: dict[object, _Found] = {}
    for each in found:
        key = each.reference if each.number is None else (each.reference.table, each.number)
        if key not in last or (each.revision or 0) > (last[key].revision or 0):
            last[key] = each
    return list(last.values())


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
