"""A row of any table as text: its name, and its columns by their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from handsel.engine.organization import read_settings
from handsel.engine.work import Work
from handsel.query.formatting.formatter import Formatter, fields_of
from handsel.site.cli.display import LOCALE, console

if TYPE_CHECKING:
    from handsel.database.result import Row
    from handsel.site.session import Session
    from handsel.tables.info import TableInfo

_OF_THE_SYSTEM = frozenset(
    ("versionnumber", "owningbusinessunit", "owninguser", "owningteam", "overriddencreatedon", "importsequencenumber")
)


def named(info: TableInfo, row: Row) -> str:
    """A row for a sentence: `quote QUO-01000-A1B2C3`, `account Example Customer`."""
    numbers = [name for name, column in info.columns.items() if column.numbering is not None]
    name = next((row.get(each) for each in (*numbers, info.primary_name) if row.get(each)), None)
    return f"{info.label.lower()} {name or row.id}"


def print_row(session: Session, info: TableInfo, row: Row) -> None:
    """The name, and every column that has a value; what the system keeps for itself is left out."""
    out = console()
    out.print()
    out.print(Text(f"{info.label} {row.get(info.primary_name) or row.id}", style="bold"))
    out.print(Rule(style="dim"))
    split = {part for column in info.columns.values() for part in column.split.values()}
    names = [
        name
        for name, column in info.columns.items()
        if row.get(name) is not None
        and name not in _OF_THE_SYSTEM
        and not column.base_of
        and name not in split
        and name != info.primary_name
    ]
    print_values(session, info, row, names)


def print_values(session: Session, info: TableInfo, row: Row, names: Sequence[str]) -> None:
    """These columns, by label."""
    if not names:
        return
    grid = Table.grid(padding=(0, 2), expand=False)
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for name, text in formatted(session, info, row, names).items():
        grid.add_row(info.columns[name].label, text)
    console().print(grid)


def formatted(session: Session, info: TableInfo, row: Row, names: Sequence[str]) -> Mapping[str, str]:
    """The values as people read them: labels of choices, names of related rows, amounts with their currency."""
    with session.entered():
        work = Work(session.context, read_settings(session.context), collect=False)
        formatter = Formatter(work.as_user.load, work.as_system.load, work.organization.settings, LOCALE)
        fields = [fields_of(info)[name] for name in names]
        formatter.prefetch(fields, [row])
        return {
            field.name: "" if value is None else formatter.text(field, row, value) or str(value)
            for field in fields
            for value in (row.get(field.name),)
        }
