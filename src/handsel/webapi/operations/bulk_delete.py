"""BulkDelete: rows found by criteria are deleted page by page, except those that may not be deleted (Web API 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.messages import Create, Delete, Update
from handsel.engine.edm import ROW, Many
from handsel.engine.execute import Refusal, execute_many
from handsel.engine.values import table_named
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.http.response import Response
from handsel.json_value import Json
from handsel.query.fetchxml.elements import fetch_names
from handsel.query.run.pages import run
from handsel.query.tree.nodes import ColumnPath
from handsel.query.tree.request import Output, Request
from handsel.webapi.metadata.operations import needs, takes
from handsel.webapi.operations.answering import answers, structure_response
from handsel.webapi.operations.structures import QUERY_EXPRESSION
from handsel.webapi.protocol.call import Call
from handsel.webapi.rows.query_expression import request_from

PAGE = 200
CLOCKS = timedelta(minutes=5)
"""How far a caller's clock may be ahead."""
_JOB = "asyncoperation"
_BULK_DELETE = 13
_LOCKED, _IN_PROGRESS = 2, 20
_COMPLETED, _SUCCEEDED, _FAILED = 3, 30, 31
"""`operationtype`, `statecode` and `statuscode` of the job's row (tables 9)."""


@dataclass(slots=True)
class _Count:
    """The numbers of deleted and refused rows."""

    deleted: int = 0
    refused: int = 0
    first: str = field(default="")
    """The first refusal."""

    @property
    def text(self) -> str:
        said = f"{self.deleted} deleted, {self.refused} refused."
        return f"{said} The first refusal: {self.first}" if self.refused else said


@answers(
    "BulkDelete",
    "action",
    needs("QuerySet", Many(QUERY_EXPRESSION)),
    takes("JobName", str),
    takes("SendEmailNotification", bool),
    takes("ToRecipients", Many(ROW)),
    takes("CCRecipients", Many(ROW)),
    takes("RecurrencePattern", str),
    takes("StartDateTime", datetime),
    returns={"JobId": UUID},
)
def bulk_delete(call: Call, parameters: Mapping[str, Json]) -> Response:
    """Delete the rows of the query set at once. The response has the id of the job's row, which holds the result.

    It takes prvBulkDelete; each row takes what its deletion takes (security 5.4).
    """
    call.work.require(TablelessPrivilege.BULK_DELETE, "")
    if parameters.get("RecurrencePattern"):
        raise InvalidArgument("BulkDelete runs once, at once: RecurrencePattern must be empty.")
    _refuse_later(parameters.get("StartDateTime"))
    queries = cast("Sequence[Json]", parameters["QuerySet"])
    if not queries:
        raise InvalidArgument("BulkDelete needs at least one query in QuerySet.")
    name = str(parameters.get("JobName") or "Bulk Delete")
    requests = [_narrowed(query) for query in queries]
    job = _begin(call, name, table_named(requests[0].table).logical_name)
    count = _Count()
    try:
        for request in requests:
            _delete(call, request, count)
    except Exception:
        _end(call, job, _FAILED, count)
        raise
    _end(call, job, _SUCCEEDED, count)
    return structure_response(call, "BulkDelete", {"JobId": job})


def _refuse_later(start: Json) -> None:
    """Refuse a start in the future: deletion is immediate."""
    if start is None:
        return
    moment = datetime.fromisoformat(str(start))
    if moment.replace(tzinfo=moment.tzinfo or UTC) > datetime.now(UTC) + CLOCKS:
        raise InvalidArgument("BulkDelete runs once, at once: StartDateTime must not lie in the future.")


def _narrowed(query: Json) -> Request:
    """A query whose rows may be deleted. One without conditions is refused: it would empty its table."""
    request = request_from(query)
    info = table_named(request.table)
    if request.filter is None and all(link.outer for link in request.links):
        raise InvalidArgument(f"A BulkDelete of {info.entity_set} needs Criteria with at least one condition.")
    key = Output(ColumnPath(info.primary_key), info.primary_key)
    request = replace(request, outputs=(key,), order=(), page_size=PAGE, page=1, token=None, distinct=False)
    with fetch_names():
        run(replace(request, top=1))  # unknown names and values are refused before anything is deleted
    return request


def _begin(call: Call, name: str, table: str) -> UUID:
    values = {"name": name, "operationtype": _BULK_DELETE, "primaryentitytype": table, "messagename": "BulkDelete"}
    [row] = execute_many(call.context, [Create(_JOB, values)])
    _change(call, row.id, {"statecode": _LOCKED, "statuscode": _IN_PROGRESS})
    id: UUID = row.id
    return id


def _end(call: Call, job: UUID, status: int, count: _Count) -> None:
    _change(call, job, {"statecode": _COMPLETED, "statuscode": status, "friendlymessage": count.text})


def _change(call: Call, job: UUID, values: Mapping[str, object]) -> None:
    # Collected: the job's row no longer exists if the deleted rows are jobs.
    execute_many(call.context, [Update(_JOB, job, values)], on_refusal="collect")


def _delete(call: Call, request: Request, count: _Count) -> None:
    table = table_named(request.table).logical_name
    while True:
        page = run(request)
        ids: Sequence[UUID] = list(dict.fromkeys(row.id for row in page.rows))
        for result in execute_many(call.context, [Delete(table, id) for id in ids], on_refusal="collect"):
            if isinstance(result, Refusal):
                count.refused += 1
                count.first = count.first or shown(result.error.message)
            else:
                count.deleted += 1
        if page.token is None:
            return
        request = replace(request, token=page.token)
