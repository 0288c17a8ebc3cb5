"""Option sets of rights."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class ColumnPermission(OptionSet):
    """Whether a profile lets its members do something with a column."""

    NOT_ALLOWED = 0, "Not Allowed"
    ALLOWED = 4, "Allowed"
