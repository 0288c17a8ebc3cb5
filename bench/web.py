"""The Web API over HTTP: the requests that are measured, alone and by several clients at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from uuid import UUID

import handsel
from bench.client import load, request
from bench.company import Company, make_company, make_opportunities
from bench.measure import steady
from bench.server import Server, family_cpu, parent_of, serving
from handsel.database.statements import connection

LINES = 10
LISTED = 50
QUOTES = 500
CREATES = 100
CLIENTS = 8
WARM_UP = 40
"""Enough requests that every thread of every worker has a connection with prepared statements."""

_COLUMNS = "name,quotenumber,statecode,totalamount,createdon"
_LIST = (
    f"quotes?$select={_COLUMNS}&$filter=statecode%20eq%200%20and%20createdon%20ge%202020-01-01T00:00:00Z"
    f"&$orderby=createdon%20desc&$top={LISTED}&$expand=customerid_account($select=name,accountnumber),"
    "quote_details($select=quotedetailname,quantity,priceperunit,extendedamount)"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request, and the numbers sent by one client and by all together."""

    name: str
    make: Callable[[], bytes]
    alone: int
    together: int


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """The figures of a kind of request: milliseconds of one client, then of several at once, then CPU per request."""

    database: str
    name: str
    p50: float
    p95: float
    per_second: float
    busy_p50: float
    busy_p95: float
    server_cpu: float
    database_cpu: float | None


def measure_web(url: str, quick: bool) -> list[RequestFigures]:
    """Measure every kind of request on an empty database."""
    with handsel.open(url) as session:
        vendor = session.context.dialect.name
        company = make_company(session)
        share = 5 if quick else 1
        kinds = list(_kinds(session, company, share))
        with session.entered():
            backend = connection().connection.info.backend_pid if vendor == "postgresql" else 0
        database = parent_of(backend)
    with serving(url) as server:
        return [_measure(vendor, server, database, kind) for kind in kinds]


def _kinds(session: handsel.Session, company: Company, share: int) -> Iterator[Kind]:
    # Tables can be imported once the session has started Django.
    from handsel.site.identity.tokens import create_token

    converted = 2_000 // share
    opportunities = make_opportunities(session, company, LINES, QUOTES + 400 // share + converted + WARM_UP)
    quotes: list[UUID] = []
    for start in range(0, QUOTES, 100):
        messages = [handsel.GenerateQuoteFromOpportunity(key) for key in opportunities[start : start + 100]]
        quotes += [row.id for row in session.execute_many(messages)]
    with session.entered():
        token = create_token(session.user.user_id, name="bench")
    read, sources = cycle(quotes), iter(opportunities[QUOTES:])
    numbers = iter(range(10**9))
    yield Kind(
        "retrieve a quote by id, 5 columns",
        lambda: request(token, "GET", f"quotes({next(read)})?$select={_COLUMNS}"),
        2_000 // share,
        10_000 // share,
    )
    yield Kind(
        f"list of {LISTED} quotes with customer and lines",
        lambda: request(token, "GET", _LIST),
        300 // share,
        1_000 // share,
    )
    yield Kind(
        f"GenerateQuoteFromOpportunity, {LINES} lines",
        lambda: request(token, "POST", "GenerateQuoteFromOpportunity", _conversion(next(sources))),
        400 // share,
        converted,
    )
    yield Kind(
        f"batch of {CREATES} creates in a change set",
        lambda: request(token, "POST", "$batch", _batch(next(numbers)), "multipart/mixed; boundary=b"),
        50 // share,
        200 // share,
    )


def _conversion(opportunity: UUID) -> bytes:
    columns = {"AllColumns": False, "Columns": ["quotenumber"]}
    return json.dumps({"OpportunityId": str(opportunity), "ColumnSet": columns}).encode()


def _batch(number: int) -> bytes:
    parts = [
        f"--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {index}\r\n\r\n"
        "POST /api/data/v9.2/contacts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
        f'{{"firstname":"Ada","lastname":"Number {number}-{index}","emailaddress1":"{index}@{number}.example"}}\r\n'
        for index in range(1, CREATES + 1)
    ]
    head = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
    return f"{head}{''.join(parts)}--c--\r\n--b--\r\n".encode()


def _measure(vendor: str, server: Server, database: int, kind: Kind) -> RequestFigures:
    warm = min(WARM_UP, kind.alone)
    load(server.port, _made(kind, warm), CLIENTS)
    alone = _made(kind, kind.alone - (warm if "Generate" in kind.name else 0))
    with steady():
        taken, _seconds = load(server.port, alone, 1)
    together = _made(kind, kind.together)
    with steady():
        before = server.cpu(), family_cpu(database)
        busy, seconds = load(server.port, together, CLIENTS)
        after = server.cpu(), family_cpu(database)
    count = len(busy)
    return RequestFigures(
        vendor,
        kind.name,
        _percentile(taken, 50),
        _percentile(taken, 95),
        count / seconds,
        _percentile(busy, 50),
        _percentile(busy, 95),
        (after[0] - before[0]) / count,
        (after[1] - before[1]) / count if database else None,
    )


def _made(kind: Kind, count: int) -> list[bytes]:
    return list(islice(iter(kind.make, None), count))


def _percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
