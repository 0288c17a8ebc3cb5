"""The actions and functions of the Web API: they are declared in `$metadata`, and requests are dispatched to them.

They are the messages, as declared by their classes, and the operations without a message.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Mapping
from types import MappingProxyType

from handsel.engine.edm import ComplexType, Flags, Structure, Type
from handsel.engine.message import AnyMessage, message_types
from handsel.engine.operation import Kind, Operation
from handsel.engine.operation_info import OperationInfo, Stated, operation_of, worked_out

_own: dict[str, OperationInfo] = {}


def declare(name: str, kind: Kind, *parameters: Stated, stated: Operation) -> None:
    """Declare an operation without a message."""
    _own[name] = worked_out(name, kind, stated, parameters)
    _by_name.cache_clear()


def needs(name: str, type: Type) -> Stated:
    """A required parameter."""
    return name, type, False


def takes(name: str, type: Type) -> Stated:
    """An optional parameter."""
    return name, type, True


def operations() -> Mapping[str, OperationInfo]:
    """Every operation by name, in the order of names, which are case-sensitive."""
    return _by_name(message_types())


@functools.lru_cache(maxsize=1)
def _by_name(messages: tuple[type[AnyMessage], ...]) -> Mapping[str, OperationInfo]:
    found = [*_own.values(), *(each for cls in messages if (each := operation_of(cls)) is not None)]
    return MappingProxyType({each.name: each for each in sorted(found, key=lambda each: each.name)})


def complex_types() -> list[ComplexType]:
    """The complex types of operations, in the order of names."""
    return [each for each in _structures() if isinstance(each, ComplexType)]


def enum_types() -> list[Flags | type[enum.Enum]]:
    """The enumerations of operations, in the order of names."""
    return [each for each in _structures() if not isinstance(each, ComplexType)]


def _structures() -> list[Structure]:
    found = {_name_of(each): each for operation in operations().values() for each in operation.structures}
    return [found[name] for name in sorted(found)]


def _name_of(structure: Structure) -> str:
    return structure.name if isinstance(structure, (ComplexType, Flags)) else structure.__name__
