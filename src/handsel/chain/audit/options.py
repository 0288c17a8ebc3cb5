"""Option sets of the audit, and what each message is called there (security 10.1)."""

from __future__ import annotations

from collections.abc import Mapping

from handsel.tables.options import OptionSet


class AuditOperation(OptionSet):
    """What was done to a row, roughly."""

    CREATE = 1, "Create"
    UPDATE = 2, "Update"
    DELETE = 3, "Delete"


class AuditAction(OptionSet):
    """What was done to a row, by the documented numbers."""

    CREATE = 1, "Create"
    UPDATE = 2, "Update"
    DELETE = 3, "Delete"
    ACTIVATE = 4, "Activate"
    DEACTIVATE = 5, "Deactivate"
    MERGE = 12, "Merge"
    ASSIGN = 13, "Assign"
    SHARE = 14, "Share"
    CLOSE = 16, "Close"
    CANCEL = 17, "Cancel"
    FULFILL = 22, "Fulfill"
    PAID = 23, "Paid"
    QUALIFY = 24, "Qualify"
    ASSOCIATE = 33, "Associate Entities"
    DISASSOCIATE = 34, "Disassociate Entities"
    ADD_MEMBERS = 35, "Add Members"
    REMOVE_MEMBERS = 36, "Remove Members"
    SET_STATE = 41, "Set State"
    REVISE = 43, "Revise"
    WIN = 44, "Win"
    LOSE = 45, "Lose"
    MODIFY_SHARE = 48, "Modify Share"
    UNSHARE = 49, "Unshare"
    ASSIGN_ROLE_TO_TEAM = 53, "Assign Role To Team"
    REMOVE_ROLE_FROM_TEAM = 54, "Remove Role From Team"
    ASSIGN_ROLE_TO_USER = 55, "Assign Role To User"
    REMOVE_ROLE_FROM_USER = 56, "Remove Role From User"
    ADD_PRIVILEGES = 57, "Add Privileges to Role"
    REMOVE_PRIVILEGES = 58, "Remove Privileges From Role"
    REPLACE_PRIVILEGES = 59, "Replace Privileges In Role"
    DELETED_LOG = 111, "Audit Log Deleted"


OF_MESSAGES: Mapping[str, tuple[AuditAction, str]] = {
    "GrantAccess": (AuditAction.SHARE, ""),
    "ModifyAccess": (AuditAction.MODIFY_SHARE, ""),
    "RevokeAccess": (AuditAction.UNSHARE, ""),
    "Merge": (AuditAction.MERGE, ""),
    "AddMembersTeam": (AuditAction.ADD_MEMBERS, "team"),
    "RemoveMembersTeam": (AuditAction.REMOVE_MEMBERS, "team"),
    "AddUserToRecordTeam": (AuditAction.ADD_MEMBERS, "team"),
    "RemoveUserFromRecordTeam": (AuditAction.REMOVE_MEMBERS, "team"),
    "AddPrivilegesRole": (AuditAction.ADD_PRIVILEGES, "role"),
    "RemovePrivilegeRole": (AuditAction.REMOVE_PRIVILEGES, "role"),
    "ReplacePrivilegesRole": (AuditAction.REPLACE_PRIVILEGES, "role"),
    "QualifyLead": (AuditAction.QUALIFY, "lead"),
    "WinOpportunity": (AuditAction.WIN, "opportunity"),
    "LoseOpportunity": (AuditAction.LOSE, "opportunity"),
    "WinQuote": (AuditAction.WIN, "quote"),
    "CloseQuote": (AuditAction.CLOSE, "quote"),
    "ReviseQuote": (AuditAction.REVISE, "quote"),
    "CancelSalesOrder": (AuditAction.CANCEL, "salesorder"),
    "FulfillSalesOrder": (AuditAction.FULFILL, "salesorder"),
}
"""What messages do to a row that there is: of the table that is named, of any where none is."""

LINKS: Mapping[str, tuple[AuditAction, AuditAction]] = {
    "systemuserroles": (AuditAction.ASSIGN_ROLE_TO_USER, AuditAction.REMOVE_ROLE_FROM_USER),
    "teamroles": (AuditAction.ASSIGN_ROLE_TO_TEAM, AuditAction.REMOVE_ROLE_FROM_TEAM),
    "teammembership": (AuditAction.ADD_MEMBERS, AuditAction.REMOVE_MEMBERS),
}
"""What it is called when a row is linked to another through these tables, and when the link is undone."""

IN_COLUMNS: Mapping[str, AuditAction] = {
    '"ownerid":[': AuditAction.ASSIGN,
    '"isdisabled":[true': AuditAction.ACTIVATE,
    '"isdisabled":[false': AuditAction.DEACTIVATE,
    '"isdisabled":[null': AuditAction.DEACTIVATE,
    '"statecode":[': AuditAction.SET_STATE,
}
"""What a change of columns by any other message is called, by a part of its record."""


def action_sql() -> str:
    """The SQL of the number of an action, over the columns of the engine's table."""
    whens = [
        f"WHEN action = '{each.name.lower()}' THEN {int(each)}" for each in (AuditAction.CREATE, AuditAction.DELETE)
    ]
    whens.append(f"WHEN action = 'erase' THEN {int(AuditAction.DELETED_LOG)}")
    for message, (action, table) in OF_MESSAGES.items():
        of_table = f" AND objecttypecode = '{table}'" if table else ""
        whens.append(f"WHEN message = '{message}'{of_table} THEN {int(action)}")
    for message, position, other in (
        ("Associate", 0, AuditAction.ASSOCIATE),
        ("Disassociate", 1, AuditAction.DISASSOCIATE),
    ):
        for table, actions in LINKS.items():
            linked = f"message = '{message}' AND changes LIKE '%\"table\":\"{table}\"%'"
            whens.append(f"WHEN {linked} THEN {int(actions[position])}")
        whens.append(f"WHEN message = '{message}' THEN {int(other)}")
    for part, action in IN_COLUMNS.items():
        whens.append(f"WHEN changes LIKE '%{part}%' THEN {int(action)}")
    return f"CASE {' '.join(whens)} ELSE {int(AuditAction.UPDATE)} END"
