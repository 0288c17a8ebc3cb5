"""The base of every declared table, and mixins with shared columns."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, NoReturn

from django.db import models

from handsel.tables.columns import AnyLookup, BigInt, Column, CustomValues, DateTime, Integer, Lookup
from handsel.tables.facts import Required, Writable


class Ownership(enum.StrEnum):
    """Who owns a row of the table."""

    USER = "UserOwned"
    BUSINESS = "BusinessOwned"
    ORGANIZATION = "OrganizationOwned"
    NONE = "None"


@dataclass(frozen=True, slots=True)
class AsId:
    """For a view: a whole number of the table below it (`column`), written as an id."""

    column: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """The facts of a Dataverse table that a Django model does not have."""

    schema_name: str
    entity_set: str
    label: str
    primary_name: str
    ownership: Ownership = Ownership.ORGANIZATION
    object_type_code: int = 0
    plural_label: str = ""
    unites: Literal["is_activity"] | None = None
    """For a view of the database: it shows the rows of all tables of which this fact is true."""
    shows: str = ""
    """For a view of the database: the table of the engine whose rows it shows."""
    computed: Mapping[str, str | AsId] = field(default_factory=dict)
    """For a view: columns by logical name, as SQL over the columns of the tables below it."""
    is_activity: bool = False
    """In an activity the navigation names of lookups that state none end in the table's name."""
    parent: str | None = None
    """For lines: the logical name of the lookup to the document they belong to."""
    collections: Mapping[str, str] = field(default_factory=dict)
    """For lookups that come from a mixin or have several targets: navigation name → collection at the other end."""
    announced: tuple[str, ...] = ()
    """The columns, by logical name, that an event about a row holds besides its name and its state."""
    shareable: bool = False
    """Whether a team may be made for a row, to share it with."""
    takes_notes: bool = False
    """Whether notes may be attached to a row."""
    takes_activities: bool = False
    """Whether activities may be about a row."""
    takes_properties: bool = False
    """For lines: whether they hold values of their product's properties."""


class WriteRefused(TypeError):
    """A write to a business table bypassed `engine/persist.py`, the one write path (architecture 4)."""


def _refuse(table: str) -> NoReturn:
    raise WriteRefused(
        f"Rows of {table} are written by messages only (Create, Update, Delete …): rights, prices, audit depend on it. "
        "Use session.execute() instead of the model's own save, create, update or delete."
    )


class ReadingQuerySet(models.QuerySet[Any]):
    """A queryset that reads. Every method that would write raises `WriteRefused`."""

    def _refused(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse(self.model._meta.db_table)

    create = update = delete = bulk_create = bulk_update = get_or_create = update_or_create = _refused
    acreate = aupdate = adelete = abulk_create = abulk_update = aget_or_create = aupdate_or_create = _refused
    _raw_delete = _update = _insert = _refused


class Table(models.Model):
    """A declared table: its columns are fields of `handsel.tables.columns`, its facts are in `table`."""

    table: ClassVar[TableFacts]

    version_number = BigInt("Version Number", writable=Writable.NEVER, null=False)
    hs_custom = CustomValues(null=True, db_column="hs_custom")

    objects = models.Manager.from_queryset(ReadingQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse(self._meta.db_table)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse(self._meta.db_table)


class Audited(models.Model):
    """Who made and who last changed a row, and when."""

    created_on = DateTime("Created On", writable=Writable.NEVER)
    created_by = Lookup("systemuser", "Created By", schema="CreatedBy", writable=Writable.NEVER, enforced=False)
    created_on_behalf_by = Lookup(
        "systemuser", "Created By (Delegate)", schema="CreatedOnBehalfBy", writable=Writable.NEVER, enforced=False
    )
    modified_on = DateTime("Modified On", writable=Writable.NEVER)
    modified_by = Lookup("systemuser", "Modified By", schema="ModifiedBy", writable=Writable.NEVER, enforced=False)
    modified_on_behalf_by = Lookup(
        "systemuser", "Modified By (Delegate)", schema="ModifiedOnBehalfBy", writable=Writable.NEVER, enforced=False
    )

    class Meta:
        abstract = True


class Imported(models.Model):
    """Columns in which an import may state a row's origin."""

    import_sequence_number = Integer("Import Sequence Number", writable=Writable.CREATE)
    overridden_created_on = DateTime("Record Created On", format="DateOnly", writable=Writable.CREATE)

    class Meta:
        abstract = True


class Owned(models.Model):
    """A row owned by a user or a team: two real foreign keys and `ownerid`, kept equal by persist and a CHECK."""

    owner = AnyLookup(
        {"systemuser": "", "team": ""},
        "Owner",
        schema="OwnerId",
        split={"systemuser": "owninguser", "team": "owningteam"},
        kind="Owner",
        required=Required.SYSTEM,
    )
    owning_user = Lookup("systemuser", "Owning User", schema="OwningUser", writable=Writable.NEVER, enforced=False)
    owning_team = Lookup("team", "Owning Team", schema="OwningTeam", writable=Writable.NEVER, enforced=False)
    owning_business_unit = Lookup(
        "businessunit", "Owning Business Unit", schema="OwningBusinessUnit", writable=Writable.NEVER, enforced=False
    )

    class Meta:
        abstract = True


def add_column(model: type[Table], name: str, column: Column) -> None:
    """Give a table a column that the declaration of another table brings along: a document its settings.

    Readers see it among the table's own columns, where the alphabet puts it.
    """
    column.facts = replace(column.facts, is_added=True)
    model.add_to_class(name, column)


class ColumnGroup:
    """Several columns under one prefix, declared as one class attribute: `bill_to = DocumentAddress("BillTo")`."""

    def __init__(self, prefix: str, *, without: Iterable[str] = ()) -> None:
        self.prefix = prefix
        self.without = frozenset(without)

    def columns(self) -> dict[str, Column]:
        """Python name without prefix → a fresh column whose schema name carries the prefix."""
        raise NotImplementedError

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        for suffix, column in self.columns().items():
            if suffix not in self.without:
                cls.add_to_class(f"{name}_{suffix}", column)


def split_check(table: str, whole: str, first: str, second: str) -> models.CheckConstraint:
    """The CHECK behind a split lookup: `whole` equals the one of its two foreign keys that is set, or all are empty.

    Arguments are Python names: `split_check("quote", "customer", "account", "contact")`.
    """
    none = models.Q(**{f"{whole}__isnull": True, f"{first}__isnull": True, f"{second}__isnull": True})

    def only(part: str, other: str) -> models.Q:
        set_alone = models.Q(**{f"{whole}__isnull": False, f"{part}__isnull": False, f"{other}__isnull": True})
        return set_alone & models.Q(**{whole: models.F(part)})

    return models.CheckConstraint(condition=none | only(first, second) | only(second, first), name=f"{table}_{whole}")
