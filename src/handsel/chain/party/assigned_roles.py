"""Which users and teams hold which roles: read by clients, kept by the engine until roles can be assigned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models

from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.engine.crud.hooks import Entry
from handsel.engine.work import Work
from handsel.tables.columns import Key, Lookup
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Ownership, Table, TableFacts

KEPT = (
    "Roles cannot be assigned or taken away yet: every user is System Administrator. Disable a user who shall not come "
    "in any more."
)


class SystemUserRoles(Table):
    """A role of a user."""

    table = TableFacts(
        "SystemUserRoles",
        "systemuserrolescollection",
        "User Role",
        "systemuserroleid",
        ownership=Ownership.NONE,
        object_type_code=14,
        plural_label="User Roles",
    )

    system_user_role_id = Key("User Role")
    system_user = Lookup(
        "systemuser", "User", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER
    )
    role = Lookup(
        "role", "Role", kind="Uniqueidentifier", index=True, required=Required.SYSTEM, writable=Writable.NEVER
    )

    class Meta:
        db_table = "systemuserroles"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system_user", "role"], name="systemuserroles_pair"),
        ]


class TeamRoles(Table):
    """A role of a team."""

    table = TableFacts(
        "TeamRoles",
        "teamrolescollection",
        "Team Role",
        "teamroleid",
        ownership=Ownership.NONE,
        object_type_code=40,
        plural_label="Team Roles",
    )

    team_role_id = Key("Team Role")
    team = Lookup("team", "Team", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER)
    role = Lookup(
        "role", "Role", kind="Uniqueidentifier", index=True, required=Required.SYSTEM, writable=Writable.NEVER
    )

    class Meta:
        db_table = "teamroles"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "role"], name="teamroles_pair"),
        ]


def give_role(work: Work, entries: Sequence[Entry]) -> None:
    """A new user is System Administrator."""
    for entry in entries:
        if entry.item.refusal is None:
            values = {"systemuserid": entry.row.id, "roleid": ADMINISTRATOR}
            work.insert(entry.item, "systemuserroles", values, root=entry.row.reference)
