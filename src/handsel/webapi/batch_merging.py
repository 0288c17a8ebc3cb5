"""Consecutive creates of one table in a change set, done as one list: a hundred cost as many statements as one.

A list that is refused is rolled back, and its parts are done one by one: so the error is that of the right part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction

from handsel.engine.crud.messages import Create
from handsel.engine.execute import execute_many
from handsel.http.response import Response
from handsel.webapi.protocol.call import Call, entity_set
from handsel.webapi.protocol.multipart import Part
from handsel.webapi.protocol.notices import with_notices
from handsel.webapi.repeating import has_key
from handsel.webapi.rows.incoming import incoming
from handsel.webapi.rows.writing import link, written

_REFERENCE = re.compile(rb"\$(\w+)")


def mergeable_run(parts: Sequence[Part], start: int) -> int:
    """The number of parts from `start` on that can be one list: creates at one URL, none of which refers to another."""
    first, ids = parts[start], set[bytes]()
    for count, part in enumerate(parts[start:]):
        id = part.id.encode()
        refers = b"$" in part.body and not ids.isdisjoint(_REFERENCE.findall(part.body))
        if part.method != "POST" or part.target != first.target or id in ids or refers or has_key(part.headers):
            return count
        if id:
            ids.add(id)
    return len(parts) - start


def created(calls: Sequence[Call]) -> list[Response] | None:
    """The responses to several creates, done as one list; None if they are no creates or were rolled back."""
    table = entity_set(calls[0].path)
    if table is None:
        return None
    try:
        with transaction.atomic(using=calls[0].context.alias):
            return _created(calls, table)
    except Exception:  # the part that causes it meets it again and answers it
        return None


def _created(calls: Sequence[Call], table: str) -> list[Response]:
    for each in calls[1:]:
        each.organization = calls[0].organization
    info = calls[0].info(table)
    bodies = [incoming(each, info, each.json(), creating=True) for each in calls]
    creates = [
        Create(table, body.values, suppress_duplicate_detection=each.suppresses_duplicates)
        for each, body in zip(calls, bodies, strict=True)
    ]
    rows = execute_many(calls[0].context, creates)
    for each, row, body in zip(calls, rows, bodies, strict=True):
        link(each, row.reference, body.links)
    return [
        with_notices(each, written(each, info, row.id, created=True), row.notices)
        for each, row in zip(calls, rows, strict=True)
    ]
