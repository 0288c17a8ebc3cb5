"""The text of a batch: a tolerant parser for the multipart bodies that clients write (Web API 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handsel.http.errors import shown, syntax

MAX_OPERATIONS = 1_000

MAX_HEADERS = 100

LONGEST_LINE = 4_000_000
"""Bytes of a request line: the longest query, percent-encoded."""

LONGEST_PADDING = 80
"""Bytes of spaces behind a delimiter."""

LONGEST_TYPE = 1_000
"""Characters of a content type that are looked at."""

_BOUNDARY = re.compile(r'boundary\s*+=\s*+(?:"([^"]++)"|([^;\s]++))', re.IGNORECASE)
_EMPTY_LINES = re.compile(rb"(?:[ \t\r]*+\n)*+")
_METHOD = re.compile(r"[A-Za-z]{1,20}")
_PROTOCOL = re.compile(r"HTTP/\d(?:\.\d)?")


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a batch. `id` is its Content-ID, empty without one."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    id: str


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Requests that are done as a whole or not at all."""

    parts: tuple[Part, ...]


def parse_batch(body: bytes, content_type: str) -> list[Part | ChangeSet]:
    """The parts of a batch. Raises BadRequest (0x80060888) for text that cannot be read."""
    found: list[Part | ChangeSet] = []
    count = 0
    for start, end in _sections(body, 0, len(body), _boundary(content_type)):
        part = _part(body, start, end)
        found.append(part)
        count += len(part.parts) if isinstance(part, ChangeSet) else 1
        _require_few(count)
    return found


def _require_few(count: int) -> None:
    if count > MAX_OPERATIONS:
        raise syntax(f"A batch holds at most {MAX_OPERATIONS:,} operations, and this one has {count:,} or more.")


def _boundary(content_type: str) -> str:
    match = _BOUNDARY.search(content_type[:LONGEST_TYPE])
    if not content_type.strip().lower().startswith("multipart/mixed") or match is None:
        raise syntax("A batch needs the content type multipart/mixed; boundary=….")
    return match[1] or match[2]


def _sections(body: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
    """Where the text between two delimiters begins and ends. What is before the first and after the last is ignored.

    The body is not cut into lines: millions of short ones would take many times its memory.
    """
    opening = f"--{boundary}".encode()
    section = -1
    position = body.find(opening, start, end)
    while position >= 0:
        behind = position + len(opening)
        line, newline, _ = body[behind : min(behind + LONGEST_PADDING, end)].partition(b"\n")
        is_line = position == start or body[position - 1 : position] == b"\n"
        if is_line and line.rstrip() in (b"", b"--") and (newline or behind + len(line) == end):
            if section >= 0:
                yield section, position
            if line.rstrip():
                return
            section = behind + len(line) + len(newline)
        position = body.find(opening, behind, end)
    if section < 0:
        raise syntax(f"The batch has no part: the delimiter {shown(f'--{boundary}')} does not occur in it.")
    raise syntax(f"The batch does not end: the delimiter {shown(f'--{boundary}--')} is missing.")


def _part(body: bytes, start: int, end: int) -> Part | ChangeSet:
    headers, start = _headers(body, _behind_empty_lines(body, start, end), end)
    content_type = headers.get("content-type", "")
    if not content_type.lower().startswith("multipart/mixed"):
        return _request(body, start, end, headers.get("content-id", ""))
    parts: list[Part] = []
    for inner_start, inner_end in _sections(body, start, end, _boundary(content_type)):
        part = _part(body, inner_start, inner_end)
        if isinstance(part, ChangeSet):
            raise syntax("A change set cannot hold another one. Put it beside this one.")
        parts.append(part)
        _require_few(len(parts))
    return ChangeSet(tuple(parts))


def _line(body: bytes, start: int, end: int) -> tuple[str, int]:
    """The line that begins at a position, and where the next one begins."""
    stop = body.find(b"\n", start, end)
    stop = end if stop < 0 else stop
    if stop - start > LONGEST_LINE:
        raise syntax(f"A line before the body of a request in a batch has at most {LONGEST_LINE:,} characters.")
    try:
        return body[start:stop].decode(), stop + 1
    except UnicodeDecodeError:
        raise syntax("The batch is not UTF-8 text.") from None


def _behind_empty_lines(body: bytes, start: int, end: int) -> int:
    found = _EMPTY_LINES.match(body, start, end)
    return found.end() if found else start


def _headers(body: bytes, start: int, end: int) -> tuple[dict[str, str], int]:
    """Headers up to the first empty line, and where the text behind it begins."""
    found: dict[str, str] = {}
    while start < end:
        line, start = _line(body, start, end)
        if not line.strip():
            return found, start
        name, colon, value = line.partition(":")
        if not colon:
            raise syntax(f"'{shown(line)}' in the batch is no header. Write it like Content-Type: application/http.")
        if len(found) >= MAX_HEADERS:
            raise syntax(f"A request in a batch has at most {MAX_HEADERS} headers.")
        found[name.strip().lower()] = value.strip()
    return found, end


def _request(body: bytes, start: int, end: int, id: str) -> Part:
    line, start = _line(body, _behind_empty_lines(body, start, end), end)
    method, target = _first_line(line)
    if not target:
        line = f"'{shown(line[:200])}'" if line.strip() else "nothing"
        raise syntax(f"A part of the batch must begin like GET accounts HTTP/1.1, not with {line}.")
    headers, start = _headers(body, start, end)
    return Part(method, target, headers, body[start:end].strip(), headers.get("content-id") or id)


def _first_line(line: str) -> tuple[str, str]:
    """Method and target of a request line; empty texts for another line."""
    words = line.split(None, 1)
    if len(words) < 2 or not _METHOD.fullmatch(words[0]):
        return "", ""
    target, *last = words[1].rsplit(None, 1)
    if last and not _PROTOCOL.fullmatch(last[0]):
        target = words[1].rstrip()
    return words[0].upper(), target
