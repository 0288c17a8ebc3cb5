"""The database as those who authenticate callers reach it: only for as long as they ask it something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from handsel.database.context import Context, entered
from handsel.http.lanes import Lanes


@dataclass(frozen=True, slots=True)
class Database:
    """A database, and the connections to it."""

    context: Context
    lanes: Lanes

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A block that reads. Raises Busy when there is no connection in time."""
        with self.lanes.reading(), entered(replace(self.context)):  # a call of its own, which reads rights anew
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A block that may write. Raises Busy when there is no connection in time."""
        with self.lanes.writing(), entered(self.context):
            yield
