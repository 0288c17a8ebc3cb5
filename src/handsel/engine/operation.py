"""What a message declares about its action or function of the Web API, besides what follows from its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from handsel.engine.edm import Type

Kind = Literal["action", "function"]


@dataclass(frozen=True, slots=True)
class Operation:
    """The operation that a message is: `operation = Operation(returns="quote")`.

    Its name is the message's, its parameters are the message's fields (see `parameters.Parameter`). By default it is
    called on the service, takes all fields and returns nothing.
    """

    returns: Type | Mapping[str, Type] | None = None
    """The type of the result. Named values, `{"CanClose": bool}`, are a structure called `<message>Response`."""
    bound_to: str | tuple[str, ...] | Callable[[], Iterable[str]] = ()
    """The tables whose rows it is called on. A function is called once all documents are known."""
    binding: str | None = None
    """The field that takes the row it is called on."""
    on_collection: bool = False
    """True when it is called on the table instead of on one row of it."""
    kind: Kind | None = None
    """None: what changes something is an action, what only reads is a function."""
    order: tuple[str, ...] = ()
    """The fields in the order of the documented parameters, where that is not the order of the fields."""
    is_composable: bool = False
