"""Which function handles a message, and which functions listen to one that is raised as an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from handsel.database.row import Item
from handsel.engine.message import AnyMessage, M
from handsel.engine.work import Work

# A handler takes items of the message it is registered for, which no type can express.
Handler = Callable[[Work, list[Item[Any]]], None]
_handlers: dict[type[AnyMessage], Handler] = {}


def handles(cls: type[M]) -> Callable[[Callable[[Work, list[Item[M]]], None]], Callable[[Work, list[Item[M]]], None]]:
    """Declare the function that handles a message: it gets a round of items and works on all of them at once."""

    def register(function: Callable[[Work, list[Item[M]]], None]) -> Callable[[Work, list[Item[M]]], None]:
        _handlers[cls] = function
        return function

    return register


def handler_of(cls: type[AnyMessage]) -> Handler:
    """The function that handles messages of this type."""
    return _handlers[cls]


def has_handler(cls: type[AnyMessage]) -> bool:
    """Whether a function handles messages of this type."""
    return cls in _handlers


Listener = Callable[..., None]
_listeners: dict[type[AnyMessage], list[Listener]] = {}


def on(cls: type[M]) -> Callable[[Listener], Listener]:
    """Register custom code for a message that is raised as an event, such as CalculatePrice."""

    def register(function: Listener) -> Listener:
        _listeners.setdefault(cls, []).append(function)
        return function

    return register


def listeners(cls: type[AnyMessage]) -> Iterable[Listener]:
    """The custom code registered for an event message."""
    return tuple(_listeners.get(cls, ()))


def forget_listener(cls: type[AnyMessage], listener: Listener) -> None:
    """Undo a registration."""
    _listeners[cls].remove(listener)
