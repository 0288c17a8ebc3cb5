"""Failures: logged with their reason, and answered like any other error."""

from __future__ import annotations

import logging

from django.db import connections

from handsel.database.failures import given_up
from handsel.errors import DatabaseUnavailable, HandselError
from handsel.http.errors import InternalError

log = logging.getLogger("handsel.http")


def unexpected(alias: str, what: str, error: Exception) -> HandselError:
    """The error for an unexpected exception: 503 if it comes from the database as a whole, otherwise 500.

    The log has the reason. The server's log puts the request id (`http.request`) on every line, so also on this one.
    """
    log.error("%s failed", what, exc_info=error)
    connection = connections[alias]
    unavailable = given_up(connection, error)
    if unavailable is not None:
        return unavailable
    if not connection.in_atomic_block:
        connection.close()  # its state is unknown; the next call opens a new one
    return InternalError(
        "The server failed at this request. Its log names the reason under the request id of this answer."
    )


def note_failure(what: str, error: HandselError) -> None:
    """Log why the database could not be used: the caller is told what to do, the log what the driver said."""
    if isinstance(error, DatabaseUnavailable):
        cause = error.__cause__
        log.warning("%s: %s (%s)", what, error.message, "no cause" if cause is None else " ".join(str(cause).split()))
