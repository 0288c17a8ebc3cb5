"""What JSON can hold, as types: exact decimals, ids and moments are written as the encoder of each surface does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

Json: TypeAlias = (
    str | bool | int | float | Decimal | UUID | datetime | date | Sequence["Json"] | Mapping[str, "Json"] | None
)
"""Any value that can be written as JSON."""

JsonObject: TypeAlias = dict[str, Json]
"""An object of JSON while it is being put together."""
