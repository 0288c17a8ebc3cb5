"""What a kind of connector is: a folder here with a `kind.py`, in which `KIND` says how it is set up and opened.

A connector delivers one order at a time. It returns `Accepted`, or raises what follows; the worker knows what to do. It
may be asked for the same order again, after an answer that never came: then it must find what it made, and not make it
twice.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, runtime_checkable
from uuid import UUID

import handsel.connectors
from handsel.chain.handover.order_snapshot import OrderSnapshot
from handsel.chain.handover.outcomes import Accepted
from handsel.chain.handover.posted import Posted
from handsel.database import result
from handsel.errors import InvalidArgument, abbreviated


class RejectedByThem(Exception):
    """The other system refuses the order for what is in it. The text is its words, or ours for what it would refuse."""


class Unreachable(Exception):
    """It could not be delivered now, for reasons that pass. `seconds` is how long the other system asks to wait."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Numbers:
    """What must be known to the other system before orders are: numbers of customers and products, names of units."""

    customers: Sequence[str] = ()
    products: Sequence[str] = ()
    units: Sequence[str] = ()


class Connector(Protocol):
    """An open connection to another system. Several threads deliver by it at once."""

    def deliver(self, order: OrderSnapshot, delivery_id: UUID) -> Accepted:
        """Hand an order over, or find that it is there. Raises RejectedByThem, Unreachable."""

    def check(self, ours: Numbers) -> Iterable[str]:
        """What stands in the way of delivering, a sentence each; nothing if all is well. `ours` must be known there."""

    def close(self) -> None:
        """End the connection."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something that the other system says. All of `posted`, which are of one type, is written down, or nothing.

    `done` is called once that is committed, `reject` with the reason when it was refused. When neither is called, the
    worker could not write it down now, and the connector gives it again. `name` is what people look for. A `mistake`
    says why it could not even be read; it is then given back with that.
    """

    name: str
    posted: tuple[Posted, ...]
    done: Callable[[], None]
    reject: Callable[[str], None]
    mistake: str = ""


@runtime_checkable
class Collecting(Protocol):
    """A connector that also brings back what the other system says. A connector need not be one."""

    def collect(self) -> Iterable[Incoming]:
        """What has come since, in the order in which it is to be written down. The worker asks every few seconds, and
        may be given the same again: it changes nothing twice. Raises Unreachable.
        """


@dataclass(frozen=True, slots=True)
class Target:
    """A connector as it is set up: where it delivers to. Secrets are in the environment or in files, by name."""

    id: UUID
    name: str
    kind: str
    address: str
    settings: tuple[tuple[str, str], ...] = ()

    def setting(self, name: str) -> str | None:
        """A setting by its name; None where it is not given."""
        return dict(self.settings).get(name)

    @classmethod
    def of(cls, row: result.Row) -> Target:
        """The connector of a row of `hs_connector`."""
        settings = json.loads(str(row["hs_settings"] or "{}"))
        name, kind, address = (str(row[column]) for column in ("hs_name", "hs_kind", "hs_address"))
        return cls(row.id, name, kind, address, tuple(sorted(settings.items())))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind: its option on the command line without dashes, its help, whether it must be given."""

    name: str
    help: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of connector. `address` says what its address is; `open` connects, and raises InvalidArgument for settings
    that cannot work.
    """

    name: str
    label: str
    address: Setting
    open: Callable[[Target], Connector]
    settings: tuple[Setting, ...] = ()


def kinds() -> Mapping[str, Kind]:
    """Every kind by name: the folders here that have a `kind.py`."""
    found: dict[str, Kind] = {}
    for folder in pkgutil.iter_modules(handsel.connectors.__path__):
        if folder.ispkg and folder.name != "tests":
            kind: Kind = import_module(f"{handsel.connectors.__name__}.{folder.name}.kind").KIND
            found[kind.name] = kind
    return found


def kind_named(name: str) -> Kind:
    """A kind by its name. Raises InvalidArgument for one that is not here."""
    found = kinds().get(name)
    if found is None:
        raise InvalidArgument(
            f"There is no connector for {abbreviated(name)}. There are: {', '.join(sorted(kinds()))}."
        )
    return found
