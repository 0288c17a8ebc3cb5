"""The structure in which privileges of roles, users and teams are written: `RolePrivilege` (security 4)."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from uuid import UUID

from handsel.engine.edm import ComplexType
from handsel.engine.ids import NO_ID
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth


class PrivilegeDepth(enum.StrEnum):
    """How far a privilege reaches, by the names that clients use. The last is never granted here."""

    BASIC = "Basic"
    LOCAL = "Local"
    DEEP = "Deep"
    GLOBAL = "Global"
    RECORD_FILTER = "RecordFilter"


ROLE_PRIVILEGE = ComplexType(
    "RolePrivilege",
    {
        "Depth": PrivilegeDepth,
        "PrivilegeId": UUID,
        "BusinessUnitId": UUID,
        "PrivilegeName": str,
        "RecordFilterId": UUID,
        "RecordFilterUniqueName": str,
    },
)

RolePrivilege = Mapping[str, object]


def role_privilege(name: str, depth: Depth, unit: UUID) -> RolePrivilege:
    """One privilege, with all six members that clients expect."""
    return {
        "Depth": list(PrivilegeDepth)[depth].value,
        "PrivilegeId": privilege_id(name),
        "BusinessUnitId": unit,
        "PrivilegeName": name,
        "RecordFilterId": NO_ID,
        "RecordFilterUniqueName": None,
    }
