"""The messages, and the operations without one, are declared as in the documented service."""

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest

import handsel.webapi
from handsel.engine.edm import ROW, edm_name
from handsel.engine.message import message_names, message_type
from handsel.engine.operation_info import OperationInfo
from handsel.engine.parameters import parameters_of
from handsel.tables.info import all_tables, table_info
from handsel.webapi.metadata.operations import complex_types, enum_types, operations
from handsel.webapi.metadata.tests.signatures import SIGNATURES

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
    "DeleteAuditData",
    "DeleteRecordChangeHistory",
    "CreateOrderFromQuote",
    "PreviewMove",
    "ReviseActiveQuote",
    "RetrievePriceChanges",
    "RetrievePriceTrace",
    "ExplainAccess",
    "RetrieveAccessHolders",
    "SubmitSalesOrder",
    "WithdrawSalesOrder",
    "RetryDelivery",
    "DropDelivery",
    "RetrieveAttributeChangeHistory",
    "RetrieveAuditDetails",
}
VERBS = {
    *("Create", "Retrieve", "Update", "Upsert", "Delete", "Associate", "Disassociate"),
    *("AddColumn", "ChangeColumn", "RemoveColumn", "AddKey", "RemoveKey", "SecureColumn"),
}
"""Messages that HTTP methods on rows, links and definitions stand for."""
WORKERS = {"RecordDelivery", "RecordInvoice", "RecordPayment", "RecordRefusal"}
"""Messages that the worker of this program sends, and nobody else."""


def full(type: str) -> str:
    """A type of the short notation as declarations write it. A table that Handsel lacks is a row of any table."""
    if type.startswith("Collection("):
        return f"Collection({full(type[11:-1])})"
    if type in PRIMITIVE:
        return f"Edm.{type}"
    structures = [edm_name(each) for each in (*complex_types(), *enum_types())]
    return type if type in {ROW, *structures, *(info.logical_name for info in all_tables())} else ROW


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


def test_every_message_is_an_operation_but_for_the_verbs() -> None:
    declared = {name for name, operation in operations().items() if operation.message is not None}
    stated = {line.split("(")[0].split("[")[0].split(" ")[1] for line in STATED}
    ours = {name for name in message_names() if message_type(name).__module__.startswith("handsel.")}
    assert ours - declared == VERBS | WORKERS
    assert (declared & ours) - stated == OURS


WITH_MESSAGE = [operation for operation in operations().values() if operation.message is not None]


@pytest.mark.parametrize("operation", WITH_MESSAGE, ids=lambda operation: operation.name)
def test_nothing_that_a_message_needs_is_left_out(operation: OperationInfo) -> None:
    assert operation.message is not None
    declared = {parameter.name for parameter in operation.parameters}
    needed = [each for each in parameters_of(operation.message) if each.is_needed and each.field != operation.binding]
    assert {each.name for each in needed} <= declared
    assert {each.name for each in operation.parameters if not each.nullable} >= {each.name for each in needed}


def test_bound_operations_name_tables() -> None:
    for operation in operations().values():
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
    amounts = [
        (operation.name, parameter.type)
        for operation in WITH_MESSAGE
        for parameter, field in zip(operation.parameters, _fields(operation), strict=True)
        if Decimal in field.kinds
    ]
    assert amounts == [("CreateOrderFromQuote", "Edm.Decimal")]


def _fields(operation: OperationInfo):
    by_name = {each.name: each for each in parameters_of(operation.message)}
    return [by_name[parameter.name] for parameter in operation.parameters]


# The Web API names nothing of the business: a document or a message enters without it

WEBAPI = Path(handsel.webapi.__file__).parent
SOURCES = [path for path in sorted(WEBAPI.rglob("*.py")) if "tests" not in path.parts]
OF_THE_SYSTEM = ("handsel.chain.system.", "handsel.chain.party.users", "handsel.jobs.", "handsel.site.")
"""Tables that the interface itself works with: users and teams, views, jobs, notes, currencies, the organization."""
BUSINESS = {
    name
    for info in all_tables()
    if info.model.__module__.startswith("handsel.chain.") and not info.model.__module__.startswith(OF_THE_SYSTEM)
    for name in (info.logical_name, info.entity_set)
}
# Merge is also a verb of the cascades of a relationship.
MESSAGES = {name for name in message_names() if message_type(name).__module__.startswith("handsel.chain.")} - {"Merge"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WEBAPI)))
def test_no_table_and_no_message_of_the_business_is_named(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {word for text in _texts(tree) for word in re.findall(r"\w+", text)} & MESSAGES == set()
    # A table is named where a text is nothing else; a sentence may have one as an example.
    assert {text.removeprefix("Collection(").removesuffix(")") for text in _texts(tree)} & BUSINESS == set()
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [module for module in imported if module.startswith("handsel.chain")] == []


def _texts(tree: ast.AST) -> list[str]:
    """Every text in a module, docstrings left out, and every name it imports from Handsel."""
    described = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            found.append(node.value)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("handsel"):
            found += [alias.name for alias in node.names]
    return found


def test_the_business_is_known_to_this_test() -> None:
    assert {"quote", "salesorders", "invoicedetail", "product", "lead", "account"} <= BUSINESS
    assert {"WinQuote", "QualifyLead", "CloneProduct"} <= MESSAGES
