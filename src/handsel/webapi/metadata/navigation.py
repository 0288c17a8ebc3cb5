"""The navigation properties of every table: lookups, the collections at their other end, many-to-many relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.intersects import Intersect, all_intersects
from handsel.webapi.metadata.reading import navigations_of
from handsel.webapi.protocol.property_names import property_name


@dataclass(frozen=True, slots=True)
class NavigationProperty:
    """One navigation property. `target` is None if it points to users and teams alike."""

    name: str
    target: str | None
    is_collection: bool = False
    column: str | None = None
    """The property that holds the id, on a single-valued one."""
    target_key: str | None = None
    """The key of the target's rows, on a single-valued one."""
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class NavigationProperties:
    """The navigation properties of all tables, by table."""

    by_table: Mapping[str, Sequence[NavigationProperty]]

    def from_table(self, table: str) -> Sequence[NavigationProperty]:
        """The navigation properties of one table, lookups first."""
        return self.by_table[table]

    @staticmethod
    def of(tables: Mapping[str, TableInfo]) -> NavigationProperties:
        """Derive them from the declarations."""
        singles: dict[str, list[NavigationProperty]] = {name: [] for name in tables}
        collections: dict[str, list[NavigationProperty]] = {name: [] for name in tables}
        for table, info in tables.items():
            for column in info.columns.values():
                for single in _singles(column, tables):
                    singles[table].append(single)
                    if single.partner is not None and single.target is not None:
                        back = NavigationProperty(single.partner, table, is_collection=True, partner=single.name)
                        collections[single.target].append(back)
        for between in all_intersects():
            many = NavigationProperty(
                between.navigation, between.other, is_collection=True, partner=_other_direction(between)
            )
            collections[between.table].append(many)
        return NavigationProperties({name: (*singles[name], *collections[name]) for name in tables})


def _singles(column: ColumnInfo, tables: Mapping[str, TableInfo]) -> Iterable[NavigationProperty]:
    navigations = navigations_of(column)
    name_in_json = property_name(column)
    if len(navigations) > 1 and len(set(navigations.values())) == 1:
        yield NavigationProperty(next(iter(navigations.values())), None, column=name_in_json)
        return
    for target, name in navigations.items():
        key = tables[target].primary_key
        yield NavigationProperty(
            name, target, column=name_in_json, target_key=key, partner=column.collection.get(target)
        )


def _other_direction(between: Intersect) -> str | None:
    wanted = (between.other, between.through, between.other_column, between.near_column)
    for other in all_intersects():
        if (other.table, other.through, other.near_column, other.other_column) == wanted:
            return other.navigation
    return None
