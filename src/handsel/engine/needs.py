"""What each message takes: the one table that checks, pages and explanations read (security 5.1).

A message states its `Needs` beside its parameters. `execute` checks the privileges before anything is locked, and the
rights on the rows that the message names under their locks. What a message does besides, such as closing what hangs
together with its row, is done with the rights of the system.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from handsel.engine.rights.privileges import Privilege, TablelessPrivilege
from handsel.engine.rights.requirements import Need
from handsel.errors import Code

TARGET = "*"
"""In place of a table: that of the row which the message names first; of a line, that of its document."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The privileges that a message takes, by logical names of tables, and where it asks for rights on rows.

    read       also the tables of the rows that the message names: what one may not read does not exist
    write      of the rows that the message names, those of these tables are changed
    append_to  of the rows that the message names or links to, those of these tables are linked to
    further    privileges of no table
    besides    what the message checks itself, because it depends on what is given, in words
    """

    read: tuple[str, ...] = ()
    create: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    append: tuple[str, ...] = ()
    append_to: tuple[str, ...] = ()
    further: tuple[TablelessPrivilege, ...] = ()
    besides: str = ""
    create_code: Code = Code.PRIVILEGE_DENIED
    """The documented code where Create is missing."""

    @property
    def by_verb(self) -> Mapping[Privilege, tuple[str, ...]]:
        """The tables of each verb, in the order in which they are asked for."""
        return {verb: getattr(self, name) for verb, name in _FIELDS.items()}

    def of_target(self, table: str) -> Needs:
        """The same with the table of the row that the message names first in place of `TARGET`."""
        return _with_target(self, table)

    def listed(self) -> tuple[Need, ...]:
        """Each single right."""
        return _listed(self)

    def __or__(self, other: Needs) -> Needs:
        """What two steps of one message take together."""
        return _united(self, other)


NOTHING = Needs()
"""What a message takes that everybody may send."""


@functools.cache
def _with_target(needs: Needs, table: str) -> Needs:
    verbs = {
        _FIELDS[verb]: tuple(table if each == TARGET else each for each in tables)
        for verb, tables in needs.by_verb.items()
    }
    return Needs(**verbs, further=needs.further, besides=needs.besides, create_code=needs.create_code)


@functools.cache
def _listed(needs: Needs) -> tuple[Need, ...]:
    verbs = [Need(verb, table) for verb, tables in needs.by_verb.items() for table in tables]
    return (*verbs, *(Need(privilege) for privilege in needs.further))


@functools.cache
def _united(one: Needs, other: Needs) -> Needs:
    verbs = {
        _FIELDS[verb]: tuple(dict.fromkeys((*tables, *other.by_verb[verb]))) for verb, tables in one.by_verb.items()
    }
    further = tuple(dict.fromkeys((*one.further, *other.further)))
    besides = " ".join(filter(None, (one.besides, other.besides)))
    return Needs(**verbs, further=further, besides=besides, create_code=one.create_code)


_FIELDS: Mapping[Privilege, str] = {
    Privilege.READ: "read",
    Privilege.CREATE: "create",
    Privilege.WRITE: "write",
    Privilege.DELETE: "delete",
    Privilege.APPEND: "append",
    Privilege.APPEND_TO: "append_to",
}
