"""What can be asked: a right on a row or table, or a message, as the list of what it takes (security 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handsel.database.row import Row
from handsel.engine.access import Need, Privilege
from handsel.engine.message import message_names, message_type
from handsel.engine.needs import TARGET
from handsel.engine.rights import denial
from handsel.engine.rights.privileges import TablelessPrivilege, tableless
from handsel.errors import InvalidArgument
from handsel.tables.info import table_info


@dataclass(frozen=True, slots=True)
class Question:
    """What an action takes: privileges, and rights on one row.

    doing   what it is, as people say it: `change quotes`
    row     None where it is asked of a whole table
    on_row  the rights that the action takes on that row
    """

    needs: Sequence[Need]
    doing: str
    row: Row | None = None
    on_row: Sequence[Privilege] = ()


_BY_MESSAGE = {"Retrieve": Privilege.READ, "Update": Privilege.WRITE}
"""Generic messages that are called otherwise than the right they take."""


def right_named(text: str) -> Privilege | None:
    """A right by its name, in any case: `Read`, `ReadAccess`, `AppendTo`, also by the generic message `Update`."""
    wanted = text.strip().lower().replace("_", "").replace("-", "").removesuffix("access")
    named = {right.value.lower(): right for right in Privilege}
    return named.get(wanted) or {name.lower(): right for name, right in _BY_MESSAGE.items()}.get(wanted)


def about_right(verb: Privilege, table: str, row: Row | None) -> Question:
    """Whether somebody may do something to a row, or to rows of a table. What cannot be read, cannot be changed."""
    if row is None or verb is Privilege.CREATE:
        return Question([Need(verb, table)], denial.doing(verb, table))
    verbs = tuple(dict.fromkeys((Privilege.READ, verb)))
    return Question([Need(each, table) for each in verbs], denial.doing_to(verb, row), row, verbs)


def about_privilege(name: TablelessPrivilege) -> Question:
    """Whether somebody holds a privilege of no table."""
    return Question([Need(name)], f"do what {name} is for")


def about_message(name: str, table: str | None, row: Row | None) -> Question:
    """Whether somebody may send a message, for a row or rows of a table.

    Raises InvalidArgument for a message that does not say what it takes.
    """
    stated = message_type(name).needs
    if stated is None:
        raise InvalidArgument(
            f"{name} does not declare which privileges it takes, so it cannot be explained. Ask for a right on the "
            f"row or table that it changes instead: {', '.join(Privilege)}."
        )
    if stated.besides and not stated.listed():
        raise InvalidArgument(
            f"What {name} takes depends on what is sent, so it cannot be explained. It takes: {stated.besides} Ask for "
            f"a right on the row or table instead: {', '.join(Privilege)}."
        )
    named = [(verb, each) for verb, tables in stated.by_verb.items() for each in tables]
    if table is None and any(each == TARGET for _verb, each in named):
        raise InvalidArgument(f"What {name} takes depends on the row: name a record, or its table.")
    needs = [Need(verb, table if each == TARGET and table is not None else each) for verb, each in named]
    needs += [Need(privilege) for privilege in stated.further]
    on_row: tuple[Privilege, ...] = ()
    if row is not None:
        needs = list(dict.fromkeys((Need(Privilege.READ, row.table), *needs)))
        # A row that the message makes has the rights of its future owner: Create and Append are no rights on this one.
        asked = {need.privilege for need in needs if need.table == row.table and isinstance(need.privilege, Privilege)}
        on_row = (Privilege.READ, *(verb for verb in _ON_THE_ROW if verb in asked))
    label = "" if row is None else f" for {denial.called(row)}"
    return Question(needs, f"send {name}{label}", row, on_row)


_ON_THE_ROW = (Privilege.WRITE, Privilege.DELETE, Privilege.APPEND_TO, Privilege.ASSIGN, Privilege.SHARE)


def question(asked: str, table: str | None, row: Row | None) -> Question:
    """What a text asks: a right, a privilege of no table, or a message.

    Raises InvalidArgument for anything else, and for a right without a row or table.
    """
    verb = right_named(asked)
    if verb is not None:
        if table is None:
            raise InvalidArgument(f"{verb.value} of what? Name a row or a table.")
        return about_right(verb, table_info(table).logical_name, row)
    single = tableless(asked)
    if single is not None:
        return about_privilege(single)
    if asked not in message_names():
        raise InvalidArgument(
            f"'{asked}' is neither a right ({', '.join(Privilege)}), nor a privilege of no table, nor a "
            "message. `handsel message --list` shows the messages."
        )
    return about_message(asked, table, row)
