"""How SQLite stores what it has no type for: ids and moments as text, decimals as integers or text (architecture 3).

The rows of a document share owner, currency, products, amounts and moments, so most values have just been decoded
before. Looking one up takes a tenth of making it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import models

from handsel.database.storage import Coder, to_json
from handsel.tables import django_fields
from handsel.tables.exact import ExactTextField, ScaledIntegerField, from_scaled, rate_text, to_scaled

decode_id = functools.lru_cache(maxsize=8192)(UUID)


def encode_id(id: UUID) -> str:
    """An id without hyphens."""
    return id.hex


@functools.lru_cache(maxsize=1024)
def encode_moment(moment: datetime) -> str:
    """A moment in UTC, without a zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


@functools.lru_cache(maxsize=1024)
def decode_moment(value: datetime | str) -> datetime:
    """The moment that a text, or the driver's value for it, represents."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC)


def decoder_of(field: django_fields.Field) -> Coder | None:
    """The function that makes Python's value from what SQLite stores for a column."""
    if isinstance(field, (models.ForeignKey, models.UUIDField)):
        return decode_id
    if isinstance(field, ScaledIntegerField):
        return _scaled_decoder(field.places)
    if isinstance(field, ExactTextField):
        return Decimal
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.DateTimeField):
        return decode_moment
    if isinstance(field, models.DateField):
        return lambda value: value if isinstance(value, date) else date.fromisoformat(value)
    return None


def encoder_of(field: django_fields.Field) -> Coder | None:
    """The function that makes what SQLite stores from Python's value of a column."""
    if isinstance(field, (models.ForeignKey, models.UUIDField)):
        return encode_id
    if isinstance(field, ScaledIntegerField):
        places = field.places
        return lambda value: to_scaled(value, places)
    if isinstance(field, ExactTextField):
        places = field.places
        return lambda value: rate_text(value, places)
    if isinstance(field, models.DateTimeField):
        return encode_moment
    if isinstance(field, models.DateField):
        return date.isoformat
    if isinstance(field, models.JSONField):
        return to_json
    return None


@functools.cache
def _scaled_decoder(places: int) -> Callable[[int], Decimal]:
    return functools.lru_cache(maxsize=8192)(lambda value: from_scaled(value, places))
