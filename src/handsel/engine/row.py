"""A row in memory: its values by logical name, and what a running message changed about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from handsel.engine.work import Change


class Reference(NamedTuple):
    """A row named by its table and id: the value of a lookup."""

    table: str
    id: UUID


class Row(dict[str, Any]):
    """The values of one row by logical name. Own columns stand beside the declared ones."""

    __slots__ = ("change", "id", "table")

    def __init__(self, table: str, id: UUID, values: Any = ()) -> None:
        super().__init__(values)
        self.table = table
        self.id = id
        self.change: Change | None = None

    if TYPE_CHECKING:
        # What a column holds is as little known by `get` as by `[]`.
        def get(self, name: str, default: Any = None, /) -> Any: ...

    @property
    def reference(self) -> Reference:
        """The row as a lookup value."""
        return Reference(self.table, self.id)

    def __repr__(self) -> str:
        return f"<{self.table} {self.id} {dict.__repr__(self)}>"


class Found(dict[UUID, Row]):
    """Rows by id, as they were loaded; an empty lookup finds none."""

    __slots__ = ()

    if TYPE_CHECKING:

        def get(self, id: UUID | None, default: None = None, /) -> Row | None: ...  # type: ignore[override]  # wider: None is asked for, too


def referenced(value: object) -> UUID | None:
    """The id in a value of a lookup, whether it was resolved yet or not."""
    return value.id if isinstance(value, Reference) else value if isinstance(value, UUID) else None
