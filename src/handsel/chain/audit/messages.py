"""The messages of auditing: what changed in a row, and to delete what is recorded of it (security 10.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from handsel.chain.audit.details import Detail, about, details_of
from handsel.chain.audit.shapes import (
    ATTRIBUTES,
    AUDIT_DETAIL,
    AUDIT_DETAIL_COLLECTION,
    RELATIONSHIP,
    ROLE_PRIVILEGES,
    SHARE,
)
from handsel.chain.rights.sharing import target_of
from handsel.chain.system.duplicate_messages import PAGING_INFO, page_of
from handsel.database.row import Item, Reference
from handsel.database.storage import from_json
from handsel.database.tables import AuditEntry
from handsel.engine.access import Privilege, TablelessPrivilege
from handsel.engine.handlers import handles
from handsel.engine.ids import NO_ID
from handsel.engine.journal import write_erasure
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, UnknownColumn, not_found

READ_HISTORY = TablelessPrivilege("prvReadRecordAuditHistory")
DELETE_ALL = TablelessPrivilege("prvDeleteAuditPartitions")
DELETE_HISTORY = TablelessPrivilege("prvDeleteRecordChangeHistory")

Answer = Mapping[str, object]
Paging = Annotated[Mapping[str, Any] | None, Parameter(type=PAGING_INFO)]
KINDS = (ATTRIBUTES, RELATIONSHIP, SHARE, ROLE_PRIVILEGES)
"""The kinds of details that answers hold, each told by its `@odata.type`."""


@dataclass(frozen=True, slots=True)
class RetrieveAuditDetails(Message[Answer]):
    """What one entry of the audit tells: old and new values, or the rights, links and privileges that changed."""

    needs: ClassVar[Needs] = Needs(read=("audit",), besides="Read on the row that the entry is about.")
    operation: ClassVar[Operation] = Operation(
        bound_to="audit", binding="audit_id", returns={"AuditDetail": AUDIT_DETAIL}
    )
    changes: ClassVar[bool] = False

    audit_id: UUID


@dataclass(frozen=True, slots=True)
class RetrieveRecordChangeHistory(Message[Answer]):
    """What was done to a row, newest first. Of an unknown row, or one that may not be read, it is empty."""

    needs: ClassVar[Needs] = Needs(further=(READ_HISTORY,), besides="Read on the row.")
    operation: ClassVar[Operation] = Operation(returns={"AuditDetailCollection": AUDIT_DETAIL_COLLECTION})
    changes: ClassVar[bool] = False

    target: Reference
    paging_info: Paging = None


@dataclass(frozen=True, slots=True)
class RetrieveAttributeChangeHistory(Message[Answer]):
    """The changes of one column of a row, newest first; none where the column may not be read."""

    needs: ClassVar[Needs] = Needs(further=(READ_HISTORY,), besides="Read on the row.")
    operation: ClassVar[Operation] = Operation(returns={"AuditDetailCollection": AUDIT_DETAIL_COLLECTION})
    changes: ClassVar[bool] = False

    target: Reference
    attribute_logical_name: str
    paging_info: Paging = None


@dataclass(frozen=True, slots=True)
class DeleteRecordChangeHistory(Message[Answer]):
    """Delete what the audit records of a row. That it was deleted, by whom and when, is recorded."""

    needs: ClassVar[Needs] = Needs(further=(DELETE_HISTORY,), besides="Read on the row.")
    operation: ClassVar[Operation] = Operation(returns={"DeletedEntriesCount": int})

    target: Reference


@dataclass(frozen=True, slots=True)
class DeleteAuditData(Message[Answer]):
    """Delete everything that the audit records of the time before a moment. That it was deleted is recorded."""

    needs: ClassVar[Needs] = Needs(further=(DELETE_ALL,))
    operation: ClassVar[Operation] = Operation(returns={"PartitionsDeleted": int})

    end_date: datetime


@handles(RetrieveAuditDetails)
def retrieve_details(work: Work, items: list[Item[RetrieveAuditDetails]]) -> None:
    """Set the results."""
    ids = [item.message.audit_id for item in items]
    seen = work.as_user.load("audit", ids)
    entries = list(_entries(work).filter(audit_id__in=list(seen)))
    told = {entry.audit_id: details[0] for entry, details in zip(entries, details_of(work, entries), strict=True)}

    def answer(item: Item[RetrieveAuditDetails]) -> None:
        if item.message.audit_id not in told:
            raise not_found("audit", item.message.audit_id)
        item.result = {"AuditDetail": told[item.message.audit_id]}

    work.each(items, answer)


@handles(RetrieveRecordChangeHistory)
def retrieve_history(work: Work, items: list[Item[RetrieveRecordChangeHistory]]) -> None:
    """Set the results."""

    def answer(item: Item[RetrieveRecordChangeHistory]) -> None:
        entries = _of_readable(work, item.message.target)
        item.result = _page(work, item.message.paging_info, entries.count(), lambda first, end: entries[first:end])

    work.each(items, answer)


@handles(RetrieveAttributeChangeHistory)
def retrieve_attribute_history(work: Work, items: list[Item[RetrieveAttributeChangeHistory]]) -> None:
    """Set the results."""

    def answer(item: Item[RetrieveAttributeChangeHistory]) -> None:
        target, name = target_of(item.message.target), item.message.attribute_logical_name
        page_of(item.message.paging_info or {})  # whatever is wrong with the page is said before the column is
        if name not in work.info(target.table).columns:
            label = work.info(target.table).label
            raise UnknownColumn(f"{label} has no column '{name}'.", Code.UNKNOWN_ATTRIBUTE, table=target.table)
        entries = _of_readable(work, target).filter(changes__contains=f'"{name}":')
        found = [] if work.hides(target.table, name) else [each for each in entries if _changes(each, target, name)]
        item.result = _page(work, item.message.paging_info, len(found), lambda first, end: found[first:end], only=name)

    work.each(items, answer)


@handles(DeleteRecordChangeHistory)
def delete_history(work: Work, items: list[Item[DeleteRecordChangeHistory]]) -> None:
    """Delete entries and record that."""

    def delete(item: Item[DeleteRecordChangeHistory]) -> None:
        entries = _of_readable(work, item.message.target)
        count, _ = entries.order_by().delete()
        if count:
            write_erasure(work, type(item.message).__name__, target_of(item.message.target))
        item.result = {"DeletedEntriesCount": count}

    work.each(items, delete)


@handles(DeleteAuditData)
def delete_data(work: Work, items: list[Item[DeleteAuditData]]) -> None:
    """Delete entries and record that."""

    def delete(item: Item[DeleteAuditData]) -> None:
        given = item.message.end_date
        end = given if given.tzinfo is not None else given.replace(tzinfo=UTC)
        count, _ = _entries(work).filter(created_on__lt=end).delete()
        if not count:
            raise InvalidArgument(
                f"Nothing is deleted: the audit has no entry from before {end}. Send a later EndDate."
            )
        settings = work.organization.settings
        write_erasure(work, type(item.message).__name__, Reference(settings.table, settings.id))
        item.result = {"PartitionsDeleted": 1}

    work.each(items, delete)


def _entries(work: Work) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.using(work.context.alias)


def _of_readable(work: Work, given: Reference) -> QuerySet[AuditEntry]:
    """The entries about a row, newest first: none for one that the acting user may not read.

    A row that is gone is read by whoever may read every row of its table.
    """
    target = target_of(given)
    if target.id == NO_ID:
        raise InvalidArgument("Target names no row: its id is all zeros. Send the id of a row.")
    work.require(Privilege.READ, target.table)
    found = _entries(work).filter(**about(target)).order_by("-version_number", "-audit_id")
    is_read = work.as_user.sees_all(target.table) or target.id in work.as_user.load(target.table, [target.id])
    return found if is_read else found.none()


def _changes(entry: AuditEntry, target: Reference, name: str) -> bool:
    """Whether an entry holds a value of the row's own column."""
    own = (each for each in from_json(entry.changes) if each["table"] == target.table and each["id"] == str(target.id))
    return any(name in each.get("changed", each.get("values", ())) for each in own)


def _page(
    work: Work,
    paging: Mapping[str, Any] | None,
    total: int,
    part: Callable[[int, int], Sequence[AuditEntry] | QuerySet[AuditEntry]],
    only: str | None = None,
) -> Answer:
    """One page of details. An entry with several kinds of changes has a detail for each."""
    number, size = page_of(paging or {})
    first = (number - 1) * size
    entries = list(part(first, first + size))
    is_counted = bool((paging or {}).get("ReturnTotalRecordCount"))
    details: list[Detail] = [each for told in details_of(work, entries, only) for each in told]
    collection = {
        "MoreRecords": total > first + len(entries),
        "PagingCookie": "",
        "TotalRecordCount": total if is_counted or not paging else -1,
        "AuditDetails": details,
    }
    return {"AuditDetailCollection": collection}
