"""How the command line writes for people: tables, amounts, dates. Plain text if the output is no terminal."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from handsel.query.formatting.amounts import amount_text, quantity_text
from handsel.query.formatting.locale import EN_US
from handsel.query.formatting.values import date_text, moment_text

NARROWEST, WIDEST = 80, 110
"""Characters in a line, whatever the terminal's width: wider lines are hard to read."""

PIPED = 100
"""Characters in a line if the output is a program or a file and COLUMNS is not set."""


def console(file: TextIO | None = None) -> Console:
    """The console: about as wide as the terminal; without colours when piped."""
    stream = file or sys.stdout
    if stream.isatty():
        found = Console(file=stream, highlight=False, emoji=False, markup=False)
        found.width = min(max(found.width, NARROWEST), WIDEST)
        return found
    asked = os.environ.get("COLUMNS", "")
    width = max(int(asked), NARROWEST) if asked.isdigit() else PIPED
    return Console(file=stream, highlight=False, emoji=False, markup=False, color_system=None, width=width)


def columns(*headings: str, right: tuple[str, ...] = (), title: str | None = None) -> Table:
    """A table with these headings; those in `right` are numbers."""
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, title=title, title_justify="left", title_style="bold"
    )
    for heading in headings:
        if heading in right:
            table.add_column(heading, justify="right", no_wrap=True)
        else:
            table.add_column(heading, overflow="fold")
    return table


LOCALE = replace(EN_US, date="{year:04}-{month:02}-{day:02}", time="{hour:02}:{minute:02}")
"""The locale of the command line, the same on every machine: dates by ISO 8601, moments in UTC."""


def amount(value: Decimal | None, places: int) -> str:
    """An amount with at least the decimals of its currency; nothing for no amount."""
    return "" if value is None else amount_text(value, places, LOCALE)


def quantity(value: Decimal | None) -> str:
    """A quantity without superfluous zeros; nothing for none."""
    return "" if value is None else quantity_text(value, LOCALE)


def day(value: object) -> str:
    """A date, or the day of a moment (UTC); nothing for what is neither."""
    return date_text(value, LOCALE) if isinstance(value, date) else ""


def moment(value: datetime) -> str:
    """A moment to the minute, UTC."""
    return moment_text(value, LOCALE)
