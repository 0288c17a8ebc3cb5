"""A column that is not stored: a row shows a column of its parent (decision 0006)."""

from __future__ import annotations

from django.db import models

from handsel.tables.facts import ColumnFacts, Writable

_declared: dict[type[models.Model], dict[str, ParentColumn]] = {}


def parent_columns(model: type[models.Model]) -> dict[str, ParentColumn]:
    """The parent columns that a table declares or inherits, by Python name."""
    found: dict[str, ParentColumn] = {}
    for cls in reversed(model.__mro__):
        found |= _declared.get(cls, {})
    return found


class ParentColumn:
    """A column that is read from the row's parent and not stored: `quotestatecode` of a quote line.

    `path` is `<lookup python name>__<column python name>`, for example `quote__state_code`.
    """

    def __init__(self, path: str, label: str = "", *, schema: str, kind: str) -> None:
        self.facts = ColumnFacts(kind, schema, label, writable=Writable.NEVER, parent_column=path)
        self.lookup, self.column = path.split("__")

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        _declared.setdefault(cls, {})[name] = self
        lookup, column = self.lookup, self.column
        setattr(cls, name, property(lambda row: getattr(getattr(row, lookup), column, None)))
