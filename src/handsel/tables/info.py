"""The frozen description of a table for all readers: `TableInfo` and `ColumnInfo` (architecture 3).

Built once per model, independent of any database. Names here are logical names; the Python name of a stored column is
`ColumnInfo.attribute`.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from handsel.errors import SetupError
from handsel.tables.column_info import AlternateKey as AlternateKey
from handsel.tables.column_info import ColumnInfo as ColumnInfo
from handsel.tables.column_info import ParentColumnOf as ParentColumnOf
from handsel.tables.columns import (
    Column,
    Memo,
)
from handsel.tables.facts import (
    ColumnFacts,
    EveryTable,
    OpenTargets,
    Required,
    Writable,
    schema_name_of,
)
from handsel.tables.parent_column import ParentColumn, parent_columns
from handsel.tables.table import Audited, Imported, Ownership, Table, TableFacts


class UnknownTable(KeyError):
    """No table has this logical name."""

    def __str__(self) -> str:
        return f"There is no table named '{self.args[0]}'."


@dataclass(frozen=True, slots=True, eq=False)
class TableInfo:
    """One table with its columns by logical name, in declared order."""

    logical_name: str
    schema_name: str
    entity_set: str
    label: str
    plural_label: str
    primary_key: str
    primary_name: str
    ownership: Ownership
    object_type_code: int
    is_activity: bool
    model: type[Table]
    columns: Mapping[str, ColumnInfo]
    parent: str | None = None
    """For lines: the lookup to the document they belong to."""
    line_tables: tuple[str, ...] = ()
    """For documents: the tables of their lines."""
    united: tuple[str, ...] = ()
    """For a view of the database: the tables whose rows it shows."""
    shows: str = ""
    """For another view: the table of the engine whose rows it shows."""
    announced: tuple[str, ...] = ()
    """The columns that an event about a row holds besides its name and its state."""
    custom_keys: tuple[AlternateKey, ...] = ()
    custom_collections: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    """The collections at the other end of custom lookups: name → child table and its lookup column."""

    @property
    def is_view(self) -> bool:
        """Whether it only shows the rows of other tables."""
        return bool(self.united or self.shows)

    def only_shows(self, instead: str) -> str:
        """Why something cannot be done to a view; `instead` says before the names of its tables what to do."""
        if self.shows:
            return f"{self.label} only shows what the system has recorded."
        return f"{self.label} only shows rows of other tables. {instead} {', '.join(self.united)}."

    @property
    def money_columns(self) -> tuple[str, ...]:
        """The money columns, without base amounts."""
        return tuple(name for name, column in self.columns.items() if column.kind == "Money" and not column.base_of)

    @property
    def state_column(self) -> ColumnInfo | None:
        """`statecode`, if rows of the table have a state."""
        column = self.columns.get("statecode")
        return column if column is not None and column.kind == "State" else None

    @property
    def status_column(self) -> ColumnInfo | None:
        """`statuscode`, if rows of the table have a status reason."""
        column = self.columns.get("statuscode")
        return column if column is not None and column.kind == "Status" else None

    def attribute(self, column: str) -> str:
        """The Python name of a stored column."""
        attribute = self.columns[column].attribute
        assert attribute is not None
        return attribute

    def with_custom_columns(
        self,
        custom: Iterable[ColumnInfo],
        keys: Iterable[AlternateKey] = (),
        collections: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> TableInfo:
        """The same table with an organization's custom columns after the declared ones, its keys and collections."""
        joined = {**self.columns, **{column.logical_name: column for column in custom}}
        back = MappingProxyType({**collections})
        return replace(self, columns=MappingProxyType(joined), custom_keys=tuple(keys), custom_collections=back)


def table_info(logical_name: str) -> TableInfo:
    """The table with this logical name. Raises UnknownTable."""
    try:
        return _tables()[logical_name]
    except KeyError:
        raise UnknownTable(logical_name) from None


def all_tables() -> tuple[TableInfo, ...]:
    """Every declared table, in the order of declaration."""
    return tuple(_tables().values())


def declared_names() -> Set[str]:
    """The logical names of all declared tables; lookups may name others, which lead nowhere (a campaign)."""
    return _tables().keys()


