"""Enumerations, complex types, actions and functions in CSDL."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from handsel.engine.edm import Flags, edm_name, names_rows
from handsel.engine.operation_info import OperationInfo
from handsel.webapi.metadata.elements import Element, element, qualified
from handsel.webapi.metadata.names import NAMESPACE
from handsel.webapi.metadata.operations import complex_types, enum_types, operations


def add_enum_types(schema: Element) -> None:
    """The enumerations."""
    for members in enum_types():
        made = element(schema, "EnumType", Name=edm_name(members) or "")
        if isinstance(members, Flags):
            made.set("IsFlags", "true")
        for name, number in _members(members):
            element(made, "Member", Name=name, Value=str(number))


def _members(members: Flags | type[enum.Enum]) -> Iterable[tuple[str, int]]:
    if isinstance(members, Flags):
        return members.members.items()
    return [(member.value, number) for number, member in enumerate(members)]


def add_complex_types(schema: Element) -> None:
    """The types of parameters and results that are neither rows nor plain values."""
    for structure in complex_types():
        made = element(schema, "ComplexType", Name=structure.name)
        if structure.is_open:
            made.set("OpenType", "true")
        for name, type in structure.properties.items():
            kind = "NavigationProperty" if names_rows(type) else "Property"
            _typed(element(made, kind, Name=name), edm_name(type) or "")


def add_operations(schema: Element) -> None:
    """Every action and function, once for each table it is bound to."""
    for operation in operations().values():
        for table in operation.bound_to or (None,):
            _add_operation(schema, operation, table)


def _add_operation(schema: Element, operation: OperationInfo, table: str | None) -> None:
    made = element(schema, operation.kind.capitalize(), Name=operation.name)
    if table is not None:
        made.set("IsBound", "true")
        name, type = ("entityset", f"Collection({table})") if operation.on_collection else ("entity", table)
        element(made, "Parameter", Name=name, Type=qualified(type), Nullable="false")
    if operation.is_composable:
        made.set("IsComposable", "true")
    for parameter in operation.parameters:
        given = _typed(element(made, "Parameter", Name=parameter.name), parameter.type)
        if not parameter.nullable:
            given.set("Nullable", "false")
    if operation.returns is not None:
        _typed(element(made, "ReturnType"), operation.returns)


def add_imports(container: Element) -> None:
    """The operations that are not bound to a table."""
    for operation in operations().values():
        if not operation.bound_to:
            kind = operation.kind.capitalize()
            made = element(container, f"{kind}Import", Name=operation.name)
            made.set(kind, f"{NAMESPACE}.{operation.name}")


def _typed(made: Element, type: str) -> Element:
    made.set("Type", qualified(type))
    if type == "Edm.Decimal":
        made.set("Scale", "Variable")
    return made
