"""Which rows of a table a privilege reaches, as one predicate that every read is narrowed by (security 1.4).

A row is reached by its owner, by its unit, by a share, or because a row that it belongs to is owned by or shared with
the user: where a relationship cascades Share or Reparent, that right flows down. It is derived when it is asked, and
stored nowhere.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import models
from django.db.models.expressions import Expression

from handsel.engine.predicate import ALL_ROWS, NO_ROWS, AnyOf, Bind, ParameterValue, Predicate, both, numbered
from handsel.engine.rights.grants import Reach, Rights
from handsel.engine.rights.privileges import Coverage, Privilege, RowsBy, coverage_of, privilege_name
from handsel.engine.rights.sharing import SharedRow
from handsel.tables.info import TableInfo, table_info


def reached(rights: Rights, verb: Privilege, table: str) -> Predicate:
    """The rows of `table` on which the user has a right."""
    found = rights.predicates.get((verb, table))
    if found is None:
        found = _reached(rights, verb, table)
        if rights.caller is not None:
            found = both(found, _reached(rights.caller, verb, table))
        rights.predicates[verb, table] = found
    return found


def _reached(rights: Rights, verb: Privilege, table: str) -> Predicate:
    if rights.is_administrator:
        return ALL_ROWS
    covered = coverage_of(table)
    if covered.rows_by is RowsBy.PARENT:
        return _by_parents(rights, verb, covered)
    if covered.rows_by is RowsBy.OPEN and verb is Privilege.READ:
        return ALL_ROWS if rights.roles else NO_ROWS
    reach = rights.reach(privilege_name(verb, covered.stem))
    if reach.nothing:
        return NO_ROWS
    if covered.rows_by is RowsBy.TOLD:
        return _by_told(rights, covered)
    if reach.everything or covered.rows_by in (RowsBy.TABLE, RowsBy.OPEN):
        return ALL_ROWS  # what nobody owns is reached at any depth (security 1.4)
    return _by_owner(rights, reach, verb, covered) if covered.rows_by is RowsBy.OWNER else _by_unit(reach, covered)


def _by_owner(rights: Rights, reach: Reach, verb: Privilege, covered: Coverage) -> Predicate:
    info = table_info(covered.table)
    owner, unit = info.attribute("ownerid"), info.attribute("owningbusinessunit")
    owners = sorted(reach.owners)
    parameters: dict[str, ParameterValue] = {"owners": owners, "principals": sorted(rights.principals)}
    if reach.units:
        parameters["units"] = sorted(reach.units)
    wide = bool(reach.units) and len(reach.units) * _PART >= len(rights.tables.parents)

    def condition(bind: Bind) -> models.Q:
        found = models.Q(AnyOf(models.F(owner), bind("owners"), unindexed=wide))
        if reach.units:
            found |= models.Q(AnyOf(models.F(unit), bind("units"), unindexed=wide))
        return found | models.Q(SharedRow(covered.table, verb, bind("principals"), unindexed=wide))

    def by_shares(bind: Bind) -> models.Q:
        return models.Q(SharedRow(covered.table, verb, bind("principals")))

    ways: list[Predicate] = []
    if len(reach.owners) + len(reach.units) <= _MOST_WAYS:
        ways = [_with_value("owner", owner, each) for each in owners]
        ways += [_with_value("unit", unit, each) for each in sorted(reach.units)]
        ways.append(Predicate(f"{verb.value} shared", by_shares, {"principals": parameters["principals"]}))
    kind = f"owner{' unit' if reach.units else ''}{' wide' if wide else ''}"
    return Predicate(f"{verb.value} {kind}", condition, parameters, wide, tuple(ways))


_PART = 20
"""From one in so many units on, the rows in reach are many: a list in the order of its index soon meets them."""
_MOST_WAYS = 16
"""Of so many owners and units together the first rows of a list are found one by one, each by an index."""


def _with_value(name: str, attribute: str, value: UUID) -> Predicate:
    """The rows with one owner, or of one unit."""
    return Predicate(name, lambda bind: models.Q(**{attribute: bind(name)}), {name: value})


def _by_unit(reach: Reach, covered: Coverage) -> Predicate:
    info = table_info(covered.table)
    column = info.attribute(covered.unit) if covered.unit in info.columns else "pk"
    parameters: Mapping[str, ParameterValue] = {"units": sorted(reach.units), "owners": sorted(reach.owners)}

    def condition(bind: Bind) -> models.Q:
        return models.Q(AnyOf(models.F(column), bind("units"))) | models.Q(AnyOf(models.F("pk"), bind("owners")))

    return Predicate("unit", condition, parameters)


def _by_parents(rights: Rights, verb: Privilege, covered: Coverage) -> Predicate:
    """Lines and other parts: what is read with the parent is changed by who may write to it (security 5.2)."""
    on_parent = verb if verb is Privilege.READ else Privilege.WRITE
    info = table_info(covered.table)
    ways = [
        (attribute, type_attribute, parent, _reached(rights, on_parent, parent))
        for lookup in covered.parents
        for attribute, type_attribute, parent in _parents_by(info, lookup)
    ]
    if not any(predicate.narrows for *_, predicate in ways):
        return ALL_ROWS
    if all(predicate is NO_ROWS for *_, predicate in ways):
        return NO_ROWS

    def condition(bind: Bind) -> models.Q:
        found = models.Q()
        for index, (attribute, type_attribute, parent, predicate) in enumerate(ways):
            if predicate is NO_ROWS:
                continue
            rows = table_info(parent).model._default_manager.all()
            if predicate.condition is not None:
                rows = rows.filter(predicate.condition(functools.partial(numbered, bind, index)))
            one = models.Q(**{f"{attribute}__in": rows.order_by().values("pk")})
            if type_attribute is not None:
                one &= models.Q(**{type_attribute: parent})
            found |= one
        return found

    keys = "; ".join(f"{attribute} {parent} {predicate.key}" for attribute, _, parent, predicate in ways)
    parameters = {
        f"{index} {name}": value
        for index, (*_, predicate) in enumerate(ways)
        for name, value in predicate.parameters.items()
    }
    return Predicate(f"through {keys}", condition, parameters)


def _by_told(rights: Rights, covered: Coverage) -> Predicate:
    """What is told of rows that may be read, those that are gone included where every row of their table may be."""
    info = table_info(covered.table)
    [(attribute, type_attribute, _)] = _parents_by(info, covered.parents[0])[:1]
    told = {table: _reached(rights, Privilege.READ, table) for _, _, table in _parents_by(info, covered.parents[0])}
    whole = sorted(table for table, predicate in told.items() if not predicate.narrows)
    narrowed = {table: predicate for table, predicate in told.items() if predicate.narrows and predicate is not NO_ROWS}
    assert type_attribute is not None, "rows of several tables are told of"

    def condition(bind: Bind) -> models.Q:
        found = models.Q(**{f"{type_attribute}__in": whole}) if whole else models.Q(pk__in=[])
        for table, predicate in narrowed.items():
            assert predicate.condition is not None
            rows = table_info(table).model._default_manager.all()
            rows = rows.filter(predicate.condition(functools.partial(_named, bind, table)))
            found |= models.Q(**{type_attribute: table, f"{attribute}__in": rows.order_by().values("pk")})
        return found

    keys = "; ".join(f"{table} {predicate.key}" for table, predicate in narrowed.items())
    parameters = {
        f"{table} {name}": value
        for table, predicate in narrowed.items()
        for name, value in predicate.parameters.items()
    }
    return Predicate(f"told {' '.join(whole)}; {keys}", condition, parameters)


def _named(bind: Bind, table: str, name: str) -> Expression:
    """Bind a value of the condition on one of several tables."""
    return bind(f"{table} {name}")


def _parents_by(info: TableInfo, lookup: str) -> Sequence[tuple[str, str | None, str]]:
    """The ways from a row to its parents: the attribute with the key, the one with the table's name, the table."""
    column = info.columns[lookup]
    if column.split:
        return [(info.attribute(part), None, table) for table, part in column.split.items()]
    if len(column.targets) == 1:
        return [(info.attribute(lookup), None, column.targets[0])]
    type_attribute = info.attribute(column.type_column) if column.type_column else None
    return [(info.attribute(lookup), type_attribute, table) for table in column.targets]
