"""Every operation of `$metadata`, called with a parameter missing, empty, or of another type (Web API 9, 11)."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from handsel.engine.edm import ROW
from handsel.engine.message import message_from, message_names, message_type
from handsel.engine.operation_info import OperationInfo, OperationParameter
from handsel.engine.parameters import parameters_of
from handsel.errors import HandselError
from handsel.tables.info import table_info
from handsel.webapi.metadata.operations import operations
from tests.webapi.client import Api, Reply

CRM = "Microsoft.Dynamics.CRM"
WITH_PARAMETERS = [each for each in operations().values() if each.parameters]
ARGUMENT, NO_OPPORTUNITY = "0x80040203", "0x80043b15"
ENUMERATIONS = {"EndpointAccessType", "TargetFieldType"}


def good(parameter: OperationParameter, type: str = "") -> Any:
    """A value of the right type; it need not name a row that exists."""
    type = type or parameter.type
    if type.startswith("Collection("):
        return [good(parameter, type[11:-1])]
    if type.startswith("Edm."):
        return {
            "Edm.String": "account",
            "Edm.Boolean": True,
            "Edm.Int32": 1,
            "Edm.Int64": 1,
            "Edm.Decimal": 1.5,
            "Edm.Guid": str(uuid4()),
            "Edm.DateTimeOffset": "2026-01-31T12:00:00Z",
        }[type]
    if type == "ColumnSet":
        return {"AllColumns": True}
    if type in ENUMERATIONS:
        return 0
    if type == "PrincipalAccess":
        return {"AccessMask": "ReadAccess", "Principal": good(parameter, "systemuser")}
    if type == "RolePrivilege":
        return {"PrivilegeName": "prvReadAccount", "Depth": "Basic"}
    if type in {"QueryExpression", "EntityQueryExpression", "PagingInfo"}:
        return {}
    table = "account" if type == ROW else type
    return {"@odata.type": f"{CRM}.{table}", table_info(table).primary_key: str(uuid4())}


def wrong(type: str) -> list[Any]:
    """Values of other types."""
    if type.startswith("Collection("):
        return ["x", 1, {}, True, [None], *([each] for each in wrong(type[11:-1]))]
    by_type: dict[str, list[Any]] = {
        "Edm.String": [1, True, {}, ["x"], 1.5],
        "Edm.Boolean": ["true", 1, 0, {}, [True]],
        "Edm.Int32": ["one", "1.5", 1.5, True, {}, [1], 2**31],
        "Edm.Int64": ["one", "1.5", 1.5, True, {}, [1], 2**63],
        "Edm.Decimal": ["one", "1,5", True, {}, [1]],
        "Edm.Guid": ["x", 1, True, {}, {"quoteid": str(uuid4())}, [str(uuid4())], f"x{uuid4()}"],
        "Edm.DateTimeOffset": ["tomorrow", 20260131, True, {}, ["2026-01-31"]],
        "ColumnSet": ["name", 1, True, {"AllColumns": "yes"}, {"Columns": "name"}, {"Columns": [1]}, {"Nonsense": 1}],
        "QueryExpression": ["x", 1, True],
        "EntityQueryExpression": ["x", 1, True, []],
        "PrincipalAccess": [
            *("x", 1, True, [], {}, {"AccessMask": "ReadAccess"}, {"Nonsense": 1}),
            {"AccessMask": "Nonsense", "Principal": {"@odata.type": f"{CRM}.team", "teamid": str(uuid4())}},
            {"AccessMask": "ReadAccess", "Principal": {"@odata.type": f"{CRM}.account", "accountid": str(uuid4())}},
        ],
        "RolePrivilege": ["x", 1, True],  # what is wrong inside of one is said of a role that exists
        "PagingInfo": ["x", 1, True, [], {"PageNumber": "1"}, {"Count": 1.5}, {"Nonsense": 1}],
    }
    if type in ENUMERATIONS:
        return ["Nonsense", 99, True, {}, []]
    others = [{"name": "x"}, {"@odata.type": 1}] if type == ROW else [{"@odata.type": f"{CRM}.pricelevel"}]
    return by_type.get(type) or ["x", 1, True, [], str(uuid4()), *others]


def called(api: Api, operation: OperationInfo, given: dict[str, Any]) -> Reply:
    """The operation, called where it is bound; rows need not exist."""
    where = f"{CRM}.{operation.name}"
    if not operation.bound_to:
        where = operation.name
    else:
        table = operation.bound_to[0]
        entity_set = table_info("account" if table == ROW else table).entity_set
        where = f"{entity_set}/{where}" if operation.on_collection else f"{entity_set}({uuid4()})/{where}"
    if operation.kind == "action":
        return api.post(where, given)
    names = ",".join(f"{name}=@{name}" for name in given)
    values = "&".join(f"@{name}={quote(_literal(value), safe='')}" for name, value in given.items())
    return api.get(f"{where}({names})?{values}")


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def complaints(api: Api, operation: OperationInfo) -> Iterator[str]:
    full = {each.name: good(each) for each in operation.parameters}
    for parameter in operation.parameters:
        name = parameter.name
        others = {key: value for key, value in full.items() if key != name}
        bad = [{**others, name: value} for value in wrong(parameter.type)]
        if not parameter.nullable:
            bad += [others, {**others, name: None}]
        for given in bad:
            reply = called(api, operation, given)
            shown = f"{operation.name} {name}={given.get(name, 'nothing')!r}: {reply.status} {reply.body[:200]!r}"
            if reply.status != 400 or reply.code not in (ARGUMENT, NO_OPPORTUNITY):
                yield shown
            elif name.removesuffix("Id") not in reply.message:
                yield f"{shown}: does not name {name}"


@pytest.mark.parametrize("operation", WITH_PARAMETERS, ids=lambda operation: operation.name)
def test_a_missing_or_wrong_parameter_is_named(one_api: Api, operation: OperationInfo) -> None:
    assert list(complaints(one_api, operation)) == []


@pytest.mark.parametrize("name", message_names())
def test_wrong_parameters_from_the_command_line_are_refused_in_words(name: str) -> None:
    """`handsel message` takes any JSON; whatever it is, the answer is a message or a refusal."""
    hostile = [None, "", "x", 0, -1, 1.5, True, [], [1], {}, {"x": 1}, "9" * 40, {"@odata.type": 1}, [{"a": []}]]
    fields = [each.name for each in parameters_of(message_type(name))]
    for value in hostile:
        for given in (dict.fromkeys(fields, value), *({each: value} for each in fields)):
            with suppress(HandselError):
                message_from(name, given).locks()


def test_a_row_where_columns_are_wanted_and_an_unknown_parameter_are_named_in_words(one_api: Api) -> None:
    id = "0196f1b2-0000-7000-8000-000000000009"
    asked = quote(f'{{"@odata.id":"accounts({id})"}}')
    reply = one_api.get(f"RetrieveDuplicates(BusinessEntity=@p1,MatchingEntityName=@p2)?@p1={asked}&@p2='account'")
    assert (reply.status, f"not account {id}." in reply.message) == (400, True), reply.message
    action = "GetQuoteProductsFromOpportunity"
    assert one_api.post(action, {"X": 1}).message.endswith("'X'. It takes QuoteId, Opportunity.")
    bound = one_api.post(f"quotes({id})/Microsoft.Dynamics.CRM.{action}", {"X": 1})
    assert bound.message.endswith("'X'. It takes Opportunity.")
