"""One call: a request, or one part of a batch, with the acting user."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote_plus

import msgspec

from handsel.database.context import Context
from handsel.engine import organization
from handsel.engine.organization import Organization
from handsel.engine.work import Work
from handsel.errors import BadRequest, Code
from handsel.http.errors import shown, syntax
from handsel.json_value import Json, JsonObject
from handsel.tables.info import TableInfo, all_tables
from handsel.webapi.protocol.errors import unknown_segment
from handsel.webapi.protocol.json_limits import check_json
from handsel.webapi.protocol.prefer import Preferences, parse_prefer

_LARGEST_EXPONENT = 1_000
_MOST_DIGITS = 1_000

LONGEST_QUERY = 4_000_000
"""Characters of a query, percent-encoded; FetchXML and SQL have limits of their own."""

CLAIMED = ("$select", "$filter", "$orderby", "$top", "$count", "$expand", "$apply", "$skiptoken", "$deltatoken", "$id")
"""The supported query options; another one with a dollar sign is refused."""


@dataclass(slots=True)
class Call:
    """`path` is decoded and relative to the API root; `root` is that root as the caller wrote it, with a slash."""

    context: Context
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    root: str
    references: dict[str, str] = field(default_factory=dict)
    """In a batch: content id → URL of the row that its part made."""
    in_batch: bool = False
    related_rows: int = 0
    """How many expanded rows the response holds so far."""
    _options: dict[str, str] | None = None
    _prefer: Preferences | None = None
    _organization: Organization | None = None

    @property
    def options(self) -> dict[str, str]:
        """The query options by name, decoded once. Raises BadRequest (0x80060888) for a repeated or unknown one."""
        if self._options is None:
            self._options = dict(_options(self.query))
        return self._options

    @property
    def suppresses_duplicates(self) -> bool:
        """Whether rows are written without duplicate detection, as they are unless the header says false."""
        return self.headers.get("mscrm.suppressduplicatedetection", "").strip().lower() != "false"

    @property
    def prefer(self) -> Preferences:
        """The Prefer header."""
        if self._prefer is None:
            self._prefer = parse_prefer(self.headers.get("prefer", ""))
        return self._prefer

    @property
    def organization(self) -> Organization:
        """Settings and schema, read once per call."""
        if self._organization is None:
            self._organization = organization.read_settings(self.context)
        return self._organization

    @organization.setter
    def organization(self, known: Organization) -> None:
        """Share it among the calls of one list, none of which changes it."""
        self._organization = known

    @property
    def work(self) -> Work:
        """Reads rows, by the two reading doors of `Work` (decision 0013)."""
        return Work(self.context, self.organization, collect=False)

    def info(self, table: str) -> TableInfo:
        """A table (logical name) with this organization's custom columns."""
        return self.organization.table(table)

    def set_named(self, name: str) -> TableInfo:
        """The table of an entity set. Raises NotFound (0x8006088a)."""
        found = entity_set(name)
        if found is None:
            raise unknown_segment(name)
        return self.info(found)

    def json(self, *, required: bool = True) -> JsonObject:
        """The body as a JSON object; without a body an empty one, unless it is required."""
        text = self.body.removeprefix(b"\xef\xbb\xbf")
        if not text.strip():
            if required:
                raise BadRequest("The request needs a JSON object as its body.", Code.INVALID_PAYLOAD)
            return {}
        check_json(self.path, text)
        found = parse_json(text)
        if not isinstance(found, dict):
            raise BadRequest(f"The body must be a JSON object, not {_kind(found)}.", Code.INVALID_PAYLOAD)
        return found


_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""An escaped half of a surrogate pair without its other half."""


def parse_json(text: bytes | str) -> Json:
    """JSON with exact decimals. Raises BadRequest (0x80048d19), which says where it is wrong."""
    try:
        return _decoder().decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        half = _HALF.search(text if isinstance(text, str) else text.decode("utf-8", "replace"))
        if half is not None:
            refusal = f"The JSON holds {half[0]}, half of a surrogate pair and so no character. Leave it out."
            raise BadRequest(refusal, Code.INVALID_PAYLOAD) from error
        raise BadRequest(f"The JSON cannot be read: {error}.", Code.INVALID_PAYLOAD) from error
    except RecursionError as error:
        raise BadRequest("The JSON is nested too deep.", Code.INVALID_PAYLOAD) from error


def _kind(value: Json) -> str:
    """The name, for errors, of a JSON value that is no object."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return "a list" if isinstance(value, list) else "a text" if isinstance(value, str) else "a number"


@functools.cache
def _decoder() -> msgspec.json.Decoder[Json]:
    return msgspec.json.Decoder(float_hook=_decimal)


def _decimal(text: str) -> Decimal:
    """A number with a point or an exponent. A huge one is refused: it would cost time and memory."""
    try:
        number = Decimal(text if len(text) <= _MOST_DIGITS else "Infinity")
    except InvalidOperation:
        number = Decimal("Infinity")
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(f"the number {shown(text)} is beyond all limits")
    return number


def _options(query: str) -> Iterator[tuple[str, str]]:
    if len(query) > LONGEST_QUERY:
        raise syntax(f"The query has more than {LONGEST_QUERY:,} characters.")
    seen = set()
    for part in query.split("&"):
        name, _, value = part.partition("=")
        name = unquote_plus(name, errors="replace")
        if not name:
            continue
        if name in seen:
            raise syntax(f"The query option {shown(name)} is given twice. Give it once.")
        if name.startswith("$") and name not in CLAIMED:
            raise syntax(f"The query parameter {shown(name)} is not supported. There are {', '.join(CLAIMED)}.")
        seen.add(name)
        yield name, unquote_plus(value, errors="replace")


@functools.cache
def _sets() -> Mapping[str, str]:
    return {info.entity_set: info.logical_name for info in all_tables()}


def entity_set(name: str) -> str | None:
    """The logical name of the table of an entity set."""
    return _sets().get(name)
