"""`handsel list`: the rows of a table or of a view."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handsel.query.run.pages import Page
    from handsel.query.tree.nodes import Node
    from handsel.query.tree.request import Request
    from handsel.site.session import Session
    from handsel.tables.info import TableInfo

HELP = """List the rows of a table or of a view; without a name, the views there are.

  handsel list                             the views, by table; those of sellers first
  handsel list 'My Open Opportunities'     a view, by its name
  handsel list accounts --filter "address1_city eq 'Sampleton'" --columns name,telephone1
  handsel list quotes --top 20 --json      one JSON object in a line for each row"""

_FIRST = ("account", "contact", "lead", "product", "pricelevel", "task", "phonecall", "appointment")
"""The tables that people who sell use, after the documents."""
_FETCHED = 200
_NUMBERS = ("Money", "Decimal", "Double", "Integer", "BigInt")
_MOST_COLUMNS = 6
_LEAST = ("createdon", "statuscode", "ownerid")
"""What a narrow table does without first."""
_UNBROKEN = (*_NUMBERS, "DateTime", "State")
"""Kinds of columns whose values are never broken into several lines."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", nargs="*", metavar="TABLE-or-VIEW", help="accounts, quotes, 'Overdue Invoices' …")
    parser.add_argument("--filter", metavar="TEXT", help="only those that match OData $filter text")
    parser.add_argument("--columns", metavar="NAMES", help="these columns, with commas between them")
    parser.add_argument("--order-by", metavar="TEXT", help="in this order: 'totalamount desc,name'")
    parser.add_argument("--top", type=int, metavar="N", help="at most so many rows (default: 50; with --json all)")
    parser.add_argument("--json", action="store_true", help="one JSON object in a line for each row")


def run(options: argparse.Namespace) -> int:
    """Print the rows."""
    from handsel.errors import InvalidArgument
    from handsel.site.cli.opening import opened

    if options.top is not None and options.top < 1:
        raise InvalidArgument("--top is a whole number from 1 on.")
    if not options.what and any(each is not None for each in _narrowing(options)):
        raise InvalidArgument(
            "--filter, --columns, --order-by and --top need a table or view: handsel list quotes --top 5. "
            "`handsel list` alone shows what there is."
        )
    with opened(options) as session:
        if not options.what:
            _print_views(session, as_json=options.json)
            return 0
        with session.entered():
            info, asked = _request(session, " ".join(options.what), options)
            top = options.top or (None if options.json else 50)
            if options.json:
                _print_json(session, asked if options.columns is not None else _completed(asked), top)
            else:
                _print_rows(session, info, asked, top, is_chosen=options.columns is not None)
    return 0


def _narrowing(options: argparse.Namespace) -> tuple[object, ...]:
    return options.filter, options.columns, options.order_by, options.top


def _request(session: Session, what: str, options: argparse.Namespace) -> tuple[TableInfo, Request]:
    """The table, and the query that table or view and the options ask."""
    from handsel.query.fetchxml.elements import fetch_names
    from handsel.query.fetchxml.parser import parse_fetch
    from handsel.query.odata.filter import parse_filter
    from handsel.query.odata.orderby import parse_order
    from handsel.query.tree.nodes import all_of
    from handsel.query.tree.request import Request, outputs_of
    from handsel.site.cli.columns_by_name import column_called
    from handsel.site.cli.records import require_table, table_called

    info = table_called(session, what)
    text = _default_view(session, info.logical_name) if info is not None else _view(session, what)
    if text is None:
        assert info is not None, "a view has its text"
        asked = Request(info.logical_name, outputs_of(tuple(dict.fromkeys((info.primary_key, info.primary_name)))))
    else:
        with fetch_names():
            asked = parse_fetch(text)
        if info is not None:  # the columns of its default view, but every row
            asked = replace(asked, filter=None)
    info = info or require_table(session, asked.table)
    if options.filter is not None:
        terms = [term for term in (asked.filter, parse_filter(options.filter)) if term is not None]
        asked = replace(asked, filter=all_of(terms))
    if options.columns is not None:
        names = [name for name in map(str.strip, options.columns.split(",")) if name]
        asked = replace(asked, outputs=outputs_of(tuple(column_called(info, name).logical_name for name in names)))
    if options.order_by is not None:
        asked = replace(asked, order=parse_order(options.order_by))
    return info, asked


def _default_view(session: Session, table: str) -> str | None:
    """The FetchXML of a table's default view."""
    for view in session.rows("savedquery", f"returnedtypecode eq '{table}' and isdefault eq true and statecode eq 0"):
        return view.value("fetchxml", str)
    return None


def _view(session: Session, name: str) -> str:
    """The FetchXML of the view with this name, one's own first. Raises InvalidArgument for none, and for several."""
    from handsel.errors import InvalidArgument
    from handsel.query.run import select
    from handsel.query.tree.nodes import ColumnPath, Comparison, Operator, TextMatch, TextTest

    column = ColumnPath("name")
    texts = dict.fromkeys((name, _in_our_words(name)))
    conditions: list[Node] = [Comparison(column, Operator.EQ, text) for text in texts]
    conditions += [TextMatch(TextTest.CONTAINS, column, text) for text in texts]
    for condition in conditions:
        for table in ("userquery", "savedquery"):
            found = [
                row
                for row in select.rows(table, filter=condition, top=20)
                if row.get("fetchxml") and row.get("statecode") == 0
            ]
            if len(found) == 1:
                return str(found[0]["fetchxml"])
            if found:
                listed = ", ".join(f"'{row['name']}'" for row in found)
                raise InvalidArgument(f"'{name}' means several views: {listed}. Give the whole name of one.")
    raise InvalidArgument(f"There is no table and no view '{name}'. `handsel list` shows the views there are.")


