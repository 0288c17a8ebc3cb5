"""What the relationship of a custom lookup does, as administrators state it (tables 10)."""

from __future__ import annotations

from collections.abc import Mapping

from handsel.engine.forbidding import forbidden_verb
from handsel.errors import InvalidArgument
from handsel.tables.cascades import VERBS, OnDelete, Reach
from handsel.tables.info import TableInfo


def checked_cascades(info: TableInfo, given: Mapping[str, str], *, required: bool) -> dict[str, str]:
    """The stated behaviour as it is stored. Raises InvalidArgument for an unknown verb or value.

    A lookup never keeps an id that leads nowhere, so NoCascade for Delete means RemoveLink.
    """
    usual = OnDelete.RESTRICT if required else OnDelete.REMOVE_LINK
    found = {"Delete": usual.value}
    for verb, value in given.items():
        if verb not in VERBS:
            raise InvalidArgument(f"A relationship states {', '.join(VERBS)}, not '{verb}'. Leave it out.")
        known = [each.value for each in (OnDelete if verb == "Delete" else Reach)]
        if value not in known:
            raise InvalidArgument(f"{verb} of a relationship is one of {', '.join(known)}, not '{value}'.")
        found[verb] = value
    delete = found["Delete"]
    if delete == OnDelete.NO_CASCADE:
        found["Delete"] = delete = OnDelete.REMOVE_LINK.value
    if delete == OnDelete.REMOVE_LINK and required:
        raise InvalidArgument("A lookup that must have a value cannot lose it. Take Restrict or Cascade for Delete.")
    reason = forbidden_verb("delete", info.logical_name)
    if delete == OnDelete.CASCADE and reason is not None:
        raise InvalidArgument(f"Rows of {info.label} cannot be deleted along: {reason} Take RemoveLink or Restrict.")
    return found
