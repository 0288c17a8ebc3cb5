"""Option sets: integers with labels, and for status reasons the state they belong to."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import Self


class OptionSet(enum.IntEnum):
    """The values of a choice column.

    A member is declared as value and label (`NET_30 = 1, "Net 30"`), a status reason with its state as third part
    (`IN_PROGRESS = 1, "In Progress", 0`).
    """

    label: str
    state: int | None

    def __new__(cls, value: int, label: str = "", state: int | None = None) -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.state = state
        return member

    @classmethod
    def labels(cls) -> dict[int, str]:
        """Value → label, in declared order."""
        return {member.value: member.label for member in cls}


def option_set(name: str, labels: Mapping[int, str]) -> type[OptionSet]:
    """An option set of values and labels that are declared elsewhere, such as pricing's."""
    # The type checker does not understand an enumeration made by a call of its base if members have a __new__.
    make: Callable[[str, dict[str, tuple[int, str]]], type[OptionSet]] = OptionSet  # type: ignore[assignment]
    return make(name, {label: (value, label) for value, label in labels.items()})
