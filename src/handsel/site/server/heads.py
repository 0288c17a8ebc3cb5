"""What is done to the head of a request before it reaches the parser, which is stricter than clients are.

Letters beyond ASCII in the address are percent-encoded. An offer of another protocol is passed over, as HTTP allows
(RFC 9110, 7.8): the parser would take what follows for the other protocol and lose a body. Java's client makes them.
"""

from __future__ import annotations

import re

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_NAME = re.compile(rb"(?i)\r\nupgrade(?=:)")
_START = b"\r\nupgrade"
_END = b"\r\n\r\n"


class Head:
    """The head of one request, which may come in pieces."""

    def __init__(self) -> None:
        self._is_first_line = True
        self._kept = b""
        """The end of the last piece, if that may be the beginning of the name of the header."""
        self._before = b""
        """The last bytes that were passed on: the end of the head may have begun there."""

    def mended(self, data: bytes) -> bytes:
        """A piece of the head, perhaps with the beginning of a body, for the parser."""
        if self._kept:
            data, self._kept = self._kept + data, b""
        end = (self._before + data).find(_END)
        if end >= 0:
            end = max(0, end - len(self._before))
        else:
            size = next((size for size in range(len(_START), 0, -1) if data[-size:].lower() == _START[:size]), 0)
            if size:
                data, self._kept = data[:-size], data[-size:]
            end = len(data)
            self._before = (self._before + data)[-3:]
        head, is_first_line = data[:end], self._is_first_line
        if b"\r\n" in head:
            self._is_first_line = False
        if head.isascii() and b"pgrade" not in head.lower():
            return data
        line, newline, rest = head.partition(b"\r\n") if is_first_line else (b"", b"", head)
        line = _BEYOND_ASCII.sub(lambda found: b"%%%02X" % ord(found[0]), line)
        return line + _NAME.sub(b"\r\nx-offer", newline + rest) + data[end:]
