"""Creates named rows, a list at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from handsel.chain.rights.standard_roles import shipped_role
from handsel.database.row import Reference
from handsel.engine.crud.messages import Associate, Create, Update

if TYPE_CHECKING:
    from handsel.site.session import Session

MARK = "Invented for the sample company."
"""Part of the description of every sample opportunity; the demo sells only these."""


class Maker:
    """Creates rows and remembers them under names that the sample data uses for each other."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._made: dict[tuple[str, str], UUID] = {}

    def make(self, table: str, rows: Mapping[str, Mapping[str, object]]) -> None:
        """Create rows of a table, each under a name."""
        created = self.session.execute_many([Create(table, values) for values in rows.values()])
        for name, row in zip(rows, created, strict=True):
            self._made[(table, name)] = row.id

    def know(self, table: str, name: str, id: UUID) -> None:
        """Remember a row that was made in another way."""
        self._made[(table, name)] = id

    def of(self, table: str, name: str) -> Reference:
        """A row made before."""
        return Reference(table, self._made[(table, name)])

    def change(self, table: str, changes: Sequence[tuple[str, Mapping[str, object]]]) -> None:
        """Change rows made before, all in one transaction."""
        self.session.execute_many([Update(table, self.of(table, name).id, values) for name, values in changes])

    def give_roles(self, roles: Mapping[str, str]) -> None:
        """Give users made before their shipped role, each by its name."""
        given = {user: Reference("role", shipped_role(role)) for user, role in roles.items()}
        self.session.execute_many(
            [
                Associate("systemuser", self.of("systemuser", user).id, "systemuserroles_association", role)
                for user, role in given.items()
            ]
        )
