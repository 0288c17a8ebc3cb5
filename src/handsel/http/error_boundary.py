"""Unexpected exceptions: logged, and answered like any other error."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError, connections

from handsel.database.dialect import dialect_of
from handsel.http.errors import DatabaseUnavailable, InternalError, WebError

log = logging.getLogger("handsel.http")


def unexpected(alias: str, what: str, error: Exception) -> WebError:
    """The error for an unexpected exception: 503 if the database is unreachable, otherwise 500. The log has the reason.

    The server's log puts the request id (`http.request`) on every line, so also on this one.
    """
    log.error("%s failed", what, exc_info=error)
    connection = connections[alias]
    if not connection.in_atomic_block:
        connection.close()  # its state is unknown; the next call opens a new one
    if isinstance(error, (OperationalError, InterfaceError, *dialect_of(connection.vendor).lost)):
        return DatabaseUnavailable("The database does not answer. Try again.")
    return InternalError(
        "The server failed at this request. Its log names the reason under the request id of this answer."
    )
