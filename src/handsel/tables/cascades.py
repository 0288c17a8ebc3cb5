"""What a relationship does to the rows that refer to a row when that row is deleted, assigned or shared (tables 10)."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class OnDelete(enum.StrEnum):
    """What happens to the rows that refer to a row when it is deleted."""

    NO_CASCADE = "NoCascade"
    """Nothing: they keep an id that leads nowhere."""
    REMOVE_LINK = "RemoveLink"
    """Their lookup is emptied."""
    CASCADE = "Cascade"
    """They are deleted along."""
    RESTRICT = "Restrict"
    """They stand in the way."""


class Reach(enum.StrEnum):
    """Which of the rows that refer to a row follow when it is assigned or shared."""

    NO_CASCADE = "NoCascade"
    CASCADE = "Cascade"
    ACTIVE = "Active"
    """Those in their active state."""
    USER_OWNED = "UserOwned"
    """Those with the owner that the row had before."""


VERBS = ("Assign", "Delete", "Merge", "Reparent", "Share", "Unshare")
"""What a relationship says something about, as the metadata call it."""


@dataclass(frozen=True, slots=True)
class Cascades:
    """What one relationship does, verb by verb."""

    delete: OnDelete = OnDelete.REMOVE_LINK
    assign: Reach = Reach.NO_CASCADE
    share: Reach = Reach.NO_CASCADE
    unshare: Reach = Reach.NO_CASCADE
    reparent: Reach = Reach.NO_CASCADE
    merge: Reach = Reach.NO_CASCADE
    is_part: bool = False
    """Whether a row is a part of the one it refers to: it goes along unchecked, and is audited under it."""

    @classmethod
    def stated(cls, values: Mapping[str, str]) -> Cascades:
        """What an administrator stated by verb; the rest is as usual."""

        def reach(verb: str) -> Reach:
            return Reach(values.get(verb, Reach.NO_CASCADE))

        return cls(
            OnDelete(values.get("Delete", OnDelete.REMOVE_LINK)),
            assign=reach("Assign"),
            share=reach("Share"),
            unshare=reach("Unshare"),
            reparent=reach("Reparent"),
            merge=reach("Merge"),
        )

    def by_verb(self) -> dict[str, str]:
        """Every verb with what happens, as the metadata call it."""
        return {verb: str(getattr(self, verb.lower())) for verb in VERBS}


def _parental(delete: OnDelete, merge: Reach) -> Cascades:
    all_rows = Reach.CASCADE
    return Cascades(delete, all_rows, all_rows, all_rows, all_rows, merge)


PART = Cascades(OnDelete.CASCADE, is_part=True)
"""A row that is a part of another: a line."""
ALONG = Cascades(OnDelete.CASCADE)
"""A row that goes with another and does not follow it otherwise."""
MERGED_ALONG = Cascades(OnDelete.CASCADE, merge=Reach.CASCADE)
"""The same, and it moves when rows are merged."""
PARENTAL = _parental(OnDelete.CASCADE, Reach.CASCADE)
"""A row that belongs to another and follows it in everything."""
PARENTAL_UNMERGED = _parental(OnDelete.CASCADE, Reach.NO_CASCADE)
"""The same for rows of a table that is never merged."""
PARENTAL_RESTRICTED = _parental(OnDelete.RESTRICT, Reach.CASCADE)
"""A row that belongs to another, and must not be lost with it."""
PARENTAL_LINK = _parental(OnDelete.REMOVE_LINK, Reach.CASCADE)
"""A row that belongs to another, and outlives it."""
LINK = Cascades()
"""A plain reference."""
RESTRICTED = Cascades(OnDelete.RESTRICT)
"""A row that needs the other one."""
UNHANDLED = Cascades(OnDelete.NO_CASCADE)
"""Who made a row, and ids that are no lookups."""
