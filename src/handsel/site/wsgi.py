"""The WSGI application for any server: `handsel.site.wsgi:application`, configured by environment variables.

HANDSEL_DATABASE_URL     the database (default: handsel.sqlite3 in the current directory)
HANDSEL_TRUSTED_PROXIES  addresses or networks, joined by commas, whose X-Forwarded-* headers are used
HANDSEL_PUBLIC_URL       the address under which callers know the server, as in https://sales.example
HANDSEL_ALLOWED_HOSTS    names, joined by commas, that are believed in a Host header (default: loopback only)
HANDSEL_MAX_BODY         the largest request body in bytes (default 100 MB)
HANDSEL_CONFIG           the configuration file (see `handsel.site.configuration`)
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from handsel.database.context import Context, entered
from handsel.errors import HandselError, SetupError

if TYPE_CHECKING:
    from handsel.http.access_log import AccessLog
    from handsel.http.application import Application
    from handsel.http.bearer_tokens import BearerTokens
    from handsel.http.forwarded import Network
    from handsel.http.lanes import Lanes
    from handsel.http.naming import Naming
    from handsel.site.configuration import Configuration
    from handsel.site.identity.authentication import Authenticator
    from handsel.site.identity.reached import Database

Argument = TypeVar("Argument")
Result = TypeVar("Result")

DEFAULT_MAX_BODY = 100 * 1024 * 1024


def make_application(
    url: str | None = None,
    *,
    trusted_proxies: str = "",
    max_body: int = DEFAULT_MAX_BODY,
    configuration: Configuration | None = None,
    access_log: AccessLog | None = None,
    places: int | None = None,
    naming: Naming | None = None,
    workers: Callable[[], str] | None = None,
) -> Application:
    """The application over one database. Raises SetupError if there is none.

    Requests are written to the access log, if there is one. With `places`, as many requests that read, and as many that
    write, use the database at once, and the others wait (`http.lanes`): only for a server that has the threads for it.
    Without `naming` every Host header is believed: that is for tests. `workers` gives /ready a sentence about the
    server's processes, or an empty text.
    """
    from handsel.site.opening import open

    opened = open(url)  # this starts Django: imports that need it follow
    context = opened.context
    from handsel.http.application import Application, Service
    from handsel.http.cors import Cors
    from handsel.http.forwarded import networks_of
    from handsel.http.instrumentation import Instrumentation
    from handsel.http.lanes import OwnConnections, SharedConnections
    from handsel.http.limits import Limits
    from handsel.http.metrics import Metrics
    from handsel.http.probes import Probes
    from handsel.site.configuration import Configuration
    from handsel.site.identity.authentication import Authenticator
    from handsel.site.identity.reached import Database
    from handsel.webapi import surface

    settings = configuration or Configuration()
    metrics = Metrics(networks_of(settings.metrics.allow))
    cors = Cors(settings.cors.origins, settings.cors.max_age)
    lanes = OwnConnections() if places is None else SharedConnections.of(context.alias, places)
    database = Database(context, lanes)
    authenticator = Authenticator(settings.issuers, database)
    web_api = surface.WebApi(_bearer_tokens(database, authenticator, settings))
    return Application(
        Service(
            alias=context.alias,
            dialect=context.dialect,
            # At the root too, as long as there are no web pages: unknown paths get an error of the Web API.
            surfaces={surface.PATH: web_api, "/": web_api},
            public=(
                Probes(lambda: _is_ready(context, lanes, opened.url), workers).respond,
                metrics.respond,
                authenticator.respond,
            ),
            lanes=lanes,
            trusted_proxies=networks(trusted_proxies),
            naming=naming,
            max_body=max_body,
            body_limit=surface.body_limit,
            limits=Limits(settings.limits),
            middleware=(Instrumentation(metrics, access_log), *([cors] if settings.cors.origins else [])),
        )
    )


def _bearer_tokens(database: Database, authenticator: Authenticator, settings: Configuration) -> BearerTokens:
    """The authentication of programs, with impersonation."""
    from handsel.http.bearer_tokens import BearerTokens
    from handsel.http.failure_throttle import FailureThrottle
    from handsel.http.impersonation import Impersonation, permit
    from handsel.site.identity import users

    return BearerTokens(
        actor_of=authenticator.actor_of,
        impersonation=Impersonation(
            permit=_read(database, permit),
            user=_read(database, users.user_with),
            user_of_directory=_read(database, users.user_with_object_id),
        ),
        throttle=FailureThrottle(settings.limits.bad_tokens, settings.limits.window),
        authorization_uri=next((each.authorization_uri for each in settings.issuers if each.authorization_uri), ""),
    )


def _read(database: Database, function: Callable[[Argument], Result]) -> Callable[[Argument], Result]:
    """The function, which reads, run in the database."""

    def run_inside(argument: Argument) -> Result:
        with database.reading():
            return function(argument)

    return run_inside


def networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks joined by commas. Raises SetupError for something else."""
    from handsel.http.forwarded import networks_of

    try:
        return networks_of(part for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SetupError(f"The trusted proxies cannot be read: {error}.") from error


def _is_ready(context: Context, lanes: Lanes, url: str) -> bool:
    """Whether the database answers, and is still one that this program can work with. The log has the reason."""
    from django.db import Error, connections

    from handsel.site.schema import require_current

    with lanes.probing(), entered(context):
        try:
            require_current(context.alias, url)
            return True
        except (HandselError, Error) as error:
            logging.getLogger("handsel.http").warning("not ready: %s", " ".join(str(error).split()))
            connections[context.alias].close()
            return False


def logging_application(
    url: str | None,
    configuration: Configuration,
    *,
    trusted_proxies: str = "",
    max_body: int = DEFAULT_MAX_BODY,
    places: int | None = None,
    naming: Naming | None = None,
    workers: Callable[[], str] | None = None,
) -> Application:
    """The application of a process that does nothing else, with the log from the configuration."""
    from handsel.http import logs
    from handsel.http.access_log import AccessLog

    logs.configure(configuration.log)
    return make_application(
        url,
        trusted_proxies=trusted_proxies,
        max_body=max_body,
        configuration=configuration,
        access_log=AccessLog(configuration.log) if configuration.log.access else None,
        places=places,
        naming=naming,
        workers=workers,
    )


def naming_of(url: str, hosts: str, *, is_local: bool = True) -> Naming:
    """How the server is named, by its public URL or the names that are believed in a Host header.

    With `is_local`, the names that only this machine has are believed too. Raises SetupError for what cannot be read.
    """
    from handsel.http.naming import LOOPBACK, Naming, allowed_hosts, public_url

    try:
        allowed = allowed_hosts(hosts)
        return Naming(public_url(url) if url else "", (*allowed, *LOOPBACK) if is_local else allowed)
    except ValueError as error:
        raise SetupError(f"The names of the server cannot be read: {error}.") from error


def _from_environment() -> Application:
    from handsel.site.configuration import read_configuration

    file, size = os.environ.get("HANDSEL_CONFIG"), os.environ.get("HANDSEL_MAX_BODY", "")
    return logging_application(
        None,
        read_configuration(Path(file) if file else None),
        trusted_proxies=os.environ.get("HANDSEL_TRUSTED_PROXIES", ""),
        max_body=int(size) if size.isdigit() else DEFAULT_MAX_BODY,
        naming=naming_of(os.environ.get("HANDSEL_PUBLIC_URL", ""), os.environ.get("HANDSEL_ALLOWED_HOSTS", "")),
    )


def __getattr__(name: str) -> Any:
    if name == "application":  # made on first use by a server, not on import
        globals()[name] = made = _from_environment()
        return made
    raise AttributeError(name)
