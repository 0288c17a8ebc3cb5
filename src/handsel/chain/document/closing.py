"""Close activities: the rows that record how an opportunity, quote or order ended (behaviour 2.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

from handsel.chain.document.kinds import kind_of
from handsel.chain.system.options import ActivityState, ActivityStatus
from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.hooks import Draft, fill
from handsel.engine.parameters import Parameter, as_uuid
from handsel.engine.values import bound, parse
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, StatusNotValidForState
from handsel.tables.info import table_info

_RESULT = {"statecode": int(ActivityState.COMPLETED), "statuscode": int(ActivityStatus.COMPLETED)}
_NOT_GIVEN = frozenset((*_RESULT, "activityid", "activitytypecode", "regardingobjectid"))


Status = Annotated[int, Parameter(nullable=False)]
"""The status reason to end with; -1 is the default of the state. The documented service requires it."""


@dataclass(frozen=True, slots=True)
class Closing:
    """One row that ends, and the columns that the caller gives for its close activity."""

    item: Item[object]
    row: Row
    given: Mapping[str, object]

    def moment(self, work: Work, table: str) -> datetime:
        """When it ended: `actualend`, by default now (behaviour 2.1, 2.3, 3.6)."""
        value = self.given.get("actualend")
        if value is None:
            return work.now
        info = table_info(table)
        return cast("datetime", parse(info, info.columns["actualend"], value))

    def require_result(self, table: str) -> None:
        """Refuse a state or status reason of the close activity that closing does not give it (behaviour 2.5)."""
        info = table_info(table)
        for name, result in _RESULT.items():
            column = info.columns[name]
            given = parse(info, column, self.given.get(name))
            if given not in (None, -1, result):
                raise StatusNotValidForState(
                    f"{info.label}: closing completes the activity, so {name} is {result} {column.labels[result]} and "
                    f"not {given}. Leave it out.",
                    table=table,
                    column=name,
                )


def closed_row_id(
    message: str, parameter: str, link: str, given: Mapping[str, object], code: Code = Code.INVALID_ARGUMENT
) -> UUID:
    """The id of the row that a close activity ends. Raises InvalidArgument for none, or one of another table."""
    table = link.removesuffix("id")
    for name in (link, f"{link}@odata.bind", f"_{link}_value"):
        value = given.get(name)
        if isinstance(value, str) and "(" in value:
            value = bound(value)
        named = value.table if isinstance(value, (Reference, Row)) else None
        if isinstance(value, Mapping) and not isinstance(value, Row):
            named = value.get("table")
            value = value.get("id") or value.get(link)
        if named not in (None, table):
            raise InvalidArgument(f"{message}: {parameter}.{link} names a row of {named}, not of {table}.")
        if value is not None:
            return as_uuid(message, f"{parameter}.{link}", value)
    raise InvalidArgument(f"{message}: {parameter} must name the row to close in {link}.", code)


def regards_closed_row(table: str, link: str) -> None:
    """Let close activities regard the row that they close, whoever creates them (behaviour 2.5)."""

    @fill(table)
    def fill_regarding(_work: Work, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            if draft.values.get("regardingobjectid") is None and draft.values.get(link) is not None:
                draft.values["regardingobjectid"] = draft.values[link]


def record_closings(
    work: Work, table: str, link: str, closings: Sequence[Closing], extra: Mapping[str, str], subject: str
) -> dict[int, Row]:
    """Create a completed close activity per closing; returns them by item index.

    `extra` maps columns of the activity to columns of the closed row, whose values are the defaults.
    """
    for closing in closings:
        if closing.item.refusal is None:
            with work.refusing(closing.item):
                closing.require_result(table)
    live = [closing for closing in closings if closing.item.refusal is None]
    wanted = []
    for closing in live:
        row = closing.row
        values: dict[str, Any] = {
            name: value
            for name, value in closing.given.items()
            if name not in _NOT_GIVEN and name.removesuffix("@odata.bind") != link and not name.startswith("_")
        }
        named = frozenset(values)
        for column, source in extra.items():
            if values.get(column) is None and row.get(source) is not None:
                values[column] = row[source]
        if not values.get("subject"):
            number = row.get(kind_of(row.table).number) or row.get("name") or row.id
            values["subject"] = f"{subject} {number}"[:200]
        values.setdefault("actualend", work.now)
        if row.get("transactioncurrencyid") is not None and "transactioncurrencyid" not in values:
            values["transactioncurrencyid"] = row["transactioncurrencyid"]
        values[link] = row.reference
        wanted.append(Given(closing.item, table, values, values.keys() - named))
    made = create_rows(work, wanted)
    done: dict[int, Row] = {}
    for position, activity in made.items():
        closing = live[position]
        activity.update(_RESULT)
        if activity.change is not None:
            activity.change.root = closing.row.reference
        done[closing.item.index] = activity
    return done