@functools.cache
def _tables() -> Mapping[str, TableInfo]:
    apps.check_models_ready()
    declared = [model for model in apps.get_models() if issubclass(model, Table)]
    lines: dict[str, list[str]] = {}
    for model in declared:
        if model.table.parent is not None:
            lookup = next((column for column in _stored(model) if column.column == model.table.parent), None)
            if lookup is None:
                raise _incomplete(model, f"says parent={model.table.parent!r}, and has no such lookup")
            lines.setdefault(lookup.facts.targets[0], []).append(model._meta.db_table)
    return MappingProxyType(
        {
            model._meta.db_table: _table(model, tuple(lines.get(model._meta.db_table, ())), declared)
            for model in declared
        }
    )


def _incomplete(model: type[Table], mistake: str) -> SetupError:
    return SetupError(f"{model.__module__.replace('.', '/')}.py: {model.__name__} {mistake}.")


def _stored(model: type[Table]) -> list[Column]:
    return [column for column in model._meta.concrete_fields if isinstance(column, Column)]


def _table(model: type[Table], line_tables: tuple[str, ...], declared: Sequence[type[Table]]) -> TableInfo:
    facts, logical_name = model.table, model._meta.db_table
    stored = _stored(model)
    base_amounts = {column.facts.base_of: str(column.column) for column in stored if column.facts.base_of}
    inner = {part for column in stored if column.facts.kind == "Customer" for part in column.facts.split.values()}
    columns = {}
    for column in stored:
        name = str(column.column)
        columns[name] = replace(
            _column(column.facts, name),
            attribute=column.attname,
            field=column,
            max_length=_max_length(column),
            navigation={} if name in inner else _navigation(model, column.facts, name),
            collection=_collection(model, column.facts, name),
            base_column=base_amounts.get(name),
        )
        if column.facts.open_targets is not None:
            columns[name] = _with_targets(columns[name], column.facts.open_targets, model, declared)
    for parent_column in parent_columns(model).values():
        read_through = _parent_column(model, parent_column)
        columns[read_through.logical_name] = read_through
    primary_key = model._meta.pk
    assert primary_key is not None
    assert primary_key.column is not None
    first = (primary_key.column, facts.primary_name)
    added = sorted(str(column.column) for column in stored if column.facts.is_added)
    return TableInfo(
        logical_name=logical_name,
        schema_name=facts.schema_name,
        entity_set=facts.entity_set,
        label=facts.label,
        plural_label=facts.plural_label or facts.label,
        primary_key=primary_key.column,
        primary_name=facts.primary_name,
        ownership=facts.ownership,
        object_type_code=facts.object_type_code,
        is_activity=facts.is_activity,
        model=model,
        columns=MappingProxyType({name: columns[name] for name in _ordered(columns, first, added)}),
        parent=facts.parent,
        line_tables=line_tables,
        united=_united(facts, declared),
        shows=facts.shows,
        announced=facts.announced,
    )


def _united(facts: TableFacts, declared: Iterable[type[Table]]) -> tuple[str, ...]:
    """The tables that a view shows."""
    if facts.unites is None:
        return ()
    models = [model for model in declared if getattr(model.table, facts.unites) and model.table.unites is None]
    return tuple(sorted(model._meta.db_table for model in models))


def _with_targets(
    column: ColumnInfo, opened: OpenTargets | EveryTable, model: type[Table], declared: Sequence[type[Table]]
) -> ColumnInfo:
    """The column with the tables that make themselves its targets."""
    if isinstance(opened, EveryTable):
        whole = (each for each in declared if not (each.table.parent or each.table.unites or each.table.shows))
        return replace(column, targets=tuple(sorted(each._meta.db_table for each in whole)))
    facts = {model._meta.db_table: model.table for model in declared if getattr(model.table, opened.flag)}
    tables = sorted(facts)
    end = _name_end(model)
    return replace(
        column,
        targets=tuple(tables),
        navigation={table: f"{column.logical_name}_{table}{end}" for table in tables},
        collection={table: opened.collection.format(table=table, schema=facts[table].schema_name) for table in tables},
    )


