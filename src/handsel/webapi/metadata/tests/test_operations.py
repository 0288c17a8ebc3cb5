import dataclasses
import re
import typing
from decimal import Decimal

import pytest

from handsel.engine.message import message_names, message_type, parameter_name
from handsel.tables.info import all_tables, table_info
from handsel.webapi.metadata.operations import OPERATIONS, ROW, VERBS, Operation, operations
from handsel.webapi.metadata.tests.signatures import SIGNATURES
from handsel.webapi.metadata.types import COMPLEX_TYPES, ENUM_TYPES, OPEN_TYPES

LINE = re.compile(r"(action|function) (\w+)(?:\[(\*?)([\w ]+)\])?\((.*?)\)(?: -> (.+))?")
PRIMITIVE = {"Guid", "Int32", "Int64", "String", "Boolean", "DateTimeOffset", "Decimal"}
STATED = [line for line in SIGNATURES.splitlines() if line]

# The source does not say what it returns, and a function must return something.
OPEN_RESULT = {"CanCloseOpportunity"}
# Not in the source: offered by the Dynamics SDK alone, or Handsel's own.
OURS = {
    "AddProductToKit",
    "RemoveProductFromKit",
    "CloseQuoteDialog",
    "CreateOrderFromQuote",
    "ReviseActiveQuote",
    "RetrievePriceChanges",
    "RetrievePriceTrace",
}


def full(type: str) -> str:
    """A type of the short notation as declarations write it. A table that Handsel lacks is a row of any table."""
    if type.startswith("Collection("):
        return f"Collection({full(type[11:-1])})"
    if type in PRIMITIVE:
        return f"Edm.{type}"
    known = {ROW, *COMPLEX_TYPES, *OPEN_TYPES, *ENUM_TYPES, *(info.logical_name for info in all_tables())}
    return type if type in known else ROW


@pytest.mark.parametrize("line", STATED, ids=[line.split("(")[0] for line in STATED])
def test_declared_as_the_documented_service_states_it(line: str) -> None:
    match = LINE.fullmatch(line)
    assert match is not None
    kind, name, star, tables, parameters, returns = match.groups()
    found = operations()[name]
    assert found.kind == kind
    assert found.bound_to == tuple((tables or "").split())
    assert found.on_collection is bool(star)
    stated = [part.split(" ") for part in parameters.split(", ") if part]
    expected = [(each, full(type.rstrip("?")), type.endswith("?")) for each, type in stated]
    assert [(each.name, each.type, each.nullable) for each in found.parameters] == expected
    if name not in OPEN_RESULT:
        assert found.returns == (full(returns) if returns else None)


def test_every_message_of_the_engine_is_declared_or_a_verb() -> None:
    declared = {operation.message for operation in OPERATIONS if operation.message is not None}
    stated = {line.split("(")[0].split("[")[0].split(" ")[1] for line in STATED}
    engine = {name for name in message_names() if message_type(name).__module__.startswith("handsel.")}
    assert engine - VERBS == declared
    assert declared - stated == OURS


def test_names_are_unique() -> None:
    assert len(operations()) == len(OPERATIONS)


WITH_MESSAGE = [operation for operation in OPERATIONS if operation.message is not None]


@pytest.mark.parametrize("operation", WITH_MESSAGE, ids=lambda operation: operation.name)
def test_parameters_are_those_of_the_message(operation: Operation) -> None:
    """Each declared parameter belongs to a field of the message, and every required field has a parameter."""
    assert operation.message is not None
    message = message_type(operation.message)
    fields = {parameter_name(field): field for field in dataclasses.fields(message)}
    by_python = {field.name: name for name, field in fields.items()}
    taken = set()
    for parameter in operation.parameters:
        name = parameter.name if parameter.name in fields else f"{parameter.name}Id"
        name = name if name in fields else by_python.get(schema_to_python(parameter.name), name)
        if name in fields:
            taken.add(name)
        else:
            assert parameter.nullable, f"{operation.name} has no place for {parameter.name}"
    if operation.binding is not None:
        assert operation.binding in fields
        assert operation.bound_to != ()
        taken.add(operation.binding)
    needed = {
        name
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    assert needed <= taken


def schema_to_python(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_bound_operations_name_tables() -> None:
    for operation in OPERATIONS:
        for table in operation.bound_to:
            assert table == ROW or table_info(table).logical_name == table


def test_a_single_result_is_wrapped() -> None:
    assert operations()["RetrieveExchangeRate"].wraps == "ExchangeRate"
    assert operations()["GetQuantityDecimal"].wraps == "Quantity"
    assert operations()["WhoAmI"].wraps is None
    assert operations()["ReviseQuote"].wraps is None
    assert operations()["WinQuote"].wraps is None


def test_number_types() -> None:
    """Amounts of a message are decimals for clients as well."""
    for operation in WITH_MESSAGE:
        assert operation.message is not None
        message = message_type(operation.message)
        hints = typing.get_type_hints(message)
        names = {parameter_name(field): hints[field.name] for field in dataclasses.fields(message)}
        for parameter in operation.parameters:
            if Decimal in (names.get(parameter.name), *typing.get_args(names.get(parameter.name))):
                assert parameter.type == "Edm.Decimal"
