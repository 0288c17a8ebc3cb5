"""The facts of a column beyond its Django field: required level, who writes it when, precision source, names."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from handsel.tables.options import OptionSet


class Required(enum.StrEnum):
    """How strongly a column is required. Only a missing `SYSTEM` value is refused by the engine (0x80040200)."""

    NONE = "None"
    RECOMMENDED = "Recommended"
    APPLICATION = "ApplicationRequired"
    SYSTEM = "SystemRequired"


class Writable(enum.Flag):
    """When a client may write a column. Only the engine fills one that is never writable."""

    NEVER = 0
    CREATE = 1
    UPDATE = 2
    ALWAYS = 3


class PrecisionSource(enum.IntEnum):
    """Where a money column takes its number of decimals from (pricing 1.1)."""

    OWN = 0
    PRICING = 1
    CURRENCY = 2


@dataclass(frozen=True, slots=True)
class Derivation:
    """A stored value that is computed from other columns of the row; persist does so when one of them changes.

    `function` takes the values of `sources` (logical names) in order and returns the value.
    """

    function: Callable[..., Any]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """How rows get a number when they are created without one (behaviour 10).

    `column` is the number's logical name and the name of its counter, `prefix` the setting of the organization that
    stands in front, `current` the one that shows the next number, `first` the first number.
    """

    column: str
    prefix: str
    current: str
    first: int


@dataclass(frozen=True, slots=True)
class OpenTargets:
    """Targets of a lookup that follow from what tables say of themselves: all whose fact `flag` is true.

    Rows that point at a table stand there in a collection named by the pattern `collection`, in which `{table}` is its
    logical name and `{schema}` its schema name.
    """

    flag: Literal["shareable", "takes_notes", "takes_activities", "takes_properties", "is_activity"]
    collection: str


@dataclass(frozen=True, slots=True)
class EveryTable:
    """Targets of a lookup: all tables but lines and views. No navigation leads there, and no collection back."""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """The facts of a Dataverse column that a Django field does not have."""

    kind: str
    schema_name: str | None = None
    label: str = ""
    required: Required = Required.NONE
    writable: Writable = Writable.ALWAYS
    minimum: Any = None
    maximum: Any = None
    precision: int | None = None
    precision_source: PrecisionSource | None = None
    format: str | None = None
    behavior: str | None = None
    targets: tuple[str, ...] = ()
    open_targets: OpenTargets | EveryTable | None = None
    navigation: Mapping[str, str] = field(default_factory=dict)
    collection: str | None = None
    base_of: str | None = None
    type_column: str | None = None
    split: Mapping[str, str] = field(default_factory=dict)
    parent_column: str | None = None
    derived: Derivation | None = None
    range_code: int | None = None
    """The documented error code for a value outside the range, if the column has a special one (behaviour 9)."""
    precision_code: int | None = None
    """The same for a number with too many decimals."""
    options: type[OptionSet] | None = None
    default: Any = None
    boolean_labels: tuple[str, str] = ("No", "Yes")
    searched: bool = False
    numbering: Numbering | None = None
    is_added: bool = False
    """Whether the declaration of another table brings the column along (see `handsel.tables.table.add_column`)."""


_WORD = re.compile(r"(?:^|_)([a-z0-9])")


def schema_name_of(python_name: str) -> str:
    """The schema name that a Python name stands for: `price_per_unit` → `PricePerUnit`."""
    return _WORD.sub(lambda match: match.group(1).upper(), python_name)
