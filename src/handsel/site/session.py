"""A session: one database, one user, and the methods to read and change data."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Self, TypeVar, cast, overload
from uuid import UUID

from django.db import DatabaseError, connections
from django.db.models import Model, QuerySet

from handsel.database import result
from handsel.database.context import Actor, Context, entered
from handsel.database.dialect import dialect_of
from handsel.database.row import Notice
from handsel.engine.access import rows as visible_rows
from handsel.engine.column_set import ColumnSet
from handsel.engine.crud.messages import Retrieve
from handsel.engine.execute import OnRefusal, Refusal, execute_many
from handsel.engine.message import Message
from handsel.engine.notices import collected_notices
from handsel.engine.organization import read_settings
from handsel.engine.parameters import as_uuid
from handsel.engine.values import table_named
from handsel.errors import HandselError, InvalidArgument, NotFound, SetupError, abbreviated
from handsel.query.run import select
from handsel.site.database import DEFAULT_URL, register_existing
from handsel.site.schema import read_only, require_current, unopened

R = TypeVar("R")


class Session(AbstractContextManager["Session"]):
    """An open database and the user who acts. Sessions of several databases may be open at once."""

    def __init__(self, alias: str, url: str, actor: Actor) -> None:
        self.url = url
        self.notices: tuple[Notice, ...] = ()
        """What the last message, or list of them, had to tell though it was done, such as an expired quote."""
        self._context = Context(alias, dialect_of(connections[alias].vendor), actor)
        self._is_closed = False

    @property
    def context(self) -> Context:
        """The database and the acting user. Raises SetupError once the session is closed."""
        if self._is_closed:
            raise SetupError("This session is closed. Open another one with handsel.open(…).")
        return self._context

    @property
    def user(self) -> Actor:
        """The user this session acts as."""
        return self._context.actor

    def execute(self, message: Message[R], *, idempotency_key: str | None = None) -> R:
        """Do one message in its own transaction and return its result. Raises HandselError when it is refused, and
        TypeError for what is no message.

        `idempotency_key` makes the call safe to repeat: the same key with the same message returns the first result.
        """
        keys = None if idempotency_key is None else [idempotency_key]
        result: R = self.execute_many([message], idempotency_keys=keys)[0]
        return result

    @overload
    def execute_many(
        self,
        messages: Sequence[Message[R]],
        *,
        on_refusal: Literal["raise"] = "raise",
        idempotency_keys: Sequence[str | None] | None = None,
        before_commit: Callable[[list[R]], None] | None = None,
    ) -> list[R]: ...

    @overload
    def execute_many(
        self,
        messages: Sequence[Message[R]],
        *,
        on_refusal: OnRefusal,
        idempotency_keys: Sequence[str | None] | None = None,
        before_commit: Callable[[list[R | Refusal]], None] | None = None,
    ) -> list[R | Refusal]: ...

    def execute_many(
        self,
        messages: Sequence[Message[R]],
        *,
        on_refusal: OnRefusal = "raise",
        idempotency_keys: Sequence[str | None] | None = None,
        before_commit: Callable[[list[R]], None] | Callable[[list[R | Refusal]], None] | None = None,
    ) -> list[R] | list[R | Refusal]:
        """Do a list of messages of one type in one transaction (see `handsel.engine.execute.execute_many`).

        With `on_refusal="collect"` a refused message has a `Refusal` at its place.
        """
        self.notices = ()
        with collected_notices() as notices:
            results = execute_many(
                self.context,
                messages,
                on_refusal=on_refusal,
                idempotency_keys=idempotency_keys,
                before_commit=before_commit,
            )
        self.notices = tuple(notices)
        return results

    def retrieve(self, table: str, id: UUID | str, columns: Sequence[str] | None = None) -> result.Row:
        """One row by id. Raises NotFound (0x80040217)."""
        column_set = None if columns is None else ColumnSet(all_columns=False, columns=tuple(columns))
        return self.execute(Retrieve(table, as_uuid("Retrieve", "Id", id), column_set))

    def rows(
        self, table: str, filter: str | None = None, *, order_by: str | None = None, top: int | None = None
    ) -> Iterator[result.Row]:
        """The rows of a table the user may see; `filter` is OData `$filter` text, `order_by` is `$orderby` text."""
        with entered(self.context):
            found = select.rows(table, filter=filter, order_by=order_by, top=top)
        return self._while_open(cast("Iterator[result.Row]", found))

    def _while_open(self, rows: Iterator[result.Row]) -> Iterator[result.Row]:
        for row in rows:
            yield row
            _ = self.context

    def count(self, table: str, filter: str | None = None) -> int:
        """The number of rows of a table that the user may see and that match OData `$filter` text."""
        with entered(self.context):
            return select.count(table, filter)

    def queryset(self, table: str) -> QuerySet[Model]:
        """The rows of a table as a Django queryset that only reads."""
        with entered(self.context):
            read_settings(self.context)  # the rights as of now, for a user who is still enabled
            return visible_rows(self.user, table_named(table).logical_name).using(self.context.alias)

    def as_user(self, name: str) -> Session:
        """The same database, acting as another user (by domain name, `admin`). Raises NotFound."""
        return Session(self.context.alias, self.url, find_actor(self.context.alias, name))

    def require_writable(self) -> None:
        """Raises SetupError, with the cause, for a database that can only be read."""
        connection = connections[self.context.alias]
        reason = self.context.dialect.why_read_only(connection)
        if reason:
            raise read_only(self.url, reason)

    def entered(self) -> AbstractContextManager[None]:
        """Make this session the current one for code that calls the engine directly."""
        return entered(self.context)

    def close(self) -> None:
        """Close the connection. The session cannot be used afterwards."""
        self._is_closed = True
        connections[self._context.alias].close()

    def __enter__(self) -> Self:
        """Raises SetupError once the session is closed."""
        _ = self.context
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def open_session(url: str | None, *, user: str | None = None) -> Session:
    """See `handsel.open`."""
    if url is not None and not isinstance(url, str):
        raise TypeError(f"The address of a database is text such as sqlite:///shop.sqlite3, not {abbreviated(url)}.")
    if url is not None and not url.strip():
        raise SetupError("The address of the database is empty. Give one such as sqlite:///shop.sqlite3, or none.")
    address = url or os.environ.get("HANDSEL_DATABASE_URL") or DEFAULT_URL
    alias = register_existing(address)
    try:
        require_current(alias, address)
        return Session(alias, address, find_actor(alias, user or "admin"))
    except HandselError:
        connections[alias].close()
        raise
    except DatabaseError as error:
        connections[alias].close()
        raise unopened(address, error) from error


def find_actor(alias: str, name: str) -> Actor:
    """The user with this domain name, or the only one with this full name.

    Raises NotFound, or InvalidArgument for a disabled one and for several of one name.
    """
    from handsel.chain.party.tables import SystemUser

    users = SystemUser.objects.using(alias).values_list(
        "system_user_id", "domain_name", "business_unit_id", "is_integration_user", "is_disabled"
    )
    found = list(users.filter(domain_name=name)) or list(users.filter(full_name__iexact=name)[:2])
    if not found:
        raise NotFound(f"There is no user '{name}' in this database. `handsel list users` shows them.")
    if len(found) > 1:
        raise InvalidArgument(f"Several users are called '{name}'. Give the user name of one (domainname).")
    id, domain_name, business_unit, is_integration, is_disabled = found[0]
    if is_disabled:
        raise InvalidArgument(f"User '{name}' is disabled. Ask an administrator to enable the user.")
    return Actor(id, domain_name, business_unit, bool(is_integration))
