"""POST $batch: several calls in one request; a change set is done as a whole or not at all (Web API 8)."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote
from uuid import uuid4

from handsel.engine.retrying import run_with_retries
from handsel.errors import Busy, Code, HandselError
from handsel.http import impersonation
from handsel.http.error_boundary import note_failure
from handsel.http.errors import MethodNotAllowed, shown, syntax
from handsel.http.response import REASONS, Response
from handsel.webapi.batch_locks import rows_named_in
from handsel.webapi.batch_merging import created, mergeable_run
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import error_response
from handsel.webapi.protocol.multipart import ChangeSet, Part, parse_batch
from handsel.webapi.repeating import RESULT, RepeatKey, answer_once, key_of

_ROOT = re.compile(r"(?:https?://[^/]*)?/?api/data/(?P<version>v\d+\.\d+)/|https?://[^/]*/|/", re.IGNORECASE)
_SERVED = re.compile(r"v[89]\.[012]\Z", re.IGNORECASE)
_VERSION = re.compile(r"v\d+\.\d+/\Z")


class _Failed(Exception):
    """A part of a change set was refused: the whole set is rolled back."""

    def __init__(self, response: Response, id: str) -> None:
        super().__init__()
        self.response, self.id = response, id


def batch(call: Call) -> Response:
    """Do the parts in order. Without continue-on-error the first refusal ends the batch."""
    if call.method != "POST":
        raise MethodNotAllowed(f"{call.method} is not for $batch. Use POST.")
    parts = parse_batch(call.body, call.headers.get("content-type", ""))
    _refuse_others_users(call, parts)
    boundary, status = f"batchresponse_{uuid4()}", 200
    lines: list[bytes] = []
    key = key_of(call)
    is_over = False
    for number, part in enumerate(parts):
        responses, failed = _untried(part) if is_over else _done(call, part, key and key.part(number))
        lines += _section(boundary, responses)
        is_over = is_over or (failed == 503 and _was_stopped(responses))
        if failed is not None and not call.prefer.continue_on_error:
            status = 400 if failed < 500 else failed
            break
    lines.append(f"--{boundary}--\r\n".encode())
    headers = {"Content-Type": f"multipart/mixed; boundary={boundary}"}
    if call.prefer.continue_on_error:
        headers["Preference-Applied"] = "odata.continue-on-error"
    if key is not None and key.is_announced:
        headers[RESULT] = "accepted"
    if status == 503:
        headers["Retry-After"] = str(Busy.retry_after)
    return Response(status, headers, b"".join(lines))


def _refuse_others_users(call: Call, parts: Sequence[Part | ChangeSet]) -> None:
    """One user acts in the whole batch. A part that names another user is refused, not done by the wrong one."""
    requests = (each for part in parts for each in (part.parts if isinstance(part, ChangeSet) else (part,)))
    for request in requests:
        for name in impersonation.HEADERS:
            wanted = request.headers.get(name)
            if wanted and wanted.strip("{}").lower() != call.headers.get(name, "").strip().strip("{}").lower():
                raise syntax(
                    f"A part of the batch is to be done for the user {shown(wanted)}. The user to act for holds for a "
                    "whole batch: send the header with the batch itself."
                )


Done = list[tuple[Response, str]] | tuple[Response, str]
"""The responses of a change set, or one response; each with its content id. A refused set has the response of the part
that was refused."""


def _was_stopped(done: Done) -> bool:
    """Whether a part took longer than a question may. A thousand such parts would take a working day."""
    response = done[0] if isinstance(done, tuple) else done[0][0]
    return Code.SQL_TIMEOUT.text.encode() in response.body


def _untried(part: Part | ChangeSet) -> tuple[Done, int]:
    """The response to a part after one that was stopped."""
    response = error_response(
        Busy("This was not tried: an earlier part of the batch took longer than a question may. Send it without that.")
    )
    return ((response, part.id) if isinstance(part, Part) else [(response, "")]), response.status


def _done(call: Call, part: Part | ChangeSet, key: RepeatKey | None) -> tuple[Done, int | None]:
    """The response to a part, and its status if it is an error. `key` is the part's own in a batch that has a key."""
    if isinstance(part, Part):
        response = answer_once(call_of(call, part, {}), key)
        return (response, part.id), response.status if response.is_error else None
    try:
        done = run_with_retries(
            call.context, lambda: list(_together(call, part, key)), "The change set", first=rows_named_in(part)
        )
        return done, None
    except _Failed as failed:
        return [(failed.response, failed.id)], failed.response.status
    except HandselError as error:
        # An error at the end of the transaction: a missing row, a database that stays locked.
        note_failure("POST $batch", error)
        response = error_response(error)
        return [(response, "")], response.status


def _together(call: Call, changes: ChangeSet, key: RepeatKey | None) -> Iterator[tuple[Response, str]]:
    references: dict[str, str] = {}
    ready: deque[Response] = deque()
    tried = 0
    for index, part in enumerate(changes.parts):
        if part.method == "GET":
            raise _Failed(error_response(syntax("A change set holds no GET. Put it outside.")), part.id)
        if part.id and part.id in references:
            raise _Failed(
                error_response(
                    syntax(f"The Content-ID {part.id} stands twice in one change set. Give each part another.")
                ),
                part.id,
            )
        if index == tried:
            tried += max(1, mergeable_run(changes.parts, index)) if key is None else 1
            if tried - index > 1:
                ready.extend(created([call_of(call, each, references) for each in changes.parts[index:tried]]) or ())
        response = ready.popleft() if ready else answer_once(call_of(call, part, references), key and key.part(index))
        if response.is_error:
            raise _Failed(response, part.id)
        if part.id:
            references[part.id] = response.headers.get("OData-EntityId", "")
        yield response, part.id


def call_of(call: Call, part: Part, references: dict[str, str]) -> Call:
    """The call of a part, by the same user; links in its response go to the API version that it names."""
    target, _, query = part.target.partition("?")
    root, start = call.root, None
    if not target.startswith("$") or target[1:2].isalpha():
        start = _ROOT.match(target)
    if start is not None:
        target = target[start.end() :]
        if start["version"] and _SERVED.match(start["version"]):
            root = _VERSION.sub(f"{start['version'].lower()}/", root)
    return Call(
        context=call.context,
        method=part.method,
        path=unquote(target),
        query=query,
        headers={**_prefer(call), **part.headers},
        body=part.body,
        root=root,
        references=references,
        in_batch=True,
    )


def _prefer(call: Call) -> Mapping[str, str]:
    """The batch's preference for annotations, as the default for its parts."""
    if not call.prefer.annotations:
        return {}
    return {"prefer": f'odata.include-annotations="{",".join(call.prefer.annotations)}"'}


def _section(boundary: str, done: Done) -> list[bytes]:
    """One part of the response; a change set is a nested multipart body."""
    if isinstance(done, tuple):
        return [_part(boundary, *done)]
    inner = f"changesetresponse_{uuid4()}"
    head = f"--{boundary}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n"
    return [head.encode(), *(_part(inner, response, id) for response, id in done), f"--{inner}--\r\n".encode()]


def _part(boundary: str, response: Response, id: str) -> bytes:
    lines: Sequence[str] = [
        f"--{boundary}",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        *([f"Content-ID: {id}"] if id else []),
        "",
        f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Error')}",
        *(f"{name}: {value}" for name, value in response.headers.items()),
        "OData-Version: 4.0",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + response.body + b"\r\n"
