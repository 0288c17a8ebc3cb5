"""What single entries of the audit tell, as far as the acting user may know it (security 10.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict
from uuid import UUID

from handsel.chain.document.snapshot.history import typed
from handsel.chain.rights.shapes import RolePrivilege, role_privilege
from handsel.database.row import ColumnValue, Reference
from handsel.database.storage import from_json
from handsel.database.tables import AuditEntry
from handsel.engine.ids import NO_ID
from handsel.engine.rights.access_rights import named
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth, all_privileges
from handsel.engine.rights.sharing import SHARES
from handsel.engine.work import Work
from handsel.tables.info import UnknownTable, table_info
from handsel.tables.intersects import Intersect, all_intersects

LONGEST = 5 * 1024
"""How many characters of a value are told; a longer one is cut and ends in an ellipsis."""
_GRANTS = "roleprivileges"
_TYPE = "@odata.type"
_CRM = "#Microsoft.Dynamics.CRM."

Values = Mapping[str, ColumnValue]
Detail = dict[str, object]
"""An `AuditDetail`, as it is written as JSON."""


class Change(TypedDict, total=False):
    """What an entry records of one row: its values, or those that changed, each as it was and as it is since."""

    table: str
    id: str
    action: str
    values: Values
    changed: Mapping[str, Sequence[ColumnValue]]


def details_of(work: Work, entries: Sequence[AuditEntry], only: str | None = None) -> list[list[Detail]]:
    """What each entry tells, one detail for each kind of change, the row's own columns first.

    Secured columns, lines, and links to rows that the acting user may not read are left out. `only` narrows the own
    columns to one, by its logical name.
    """
    told = _Told(work, [(entry, from_json(entry.changes)) for entry in entries])
    return [told.details(entry, changes, only) for entry, changes in told.entries]


class _Told:
    """Entries with the rows that they name, read together."""

    def __init__(self, work: Work, entries: Sequence[tuple[AuditEntry, Sequence[Change]]]) -> None:
        self.work, self.entries = work, entries
        self.parts = self._parts()
        self.links = {(each.table, each.through): each for each in all_intersects()}
        self.privileges = {privilege_id(each.name): each.name for each in all_privileges()}
        linked: dict[str, set[UUID]] = defaultdict(set)
        for entry, changes in entries:
            for change in changes:
                between = self.links.get((entry.table_name, change["table"]))
                if between is not None and (other := self._value(change, between.other_column)) is not None:
                    linked[between.other].add(other)
        for table, ids in linked.items():
            work.as_user.load(table, ids)
        work.as_user.load("role", {entry.row_id for entry, _ in entries if entry.table_name == "role"})

    def details(self, entry: AuditEntry, changes: Sequence[Change], only: str | None) -> list[Detail]:
        """What one entry tells."""
        own = [each for each in changes if each["table"] == entry.table_name and each["id"] == str(entry.row_id)]
        found = [self._attributes(entry, change, only) for change in own]
        if only is None:
            found += self._relationships(entry, changes)
            found += [self._share(change) for change in changes if change["table"] == SHARES]
            found += self._grants(entry, [change for change in changes if change["table"] == _GRANTS])
        record = {
            "auditid": entry.audit_id,
            "createdon": entry.created_on,
            "hs_message": entry.message,
            "objecttypecode": entry.table_name,
            "_objectid_value": entry.row_id,
            "_userid_value": entry.user_id,
            "_callinguserid_value": entry.on_behalf_of_id,
        }
        return [{**each, "AuditRecord": record} for each in found or [{_TYPE: f"{_CRM}AuditDetail"}]]

    def _attributes(self, entry: AuditEntry, change: Change, only: str | None) -> Detail:
        """The row's own columns: what was there before, and what afterwards."""
        try:
            columns, hidden = self.work.info(entry.table_name).columns, self.work.hidden(entry.table_name)
        except UnknownTable:
            columns, hidden = {}, frozenset()
        old: Detail = {_TYPE: f"{_CRM}{entry.table_name}"}
        new = dict(old)
        for name, (before, after) in _pairs(change).items():
            column = columns.get(name)
            if column is None or name in hidden or only not in (None, name):
                continue
            written = f"_{name}_value" if column.is_lookup else name
            for side, value in ((old, before), (new, after)):
                if value is not None or (change["action"] == "update"):
                    side[written] = _cut(typed(column, value))
        return {
            _TYPE: f"{_CRM}AttributeAuditDetail",
            "InvalidNewValueAttributes": [],
            "LocLabelLanguageCode": 0,
            "DeletedAttributes": {"Count": 0, "Keys": [], "Values": []},
            "OldValue": old,
            "NewValue": new,
        }

    def _relationships(self, entry: AuditEntry, changes: Sequence[Change]) -> list[Detail]:
        """The rows that the row was linked to, or was linked to before, by relation."""
        found: dict[Intersect, list[Detail]] = {}
        for change in changes:
            between = self.links.get((entry.table_name, change["table"]))
            if between is None or change["table"] == _GRANTS:
                continue
            listed = found.setdefault(between, [])
            other = self._value(change, between.other_column)
            if other is not None and self.work.as_user.row(between.other, other) is not None:
                listed.append({_TYPE: f"{_CRM}{between.other}", table_info(between.other).primary_key: other})
        return [
            {
                _TYPE: f"{_CRM}RelationshipAuditDetail",
                "RelationshipName": between.navigation,
                "TargetRecords": listed,
            }
            for between, listed in found.items()
        ]

    def _share(self, change: Change) -> Detail:
        """The rights that a user or team had on the row, and has since."""
        part = self.parts.get(change["id"], {})
        old, new = _pairs(change).get("accessrightsmask", (0, 0))
        principal = {_TYPE: f"{_CRM}{part.get('principaltypecode')}", "ownerid": part.get("principalid")}
        return {
            _TYPE: f"{_CRM}ShareAuditDetail",
            "Principal": principal if part else None,
            "OldPrivileges": named(int(str(old or 0))),
            "NewPrivileges": named(int(str(new or 0))),
        }

    def _grants(self, entry: AuditEntry, changes: Sequence[Change]) -> list[Detail]:
        """The privileges of a role that were changed: how far each reached, and reaches since."""
        if not changes:
            return []
        role = self.work.as_user.row("role", entry.row_id)
        unit = NO_ID if role is None else role["businessunitid"]
        sides: tuple[list[RolePrivilege], list[RolePrivilege]] = ([], [])
        for change in changes:
            id = self._value(change, "privilegeid")
            for side, mask in zip(sides, _pairs(change).get("privilegedepthmask", ()), strict=False):
                if id in self.privileges and mask is not None:
                    side.append(role_privilege(self.privileges[id], Depth.of_mask(int(str(mask))), unit))
        return [
            {
                _TYPE: f"{_CRM}RolePrivilegeAuditDetail",
                "OldRolePrivileges": sides[0],
                "NewRolePrivileges": sides[1],
                "InvalidNewPrivileges": [],
            }
        ]

    def _value(self, change: Change, column: str) -> UUID | None:
        """An id in a row that belongs to the one an entry is about; it is no part of what changed."""
        found = change.get("values", {}).get(column) or self.parts.get(change["id"], {}).get(column)
        return None if found is None else UUID(str(found))

    def _parts(self) -> Mapping[str, Values]:
        """The values of shares and grants that were updated: as they are, or as they were when made or deleted."""
        updated: dict[str, set[UUID]] = defaultdict(set)
        found: dict[str, Values] = {}
        objects: set[UUID] = set()
        for entry, changes in self.entries:
            _remember(found, changes)
            for change in changes:
                if change["table"] in (SHARES, _GRANTS) and change["action"] == "update":
                    updated[change["table"]].add(UUID(change["id"]))
                    objects.add(entry.row_id)
        for table, ids in updated.items():
            found.update({str(id): row for id, row in self.work.as_system.load(table, ids).items()})
        if any(str(id) not in found for ids in updated.values() for id in ids):
            others = AuditEntry.objects.using(self.work.context.alias).filter(row_id__in=objects)
            for text in others.values_list("changes", flat=True):
                _remember(found, from_json(text))
        return found


def _remember(found: dict[str, Values], changes: Iterable[Change]) -> None:
    for change in changes:
        if change["table"] in (SHARES, _GRANTS) and "values" in change:
            found[change["id"]] = change["values"]


def _pairs(change: Change) -> Mapping[str, Sequence[ColumnValue]]:
    """Each column with what it held before and afterwards."""
    if "changed" in change:
        return change["changed"]
    is_new = change["action"] == "create"
    return {name: (None, value) if is_new else (value, None) for name, value in change.get("values", {}).items()}


def _cut(value: ColumnValue) -> ColumnValue:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


def about(reference: Reference) -> Mapping[str, object]:
    """The condition on entries that are about a row."""
    return {"row_id": reference.id, "table_name": reference.table}
