"""Exact decimals on every database: its own where it has such, else scaled integers or text (architecture 3)."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from handsel.tables import django_fields

_WIDE = Context(prec=60)


def to_scaled(value: Decimal, places: int) -> int:
    """The integer that stands for `value` with `places` decimals. Raises ValueError when digits would be lost."""
    scaled = value.scaleb(places, _WIDE)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{value} has more than {places} decimal places")
    return whole


def from_scaled(value: int, places: int) -> Decimal:
    """The decimal that the integer of `to_scaled` stands for, with exactly `places` decimals."""
    return Decimal(value).scaleb(-places, _WIDE)


class _ExactField(django_fields.DecimalField):
    """The base of both exact fields: a fixed number of decimals, and no rounding on reading or writing."""

    def __init__(self, *args: Any, places: int = 4, **kwargs: Any) -> None:
        self.places = places
        kwargs |= {"max_digits": self.digits(places), "decimal_places": places}
        super().__init__(*args, **kwargs)

    @staticmethod
    def digits(places: int) -> int:
        """Significant digits of the database's own type: fifteen before the point."""
        return 15 + places

    def deconstruct(self) -> django_fields.Deconstruction:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_digits", None)
        kwargs.pop("decimal_places", None)
        kwargs["places"] = self.places
        return name, path, args, kwargs

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        # DecimalField would add the SQLite back end's float conversion; only `from_db_value` converts here.
        return [self.from_db_value]

    def from_db_value(self, value: Any, _expression: object, connection: BaseDatabaseWrapper) -> Decimal | None:
        """The exact value of a number from the database."""
        raise NotImplementedError

    def native_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """The database's own type of exact decimals; None where there is none.

        A database whose decimals take a number of digits keeps all of these; those of SQLite take none, being floats.
        """
        native = connection.data_types["DecimalField"]
        if "%(max_digits)s" not in native:
            return None
        return str(native % {"max_digits": self.digits(self.places), "decimal_places": self.places})

    def get_internal_type(self) -> str:
        # Not "DecimalField": the SQLite back end casts columns of that type to REAL in aggregates.
        return "ExactDecimalField"


class ScaledIntegerField(_ExactField):
    """Money, quantities and percentages. SQL may compare, sort, add up and count it, nothing else."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.native_type(connection) or "bigint"

    def from_db_value(
        self, value: int | Decimal | None, _expression: object, connection: BaseDatabaseWrapper
    ) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else from_scaled(value, self.places)

    def get_db_prep_value(self, value: object, connection: BaseDatabaseWrapper, prepared: bool = False) -> object:
        if value is None:
            return None
        if hasattr(value, "as_sql"):
            return value
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        return exact if self.native_type(connection) else to_scaled(exact, self.places)

    def get_db_prep_save(self, value: object, connection: BaseDatabaseWrapper) -> object:
        return self.get_db_prep_value(value, connection)


class ExactTextField(_ExactField):
    """Exchange rates: too wide for a 64-bit integer, so canonical decimal text where decimals are not exact."""

    @staticmethod
    def digits(places: int) -> int:
        """Twelve digits before the point: a rate goes up to 100,000,000,000."""
        return 12 + places

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.native_type(connection) or "text"

    def from_db_value(
        self, value: str | Decimal | None, _expression: object, connection: BaseDatabaseWrapper
    ) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(value)

    def get_db_prep_value(self, value: object, connection: BaseDatabaseWrapper, prepared: bool = False) -> object:
        if value is None:
            return None
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        return exact if self.native_type(connection) else rate_text(exact, self.places)

    def get_db_prep_save(self, value: object, connection: BaseDatabaseWrapper) -> object:
        return self.get_db_prep_value(value, connection)


def rate_text(value: Decimal, places: int) -> str:
    """The canonical text of a rate, zero-padded, so that equal rates are equal texts and texts sort like rates."""
    return f"{value:0{places + 13}.{places}f}"
