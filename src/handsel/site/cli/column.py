"""`handsel column`: an organization's custom columns, added without code."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handsel.site.cli.opening import add_database_options

if TYPE_CHECKING:
    from handsel.site.session import Session
    from handsel.tables.info import ColumnInfo

HELP = """Add a custom column to a table, remove one with its values, list the custom columns; secure any column.

  handsel column add quote new_project --type text --label Project
  handsel column add account new_size --type choice --options 1:Small 2:Large
  handsel column add quote new_agency --type lookup --target account
  handsel column remove quote new_agency --yes
  handsel column secure account creditlimit   only members of a profile read and write it
  handsel column open account creditlimit     everybody does
  handsel column list"""

TYPES = ("text", "memo", "integer", "decimal", "money", "boolean", "choice", "date", "datetime", "lookup")

ON_DELETE = {"cascade": "Cascade", "remove-link": "RemoveLink", "restrict": "Restrict"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="add|remove|list|secure|open", required=True)
    add = actions.add_parser("add", help="add a column", allow_abbrev=False)
    add.add_argument("table", metavar="TABLE", help="a table, for example quote or quotedetail")
    add.add_argument("name", metavar="NAME", help="a prefix, an underscore and a name, for example new_project")
    add.add_argument("--type", required=True, choices=TYPES)
    add.add_argument("--label", default="", help="what people read (default: the name)")
    add.add_argument("--max-length", type=int, metavar="N", help="characters of text and memo")
    add.add_argument("--precision", type=int, metavar="N", help="decimals; money without it has its currency's")
    add.add_argument("--minimum", metavar="NUMBER", help="smallest number allowed")
    add.add_argument("--maximum", metavar="NUMBER", help="largest number allowed")
    add.add_argument("--options", nargs="+", default=[], metavar="VALUE:LABEL", help="what a choice offers")
    add.add_argument("--target", metavar="TABLE", help="the table a lookup refers to")
    add.add_argument(
        "--on-delete",
        choices=ON_DELETE,
        help="what happens to the rows when the row they refer to is deleted (default: remove-link)",
    )
    add.add_argument("--required", action="store_true", help="refuse new rows without a value")
    add_database_options(add)
    remove = actions.add_parser("remove", help="remove a column with all its values", allow_abbrev=False)
    remove.add_argument("table", metavar="TABLE", help="its table")
    remove.add_argument("name", metavar="NAME", help="its logical name")
    remove.add_argument("--yes", action="store_true", help="also if rows have values in it")
    add_database_options(remove)
    listing = actions.add_parser("list", help="list custom columns", allow_abbrev=False)
    listing.add_argument("table", nargs="?", metavar="TABLE", help="only those of this table")

    add_database_options(listing)
    for action, what in (
        ("secure", "let only administrators and members of column security profiles read and write a column"),
        ("open", "let everybody read and write a secured column again"),
    ):
        one = actions.add_parser(action, help=what, allow_abbrev=False)
        one.add_argument("table", metavar="TABLE", help="its table")
        one.add_argument("name", metavar="NAME", help="its logical name; declared or custom")
        add_database_options(one)


def run(options: argparse.Namespace) -> int:
    """Add, remove or secure a column, or list them."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action != "list") as session:
        if options.action == "list":
            return _list(session, options.table)
        if options.action == "remove":
            return _remove(session, options.table, options.name, confirmed=options.yes)
        if options.action in ("secure", "open"):
            return _secure(session, options.table, options.name, secured=options.action == "secure")
        from handsel.engine.customization.add_column import AddColumn

        added = session.execute(
            AddColumn(
                table=options.table,
                name=options.name,
                type=options.type,
                label=options.label,
                max_length=options.max_length,
                precision=options.precision,
                minimum=options.minimum,
                maximum=options.maximum,
                options=dict(_option(text) for text in options.options) or None,
                target=options.target,
                required=options.required,
                cascades={"Delete": ON_DELETE[options.on_delete]} if options.on_delete else None,
            )
        )
    print(f"Added {added['tablename']}.{added['logicalname']} ({options.type}, '{added['label']}').")
    print("Conversions copy it to tables that have a column of this name, too. `handsel maps` shows and changes that.")
    return 0


def _remove(session: Session, table: str, name: str, *, confirmed: bool) -> int:
    from handsel.engine.customization.change_column import RemoveColumn
    from handsel.errors import Refused

    message = RemoveColumn(table, name)
    count = 0 if confirmed else session.count(table, f"{name} ne null")
    if count:
        raise Refused(
            f"Rows of {table} that have a value in {name}: {count:,}. It would be lost. With --yes the column "
            "is removed all the same."
        )
    session.execute(message)
    print(f"Removed {table}.{name.lower()}.")
    return 0


def _secure(session: Session, table: str, name: str, *, secured: bool) -> int:
    from handsel.engine.secure_column import SecureColumn

    session.execute(SecureColumn(table, name, secured))
    if secured:
        print(f"{table}.{name} is secured: members of column security profiles that allow it read and write it.")
    else:
        print(f"{table}.{name} is open to everybody who may read or write the row.")
    return 0


def _option(text: str) -> tuple[str, str]:
    value, _, label = text.partition(":")
    return value, label


def _list(session: Session, table: str | None) -> int:
    from handsel.engine.organization import read_settings
    from handsel.engine.values import table_named
    from handsel.site.cli.display import columns, console

    with session.entered():
        custom = {name: found.custom for name, found in read_settings(session.context).extended.items()}
    if table is not None:
        name = table_named(table).logical_name
        custom = {name: custom.get(name, ())}
    shown = columns("Table", "Column", "Label", "Type", "Details")
    for name in sorted(custom):
        for column in custom[name]:
            shown.add_row(name, column.logical_name, column.label, _type(column), _details(column))
    if shown.row_count:
        console().print(shown)
    else:
        print(f"There are no custom columns{f' on {table}' if table else ''} yet.")
    return 0


def _type(column: ColumnInfo) -> str:
    from handsel.engine.customization.columns import type_of

    return type_of(column)


def _details(column: ColumnInfo) -> str:
    parts = [f"{value}:{label}" for value, label in column.labels.items()] if column.kind == "Picklist" else []
    parts += [f"to {target}" for target in column.targets]
    if column.kind in ("String", "Memo"):
        parts.append(f"up to {column.max_length} characters")
    if column.minimum is not None or column.maximum is not None:
        low = "" if column.minimum is None else f"from {column.minimum}"
        high = "" if column.maximum is None else f"to {column.maximum}"
        parts.append(f"{low} {high}".strip())
    if column.required.name == "SYSTEM":
        parts.append("required")
    return ", ".join(parts)
