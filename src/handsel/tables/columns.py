"""The column classes that tables are declared with: Django fields with the facts of a Dataverse column.

Each class is a kind of column. What Django knows (type, length, null, key) stays in Django's field; what it lacks
(schema name, required level, who may write it when, precision source, lookup targets) is kept in `facts`.
Readers never use these fields: they ask `TableInfo` (architecture 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import models

from handsel.tables import django_fields
from handsel.tables.exact import ExactTextField, ScaledIntegerField
from handsel.tables.facts import (
    ColumnFacts,
    Derivation,
    EveryTable,
    OpenTargets,
    PrecisionSource,
    Required,
    Writable,
    schema_name_of,
)
from handsel.tables.options import OptionSet


class Column(django_fields.Field):
    """The base of every kind of column: its facts, and the logical name as database column."""

    kind = ""

    def __init__(
        self,
        label: str = "",
        *,
        schema: str | None = None,
        required: Required = Required.NONE,
        writable: Writable = Writable.ALWAYS,
        derived: Derivation | None = None,
        default: Any = None,
        kind: str | None = None,
        range_code: int | None = None,
        facts: Mapping[str, Any] | None = None,
        **django: Any,
    ) -> None:
        # This `default` is not Django's: the engine applies it on create, the database does not know it.
        self.facts = ColumnFacts(
            kind or self.kind,
            schema,
            label,
            required,
            Writable.NEVER if derived else writable,
            derived=derived,
            range_code=range_code,
            default=default,
            **{k: v for k, v in (facts or {}).items() if v is not None},
        )
        django.setdefault("null", True)
        django.setdefault("blank", True)
        super().__init__(verbose_name=label or None, **django)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False, **rest: Any) -> None:
        if self.facts.schema_name is None:
            self.facts = replace(self.facts, schema_name=self.default_schema_name(name))
        assert self.facts.schema_name is not None
        self.db_column = self.facts.schema_name.lower()
        super().contribute_to_class(cls, name, private_only=private_only, **rest)

    def default_schema_name(self, name: str) -> str:
        """The schema name when the declaration does not state one."""
        return schema_name_of(name)

    @classmethod
    def plain_class(cls) -> type[django_fields.Field]:
        """The field class a migration names: the facts are ours, not the database's."""
        return next(base for base in cls.__mro__ if base.__module__ in _PLAIN_MODULES)

    def deconstruct(self) -> django_fields.Deconstruction:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("verbose_name", None)
        plain = self.plain_class()
        path = f"{plain.__module__}.{plain.__qualname__}".replace("django.db.models.fields.related", "django.db.models")
        return name, path.replace("django.db.models.fields", "django.db.models"), args, kwargs

    def clone(self) -> Any:
        _name, _path, args, kwargs = self.deconstruct()
        return self.plain_class()(*args, **kwargs)


_PLAIN_MODULES = frozenset(
    (
        "django.db.models.fields",
        "django.db.models.fields.related",
        "handsel.tables.exact",
    )
)


class Text(Column, django_fields.CharField):
    """One line of text, at most `max_length` characters. An empty text is stored as null.

    `searched` means that people find and sort rows by it, so it gets an index (`handsel.tables.indexes`).
    """

    kind = "String"

    def __init__(
        self, max_length: int, label: str = "", *, format: str | None = None, searched: bool = False, **rest: Any
    ) -> None:
        super().__init__(label, max_length=max_length, facts={"format": format, "searched": searched}, **rest)


class Memo(Column, django_fields.TextField):
    """Several lines of text, at most `max_length` characters."""

    kind = "Memo"

    def __init__(self, max_length: int, label: str = "", *, format: str | None = None, **rest: Any) -> None:
        self.memo_length = max_length
        super().__init__(label, facts={"format": format, "maximum": max_length}, **rest)


class Integer(Column, django_fields.IntegerField):
    """A whole number of 32 bits, narrowed by `minimum` and `maximum`."""

    kind = "Integer"

    def __init__(self, label: str = "", *, minimum: int | None = None, maximum: int | None = None, **rest: Any) -> None:
        super().__init__(
            label, facts={"minimum": minimum, "maximum": maximum, "format": rest.pop("format", None)}, **rest
        )


class BigInt(Column, django_fields.BigIntegerField):
    """A whole number of 64 bits."""

    kind = "BigInt"


