"""The progress of long work: a bar at a terminal, otherwise a line every few seconds."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager
from typing import Any

EVERY = 5.0
"""Seconds between two lines when the output is no terminal."""


class Progress(AbstractContextManager["Progress"]):
    """Shows on standard error how much has been done."""

    def __init__(self, title: str, total: int) -> None:
        self.title, self.total = title, total
        self.done = 0
        self._bar: Any = None
        self._task: Any = None
        self._said = time.monotonic()

    def __enter__(self) -> Progress:
        if sys.stderr.isatty() and self.total > 1:
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            from handsel.site.cli.display import console

            parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Bar(*parts, console=console(sys.stderr), transient=True)
            self._task = self._bar.add_task(self.title, total=self.total)
            self._bar.start()
        return self

    def at(self, done: int, refused: int) -> None:
        """Set the number of rows done, and how many of them were refused."""
        self.done = done
        if self._bar is not None:
            self._bar.update(self._task, completed=done)
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            print(f"{self.title}: {done:,} of {self.total:,}, {refused:,} refused", file=sys.stderr)

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if self._bar is not None:
            self._bar.stop()
        if kind is not None:
            print(f"Stopped after {self.done:,}; the same command goes on from there.", file=sys.stderr)
