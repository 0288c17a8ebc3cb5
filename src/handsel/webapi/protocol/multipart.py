"""The text of a batch: a tolerant parser for the multipart bodies that clients write (Web API 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handsel.http.errors import shown, syntax

MAX_OPERATIONS = 1_000

_BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))', re.IGNORECASE)
_REQUEST = re.compile(r"([A-Za-z]+)\s+(.*?)(?:\s+HTTP/\d(?:\.\d)?)?\s*\Z")


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
    try:
        lines = body.decode().split("\n")
    except UnicodeDecodeError:
        raise syntax("The batch is not UTF-8 text. Encode it as UTF-8.") from None
    found = [_part(section) for section in _sections(lines, _boundary(content_type))]
    count = sum(len(each.parts) if isinstance(each, ChangeSet) else 1 for each in found)
    if count > MAX_OPERATIONS:
        raise syntax(f"A batch holds at most {MAX_OPERATIONS:,} operations, this one has {count:,}. Send several.")
    return found


def _boundary(content_type: str) -> str:
    match = _BOUNDARY.search(content_type)
    if not content_type.strip().lower().startswith("multipart/mixed") or match is None:
        raise syntax("A batch needs the content type multipart/mixed; boundary=….")
    return match[1] or match[2]


def _sections(lines: Sequence[str], boundary: str) -> Iterator[list[str]]:
    """The lines between delimiters. Text before the first and after the last one is ignored."""
    opening, closing = f"--{boundary}", f"--{boundary}--"
    section: list[str] | None = None
    for line in lines:
        text = line.rstrip()
        if text in (opening, closing):
            if section is not None:
                yield section
            if text == closing:
                return
            section = []
        elif section is not None:
            section.append(line.removesuffix("\r"))
    if section is None:
        raise syntax(f"The batch has no part: the delimiter {shown(opening)} does not occur in it.")
    raise syntax(f"The batch does not end: the delimiter {shown(closing)} is missing.")


def _part(lines: list[str]) -> Part | ChangeSet:
    headers, rest = _headers(lines)
    content_type = headers.get("content-type", "")
    if not content_type.lower().startswith("multipart/mixed"):
        return _request(rest, headers.get("content-id", ""))
    parts = []
    for section in _sections(rest, _boundary(content_type)):
        part = _part(section)
        if isinstance(part, ChangeSet):
            raise syntax("A change set cannot hold another one. Put it beside this one.")
        parts.append(part)
    return ChangeSet(tuple(parts))


def _headers(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Headers up to the first empty line, and the lines after it; empty lines before are ignored."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    found: dict[str, str] = {}
    for number in range(start, len(lines)):
        line = lines[number]
        if not line.strip():
            return found, list(lines[number + 1 :])
        name, colon, value = line.partition(":")
        if not colon:
            raise syntax(f"'{shown(line)}' in the batch is no header. Write it like Content-Type: application/http.")
        found[name.strip().lower()] = value.strip()
    return found, []


def _request(lines: Sequence[str], id: str) -> Part:
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    match = _REQUEST.match(lines[start].strip()) if start is not None else None
    if start is None or match is None or not match[2]:
        line = "nothing" if start is None else f"'{shown(lines[start])}'"
        raise syntax(f"A part of the batch must begin like GET accounts HTTP/1.1, not with {line}.")
    following = lines[start + 1 :]
    headers, rest = _headers(following) if following and following[0].strip() else ({}, list(following))
    return Part(match[1].upper(), match[2], headers, "\n".join(rest).strip().encode(), headers.get("content-id") or id)
