"""The operation of each message, derived from its declaration and its fields; mistakes are reported at start."""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.edm import ComplexType, Structure, Type, edm_name, structures, tables
from handsel.engine.handlers import has_handler
from handsel.engine.message import AnyMessage, message_types
from handsel.engine.operation import Kind, Operation
from handsel.engine.parameters import ParameterInfo, parameters_of
from handsel.errors import SetupError
from handsel.tables.info import UnknownTable, table_info


@dataclass(frozen=True, slots=True)
class OperationParameter:
    """One parameter besides the bound row, as `$metadata` declares it."""

    name: str
    type: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class OperationInfo:
    """One action or function of the Web API."""

    name: str
    kind: Kind
    parameters: tuple[OperationParameter, ...] = ()
    returns: str | None = None
    bound_to: tuple[str, ...] = ()
    """The tables whose rows it is called on; empty when it is called on the service."""
    on_collection: bool = False
    """True when it is called on the table instead of on one row."""
    is_composable: bool = False
    wraps: str | None = None
    """The property of the response that holds the result, when the response has just one."""
    structures: tuple[Structure, ...] = ()
    """The structures that must be declared for its parameters and its response."""
    message: type[AnyMessage] | None = None
    """The message that it runs; None where the Web API does without one."""
    binding: str | None = None
    """The message's field that takes the bound row."""


Stated = tuple[str, Type, bool]
"""A parameter by name, type and whether it may be missing."""


def worked_out(name: str, kind: Kind, stated: Operation, parameters: Iterable[Stated]) -> OperationInfo:
    """An operation from its declaration."""
    given = tuple(parameters)
    returns = stated.returns
    if isinstance(returns, Mapping):
        returns = ComplexType(f"{name}Response", returns)
    types = [*(type for _, type, _ in given), *([returns] if returns is not None else [])]
    needed = {each: None for type in types for each in structures(type)}
    only = list(returns.properties) if isinstance(returns, ComplexType) else []
    return OperationInfo(
        name=name,
        kind=kind,
        parameters=tuple(OperationParameter(each, _name(type), nullable) for each, type, nullable in given),
        returns=None if returns is None else _name(returns),
        bound_to=_tables(stated),
        on_collection=stated.on_collection,
        is_composable=stated.is_composable,
        wraps=only[0] if len(only) == 1 else None,
        structures=tuple(needed),
        binding=stated.binding,
    )


def operation_of(cls: type[AnyMessage]) -> OperationInfo | None:
    """The operation of a message; None for a message that is reached by HTTP methods on rows or definitions."""
    stated = cls.operation
    if stated is None:
        return None
    kind: Kind = stated.kind or ("action" if cls.changes else "function")
    parameters = ((each.name, each.stated, each.nullable) for each in _documented(cls, stated))
    return dataclasses.replace(worked_out(cls.__name__, kind, stated, parameters), message=cls)


def _documented(cls: type[AnyMessage], stated: Operation) -> list[ParameterInfo]:
    by_field = {each.field: each for each in parameters_of(cls) if each.is_documented and each.field != stated.binding}
    return [by_field[name] for name in stated.order] if stated.order else list(by_field.values())


def field_for_row(binding: str | None, table: str, parameters: Sequence[ParameterInfo]) -> ParameterInfo | None:
    """The parameter for the bound row: the declared one, the id of such a row, or a row of any table."""
    if binding is not None:
        return next(each for each in parameters if each.field == binding)
    own = [each for each in parameters if f"{table}id" in map(str.lower, each.names)]
    own += [each for each in parameters if Reference in each.kinds]
    return next(iter(own), None)


def _tables(stated: Operation) -> tuple[str, ...]:
    if isinstance(stated.bound_to, str):
        return (stated.bound_to,)
    return tuple(stated.bound_to() if callable(stated.bound_to) else stated.bound_to)


def _name(type: Type) -> str:
    name = edm_name(type)
    assert name is not None, "checked at start"
    return name


# What is checked at start


def check_messages() -> None:
    """Raise SetupError, which names file and message, for a declaration that would fail when called."""
    for cls in message_types():
        for wrong in _mistakes(cls):
            raise SetupError(f"{inspect.getsourcefile(cls) or cls.__module__}: {cls.__name__}: {wrong}")


def _mistakes(cls: type[AnyMessage]) -> Iterator[str]:
    if not dataclasses.is_dataclass(cls):
        yield "a message is a dataclass. Write @dataclass(frozen=True, slots=True) above it."
    if not has_handler(cls):
        yield f"no function does it. Write @handles({cls.__name__}) above one."
    try:
        parameters = parameters_of(cls)
    except NameError as error:
        yield f"an annotation cannot be read: {error}."
        return
    if isinstance(cls.operation, Operation):
        yield from _mistakes_of_operation(cls.operation, parameters)
        yield from _mistakes_of_binding(cls.operation, parameters)
    elif cls.operation is not None:
        yield "operation is no Operation. Write operation: ClassVar[Operation] = Operation(…)."


def _mistakes_of_binding(stated: Operation, parameters: tuple[ParameterInfo, ...]) -> Iterator[str]:
    fields = {each.field: each for each in parameters}
    if stated.binding is not None and stated.binding not in fields:
        yield f"binding names no field: {stated.binding!r}. Its fields are {', '.join(fields) or 'none'}."
    elif stated.binding is not None and not fields[stated.binding].kinds & {UUID, Reference}:
        yield f"binding names {stated.binding!r}, which takes no row. Declare it as UUID or Reference."
    if stated.binding is not None and not _tables(stated):
        yield f"binding names {stated.binding!r}, but bound_to names no table."
    if stated.binding is None and not stated.on_collection:
        for table in _tables(stated):
            if field_for_row(None, table, parameters) is None and not any(Mapping in each.kinds for each in parameters):
                yield f"bound_to names {table!r}, but no field takes its rows. Name one by binding."


def _mistakes_of_operation(stated: Operation, parameters: tuple[ParameterInfo, ...]) -> Iterator[str]:
    if stated.kind not in (None, *typing.get_args(Kind)):
        yield f"kind is {stated.kind!r}. It is 'action', 'function', or follows from changes."
    documented = [each.field for each in parameters if each.is_documented and each.field != stated.binding]
    if stated.order and sorted(stated.order) != sorted(documented):
        yield f"order must name each of {', '.join(documented)} once."
    for table in _tables(stated):
        yield from _unknown(table, "bound_to")
    for each in parameters:
        yield from _mistakes_of_type(each.stated, f"the field {each.field}")
    for type in stated.returns.values() if isinstance(stated.returns, Mapping) else [stated.returns]:
        if type is not None:
            yield from _mistakes_of_type(type, "returns")


def _mistakes_of_type(type: Type, where: str) -> Iterator[str]:
    if edm_name(type) is None:
        yield (
            f"{where} has a type that the Web API does not know: {type!r}. State one by Parameter(type=…), or take the "
            "message off the Web API by operation = None."
        )
    for table in tables(type):
        yield from _unknown(table, where)


def _unknown(table: str, where: str) -> Iterator[str]:
    try:
        table_info(table)
    except UnknownTable:
        yield f"{where} names the unknown type {table!r}. It is no table, and no type such as Edm.Guid."
