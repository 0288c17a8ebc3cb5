"""The structures in which changes are told: `AuditDetail` and its kinds (security 10.2)."""

from __future__ import annotations

from handsel.chain.rights.shapes import ROLE_PRIVILEGE
from handsel.engine.edm import ROW, ComplexType, Many
from handsel.engine.rights.access_rights import ACCESS_RIGHTS

_RECORD = {"AuditRecord": "audit"}
AUDIT_DETAIL = ComplexType("AuditDetail", _RECORD, is_open=True)
AUDIT_DETAIL_COLLECTION = ComplexType(
    "AuditDetailCollection",
    {"MoreRecords": bool, "PagingCookie": str, "TotalRecordCount": int, "AuditDetails": Many(AUDIT_DETAIL)},
)
ATTRIBUTES = ComplexType(
    "AttributeAuditDetail",
    {**_RECORD, "InvalidNewValueAttributes": Many(str), "LocLabelLanguageCode": int, "OldValue": ROW, "NewValue": ROW},
    is_open=True,
)
RELATIONSHIP = ComplexType("RelationshipAuditDetail", {**_RECORD, "RelationshipName": str, "TargetRecords": Many(ROW)})
SHARE = ComplexType(
    "ShareAuditDetail",
    {**_RECORD, "Principal": ROW, "OldPrivileges": ACCESS_RIGHTS, "NewPrivileges": ACCESS_RIGHTS},
)
ROLE_PRIVILEGES = ComplexType(
    "RolePrivilegeAuditDetail",
    {
        **_RECORD,
        "OldRolePrivileges": Many(ROLE_PRIVILEGE),
        "NewRolePrivileges": Many(ROLE_PRIVILEGE),
        "InvalidNewPrivileges": list[str],
    },
)
