"""A column without a place of its own: what a row shows of its parent (decision 0006)."""

from __future__ import annotations

from django.db import models

from handsel.tables.facts import ColumnFacts, Writable


class ParentColumn:
    """A column that is read through the row's parent and stored nowhere: `quotestatecode` of a quote line.

    `path` is `<lookup python name>__<column python name>`, for example `quote__state_code`.
    """

    def __init__(self, path: str, label: str = "", *, schema: str, kind: str) -> None:
        self.facts = ColumnFacts(kind, schema, label, writable=Writable.NEVER, parent_column=path)

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        parent_column = cls.__dict__.get("mirror_columns")
        if parent_column is None:
            parent_column = {}
            cls.mirror_columns = parent_column  # type: ignore[attr-defined]
        parent_column[name] = self
        lookup, column = self.facts.parent_column.split("__")  # type: ignore[union-attr]
        setattr(cls, name, property(lambda row: getattr(getattr(row, lookup), column, None)))
