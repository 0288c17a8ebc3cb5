"""RetrieveDuplicates, and the messages that put rules of duplicate detection in and out of force (Web API 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.system.connect_options import JobState, JobStatus, JobType
from handsel.chain.system.duplicate_options import DuplicateRuleState, DuplicateRuleStatus
from handsel.chain.system.duplicates import duplicates, rules_for
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege, TablelessPrivilege
from handsel.engine.crud.changing import update_rows
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.edm import ROW, ComplexType, Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, as_uuid
from handsel.engine.values import parse_values, table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, abbreviated, not_found
from handsel.tables.keys import new_key

PUBLISH = TablelessPrivilege("prvPublishDuplicateRule")
MOST = 5_000
"""The largest page, and the default (Web API 5)."""
_PAGING = {"PageNumber": int, "Count": int, "ReturnTotalRecordCount": bool, "PagingCookie": str}
PAGING_INFO = ComplexType("PagingInfo", _PAGING)


@dataclass(frozen=True, slots=True)
class RetrieveDuplicates(Message[list[result.Row]]):
    """The rows of a table that a row is a duplicate of, by the rules in force; nothing is written.

    `business_entity` holds columns of a row that exists (with its id) or not, and its table in `@odata.type`.
    """

    needs: ClassVar[Needs] = Needs(besides="Read on the table that is searched.")
    operation: ClassVar[Operation] = Operation(returns=Many(ROW))
    changes: ClassVar[bool] = False

    business_entity: Annotated[Mapping[str, Any], Parameter(type=ROW)]
    matching_entity_name: str
    paging_info: Annotated[Mapping[str, Any] | None, Parameter(type=PAGING_INFO)] = None


@handles(RetrieveDuplicates)
def retrieve_duplicates(work: Work, items: list[Item[RetrieveDuplicates]]) -> None:
    """Find duplicates."""
    work.each(items, lambda item: _retrieve(work, item))


def _retrieve(work: Work, item: Item[RetrieveDuplicates]) -> None:
    message = item.message
    page, size = page_of(message.paging_info or {})
    row = _asked(work, message.business_entity)
    matching = table_named(message.matching_entity_name).logical_name
    work.require(Privilege.READ, matching)
    found: dict[UUID, Row] = {}
    for rule in rules_for(work, row.table, matching):
        found.update({other.id: other for _row, other in duplicates(rule, [row])})
    listed = [found[id] for id in sorted(found)]
    item.result = listed[(page - 1) * size : page * size]


def _asked(work: Work, given: Mapping[str, Any]) -> Row:
    """The row to look for, from what is given and, if it exists, what is stored."""
    type = given.get("@odata.type")
    if not isinstance(type, str):
        raise InvalidArgument('RetrieveDuplicates: BusinessEntity must say its table in "@odata.type".')
    info = work.info(table_named(type.rpartition(".")[2]).logical_name)
    values = {
        name: value.id if isinstance(value, Reference) else value for name, value in parse_values(info, given).items()
    }
    id = given.get(info.primary_key)
    if id is None:
        return Row(info.logical_name, new_key(), values)
    stored = as_uuid("RetrieveDuplicates", f"BusinessEntity.{info.primary_key}", id)
    row = work.as_user.load(info.logical_name, [stored]).get(stored)
    if row is None:
        raise not_found(info.logical_name, stored)
    return Row(info.logical_name, stored, {**row, **values})


def page_of(given: Mapping[str, Any]) -> tuple[int, int]:
    """The number of the page that a `PagingInfo` asks for, and its size. Raises InvalidArgument for a wrong one."""
    for name in given:
        if name not in _PAGING and "@" not in name:
            raise InvalidArgument(f"PagingInfo has no property {abbreviated(name)}. It takes {', '.join(_PAGING)}.")
    page, size = (given.get(name) for name in ("PageNumber", "Count"))
    for name, value in (("PageNumber", page), ("Count", size)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise InvalidArgument(f"PagingInfo: {name} must be a whole number from 0 on, not {abbreviated(value)}.")
    return max(page or 1, 1), min(size or MOST, MOST)


@dataclass(frozen=True, slots=True)
class PublishDuplicateRule(Message[result.Row]):
    """Put a rule in force. The result is the job that did it, which is done."""

    needs: ClassVar[Needs] = Needs(read=("duplicaterule",), write=("duplicaterule",), further=(PUBLISH,))
    operation: ClassVar[Operation] = Operation(
        bound_to="duplicaterule", binding="duplicate_rule_id", returns="asyncoperation"
    )

    duplicate_rule_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("duplicaterule", self.duplicate_rule_id),)


@handles(PublishDuplicateRule)
def publish(work: Work, items: list[Item[PublishDuplicateRule]]) -> None:
    """Put rules in force."""
    conditions = work.as_system.children(
        "duplicaterulecondition", "regardingobjectid", [item.message.duplicate_rule_id for item in items]
    )

    def check(item: Item[PublishDuplicateRule]) -> None:
        if not conditions[item.message.duplicate_rule_id]:
            name = _rule(work, item).get("name")
            raise InvalidArgument(f"The duplicate rule '{name}' has no conditions, so it finds nothing. Add one first.")

    work.each(items, check)
    _put(work, items, DuplicateRuleState.ACTIVE, DuplicateRuleStatus.PUBLISHED)
    job = {"name": "Publish Duplicate Rule", "operationtype": int(JobType.PUBLISH_DUPLICATE_RULE)}
    wanted = [Given.by_system(item, "asyncoperation", job) for item in items if item.refusal is None]
    for position, row in create_rows(work, wanted).items():
        work.update(
            wanted[position].item, row, {"statecode": int(JobState.COMPLETED), "statuscode": int(JobStatus.SUCCEEDED)}
        )
        work.answer(wanted[position].item, row)


@dataclass(frozen=True, slots=True)
class UnpublishDuplicateRule(Message[None]):
    """Take a rule out of force."""

    needs: ClassVar[Needs] = Needs(read=("duplicaterule",), write=("duplicaterule",), further=(PUBLISH,))
    operation: ClassVar[Operation] = Operation()

    duplicate_rule_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("duplicaterule", self.duplicate_rule_id),)


@handles(UnpublishDuplicateRule)
def unpublish(work: Work, items: list[Item[UnpublishDuplicateRule]]) -> None:
    """Take rules out of force."""
    _put(work, items, DuplicateRuleState.INACTIVE, DuplicateRuleStatus.UNPUBLISHED)


def _put(
    work: Work, items: Sequence[Item[PublishDuplicateRule | UnpublishDuplicateRule]], state: int, status: int
) -> None:
    values = {"statecode": int(state), "statuscode": int(status)}
    update_rows(work, [(item, _rule(work, item), values) for item in items if item.refusal is None])


def _rule(work: Work, item: Item[PublishDuplicateRule | UnpublishDuplicateRule]) -> Row:
    row = work.as_user.row("duplicaterule", item.message.duplicate_rule_id)
    assert row is not None, "locks names it, so it is there"
    return row
