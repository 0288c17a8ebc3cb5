"""Many-to-many relations: two tables that are linked by the rows of a third, each direction with its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Intersect:
    """One direction of a relation: `navigation` of `table` reaches `other` through rows of `through`.

    `near_column` of `through` holds the id of a row of `table`, `other_column` that of a row of `other`.
    """

    table: str
    navigation: str
    through: str
    near_column: str
    other_column: str
    other: str


_intersects: dict[tuple[str, str], Intersect] = {}


def intersect(navigation: str, table: str, through: str, near_column: str, other_column: str, other: str) -> None:
    """Declare one direction of a many-to-many relation."""
    _intersects[(table, navigation)] = Intersect(table, navigation, through, near_column, other_column, other)


def intersect_named(table: str, navigation: str) -> Intersect | None:
    """The relation behind a navigation property of a table; None where it is none."""
    return _intersects.get((table, navigation))


def all_intersects() -> Sequence[Intersect]:
    """Every declared relation, each direction on its own."""
    return list(_intersects.values())
