"""The text in a `$deltatoken`: the position of a reader of changes (Web API 5). It is opaque to clients."""

from __future__ import annotations

import zlib
from base64 import b64decode, urlsafe_b64encode
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from handsel.database.versions import latest_version
from handsel.errors import BadRequest, InvalidArgument
from handsel.http.errors import syntax
from handsel.tables.info import TableInfo
from handsel.webapi.protocol.call import Call

_Version = Annotated[int, msgspec.Meta(ge=0)]


class DeltaToken(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """The reader wants rows with a version above `since`; all rows if it is None.

    `until` is the version that the next round starts from. It is set from the first page on and None in a delta link.
    `deleted` says that all changed rows have been sent, and `after` is the id of the last deleted row that was sent.
    `sight` is the digest of what the reader's view rested on at `since`, and at `until` in a round; None for a reader
    who sees the whole table.
    """

    form: Literal[1]
    organization: UUID
    table: str
    since: _Version | None = None
    until: _Version | None = None
    deleted: bool = False
    after: UUID | None = None
    sight: str | None = None


def encoded(token: DeltaToken) -> str:
    """The token as text."""
    body = msgspec.json.encode(token)
    return urlsafe_b64encode(zlib.crc32(body).to_bytes(4) + body).decode().rstrip("=")


def read_token(call: Call, info: TableInfo, text: str) -> DeltaToken:
    """A token from its text, valid for this table and organization. Raises BadRequest, which says how to start anew."""
    try:
        packed = b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        token = msgspec.json.decode(packed[4:], type=DeltaToken)
    except (ValueError, msgspec.DecodeError) as error:
        raise _unreadable(info) from error
    if packed[:4] != zlib.crc32(packed[4:]).to_bytes(4):
        raise _unreadable(info)
    if token.table != info.logical_name:
        raise InvalidArgument(f"The $deltatoken belongs to the table {token.table}. {_again(info)}")
    if token.organization != call.organization.settings.id:
        raise InvalidArgument(f"The $deltatoken belongs to another organization. {_again(info)}")
    if max(token.since or 0, token.until or 0) > latest_version():
        # A database restored from a backup does not know later changes.
        raise InvalidArgument(f"The $deltatoken is ahead of this database: it has expired. {_again(info)}")
    return token


def out_of_sight(info: TableInfo) -> InvalidArgument:
    """The error for a reader whose rights are not what they were when the token was made."""
    return InvalidArgument(f"The $deltatoken has expired: what you may read has changed since. {_again(info)}")


def _unreadable(info: TableInfo) -> BadRequest:
    return syntax(f"The $deltatoken cannot be read. Follow a delta link as it came. {_again(info)}")


def _again(info: TableInfo) -> str:
    return f"To start again, read {info.entity_set} with Prefer: odata.track-changes."
