"""CreateMultiple, UpdateMultiple, UpsertMultiple: a list of rows of one table, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast
from uuid import UUID

from handsel.engine.crud.messages import Create, Update, Upsert
from handsel.engine.edm import ROW, Many, Type
from handsel.engine.execute import execute_many
from handsel.engine.operation import Operation
from handsel.engine.retrying import run_with_retries
from handsel.errors import InvalidArgument
from handsel.http.errors import shown
from handsel.http.response import Response, no_content
from handsel.json_value import Json
from handsel.tables.info import TableInfo
from handsel.webapi.metadata.operations import declare, needs
from handsel.webapi.operations.answering import structure_response
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.keys import Key, guid, key_of, row_segment
from handsel.webapi.rows.incoming import incoming

Action = Callable[[Call, TableInfo, Mapping[str, Json]], Response]
_actions: dict[str, Action] = {}


def _on_rows_of_any_table(name: str, returns: Mapping[str, Type] | None = None) -> Callable[[Action], Action]:
    """Declare an action that is called on a table with rows for it."""

    def register(action: Action) -> Action:
        stated = Operation(returns=returns, bound_to=ROW, on_collection=True)
        declare(name, "action", needs("Targets", Many(ROW)), stated=stated)
        _actions[name] = action
        return action

    return register


@_on_rows_of_any_table("CreateMultiple", returns={"Ids": list[UUID]})
def _create(call: Call, info: TableInfo, parameters: Mapping[str, Json]) -> Response:
    bodies = [incoming(call, info, target, creating=True) for target in _targets(info, parameters)]
    suppresses = call.suppresses_duplicates
    rows = execute_many(
        call.context,
        [Create(info.logical_name, body.values, suppress_duplicate_detection=suppresses) for body in bodies],
    )
    return structure_response(call, "CreateMultiple", {"Ids": [row.id for row in rows]})


@_on_rows_of_any_table("UpdateMultiple")
def _update(call: Call, info: TableInfo, parameters: Mapping[str, Json]) -> Response:
    messages = [
        Update(
            info.logical_name,
            _id(info, target),
            incoming(call, info, target, creating=False).values,
            suppress_duplicate_detection=call.suppresses_duplicates,
        )
        for target in _targets(info, parameters)
    ]
    execute_many(call.context, messages)
    return no_content()


@_on_rows_of_any_table("UpsertMultiple")
def _upsert(call: Call, info: TableInfo, parameters: Mapping[str, Json]) -> Response:
    messages = [
        Upsert(
            info.logical_name,
            _key(info, target),
            incoming(call, info, target, creating=True).values,
            suppress_duplicate_detection=call.suppresses_duplicates,
        )
        for target in _targets(info, parameters)
    ]
    execute_many(call.context, messages)
    return no_content()


def _targets(info: TableInfo, parameters: Mapping[str, Json]) -> Sequence[Mapping[str, Json]]:
    """The given rows; each must state its type. Raises InvalidArgument (0x80040203)."""
    targets = cast("Sequence[Mapping[str, Json]]", parameters["Targets"])
    if not targets:
        raise InvalidArgument("Targets must hold at least one row.")
    for number, target in enumerate(targets, 1):
        named = str(target.get("@odata.type", "")).rpartition(".")[2]
        if named != info.logical_name:
            wanted = f'"@odata.type": "Microsoft.Dynamics.CRM.{info.logical_name}"'
            raise InvalidArgument(f"Item {number} of Targets needs {wanted}, not {named!r}.")
    return targets


def _id(info: TableInfo, target: Mapping[str, Json]) -> UUID:
    id = guid(str(target.get(info.primary_key, "")))
    if id is None:
        raise InvalidArgument(f"Each target needs its id in {info.primary_key}.")
    return id


def _key(info: TableInfo, target: Mapping[str, Json]) -> Key:
    """The id of a target, or the unique key in its `@odata.id`."""
    address = target.get("@odata.id")
    if isinstance(address, str):
        segment = row_segment(address)
        if segment.name != info.entity_set:
            raise InvalidArgument(f"'{shown(address)}' names no row of {info.entity_set}.")
        return key_of(info, segment.arguments or "")
    return _id(info, target)


def is_multiple(name: str) -> bool:
    """Whether an operation is one of them."""
    return name in _actions


def multiple(call: Call, name: str, info: TableInfo, parameters: Mapping[str, Json]) -> Response:
    """Run one of them in one transaction, which is retried after a conflict."""
    return run_with_retries(call.context, lambda: _actions[name](call, info, parameters), name)
