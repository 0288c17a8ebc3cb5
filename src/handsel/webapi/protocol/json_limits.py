"""How large and how deep the JSON of one request may be: found out before it is parsed, in linear time."""

from __future__ import annotations

import re
from itertools import islice

from handsel.errors import BadRequest, Code
from handsel.http.errors import PayloadTooLarge

LARGEST_ROW = 16 * 1024 * 1024
"""Bytes of the body of any request but a batch and a message with many rows; the same in a batch."""

MOST_VALUES = 250_000
"""Values in such a body. A row with 5,000 lines of 40 columns has 200,000."""

MOST_VALUES_OF_MANY = 2_500_000
"""Values in the body of a message with many rows."""

MAX_DEPTH = 100

_FEW = MAX_DEPTH
_MANY_ROWS = "Multiple"
_WORD = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_UP_TO_A_SIGN = re.compile(rb'[^"\[{,]*+(?:"(?:[^"\\]++|\\.)*+"?[^"\[{,]*+)*+([\[{,]|\Z)', re.DOTALL)
"""Passes over texts; it always matches, so that nothing is looked at twice."""


def has_many_rows(path: str) -> bool:
    """Whether a path is that of a message with many rows: CreateMultiple and its kin."""
    return path.endswith(_MANY_ROWS)


def check_json(path: str, text: bytes) -> None:
    """Raises PayloadTooLarge (0x80060888) for a body that is too large, BadRequest (0x80048d19) for too deep a one."""
    many = has_many_rows(path)
    if not many and len(text) > LARGEST_ROW:
        raise PayloadTooLarge(f"The body is larger than {LARGEST_ROW:,} bytes. Send it in several requests.")
    opened = text.count(b"[") + text.count(b"{")
    most = MOST_VALUES_OF_MANY if many else MOST_VALUES
    if opened + text.count(b",") > most and _has_more_values(text, most):
        raise PayloadTooLarge(f"The body has more than {most:,} values. Send them in several requests.")
    if opened > _FEW and _is_deep(text):
        raise BadRequest(f"The JSON is nested too deep: more than {MAX_DEPTH} levels.", Code.INVALID_PAYLOAD)


def _has_more_values(text: bytes, most: int) -> bool:
    """Whether more than `most` values begin outside of texts; what stands in a text is no value."""
    found = next(islice(_UP_TO_A_SIGN.finditer(text), most, None), None)
    return found is not None and found[1] != b""


def _is_deep(text: bytes) -> bool:
    depth = 0
    for found in _WORD.finditer(text):
        word = found[0]
        if word in (b"[", b"{"):
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif word in (b"]", b"}"):
            depth -= 1
    return False