def _ordered(columns: Iterable[str], first: tuple[str, str], added: Sequence[str]) -> list[str]:
    """The columns as readers see them: as declared, and each that another table brings along by its name."""
    names = sorted((name for name in columns if name not in added), key=lambda name: _rank(name, first))
    ranks = {name: _rank(name, first) for name in columns}
    for name in added:
        later = (index for index, other in enumerate(names) if (ranks[other], other) > (ranks[name], name))
        names.insert(next(later, len(names)), name)
    return names


def _rank(logical_name: str, first: tuple[str, str]) -> int:
    """Key and name come first, the columns of every table last, all others between, in declared order."""
    if logical_name in first:
        return first.index(logical_name)
    return 3 if logical_name in _LAST else 2


_LAST = frozenset(
    field.db_column or field.name for mixin in (Table, Audited, Imported) for field in mixin._meta.local_concrete_fields
)


def _column(facts: ColumnFacts, logical_name: str) -> ColumnInfo:
    """The description that follows from the facts alone."""
    assert facts.schema_name is not None
    is_number = facts.kind in ("Integer", "BigInt", "Double", "Decimal", "Money")
    return ColumnInfo(
        logical_name=logical_name,
        schema_name=facts.schema_name,
        kind=facts.kind,
        label=facts.label,
        required=facts.required,
        writable=facts.writable,
        default=facts.default,
        minimum=_number(facts.minimum) if is_number else None,
        maximum=_number(facts.maximum) if is_number else None,
        precision=facts.precision,
        precision_source=facts.precision_source,
        format=facts.format,
        behavior=facts.behavior,
        options=facts.options,
        boolean_labels=facts.boolean_labels,
        targets=facts.targets,
        base_of=facts.base_of,
        type_column=facts.type_column,
        split=facts.split,
        derived=facts.derived,
        range_code=facts.range_code,
        precision_code=facts.precision_code,
        searched=facts.searched,
        numbering=facts.numbering,
    )


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _max_length(column: Column) -> int | None:
    return column.memo_length if isinstance(column, Memo) else column.max_length


def _navigation(model: type[Table], facts: ColumnFacts, logical_name: str) -> Mapping[str, str]:
    if facts.kind not in ("Lookup", "Owner", "Customer") and not facts.navigation:
        return {}
    usual = f"{logical_name}{_name_end(model)}"
    return {target: facts.navigation.get(target) or usual for target in facts.targets}


def _name_end(model: type[Table]) -> str:
    """What the navigation names of an activity end in; those of a view of activities have no end."""
    return f"_{model._meta.db_table}" if model.table.is_activity and model.table.unites is None else ""


def _collection(model: type[Table], facts: ColumnFacts, logical_name: str) -> Mapping[str, str]:
    if facts.collection is not None:
        return {facts.targets[0]: facts.collection}
    named = model.table.collections
    collections = {target: named.get(name) for target, name in _navigation(model, facts, logical_name).items()}
    return {target: name for target, name in collections.items() if name is not None}


def _parent_column(model: type[Table], declared: ParentColumn) -> ColumnInfo:
    facts = declared.facts
    assert facts.schema_name is not None
    try:
        lookup = model._meta.get_field(declared.lookup)
        assert isinstance(lookup, models.ForeignKey)
        target = lookup.remote_field.model
        source: Any = target._meta.get_field(declared.column)
    except FieldDoesNotExist as error:
        raise _incomplete(model, f"shows {facts.schema_name} of its parent, but {error}") from error
    # Lookups of the source are answered as ids; its options and targets stay as they are.
    return replace(
        _column(source.facts, facts.schema_name.lower()),
        schema_name=facts.schema_name,
        kind=facts.kind,
        label=facts.label or source.facts.label or schema_name_of(declared.column),
        required=Required.NONE,
        writable=Writable.NEVER,
        default=None,
        max_length=_max_length(source),
        split={},
        derived=None,
        navigation=_navigation(model, replace(source.facts, kind=facts.kind), facts.schema_name.lower()),
        parent_column=ParentColumnOf(lookup.column, target._meta.db_table, source.column),
    )
