"""How the command line writes for people: tables, amounts, dates. Plain text when nobody sits at a terminal."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

NARROWEST, WIDEST = 80, 110
"""Characters in a line, whatever the terminal's width: wider lines are hard to read."""

PIPED = 100
"""Characters in a line where the reader is a program or a file and COLUMNS says nothing."""


def console(file: TextIO | None = None) -> Console:
    """Where to write: about as wide as the terminal; without colours when piped."""
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


def amount(value: Decimal | None, places: int) -> str:
    """An amount with thousands separators and the decimals of its currency; nothing for no amount."""
    return "" if value is None else f"{value:,.{max(places, _needed(value))}f}"


def _needed(value: Decimal) -> int:
    """Decimals the value has beyond trailing zeros: an amount is never shown rounded."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def quantity(value: Decimal | None) -> str:
    """A quantity without superfluous zeros."""
    return "" if value is None else f"{value:,.{_needed(value)}f}"


def day(value: Any) -> str:
    """A date, or the day of a moment (UTC)."""
    return value.isoformat()[:10] if isinstance(value, (date, datetime)) else ""


def moment(value: datetime) -> str:
    """A moment to the minute, UTC."""
    return value.strftime("%Y-%m-%d %H:%M")
