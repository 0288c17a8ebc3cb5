"""The API: addresses to rows, and what is done with them. It knows no HTTP server and no tokens (erp 8.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode

import msgspec

from handsel.errors import BadRequest
from handsel.query.odata.expand import parse_expand
from handsel.query.tree.nodes import ColumnPath, Comparison, Operator
from handsel.query.tree.request import Expand
from handsel.testing.businesscentral.bodies import Json, object_of
from handsel.testing.businesscentral.columns import Value
from handsel.testing.businesscentral.company import Company
from handsel.testing.businesscentral.querying import Options, options_of, page_of, shaped
from handsel.testing.businesscentral.refusals import (
    bad_request,
    changed,
    dialog,
    no_action,
    no_company,
    no_method,
    no_resource,
    no_token,
    query_syntax,
)
from handsel.testing.businesscentral.resources import Resource, resources_of
from handsel.testing.businesscentral.rows import Row

ACTION = "Microsoft.NAV."
_SEGMENT = re.compile(r"(\$?[\w.]+)(?:\((.*)\))?", re.DOTALL)
_ETAG = re.compile(r'W/"[^"]*"|\*')
_ONE_COLUMN = re.compile(r"(?:\w+=)?'?(.*?)'?", re.DOTALL)
_encoder = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True)
class Question:
    """A request below the API's root."""

    method: str
    path: str
    """Decoded, without a slash at its start."""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By names in lower case."""
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """A response."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Service:
    """The API of one company."""

    def __init__(self, company: Company, root: str) -> None:
        """`root` is the API's address, without a slash at its end."""
        self.company = company
        self.root = root
        self.resources = resources_of(company.books)

    def answer(self, question: Question) -> Answer:
        """The answer. Raises Refusal; then nothing was changed, otherwise the change is stored."""
        with self.company.books.change():
            return self._answer(question)

    def row_at(self, path: str) -> tuple[Resource, Row] | None:
        """The row that a path names, perhaps with an action or lines behind it."""
        for segment in reversed(path.strip("/").split("/")):
            name, key = _parts(segment)
            resource = self.resources.get(name)
            row = resource.table.get(key.lower()) if resource is not None and key else None
            if resource is not None and row is not None:
                return resource, row
        return None

    def _answer(self, question: Question) -> Answer:
        given = dict(parse_qsl(question.query, keep_blank_values=True))
        segments = [segment for segment in question.path.split("/") if segment]
        name, key = _parts(segments[0]) if segments else ("", "")
        if name == "companies":
            if len(segments) == 1 and not key:
                return self._companies(question)
            self._require_company(key)
            segments = segments[1:]
            if not segments:
                return _json(200, self._company())
        else:
            self._require_company(given.get("company", ""))
        name, key = _parts(segments[0]) if segments else ("", "")
        resource = self.resources.get(name)
        if resource is None:
            raise no_resource(name)
        if key:
            return self._below(question, given, resource, _row(resource, key), segments[1:])
        if segments[1:] == ["$count"]:
            return self._count(resource, given)
        if segments[1:]:
            raise no_resource(segments[1])
        if question.method == "GET":
            _require_parent(resource, options_of(given))
            return self._list(question, given, resource, None)
        if question.method != "POST" or resource.create is None:
            raise no_method(question.method, resource.name)
        return self._created(question, given, resource, resource.create(self.company, object_of(question.body)))

    def _below(
        self, question: Question, given: Mapping[str, str], resource: Resource, row: Row, rest: Sequence[str]
    ) -> Answer:
        """An answer about one row, or about what `rest` of the path leads to from it."""
        if not rest:
            return self._one(question, given, resource, row)
        name, key = _parts(rest[0])
        if name.startswith(ACTION):
            return self._act(question, resource, row, name.removeprefix(ACTION))
        if name in resource.to_one:
            other, attribute = resource.to_one[name]
            return self._below(
                question, given, self.resources[other], _row(self.resources[other], getattr(row, attribute)), rest[1:]
            )
        if name not in resource.to_many:
            raise no_resource(name)
        other, attribute = resource.to_many[name]
        lines = self.resources[other]
        if key:
            line = _row(lines, key)
            if getattr(line, attribute) != row.id:
                raise no_resource(name)
            return self._below(question, given, lines, line, rest[1:])
        if question.method == "GET":
            return self._list(question, given, lines, row)
        if question.method != "POST" or lines.create is None or lines.parent is None:
            raise no_method(question.method, lines.name)
        sent: dict[str, Json] = {**object_of(question.body), lines.parent[0]: row.id}
        return self._created(question, given, lines, lines.create(self.company, sent))

    def _one(self, question: Question, given: Mapping[str, str], resource: Resource, row: Row) -> Answer:
        """Read, change or delete one row."""
        match = question.headers.get("if-match", "")
        if question.method == "GET":
            return _json(200, self._entity(resource, row, given))
        if question.method == "PATCH" and resource.change is not None:
            _require_match(row, match or "?")
            row = resource.change(self.company, row.id, object_of(question.body))
            return _json(200, self._entity(resource, row, given), {"ETag": row.etag})
        if question.method == "DELETE" and resource.delete is not None:
            _require_match(row, match)
            resource.delete(self.company, row.id)
            return Answer(204)
        raise no_method(question.method, resource.name)

    def _act(self, question: Question, resource: Resource, row: Row, name: str) -> Answer:
        act = resource.actions.get(name)
        if act is None:
            raise no_action(f"{ACTION}{name}")
        if question.method != "POST":
            raise no_method(question.method, name)
        _require_match(row, question.headers.get("if-match", ""))
        made = act(self.company, row.id)
        return Answer(
            204, headers={} if made is None else {"Location": self._address(self.resources[made[0]], made[1])}
        )

    def _created(self, question: Question, given: Mapping[str, str], resource: Resource, row: Row) -> Answer:
        headers = {"Location": self._address(resource, row), "ETag": row.etag}
        if "return-no-content" in question.headers.get("prefer", ""):
            return Answer(204, headers=headers)
        return _json(201, self._entity(resource, row, given), headers)

    def _count(self, resource: Resource, given: Mapping[str, str]) -> Answer:
        found = page_of(resource.table, options_of(given), len(resource.table.rows)).rows
        return Answer(200, str(len(found)).encode(), {"Content-Type": "text/plain"})

    def _list(self, question: Question, given: Mapping[str, str], resource: Resource, owner: Row | None) -> Answer:
        """A page of rows; with `owner` of those that belong to it."""
        options = options_of(given)
        among = None
        if owner is not None:
            assert resource.parent is not None
            among = resource.table.with_value(resource.parent[1], owner.id)
        page = page_of(resource.table, options, self._page_size(question), among)
        expands = _expands(options.expand)
        shown: dict[str, object] = {"@odata.context": self._context(resource)}
        if page.count is not None:
            shown["@odata.count"] = page.count
        shown["value"] = [self._shown(resource, row, options.select, expands) for row in page.rows]
        if page.last:
            again = {name: text for name, text in given.items() if name not in ("$skip", "$skiptoken", "$top")}
            if options.top is not None:
                again["$top"] = str(options.top - len(page.rows))
            again["$skiptoken"] = page.last
            shown["@odata.nextLink"] = f"{self.root}/{quote(question.path, safe='/()')}?{urlencode(again, safe='$')}"
        return _json(200, shown)

    def _page_size(self, question: Question) -> int:
        wanted = re.search(r"odata\.maxpagesize=(\d{1,9})", question.headers.get("prefer", ""))
        most = self.company.settings.page_size
        return min(most, max(1, int(wanted.group(1)))) if wanted else most

    def _entity(self, resource: Resource, row: Row, given: Mapping[str, str]) -> dict[str, object]:
        options = options_of(given)
        context = {"@odata.context": f"{self._context(resource)}/$entity"}
        return context | self._shown(resource, row, options.select, _expands(options.expand))

    def _shown(
        self, resource: Resource, row: Row, select: Sequence[str] | None, expands: Sequence[Expand]
    ) -> dict[str, object]:
        """A row, with the rows that are asked for besides it."""
        shown: dict[str, object] = {**shaped(row, select)}
        for expand in expands:
            name = expand.navigation
            if name in resource.to_one:
                other, attribute = resource.to_one[name]
                found = self.resources[other].table.get(getattr(row, attribute))
                shown[name] = (
                    None if found is None else self._shown(self.resources[other], found, expand.select, expand.expands)
                )
            elif name in resource.to_many:
                other, attribute = resource.to_many[name]
                lines = self.resources[other]
                options = Options(expand.select, expand.filter, expand.order, expand.top)
                among = lines.table.with_value(attribute, row.id)
                rows = page_of(lines.table, options, len(among), among).rows
                shown[name] = [self._shown(lines, line, expand.select, expand.expands) for line in rows]
            else:
                raise bad_request(f"Could not find a property named '{name}' on type 'Microsoft.NAV.{resource.one}'.")
        return shown

    def _companies(self, question: Question) -> Answer:
        if question.method != "GET":
            raise no_method(question.method, "companies")
        wanted = options_of(dict(parse_qsl(question.query))).filter
        company = self._company()
        here = not self.company.settings.company_gone
        if isinstance(wanted, Comparison) and wanted.operator is Operator.EQ:
            here = here and company.get(wanted.column.column) == wanted.value
        elif wanted is not None:
            raise query_syntax("Companies are filtered by one property with eq.")
        return _json(200, {"@odata.context": f"{self.root}/$metadata#companies", "value": [company] if here else []})

    def _company(self) -> dict[str, Value]:
        company = self.company
        return {
            "id": company.id,
            "systemVersion": "",
            "timestamp": 0,
            "name": company.name,
            "displayName": company.name,
            "businessProfileId": "",
        }

    def _require_company(self, key: str) -> None:
        """Refuse another company than this one, which is named by its id or its name (erp 8.8)."""
        found = _ONE_COLUMN.fullmatch(key)
        name = found.group(1) if found else key
        company = self.company
        if company.settings.company_gone or (name.lower() != company.id and name != company.name):
            raise no_company(name)

    def _context(self, resource: Resource) -> str:
        return f"{self.root}/$metadata#companies({self.company.id})/{resource.name}"

    def _address(self, resource: Resource, row: Row) -> str:
        return f"{self.root}/companies({self.company.id})/{resource.name}({row.id})"


