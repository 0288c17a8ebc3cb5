"""Privileges, the shipped roles with their copies in every unit, and what they grant, kept up to date.

What an administrator changed in a shipped role stays: a privilege follows what is shipped only while the role still
has it as it was shipped last (`role.hs_shippedprivileges`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from handsel.chain.rights.standard_roles import STANDARD_ROLES
from handsel.database.row import ColumnValue
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth, all_privileges


def privilege_rows() -> Iterable[Mapping[str, ColumnValue]]:
    """Every privilege there is."""
    for each in all_privileges():
        yield {
            "privilegeid": privilege_id(each.name),
            "name": each.name,
            "accessright": each.right,
            "canbebasic": Depth.BASIC in each.depths,
            "canbelocal": Depth.LOCAL in each.depths,
            "canbedeep": Depth.DEEP in each.depths,
            "canbeglobal": Depth.GLOBAL in each.depths,
        }


def standard_role_rows(root: UUID) -> Iterable[Mapping[str, ColumnValue]]:
    """The shipped roles in the root unit; the copies of the other units are made along with those."""
    for role in STANDARD_ROLES:
        yield {
            "roleid": role.id,
            "parentrootroleid": role.id,
            "name": role.name,
            "description": role.description,
            "businessunitid": root,
            "roletemplateid": role.template or role.id,
            "isinherited": 1,
            "ismanaged": True,
        }


def standard_privileges() -> Mapping[UUID, Mapping[str, Depth]]:
    """What each shipped role grants, by role."""
    return {role.id: role.privileges() for role in STANDARD_ROLES}
