"""What a message had to tell though it was done: an annotation of the row it answers, and a header of any answer."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handsel.database.row import Notice
from handsel.http.response import Response
from handsel.json_value import Json
from handsel.tables.info import table_info
from handsel.webapi.protocol.call import Call

NOTICES = "@handsel.notices"
HEADER = "Handsel-Notices"

_MOST = 10
"""The most notices in a header; lists of messages may have many."""


def notice_values(call: Call, notices: Sequence[Notice]) -> list[Json]:
    """Notices as JSON; each row by its URL."""
    return [
        {
            "kind": notice.kind,
            "message": notice.message,
            "warning": notice.is_warning,
            "rows": [f"{call.root}{table_info(row.table).entity_set}({row.id})" for row in notice.rows],
        }
        for notice in notices
    ]


def with_notices(call: Call, response: Response, notices: Sequence[Notice]) -> Response:
    """The response with the notices of what was done for it in its header, as JSON in ASCII."""
    if notices and not response.is_error:
        response.headers[HEADER] = json.dumps(notice_values(call, notices[:_MOST]))
    return response
