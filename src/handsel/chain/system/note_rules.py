"""What holds for notes: a file is base64 and not too large, and the columns that describe it follow from it."""

from __future__ import annotations

import binascii
import mimetypes
from collections.abc import Sequence
from typing import Any

from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, InvalidValue, Refused

UNKNOWN_TYPE = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = mimetypes.MimeTypes()
"""The types that Python knows, and not those of this machine, so that a file has the same type everywhere."""
for _ending, _type in (
    (".docx", "wordprocessingml.document"),
    (".xlsx", "spreadsheetml.sheet"),
    (".pptx", "presentationml.presentation"),
):
    _TYPES.add_type(f"{_OFFICE}{_type}", _ending)
_SPACES = str.maketrans("", "", " \t\r\n")
"""Base64 may be broken into lines."""


def fill_notes(work: Work, drafts: Sequence[Draft]) -> None:
    """A new note with a file says so, and how large the file is and of which type (tables 12)."""

    def complete(draft: Draft) -> None:
        draft.values.update(_about(work, draft.values, draft.given))

    each_entry(work, drafts, complete)


def changed_notes(work: Work, entries: Sequence[Entry]) -> None:
    """The same for a note that gets, changes or loses its file."""

    def complete(entry: Entry) -> None:
        if entry.given & {"documentbody", "filename", "mimetype", "isdocument"}:
            work.update(entry.item, entry.row, _about(work, entry.row, entry.given))

    each_entry(work, entries, complete)


def _about(work: Work, note: Any, given: frozenset[str]) -> dict[str, Any]:
    """What follows from the file of a note: whether there is one, its size in bytes, its type."""
    body = note.get("documentbody")
    if not body or not body.translate(_SPACES):
        return {"isdocument": False, "filesize": 0, "mimetype": None, "documentbody": None}
    kind = note.get("mimetype")
    if "mimetype" not in given and (kind is None or given & {"documentbody", "filename"}):
        guessed = _TYPES.guess_type(note.get("filename") or "", strict=False)[0]
        kind = guessed or (kind if "filename" not in given else None) or UNKNOWN_TYPE
    about = {"isdocument": True, "mimetype": kind or UNKNOWN_TYPE}
    if "documentbody" in given:
        about["filesize"] = _size(work, body)
    return about


def _size(work: Work, body: str) -> int:
    """The number of bytes of a file in base64. Raises Refused (0x80044a02) and InvalidValue (0x80048d19)."""
    text = body.translate(_SPACES)
    limit = work.organization.settings.get("maxuploadfilesize")
    # The documented limit is that of the text, not of the file.
    if limit is not None and len(text) > limit:
        raise Refused(
            f"The file of a note may have {limit:,} bytes in base64, this one has {len(text):,}. Send a smaller one, "
            "or raise organization.maxuploadfilesize.",
            Code.ATTACHMENT_TOO_LARGE,
            table="annotation",
            column="documentbody",
        )
    try:
        return len(binascii.a2b_base64(text, strict_mode=True))
    except (binascii.Error, ValueError) as error:
        raise InvalidValue(
            f"Note: documentbody is no base64 ({str(error).lower()}). Encode the bytes of the file, without a prefix "
            "like data:.",
            table="annotation",
            column="documentbody",
        ) from error
