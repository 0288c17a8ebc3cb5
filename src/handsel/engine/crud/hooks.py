"""What a table adds to create, update and delete: the chain registers here, the engine calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from handsel.database.row import Item, Reference, Row, referenced
from handsel.engine.forbidding import Verb, forbidden_verb
from handsel.engine.work import Work
from handsel.errors import Code, Refused
from handsel.tables.info import TableInfo, table_info


@dataclass(slots=True)
class Draft:
    """A row about to be created: the values so far (references unresolved), and which of them came with the message.

    `named` are the lookups among them that the caller named, and not the message itself.
    """

    item: Item[object]
    info: TableInfo
    values: dict[str, Any]
    given: frozenset[str]
    named: Mapping[str, Reference]
    nested: dict[str, list[Any]] = field(default_factory=dict)


class NamedRows:
    """The rows of one table that lookups of drafts name, read in one statement where the user sees the whole table.

    What the caller named is read by the rights of the acting user; what was filled in, by those of the system.
    """

    def __init__(self, work: Work, drafts: Sequence[Draft], table: str, *columns: str) -> None:
        self._work, self._table = work, table
        by_caller: set[UUID] = set()
        by_system: set[UUID] = set()
        for draft in drafts:
            for column in columns:
                id = referenced(draft.values.get(column))
                if id is not None:
                    (by_caller if _is_named(draft, column) else by_system).add(id)
        load_named(work, table, by_caller, by_system)

    def of(self, draft: Draft, column: str) -> Row | None:
        """The row that a lookup names, if there is one (that the user may see)."""
        reader = self._work.as_user if _is_named(draft, column) else self._work.as_system
        return reader.row(self._table, referenced(draft.values.get(column)))


def _is_named(draft: Draft, column: str) -> bool:
    """Whether a lookup still has the value that the caller gave it."""
    return column in draft.named and draft.named[column] == draft.values.get(column)


def load_named(work: Work, table: str, by_caller: Set[UUID], by_system: Set[UUID]) -> None:
    """Read the rows that lookups name: those the caller named as the acting user, the others as the system."""
    if work.as_user.sees_all(table):
        work.as_system.load(table, by_caller | by_system)
    else:
        work.as_user.load(table, by_caller)
        work.as_system.load(table, by_system)


@dataclass(slots=True)
class Entry:
    """A row that was created, changed or is to be deleted; `given` are the columns the caller set."""

    item: Item[object]
    row: Row
    given: frozenset[str] = frozenset()

    def changed(self, *columns: str) -> bool:
        """Whether the update changed one of these columns (always true of a new row)."""
        change = self.row.change
        return change is not None and (change.action == "create" or any(column in change.before for column in columns))


DraftOrEntry = TypeVar("DraftOrEntry", Draft, Entry)


def each_entry(work: Work, entries: Iterable[DraftOrEntry], step: Callable[[DraftOrEntry], None]) -> None:
    """Do one step for every entry whose item is not yet refused; an error refuses its item, or the whole list."""
    for entry in entries:
        if entry.item.refusal is None:
            with work.refusing(entry.item):
                step(entry)


Fill = Callable[[Work, Sequence[Draft]], None]
Rule = Callable[[Work, Sequence[Entry]], None]
_fills: dict[str, list[Fill]] = defaultdict(list)
_rules: dict[tuple[str, str], list[Rule]] = defaultdict(list)
_sent: dict[str, Callable[[Work], Collection[str]]] = {}
_forbidden_links: dict[tuple[str, str], str] = {}


def fill(*tables: str) -> Callable[[Fill], Fill]:
    """Declare a function that fills in values of rows about to be created, before they are checked."""

    def register(function: Fill) -> Fill:
        for table in tables:
            _fills[table].append(function)
        return function

    return register


def rule(verb: Verb, *tables: str) -> Callable[[Rule], Rule]:
    """Declare a function that checks rows after a verb was applied in memory, and may change more in the same work."""

    def register(function: Rule) -> Rule:
        for table in tables:
            _rules[(verb, table)].append(function)
        return function

    return register


def sent_on_create(table: str, columns: Callable[[Work], Collection[str]]) -> None:
    """Declare that the acting user may also give these columns of new rows, which others can write on update only."""
    _sent[table] = columns


def also_sent(work: Work, table: str) -> Collection[str]:
    """The columns that the acting user may give new rows of a table besides those that everybody may."""
    declared = _sent.get(table)
    return declared(work) if declared is not None else ()


def forbid_links(navigation: str, table: str, reason: str) -> None:
    """Declare that no caller links or unlinks rows through a many-to-many relation; `reason` says why."""
    _forbidden_links[(table, navigation)] = reason


@dataclass(slots=True)
class Link:
    """A row of a many-to-many relation that a message makes or removes: the ids in its two columns.

    A rule may replace them, so that another row than the one that the caller named is linked.
    """

    item: Item[object]
    ids: dict[str, UUID]
    is_made: bool


LinkRule = Callable[[Work, Link], None]
_link_rules: dict[str, list[LinkRule]] = defaultdict(list)


def link_rule(through: str) -> Callable[[LinkRule], LinkRule]:
    """Declare a function that says who links and unlinks rows by rows of `through`; it raises to refuse."""

    def register(function: LinkRule) -> LinkRule:
        _link_rules[through].append(function)
        return function

    return register


def check_link(work: Work, through: str, link: Link) -> bool:
    """Apply the rules of a relation to one link; False where none says who may make and remove it."""
    for check in _link_rules[through]:
        check(work, link)
    return bool(_link_rules[through])


def fills(table: str) -> Sequence[Fill]:
    """The fills of a table in the order they were declared."""
    return _fills[table]


def rules(verb: Verb, table: str) -> Sequence[Rule]:
    """The rules of a table for one verb."""
    return _rules[(verb, table)]


def forbidden_link(table: str, navigation: str) -> str | None:
    """Why rows may not be linked and unlinked through a relation; None where they may."""
    return _forbidden_links.get((table, navigation))


def refuse_forbidden(work: Work, verb: Verb, table: str, items: Iterable[Item[object]]) -> None:
    """Refuse items that use a forbidden verb on a table (0x80040265)."""
    reason = forbidden_verb(verb, table)
    for item in items:
        if reason is not None and item.refusal is None:
            work.refuse(item, Refused(reason, table=table))


DuplicateCheck = Callable[[Work, Sequence[Entry]], None]
_duplicate_checks: list[DuplicateCheck] = []


def duplicate_check(function: DuplicateCheck) -> DuplicateCheck:
    """Declare a function that refuses rows of one table that would be duplicates, where the caller asks for it."""
    _duplicate_checks.append(function)
    return function


def check_duplicates(work: Work, entries: Iterable[Entry]) -> None:
    """Check new or changed rows whose message does not suppress duplicate detection (Web API 4)."""
    asked = [
        entry
        for entry in entries
        if entry.item.refusal is None and not getattr(entry.item.message, "suppress_duplicate_detection", True)
    ]
    for check in _duplicate_checks if asked else ():
        check(work, asked)


_duplicates: dict[tuple[str, str], tuple[str, Code]] = {}


def explain_duplicate(table: str, constraint: str, text: str, code: Code) -> None:
    """Declare a special refusal for rows that violate a unique constraint of the table."""
    _duplicates[(table, constraint)] = (text, code)


def duplicate_refusal(cause: str) -> Refused | None:
    """The declared refusal for an error of the database; None for a key without one.

    PostgreSQL names the constraint, SQLite the columns.
    """
    for (table, name), (text, code) in _duplicates.items():
        model = table_info(table).model
        stored = {field.name: f"{table}.{field.column}" for field in model._meta.concrete_fields}
        constraint = next(each for each in model._meta.constraints if each.name == name)
        columns = ", ".join(stored[field] for field in getattr(constraint, "fields", ()))
        if name in cause or cause.endswith(columns):
            return Refused(text, code)
    return None
