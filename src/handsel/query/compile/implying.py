"""The SQL of columns that lookups and choices imply: names of related rows, their table, labels (Web API 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models
from django.db.models.expressions import Expression, Value

from handsel.query.compile.expressions import Derived
from handsel.tables.implied import ImpliedColumn


def first_name(alias: str, implied: ImpliedColumn, names: Sequence[Expression]) -> Derived:
    """The name of the one row that a lookup points to, out of those of its several tables."""
    listed = ", ".join(f"{{{number}}}" for number in range(len(names)))
    pattern = f"COALESCE({listed})" if len(names) > 1 else listed or "CAST(NULL AS text)"
    return Derived(alias, implied.column.logical_name, pattern, *names)


def table_name(alias: str, implied: ImpliedColumn, ids: Mapping[str, Expression]) -> Derived:
    """The table of the row that a lookup points to. `ids` are by table, and only that of the right one is not null."""
    sources: list[Expression] = []
    cases = []
    for table, id in ids.items():
        cases.append(f"WHEN {{{len(sources)}}} IS NOT NULL THEN {{{len(sources) + 1}}}")
        sources += [id, Value(table, models.TextField())]
    return Derived(alias, implied.column.logical_name, f"CASE {' '.join(cases)} END", *sources)


def choice_label(alias: str, implied: ImpliedColumn, stored: Expression) -> Derived:
    """The label of a choice; null where it has none."""
    sources = [stored]
    cases = []
    for value, label in implied.of.labels.items():
        cases.append(f"WHEN {{{len(sources)}}} THEN {{{len(sources) + 1}}}")
        is_boolean = implied.of.kind == "Boolean"
        option = Value(bool(value), models.BooleanField()) if is_boolean else Value(value, models.BigIntegerField())
        sources += [option, Value(label, models.TextField())]
    pattern = f"CASE {{0}} {' '.join(cases)} END"
    return Derived(alias, implied.column.logical_name, pattern, *sources)
