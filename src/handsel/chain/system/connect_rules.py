"""What holds for the organization, messages and stored views: fixed rows, and views that can run."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.system.connect_rows import system_view_ids
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidValue, Refused, RequiredFieldMissing
from handsel.query.fetchxml.elements import fetch_names
from handsel.query.fetchxml.parser import parse_fetch
from handsel.query.run.pages import check

ONE_ORGANIZATION = (
    "A database holds one organization. Its settings can be changed, but it can be neither deleted nor made again."
)
READ_ONLY_LABELS = "The labels of choice columns follow from the columns. Change the column's definition instead."
READ_ONLY_MESSAGES = (
    "Which messages there are, and which tables take them, follows from Handsel itself and is read only."
)


def protect_system_views(work: Work, entries: Sequence[Entry]) -> None:
    """Refuse to delete the standard views: clients run them by id."""
    for entry in entries:
        if entry.row.id in system_view_ids():
            text = (
                f"The view '{entry.row.get('name')}' is a system view and cannot be deleted. Set it inactive instead."
            )
            work.refuse(entry.item, Refused(text, table="savedquery", id=str(entry.row.id)))


def check_fetch_xml(work: Work, entries: Sequence[Entry]) -> None:
    """The FetchXML of a view can be run, and queries the table of the view. A public view has some."""

    def check_one(entry: Entry) -> None:
        if not entry.row.get("fetchxml") and entry.changed("fetchxml", "querytype") and not entry.row.get("querytype"):
            raise RequiredFieldMissing(
                f"The view '{entry.row.get('name')}' asks nothing. Give it the FetchXML of its question in fetchxml.",
                table=entry.row.table,
                column="fetchxml",
            )
        if entry.row.get("fetchxml") and entry.changed("fetchxml", "returnedtypecode"):
            _check(work, entry.row.table, entry.row["fetchxml"], entry.row.get("returnedtypecode"))

    each_entry(work, entries, check_one)


def _check(work: Work, table: str, text: str, of: str) -> None:
    with fetch_names():
        request = parse_fetch(text)
        asked = table_named(request.table).logical_name
        check(request, work.organization)
    if asked != table_named(of).logical_name:
        raise InvalidValue(
            f"The view's fetchxml asks {asked}, but its returnedtypecode is {of}. Make both name one table.",
            table=table,
            column="fetchxml",
        )
