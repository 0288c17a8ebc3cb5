"""Django's fields as base classes: generic for a type checker, plain at run time, when they take no subscript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models

Deconstruction: TypeAlias = tuple[str, str, Sequence[Any], dict[str, Any]]
"""A field as Django writes it into a migration: name, path, arguments; whatever its class takes."""

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
    BigIntegerField = models.BigIntegerField[Any, Any]
    BooleanField = models.BooleanField[Any, Any]
    CharField = models.CharField[Any, Any]
    DateField = models.DateField[Any, Any]
    DateTimeField = models.DateTimeField[Any, Any]
    DecimalField = models.DecimalField[Any, Any]
    FloatField = models.FloatField[Any, Any]
    ForeignKey = models.ForeignKey[Any, Any]
    IntegerField = models.IntegerField[Any, Any]
    TextField = models.TextField[Any, Any]
    UUIDField = models.UUIDField[Any, Any]
else:
    Field = models.Field
    BigIntegerField = models.BigIntegerField
    BooleanField = models.BooleanField
    CharField = models.CharField
    DateField = models.DateField
    DateTimeField = models.DateTimeField
    DecimalField = models.DecimalField
    FloatField = models.FloatField
    ForeignKey = models.ForeignKey
    IntegerField = models.IntegerField
    TextField = models.TextField
    UUIDField = models.UUIDField