def _parts(segment: str) -> tuple[str, str]:
    """Name and key of a part of a path."""
    found = _SEGMENT.fullmatch(segment)
    if found is None:
        raise no_resource(segment)
    return found.group(1), found.group(2) or ""


def _row(resource: Resource, key: str) -> Row:
    row = resource.table.get(key.lower())
    if row is None:
        raise no_resource(resource.name)
    return row


def _require_match(row: Row, match: str) -> None:
    """Refuse a concurrency token that cannot be read, or is not that of the row (erp 8.10)."""
    if not match:
        return
    if not _ETAG.fullmatch(match):
        raise no_token()
    if match not in ("*", row.etag):
        raise changed()


def _require_parent(resource: Resource, options: Options) -> None:
    """Lines are listed for one document only (erp 8.2)."""
    if resource.parent is None:
        return
    name = resource.parent[0]
    terms = getattr(options.filter, "terms", (options.filter,))
    if (
        not any(isinstance(term, Comparison) and term.column == ColumnPath(name) for term in terms)
        and name == "documentId"
    ):
        raise dialog("You must specify an Id or a Document Id to get the lines.")


def _expands(text: str) -> tuple[Expand, ...]:
    try:
        return parse_expand(text) if text else ()
    except BadRequest as error:
        raise query_syntax(error.message) from error


def _json(status: int, value: object, headers: Mapping[str, str] | None = None) -> Answer:
    kind = {"Content-Type": "application/json; odata.metadata=minimal; odata.streaming=true"}
    return Answer(status, _encoder.encode(value), {**kind, **(headers or {})})
