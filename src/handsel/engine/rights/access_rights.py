"""Rights on one row as one number: a bit for each, and their names in the Web API (security 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handsel.engine.edm import Flags
from handsel.engine.rights.privileges import Privilege
from handsel.errors import InvalidArgument, abbreviated

IN_ORDER: Sequence[Privilege] = tuple(sorted(Privilege, key=lambda verb: verb.right))
"""As answers list them: Read, Write, Append, AppendTo, Create, Delete, Share, Assign."""
ACCESS_RIGHTS = Flags("AccessRights", {"None": 0, **{verb.right_name: verb.right for verb in IN_ORDER}})
_BY_NAME = {name.lower(): bit for name, bit in ACCESS_RIGHTS.members.items()}
_NUMBER = re.compile(r"[0-9]{1,9}")
_ALL = sum(verb.right for verb in IN_ORDER)


def mask_of(verbs: Iterable[Privilege]) -> int:
    """Rights as one number."""
    return sum(verb.right for verb in set(verbs))


def verbs_in(mask: int) -> list[Privilege]:
    """The rights that a number stands for."""
    return [verb for verb in IN_ORDER if verb.right & mask]


def named(mask: int) -> str:
    """The rights as the Web API answers them: `"ReadAccess, WriteAccess"`, or `"None"`."""
    return ", ".join(verb.right_name for verb in verbs_in(mask)) or "None"


def parsed(owner: str, name: str, value: object) -> int:
    """Rights given by their names, with or without blanks between them, or as the number of their bits.

    Raises InvalidArgument for anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        number = int(value)
    elif isinstance(value, str):
        number = 0
        for part in value.split(","):
            bit = _BY_NAME.get(part.strip().lower())
            if bit is None:
                raise _unknown(owner, name, value)
            number |= bit
    else:
        raise _unknown(owner, name, value)
    if number & ~_ALL:
        raise _unknown(owner, name, value)
    return number


def _unknown(owner: str, name: str, value: object) -> InvalidArgument:
    known = ", ".join(ACCESS_RIGHTS.members)
    return InvalidArgument(
        f'{owner}: {name} holds rights such as "ReadAccess, WriteAccess", not {abbreviated(value)}. '
        f"The rights are {known}."
    )
