"""The types of JSON values. Exact decimals, ids and moments are allowed: the encoder of each surface writes them."""

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
"""A JSON object that is being built."""
