"""The Prefer header: items joined by commas or semicolons, values quoted or not, unknown ones ignored (Web API 1.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

MAX_PAGE_SIZE = 5_000

LONGEST = 8_000
"""Characters of the header that are looked at."""

_ITEM = re.compile(r'([^\s=,;"]++)\s*+(?:=\s*+(?:"([^"]*+)"|([^,;]*+)))?')


@dataclass(frozen=True, slots=True)
class Preferences:
    """The preferences of a caller that are supported here."""

    returns: Literal["", "representation", "minimal"] = ""
    """The preferred content of the response to a write; empty if not given, which means minimal."""
    page_size: int | None = None
    annotations: tuple[str, ...] = ()
    continue_on_error: bool = False
    track_changes: bool = False

    @property
    def representation(self) -> bool:
        """Whether the response contains the row that was written."""
        return self.returns == "representation"

    def wants(self, annotation: str) -> bool:
        """Whether an annotation was requested: by `*`, by name or by `prefix*`; a leading minus excludes."""
        wanted = False
        for pattern in self.annotations:
            if pattern.startswith("-"):
                if _fits(annotation, pattern[1:]):
                    return False
            elif _fits(annotation, pattern):
                wanted = True
        return wanted


def _fits(annotation: str, pattern: str) -> bool:
    return annotation.startswith(pattern[:-1]) if pattern.endswith("*") else annotation == pattern


def parse_prefer(text: str) -> Preferences:
    """The preferences in a header's text; what stands far behind in a long one is passed over."""
    found: dict[str, str] = {}
    annotations: list[str] = []
    for name, quoted, bare in _ITEM.findall(text[:LONGEST]):
        key, value = name.lower(), (quoted or bare).strip()
        found.setdefault(key, value)
        if key == "odata.include-annotations":
            annotations += [each.strip() for each in value.split(",") if each.strip()]
    return Preferences(
        returns=_RETURNS.get(found.get("return", ""), ""),
        page_size=_page_size(found.get("odata.maxpagesize", found.get("maxpagesize", ""))),
        annotations=tuple(annotations),
        continue_on_error="odata.continue-on-error" in found and found["odata.continue-on-error"].lower() != "false",
        track_changes="odata.track-changes" in found,
    )


_RETURNS: Mapping[str, Literal["representation", "minimal"]] = {
    "representation": "representation",
    "minimal": "minimal",
}


def _page_size(text: str) -> int | None:
    """A page size; None for a number that is not positive."""
    size = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return min(size, MAX_PAGE_SIZE) or None
