"""Impersonation: a caller with the right to act for another user names that user in a header (Web API 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from handsel.database.context import Actor
from handsel.engine import access
from handsel.engine.access import TablelessPrivilege
from handsel.errors import Code, PrivilegeDenied
from handsel.http.errors import syntax

HEADERS = ("mscrmcallerid", "callerobjectid")
"""Headers with the user to act for: by id, or by id in the directory. The first one present is used."""


@dataclass(frozen=True, slots=True)
class Impersonation:
    """How to find the user to act for.

    `permit` refuses a caller who may not act for others; `user` gives the user with an id, `user_of_directory` the one
    with an id in the directory where users sign in.
    """

    permit: Callable[[Actor], None]
    user: Callable[[UUID], Actor | None]
    user_of_directory: Callable[[UUID], Actor | None]

    def actor(self, caller: Actor, headers: Mapping[str, str]) -> Actor:
        """The acting user: the caller, or the user that it names. Raises BadRequest and PrivilegeDenied."""
        for header, user_with in zip(HEADERS, (self.user, self.user_of_directory), strict=True):
            wanted = headers.get(header)
            if wanted:
                self.permit(caller)
                return _impersonated(caller, wanted, user_with)
        return caller


def permit(caller: Actor) -> None:
    """Refuse a caller who may not act for others. Raises PrivilegeDenied (0x80040220)."""
    access.require(caller, TablelessPrivilege.ACT_ON_BEHALF, "systemuser")


def _impersonated(caller: Actor, wanted: str, user_with: Callable[[UUID], Actor | None]) -> Actor:
    try:
        user = user_with(UUID(wanted.strip().strip("{}")))
    except ValueError:
        raise syntax(f"'{wanted[:60]}' names no user to act for: it must be a user's id.") from None
    if user is None:
        raise PrivilegeDenied(
            f"There is no enabled user {wanted[:60]} to act for.", code=Code.USER_NOT_MEMBER_OF_ORGANIZATION
        )
    return user if user.user_id == caller.user_id else replace(user, caller_id=caller.user_id)