def _in_our_words(name: str) -> str:
    """A view's name as the system views have it: `open deals` is `open opportunities`."""
    from handsel.site.cli.records import EVERYDAY

    return " ".join(EVERYDAY.get(word.lower(), word) for word in name.split())


def _print_views(session: Session, *, as_json: bool) -> None:
    from handsel.chain.document.kinds import document_kinds
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.json_text import written
    from handsel.tables.info import all_tables

    by_table: dict[str, list[str]] = {}
    for table in ("savedquery", "userquery"):
        for view in session.rows(table, "statecode eq 0 and querytype eq 0", order_by="name"):
            by_table.setdefault(str(view["returnedtypecode"]), []).append(str(view["name"]))
    first = (*document_kinds(), *_FIRST)
    place = {name: index for index, name in enumerate(first)}
    shown = columns("Table", "Views")
    for info in sorted(all_tables(), key=lambda info: place.get(info.logical_name, len(first))):
        names = by_table.get(info.logical_name, [])
        if as_json:
            for name in names:
                print(written({"table": info.logical_name, "entityset": info.entity_set, "view": name}, indent=0))
        elif names:
            shown.add_row(info.entity_set, ", ".join(names))
    if not as_json:
        console().print(shown)


def _completed(asked: Request) -> Request:
    """The query with what tells the documents of a kind apart: their revision, and until when they can be accepted."""
    from handsel.chain.document.kinds import document_kinds
    from handsel.query.tree.nodes import ColumnPath
    from handsel.query.tree.request import Output

    kind = document_kinds().get(asked.table)
    if kind is None or asked.outputs is None or asked.is_grouped:
        return asked
    present = {output.name for output in asked.outputs}
    wanted = (kind.revision, *(("statecode", kind.valid_until) if kind.valid_until else ()))
    more = [Output(ColumnPath(name), name) for name in wanted if name and name not in present]
    return replace(asked, outputs=(*asked.outputs, *more))


def _remarks(table: str, row: Mapping[str, Any], today: date) -> dict[str, str]:
    """What is told behind the values of columns: the revision behind a number, behind the state that it has expired."""
    from handsel.chain.document.expiry import expired_on
    from handsel.chain.document.kinds import document_kinds

    kind = document_kinds().get(table)
    if kind is None:
        return {}
    revision = row.get(kind.revision) if kind.revision else None
    expired = "" if expired_on(kind, row, today) is None else ", expired"
    return {kind.number: "" if revision is None else f"/{revision}", "statecode": expired}


def _print_rows(session: Session, info: TableInfo, asked: Request, top: int | None, *, is_chosen: bool) -> None:
    from handsel.engine.organization import read_settings
    from handsel.engine.work import Work
    from handsel.query.formatting.formatter import Field, Formatter
    from handsel.query.run.pages import run as run_query
    from handsel.site.cli.display import LOCALE, columns, console

    page = run_query(replace(_completed(asked), top=None, page=1, page_size=top, count=True))
    work = Work(session.context, read_settings(session.context), collect=False)
    formatter = Formatter(work.as_user.load, work.as_system.load, work.organization.settings, LOCALE)
    names = [name for name in page.columns if name != info.primary_key and not _is_hidden(page, name, asked)]
    names = names or list(page.columns)
    if not is_chosen:
        names = _fitting(names, page.groups if asked.is_grouped else page.rows)
    fields = [Field(name, page.columns[name], has_implied_columns=name in info.columns) for name in names]
    rows = page.groups if asked.is_grouped else page.rows
    formatter.prefetch(fields, rows)
    labels = {name: column.label if column is not None else name for name, column in page.columns.items()}
    numbers = tuple(labels[name] for name in names if _is_number(page, name))
    shown = columns(*(labels[name] for name in names), right=numbers)
    for field, heading in zip(fields, shown.columns, strict=True):
        column = field.column
        heading.no_wrap = column is None or column.numbering is not None or column.kind in _UNBROKEN
    for row in rows:
        remarks = _remarks(asked.table, row, work.now.date())
        shown.add_row(
            *(
                ""
                if (value := row.get(field.name)) is None
                else (formatter.text(field, row, value) or str(value)) + remarks.get(field.name, "")
                for field in fields
            )
        )
    if not rows:
        print("There is nothing to list.")
        return
    console().print(shown)
    if page.count is not None and (page.more or page.beyond):
        count = f"more than {page.count:,}" if page.beyond else f"{page.count:,}"
        print(f"The first {len(rows):,} of {count}; --top shows more.")


def _fitting(names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> list[str]:
    """The columns without those that would be empty and, if there are many, without those that matter least."""
    found = [name for name in names if not rows or any(row.get(name) is not None for row in rows)]
    for least in _LEAST:
        if len(found) > _MOST_COLUMNS and least in found:
            found.remove(least)
    return found


def _is_hidden(page: Page, name: str, asked: Request) -> bool:
    """Whether a column came along for others: the currency of an amount, the table of a lookup."""
    return asked.outputs is not None and name not in {output.name for output in asked.outputs}


def _is_number(page: Page, name: str) -> bool:
    column = page.columns[name]
    return column is None or column.kind in _NUMBERS


def _print_json(session: Session, asked: Request, top: int | None) -> None:
    """Every row, page by page."""
    from handsel.query.run.pages import run as run_query
    from handsel.site.cli.json_text import written

    left, token = top, None
    while left is None or left > 0:
        page = run_query(
            replace(asked, top=None, token=token, page_size=_FETCHED if left is None else min(left, _FETCHED))
        )
        rows = page.groups if asked.is_grouped else page.rows
        for row in rows:
            print(written({name: row.get(name) for name in page.columns}, indent=0))
        token = page.token
        left = None if left is None else left - len(rows)
        if token is None:
            return
