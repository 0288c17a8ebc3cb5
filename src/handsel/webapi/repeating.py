"""Requests that are safe to repeat: a key in their headers, and the first answer again (Web API 13).

Two headers are understood: `Idempotency-Key`, and `Repeatability-Request-ID` with `Repeatability-First-Sent` (OASIS
Repeatable Requests 1.0). The answer is stored in the transaction of the change: after a crash either both are there or
neither, and of two calls at once the second waits for the first and gets its answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine import idempotency
from handsel.engine.idempotency import Kept
from handsel.engine.retrying import run_with_retries
from handsel.errors import InvalidArgument, PrivilegeDenied
from handsel.http.errors import shown
from handsel.http.response import Response
from handsel.tables.info import table_info
from handsel.webapi.error_boundary import respond
from handsel.webapi.protocol.call import Call, entity_set, parse_json
from handsel.webapi.protocol.errors import KeyUsedOtherwise, OutsideOfWindow

HEADERS = ("idempotency-key", "repeatability-request-id", "repeatability-first-sent", "repeatability-client-id")
RESULT = "Repeatability-Result"
_REPEATABLE = frozenset(("POST", "PATCH", "PUT", "DELETE"))
_PASSING = frozenset((408, 425, 429))
"""Answers that say nothing about the request itself. They are not kept, and neither is any 5xx."""
_AHEAD = timedelta(hours=1)
"""By how much a caller's clock may be fast."""
_KEY = re.compile(r"[\x21-\x7e]+\Z")
_ROW = re.compile(r"#(\w+)/\$entity\Z")


@dataclass(frozen=True, slots=True)
class RepeatKey:
    """What tells a repeat: the key, and what else the repeat must have in common with the first request."""

    text: str
    kind: str
    first_sent: str = ""

    @property
    def is_announced(self) -> bool:
        """Whether the caller expects to be told that the key was accepted."""
        return self.kind == "repeatability"

    def part(self, number: int) -> RepeatKey:
        """The key of one part of a batch that has this key itself."""
        return RepeatKey(f"{self.text} {number}", self.kind, self.first_sent)


class _NotKept(Exception):
    """The answer is not kept, and nothing of what led to it."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def has_key(headers: Mapping[str, str]) -> bool:
    """Whether a request names a key, a wrong one included."""
    return any(headers.get(name) is not None for name in HEADERS)


def answer_once(call: Call, key: RepeatKey | None = None) -> Response:
    """The response to a call, whatever happens; to one that was answered before under its key, the first response.

    `key` is used where the call's own headers name none. Without any the call is simply done.
    """
    if call.method not in _REPEATABLE or (key is None and not has_key(call.headers)):
        return respond(call)
    return with_result(call, respond(call, partial(_by_key, given=key)), key)


def with_result(call: Call, response: Response, key: RepeatKey | None = None) -> Response:
    """The response to a call, which says so if its key was not accepted."""
    if key.is_announced if key is not None else any(name in call.headers for name in HEADERS[1:]):
        response.headers.setdefault(RESULT, "rejected")
    return response


def _by_key(call: Call, *, given: RepeatKey | None) -> Response:
    key = key_of(call) or given
    assert key is not None, "there are headers, or a key is given"
    response = _answered(call, key)
    if key.is_announced:
        response.headers[RESULT] = "accepted"
    return response


def key_of(call: Call) -> RepeatKey | None:
    """The key that a call's headers name. Raises InvalidArgument for a wrong one, OutsideOfWindow for an old one."""
    single, request, sent, client = (call.headers.get(name) for name in HEADERS)
    if request is None and sent is None and client is None:
        return None if single is None else RepeatKey(_checked("Idempotency-Key", _unquoted(single)), "idempotency-key")
    if single is not None:
        raise InvalidArgument("Send either Idempotency-Key or Repeatability-Request-ID, not both.")
    if request is None or sent is None:
        raise InvalidArgument(
            "A repeatable request needs both: Repeatability-Request-ID, and Repeatability-First-Sent with the time of "
            "its first attempt, as in Tue, 01 Dec 2026 08:00:00 GMT."
        )
    text = _checked("Repeatability-Request-ID", request)
    if client is not None:
        text = f"{_checked('Repeatability-Client-ID', client)} {text}"
    _require_recent(call, sent)
    return RepeatKey(text, "repeatability", sent)


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def _checked(header: str, text: str) -> str:
    if len(text) > idempotency.LONGEST_KEY or not _KEY.match(text):
        raise InvalidArgument(
            f"{header} holds 1 to {idempotency.LONGEST_KEY} visible ASCII characters, such as a UUID, not "
            f"'{shown(text)}'."
        )
    return text


