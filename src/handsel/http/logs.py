"""The server's log on standard error: one JSON object a line, or text for people; each line with its request's id.

Tracebacks show code and messages, never the values of variables, which may be secrets.
"""

from __future__ import annotations

import logging
import logging.config
import sys
from collections.abc import Sequence
from typing import Any, Literal

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from handsel.http.request import request_id
from handsel.json_value import JsonObject


class LogSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[log]`: what the server logs to standard error."""

    format: Literal["json", "text"] = "json"
    """A JSON object a line for machines, or text for people."""
    level: Literal["debug", "info", "warning", "error"] = "info"
    """The lowest level that is logged."""
    access: bool = True
    """Whether every request is logged."""


def configure(settings: LogSettings) -> None:
    """Send what this process logs to standard error."""
    logging.config.dictConfig(log_config(settings))


def log_config(settings: LogSettings) -> JsonObject:
    """The configuration of Python's `logging`."""
    level = settings.level.upper()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"handsel": {"()": "handsel.http.logs.formatter", "form": settings.format}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "handsel"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Requests that are no HTTP are not worth a line; `handsel serve` itself reports the start and the end.
            "uvicorn": {"level": level if level == "DEBUG" else "ERROR"},
        },
    }


def formatter(form: str) -> logging.Formatter:
    """The formatter that turns a record of Python's `logging` into a line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_common(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering(form)],
    )


def _common() -> Sequence[Processor]:
    return (structlog.processors.TimeStamper("iso", utc=True, key="time"), structlog.processors.add_log_level, _with_id)


def _with_id(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Add the id of the request that a line belongs to."""
    id = request_id.get()
    if id:
        event.setdefault("request_id", id)
    return event


def rendering(form: str) -> Sequence[Processor]:
    """The last steps from an event to a line."""
    if form == "text":
        console = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            sort_keys=False,
            exception_formatter=structlog.dev.plain_traceback,
            timestamp_key="time",
        )
        return (_one_line, console)
    return (structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_json))


def _json(event: EventDict, **_options: Any) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()


def _one_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Escape line breaks, so that callers' text cannot look like a separate line."""
    for name, value in event.items():
        if isinstance(value, str) and not value.isprintable():
            event[name] = repr(value)
    return event
