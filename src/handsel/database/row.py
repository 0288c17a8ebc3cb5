"""A row in memory: its values by logical name, what a running message changes about it, and the item that does so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar, overload
from uuid import UUID

from handsel.errors import HandselError

M = TypeVar("M")
T = TypeVar("T")
M_co = TypeVar("M_co", covariant=True)
"""An item's message is never replaced, so the type is covariant: an item of a message is an item of its base type."""


class Reference(NamedTuple):
    """A row named by its table and id: the value of a lookup."""

    table: str
    id: UUID


ColumnValue: TypeAlias = str | bool | int | float | Decimal | datetime | date | UUID | Reference | None
"""What a column holds; a lookup of a stored row is the id, one that a message gives is a `Reference`."""


class Notice(NamedTuple):
    """What the one who sent a message should know though it was done: a fact for people, its kind for programs.

    `rows` are the rows it is about, as far as the acting user may see them. A warning says that somebody may not have
    meant it; any other notice only informs.
    """

    kind: str
    message: str
    rows: tuple[Reference, ...] = ()
    is_warning: bool = True


class Row(dict[str, Any]):
    """The values of one row by logical name. It holds custom columns like declared ones.

    `notices` are those of the message whose result it is.
    """

    __slots__ = ("change", "id", "notices", "table")

    def __init__(self, table: str, id: UUID, values: Any = ()) -> None:
        super().__init__(values)
        self.table = table
        self.id = id
        self.change: Change | None = None
        self.notices: tuple[Notice, ...] = ()

    if TYPE_CHECKING:
        # The type of a column's value is unknown for `get` as for `[]`.
        def get(self, name: str, default: Any = None, /) -> Any: ...

    @property
    def reference(self) -> Reference:
        """The row as a lookup value."""
        return Reference(self.table, self.id)

    def value(self, name: str, kind: type[T]) -> T:
        """The value of a column as what it is: `order.value("totalamount", Decimal)`.

        Raises KeyError for a column that is not in the row, TypeError when it is empty or of another type.
        """
        found: object = self[name]
        if not isinstance(found, kind):
            what = "empty" if found is None else f"of type {type(found).__name__}"
            raise TypeError(f"{name} of {self.table} {self.id} is {what}, not {kind.__name__}.")
        return found

    def __repr__(self) -> str:
        return f"<{self.table} {self.id} {dict.__repr__(self)}>"


class RowsById(dict[UUID, Row]):
    """Rows by id, as they were loaded; an empty lookup finds none."""

    __slots__ = ()

    if TYPE_CHECKING:
        # Wider than `dict`: the key may be None.
        @overload
        def get(self, id: UUID | None, default: None = None, /) -> Row | None: ...
        @overload
        def get(self, id: UUID | None, default: Row, /) -> Row: ...
        @overload
        def get(self, id: UUID | None, default: T, /) -> Row | T: ...
        def get(self, id: UUID | None, default: object = None, /) -> object: ...


Action = Literal["create", "update", "delete"]


class Change:
    """What a message does to one row: its action, and for an update the old value of each changed column."""

    __slots__ = ("action", "before", "given", "item", "root", "row")

    def __init__(self, action: Action, row: Row, item: Item[object], root: Reference) -> None:
        self.action: Action = action
        self.row = row
        self.item = item
        self.root = root
        self.before: dict[str, Any] = {}
        self.given: frozenset[str] = frozenset()


def set_column(row: Row, change: Change | None, column: str, value: ColumnValue) -> None:
    """Set a column of a row that is about to be written; an update keeps the old value. A new row has no `change`."""
    if change is not None:
        old = row.get(column)
        if old == value:
            return
        change.before.setdefault(column, old)
    row[column] = value


class Item(Generic[M_co]):
    """One message of a list on its way through `execute`: its result, or the error that refused it."""

    __slots__ = ("changes", "index", "locks", "message", "notices", "refusal", "result")

    def __init__(self, index: int, message: M_co) -> None:
        self.index = index
        self.message = message
        self.locks: Sequence[Reference] = ()
        self.result: Any = None
        self.refusal: HandselError | None = None
        self.changes: list[Change] = []
        self.notices: list[Notice] = []


def referenced(value: object) -> UUID | None:
    """The id in a value of a lookup, resolved or not."""
    return value.id if isinstance(value, Reference) else value if isinstance(value, UUID) else None