def _require_recent(call: Call, sent: str) -> None:
    try:
        moment = parsedate_to_datetime(sent)
    except ValueError:
        raise InvalidArgument(
            f"Repeatability-First-Sent is a time like Tue, 01 Dec 2026 08:00:00 GMT, not '{shown(sent)}'."
        ) from None
    now, kept = datetime.now(UTC), idempotency.lifetime(call.organization.settings)
    age = now - (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    if not -_AHEAD <= age <= kept:
        raise OutsideOfWindow(
            f"Repeatability-First-Sent {shown(sent)} is not within the last {kept.days} days, for which answers are "
            "kept. Find out whether the first attempt was done, and send what is left as a new request."
        )


def _answered(call: Call, key: RepeatKey) -> Response:
    stored = idempotency.stored_key(call.context.actor, key.kind, key.text)
    conditions = [call.headers.get(name, "") for name in ("if-match", "if-none-match")]
    if not call.suppresses_duplicates:
        conditions.append("duplicates are refused")
    fingerprint = idempotency.fingerprint_of(call.method, call.path, call.query, call.body, key.first_sent, *conditions)

    def first_or_again() -> Response:
        settings = call.organization.settings
        kept = idempotency.recall([stored], settings).get(stored)
        if kept is not None:
            return _again(call, key, kept, fingerprint)
        response = respond(call)
        if response.status >= 500 or response.status in _PASSING:
            raise _NotKept(response)
        idempotency.keep({stored: Kept(fingerprint, _stored(response))}, settings)
        return response

    try:
        return run_with_retries(call.context, first_or_again, "The request")
    except _NotKept as failed:
        return failed.response


def _again(call: Call, key: RepeatKey, kept: Kept, fingerprint: str) -> Response:
    if kept.fingerprint != fingerprint:
        raise KeyUsedOtherwise(
            f"The key '{shown(key.text)}' came before with another request (method, URL, conditions or body). A repeat "
            "is the same request again; give a new request a new key."
        )
    stored: Any = kept.result
    if stored["row"] is not None:
        _require_readable(call, Reference(stored["row"][0], UUID(stored["row"][1])))
    return Response(stored["status"], stored["headers"], stored["body"].encode())


def _require_readable(call: Call, row: Reference) -> None:
    """A row that was answered is answered again only to those who may see it; one that is gone is in no one's way."""
    work = call.work
    if work.as_system.load(row.table, [row.id]) and not work.as_user.load(row.table, [row.id]):
        raise PrivilegeDenied(
            f"The first answer held {row.table} {row.id}, which you may not read any more. It is not sent again."
        )


def _stored(response: Response) -> dict[str, Any]:
    row = _row_in(response.body)
    return {
        "status": response.status,
        "headers": dict(response.headers),
        "body": response.body.decode(),
        "row": None if row is None else [row.table, str(row.id)],
    }


def _row_in(body: bytes) -> Reference | None:
    """The row that a body holds."""
    found = parse_json(body) if body else None
    if isinstance(found, dict):
        match = _ROW.search(str(found.get("@odata.context", "")))
        table = entity_set(match[1]) if match else None
        id = found.get(table_info(table).primary_key) if table is not None else None
        if table is not None and id is not None:
            return Reference(table, UUID(str(id)))
    return None
