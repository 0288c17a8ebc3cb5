"""The WSGI application for any server: `handsel.site.wsgi:application`, told what to serve by the environment.

HANDSEL_DATABASE_URL     the database (default: handsel.sqlite3 in the current directory)
HANDSEL_TRUSTED_PROXIES  addresses or networks, joined by commas, whose X-Forwarded-Proto and -Host count
HANDSEL_MAX_BODY         the largest request body in bytes (default 100 MB)
"""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handsel.engine.context import Actor, Context, entered
from handsel.engine.errors import SetupError

if TYPE_CHECKING:
    from handsel.webapi.application import Application, Network

DEFAULT_MAX_BODY = 100 * 1024 * 1024


def make_application(
    url: str | None = None, *, trusted_proxies: str = "", max_body: int = DEFAULT_MAX_BODY
) -> Application:
    """The application over one database. Raises SetupError where there is none."""
    import handsel

    context = handsel.open(url).context  # which starts Django: what needs it is imported afterwards
    from handsel.site import tokens
    from handsel.webapi.application import Application, Service

    def actor_of(token: str) -> Actor | None:
        with entered(context):
            return tokens.actor_of(token)

    def user(id: UUID) -> Actor | None:
        with entered(context):
            return tokens.user_with(id)

    return Application(
        Service(
            alias=context.alias,
            vendor=context.vendor,
            actor_of=actor_of,
            user=user,
            is_ready=lambda: _is_ready(context),
            trusted_proxies=networks(trusted_proxies),
            max_body=max_body,
        )
    )


def networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks joined by commas. Raises SetupError for something else."""
    try:
        return tuple(ipaddress.ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SetupError(f"The trusted proxies cannot be read: {error}.") from error


def _is_ready(context: Context) -> bool:
    """Whether the database answers."""
    from django.db import connections

    from handsel.engine.statements import run

    try:
        with entered(context):
            return bool(run("SELECT 1"))
    except Exception:
        connections[context.alias].close()
        return False


def _from_environment() -> Application:
    size = os.environ.get("HANDSEL_MAX_BODY", "")
    return make_application(
        trusted_proxies=os.environ.get("HANDSEL_TRUSTED_PROXIES", ""),
        max_body=int(size) if size.isdigit() else DEFAULT_MAX_BODY,
    )


def __getattr__(name: str) -> Any:
    if name == "application":  # made when a server asks for it, not when the module is imported
        globals()[name] = made = _from_environment()
        return made
    raise AttributeError(name)
