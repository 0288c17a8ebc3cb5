"""Who acts, where: one context variable names the database and the user of the running call (architecture 4)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model

from handsel.database.dialect import Dialect
from handsel.errors import SetupError


@dataclass(frozen=True, slots=True)
class Actor:
    """The user a call acts as. `caller` is the one who impersonates, if any."""

    user_id: UUID
    domain_name: str
    business_unit_id: UUID | None
    is_integration_user: bool
    caller_id: UUID | None = None


@dataclass(slots=True)
class Context:
    """A database (by its Django alias), its dialect, and the acting user, who is brought up to date by every call."""

    alias: str
    dialect: Dialect
    actor: Actor


_current: ContextVar[Context | None] = ContextVar("handsel_context", default=None)


def current() -> Context:
    """The context of the running call. Raises SetupError outside of any session."""
    context = _current.get()
    if context is None:
        raise SetupError("No database is open here. Use `with handsel.open(url) as session:` and call the session.")
    return context


@contextmanager
def entered(context: Context) -> Iterator[None]:
    """Make `context` the current one for the length of a block."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


class ContextRouter:
    """Django's database router: every query of a call goes to the database its context names."""

    def db_for_read(self, _model: type[Model], **_hints: object) -> str | None:
        context = _current.get()
        return context.alias if context else None

    db_for_write = db_for_read

    def allow_relation(self, _first: object, _second: object, **_hints: object) -> bool:
        return True
