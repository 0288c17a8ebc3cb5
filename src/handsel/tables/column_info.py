"""The frozen description of a column for all readers; tables are in `info` (architecture 3)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from handsel.tables.cascades import Cascades
from handsel.tables.facts import Derivation, Numbering, PrecisionSource, Required, Writable
from handsel.tables.options import OptionSet


@dataclass(frozen=True, slots=True)
class ParentColumnOf:
    """The source of a parent column: the lookup of this row, the table it points to, the column there."""

    lookup: str
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """One column. `field` and `attribute` are None if the database has no column for it."""

    logical_name: str
    schema_name: str
    kind: str
    label: str
    attribute: str | None = None
    field: models.Field[Any, Any] | None = None
    required: Required = Required.NONE
    writable: Writable = Writable.ALWAYS
    default: Any = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    precision: int | None = None
    precision_source: PrecisionSource | None = None
    format: str | None = None
    behavior: str | None = None
    options: type[OptionSet] | Mapping[int, str] | None = None
    boolean_labels: tuple[str, str] = ("No", "Yes")
    targets: tuple[str, ...] = ()
    navigation: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Target table → navigation name. Empty for ids that cannot be expanded."""
    collection: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Target table → the target's name for the rows that point at it."""
    base_of: str | None = None
    """On a base amount: the money column it belongs to."""
    base_column: str | None = None
    """On a money column: the column of its base amount."""
    type_column: str | None = None
    split: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Target table → the foreign key that holds an id of that table."""
    parent_column: ParentColumnOf | None = None
    derived: Derivation | None = None
    range_code: int | None = None
    precision_code: int | None = None
    searched: bool = False
    numbering: Numbering | None = None
    is_custom: bool = False
    description: str = ""
    """The administrator's description of a custom column."""
    relationship: str = ""
    """The schema name given to the relationship of a custom lookup; empty if none was given."""
    cascades: Cascades | None = None
    """What the relationship of a custom lookup does; None if it was not said."""

    @property
    def is_lookup(self) -> bool:
        """Whether its value is the id of a row of another table."""
        return self.kind in ("Lookup", "Owner", "Customer")

    @property
    def labels(self) -> Mapping[int, str]:
        """Option value → label; empty for columns without options."""
        if self.kind == "Boolean":
            return dict(enumerate(self.boolean_labels))
        if self.options is None:
            return {}
        return self.options if isinstance(self.options, Mapping) else self.options.labels()


@dataclass(frozen=True, slots=True)
class AlternateKey:
    """An alternate key that an organization added: logical names of columns whose values no two rows share."""

    id: UUID
    logical_name: str
    schema_name: str
    label: str
    columns: tuple[str, ...]
