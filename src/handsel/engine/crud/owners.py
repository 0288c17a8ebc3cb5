"""Who can own rows."""

from __future__ import annotations

from handsel.database.row import Row
from handsel.errors import InvalidArgument

ACCESS_TEAM = 1
"""The `teamtype` of a team with which rows are shared."""


def require_owner(principal: Row) -> None:
    """Refuse a user or team that owns no rows: an access team (security 2.1)."""
    if principal.get("teamtype") == ACCESS_TEAM:
        raise InvalidArgument(
            f"Team '{principal.get('name')}' is an access team and owns no rows: rows are shared with it. Assign the "
            "row to a user or an owner team, and share it with this team.",
            table=principal.table,
            id=str(principal.id),
        )
