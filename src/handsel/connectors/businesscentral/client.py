"""Business Central's API v2.0 for one company: rows by query, made, changed, deleted; its words when it refuses.

What passes by itself is Unreachable; what it refuses for what was sent is RejectedByThem; a row that somebody else has
changed is Changed; one that is not there, Gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import TypeAlias
from urllib.parse import quote, urlencode
from uuid import UUID

import msgspec

from handsel.connectors.businesscentral.tokens import Tokens
from handsel.connectors.businesscentral.wire import Answer, Lost, Wire, sentence
from handsel.connectors.contract import RejectedByThem, Unreachable
from handsel.json_value import Json

Row: TypeAlias = dict[str, Json]
"""A row with the names of the API; numbers are whole ones or decimals."""

_encoder = msgspec.json.Encoder(decimal_format="number")
_CORRELATION = "CorrelationId:"
_SETUP = frozenset(("Internal_CompanyNotFound", "Authentication_InvalidCredentials", "Unauthorized"))
"""Codes that tell of the connection, not of the order."""


class Changed(Exception):
    """Somebody else has changed the row."""


class Gone(Exception):
    """There is no such row."""


class Client:
    """One company of Business Central. Any number of threads may use it at once.

    All methods raise Unreachable; those that change something RejectedByThem, Changed and Gone too.
    """

    def __init__(self, url: str, company: str, tokens: Tokens, wire: Wire) -> None:
        """`company` is its name or id."""
        self._url, self._company, self._tokens, self._wire = url, company, tokens, wire
        self._lock = Lock()
        self._company_url = ""

    def rows(self, path: str, **options: str) -> Iterator[Row]:
        """The rows of a collection, page by page; options without their `$`."""
        address = f"{self.company_url()}/{path}"
        query = urlencode({f"${name}": text for name, text in options.items()}, safe="$", quote_via=quote)
        yield from self._pages(f"{address}?{query}" if query else address)

    def row(self, path: str, **options: str) -> Row:
        """One row. Raises Gone."""
        query = urlencode({f"${name}": text for name, text in options.items()}, safe="$", quote_via=quote)
        return self._object(self._ask("GET", f"{self.company_url()}/{path}{'?' if query else ''}{query}"))

    def create(self, path: str, values: Mapping[str, Json]) -> Row:
        """Make a row; as it was made. Raises `wire.Lost` if it may have been made."""
        return self._object(self._ask("POST", f"{self.company_url()}/{path}", values))

    def change(self, path: str, etag: str, values: Mapping[str, Json]) -> Row:
        """Change a row that is as its etag says; as it is then."""
        return self._object(self._ask("PATCH", f"{self.company_url()}/{path}", values, {"If-Match": etag}))

    def delete(self, path: str, etag: str) -> None:
        """Delete a row that is as its etag says."""
        self._ask("DELETE", f"{self.company_url()}/{path}", None, {"If-Match": etag})

    def company_url(self) -> str:
        """The company's address. Raises Unreachable too if there is no such company."""
        with self._lock:
            if not self._company_url:
                self._company_url = f"{self._url}/companies({self._company_id()})"
            return self._company_url

    def _company_id(self) -> str:
        try:
            return str(UUID(self._company))
        except ValueError:
            pass
        names = []
        for row in self._pages(f"{self._url}/companies"):
            if self._company in (row.get("name"), row.get("displayName")):
                return str(row["id"])
            names.append(str(row.get("name")))
        raise Unreachable(f"There is no company '{self._company}' at {self._url}. There are: {', '.join(names)}.")

    def _pages(self, address: str) -> Iterator[Row]:
        while address:
            try:
                page = self._object(self._ask("GET", address))
            except Gone as error:
                raise Unreachable(sentence(f"{self._url} does not have what is asked for: {error}")) from error
            found = page.get("value")
            if not isinstance(found, Sequence) or isinstance(found, str):
                raise Unreachable(f"{self._url} answers without rows, not as Business Central does.")
            for row in found:
                if isinstance(row, dict):
                    yield row
            address = str(page.get("@odata.nextLink") or "")
            if address and not address.startswith(f"{self._url}/"):
                raise Unreachable(f"{self._url} names a next page elsewhere, which gets no access token.")

    def _ask(
        self, method: str, address: str, values: Mapping[str, Json] | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        body = None if values is None else _encoder.encode(values)
        token = self._tokens.token()
        answer = self._sent(method, address, body, token, more)
        if answer.status == 401:  # it ended early, or was taken back; nothing was done
            answer = self._sent(method, address, body, self._tokens.token(refused=token), more)
        if answer.status >= 300:
            raise self._refused(answer)
        return answer

    def _sent(
        self, method: str, address: str, body: bytes | None, token: str, more: Mapping[str, str] | None
    ) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", **(more or {})}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return self._wire.ask(method, address, headers, body)

    def _refused(self, answer: Answer) -> Exception:
        error = _error_of(answer)
        status = answer.status
        if status == 429 or status >= 500:
            said = f": {error[1]}" if error else ""
            kind = Lost if status in (502, 504) else Unreachable  # those are told by who stands before it
            return kind(
                sentence(f"Business Central answers {status}{said}"), _seconds(answer.headers.get("retry-after"))
            )
        if error is None:
            return Unreachable(f"{self._url} answers {status} and not as Business Central does.")
        code, message = error
        if status in (401, 403, 408) or code in _SETUP:
            return Unreachable(sentence(f"Business Central refuses the connection: {message}"))
        if status == 409 and code == "Request_EntityChanged":
            return Changed(message)
        if status == 404 and code == "BadRequest_ResourceNotFound":
            return Gone(message)
        return RejectedByThem(message)

    def _object(self, answer: Answer) -> Row:
        try:
            found = json.loads(answer.body, parse_float=Decimal)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Unreachable(f"{self._url} answers {answer.status} without JSON, not as Business Central does.")
        return found


def text_of(value: str) -> str:
    """A text as `$filter` has it."""
    return "'" + value.replace("'", "''") + "'"


def number_in(row: Mapping[str, Json], name: str) -> Decimal:
    """A number of a row; 0 where it has none."""
    found = row.get(name)
    return Decimal(found) if isinstance(found, int | Decimal) else Decimal(0)


def _error_of(answer: Answer) -> tuple[str, str] | None:
    """Code and message of an error as Business Central tells it (erp 8.15)."""
    try:
        error = json.loads(answer.body)["error"]
        return str(error["code"]), str(error["message"]).partition(_CORRELATION)[0].rstrip()
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _seconds(text: str | None) -> float | None:
    """What `Retry-After` says: seconds, or a date."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