class Double(Column, django_fields.FloatField):
    """A binary floating point number: coordinates, never money."""

    kind = "Double"

    def __init__(
        self,
        label: str = "",
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        precision: int | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(label, facts={"minimum": minimum, "maximum": maximum, "precision": precision}, **rest)


class Boolean(Column, django_fields.BooleanField):
    """Yes or no, with the two labels of its option set."""

    kind = "Boolean"

    def __init__(self, label: str = "", *, labels: tuple[str, str] = ("No", "Yes"), **rest: Any) -> None:
        super().__init__(label, facts={"boolean_labels": labels}, **rest)


class DateTime(Column, django_fields.DateTimeField):
    """A moment, in UTC and whole seconds; `format` says whether people see the time of day."""

    kind = "DateTime"

    def __init__(
        self, label: str = "", *, format: str = "DateAndTime", behavior: str = "UserLocal", **rest: Any
    ) -> None:
        super().__init__(label, facts={"format": format, "behavior": behavior}, **rest)


class Date(Column, django_fields.DateField):
    """A calendar date without time or zone (`Edm.Date`)."""

    kind = "DateTime"

    def __init__(self, label: str = "", **rest: Any) -> None:
        super().__init__(label, facts={"format": "DateOnly", "behavior": "DateOnly"}, **rest)


class Decimal(Column, ScaledIntegerField):
    """An exact decimal with a fixed number of places: quantities, percentages."""

    kind = "Decimal"

    def __init__(
        self,
        precision: int,
        label: str = "",
        *,
        minimum: Any = None,
        maximum: Any = None,
        precision_code: int | None = None,
        **rest: Any,
    ) -> None:
        limits = {"precision": precision, "minimum": minimum, "maximum": maximum, "precision_code": precision_code}
        super().__init__(label, places=precision, facts=limits, **rest)


class ExchangeRate(Column, ExactTextField):
    """Currency units per unit of the base currency, 12 places (pricing 1)."""

    kind = "Decimal"

    def __init__(self, label: str = "Exchange Rate", **rest: Any) -> None:
        super().__init__(
            label,
            places=12,
            facts={"precision": 12, "minimum": "0.000000000001", "maximum": "100000000000"},
            range_code=0x80048CFD,
            **rest,
        )


class Money(Column, ScaledIntegerField):
    """An amount in the row's currency, stored with four decimals; declares its base amount `<name>_base` too."""

    kind = "Money"

    def __init__(
        self,
        label: str = "",
        *,
        source: PrecisionSource = PrecisionSource.CURRENCY,
        precision: int = 2,
        minimum: Any = None,
        maximum: Any = None,
        base: bool = True,
        base_of: str | None = None,
        **rest: Any,
    ) -> None:
        self.with_base = base and base_of is None
        super().__init__(
            label,
            places=4,
            facts={
                "precision": precision,
                "precision_source": source,
                "minimum": minimum,
                "maximum": maximum,
                "base_of": base_of,
            },
            **rest,
        )

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False, **rest: Any) -> None:
        super().contribute_to_class(cls, name, private_only=private_only, **rest)
        if self.with_base and not cls._meta.abstract:
            base_amount = Money(
                f"{self.facts.label} (Base)",
                schema=f"{self.facts.schema_name}_Base",
                source=self.facts.precision_source or PrecisionSource.CURRENCY,
                precision=4,
                base_of=self.column,
                writable=Writable.NEVER,
            )
            cls.add_to_class(f"{name}_base", base_amount)


class Choice(Column, django_fields.IntegerField):
    """One of the values of an enumeration with labels."""

    kind = "Picklist"

    def __init__(self, options: type[OptionSet] | None, label: str = "", **rest: Any) -> None:
        super().__init__(label, facts={"options": options}, **rest)


class State(Choice):
    """`statecode`: the state of the row in its lifecycle."""

    kind = "State"


class Status(Choice):
    """`statuscode`: the status reason inside the state."""

    kind = "Status"


class Key(Column, django_fields.UUIDField):
    """The primary key, a time-ordered UUID made by `handsel.tables.keys.new_key`."""

    kind = "Uniqueidentifier"

    def __init__(self, label: str = "", **rest: Any) -> None:
        rest.setdefault("writable", Writable.CREATE)
        super().__init__(label, required=Required.SYSTEM, primary_key=True, null=False, **rest)

    def default_schema_name(self, name: str) -> str:
        return schema_name_of(name)


class Guid(Column, django_fields.UUIDField):
    """A plain id without a foreign key. `targets` maps each table it may point to, to its navigation name."""

    kind = "Uniqueidentifier"

    def __init__(self, label: str = "", *, targets: Mapping[str, str] | None = None, **rest: Any) -> None:
        facts = {"targets": tuple(targets or ()), "navigation": dict(targets or {})}
        super().__init__(label, facts=facts, **rest)


class Lookup(Column, django_fields.ForeignKey):
    """A reference to a row of one table, named by its logical name.

    `navigation` is the name the Web API uses for it (default: the logical name), `collection` the name of the
    collection at the other end. `enforced=False` leaves the database constraint out, for columns that
    only the engine writes.
    """

    kind = "Lookup"

    def __init__(
        self,
        target: str,
        label: str = "",
        *,
        navigation: str | None = None,
        collection: str | None = None,
        enforced: bool = True,
        index: bool = False,
        **rest: Any,
    ) -> None:
        self.target_name = target
        self.is_enforced, self.is_indexed = enforced, index
        super().__init__(
            label,
            facts={
                "targets": (target,),
                "navigation": {target: navigation} if navigation else None,
                "collection": collection,
            },
            to=f"handsel.{target.removeprefix('hs_').replace('_', '')}",  # a model is called as its class
            on_delete=models.DO_NOTHING,
            related_name="+",
            db_constraint=enforced,
            db_index=index,
            **rest,
        )

    def default_schema_name(self, name: str) -> str:
        return f"{schema_name_of(name)}Id"


class AnyLookup(Column, django_fields.UUIDField):
    """A reference to a row of one of several tables.

    `targets` maps each table to its navigation name, or says which tables make themselves targets. The table is given
    either by `type_column`, or by `split`: one real foreign key per table, kept equal to the id by persist.
    """

    kind = "Lookup"

    def __init__(
        self,
        targets: Mapping[str, str] | OpenTargets | EveryTable,
        label: str = "",
        *,
        type_column: str | None = None,
        split: Mapping[str, str] | None = None,
        index: bool = False,
        **rest: Any,
    ) -> None:
        opened, named = (None, dict(targets)) if isinstance(targets, Mapping) else (targets, {})
        super().__init__(
            label,
            facts={
                "targets": tuple(named),
                "navigation": named,
                "open_targets": opened,
                "type_column": type_column,
                "split": dict(split or {}),
            },
            db_index=index,
            **rest,
        )

    def default_schema_name(self, name: str) -> str:
        return f"{schema_name_of(name)}Id"


class CustomValues(models.JSONField):
    """The values of an organization's custom columns: one JSON object per row."""

    def deconstruct(self) -> django_fields.Deconstruction:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
