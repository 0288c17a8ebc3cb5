"""What rights cost: conversions and lists of a user with unit depth beside those of an administrator."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from bench.company import Company, at_unit_depth, make_opportunities
from bench.measure import steady
from bench.queries import Api, Call
from handsel import GenerateQuoteFromOpportunity, Session
from handsel.database.statements import mark, run
from tests.door.office import Office

LINES, LISTED = 10, 50
WARM_UP = 5
_LIST = f"quotes?$select=name,quotenumber,statecode,totalamount,createdon&$orderby=name&$top={LISTED}"


@dataclass(frozen=True, slots=True)
class RightsFigures:
    """Median milliseconds of one kind of work: of an administrator, and of a user with unit depth."""

    database: str
    name: str
    administrator: float
    unit_depth: float

    @property
    def percent(self) -> float:
        """What rights add, in percent."""
        return (self.unit_depth / self.administrator - 1) * 100


def measure_rights(session: Session, company: Company, count: int) -> list[RightsFigures]:
    """Convert `count` opportunities and ask as many lists, turn about as an administrator and as a seller."""
    # Tables can be imported once the session has started Django.
    from handsel.site.identity.tokens import create_token

    office = Office(session)
    office.grant(at_unit_depth())
    seller = session.as_user("seller")
    sources = make_opportunities(session, company, LINES, 2 * (count + WARM_UP))
    _give(office, {"opportunity": sources, "account": [company.account]})
    queue = iter(sources)

    def convert(by: Session) -> Callable[[], Any]:
        return lambda: by.execute(GenerateQuoteFromOpportunity(next(queue)))

    with session.entered():
        apis = [Api(session.url, create_token(user)) for user in (session.user.user_id, office.seller)]
    asks = [partial(api, Call("GET", _LIST)) for api in apis]
    database, conversion = session.context.dialect.name, f"GenerateQuoteFromOpportunity, {LINES} lines"
    return [
        RightsFigures(database, conversion, *_medians([convert(session), convert(seller)], count)),
        RightsFigures(database, f"a list of {LISTED} quotes", *_medians(asks, count)),
    ]


def _give(office: Office, rows: dict[str, list[UUID]]) -> None:
    """Let rows belong to the seller's unit."""
    dialect = office.session.context.dialect
    owner, unit = dialect.key(office.users["colleague"]), dialect.key(office.north)
    with office.session.entered():
        for table, ids in rows.items():
            owned = f"ownerid = {mark()}, owninguser = {mark()}, owningbusinessunit = {mark()}"
            which = dialect.any_of(f"{table}id", mark())
            run(f"UPDATE {table} SET {owned} WHERE {which}", (owner, owner, unit, dialect.keys(ids)))


def _medians(works: Sequence[Callable[[], Any]], count: int) -> list[float]:
    """The median milliseconds of each work; they take turns, so that whatever slows the machine slows all of them."""
    taken: list[list[float]] = [[] for _ in works]
    with steady():
        for turn in range(count + WARM_UP):
            for work, times in zip(works, taken, strict=True):
                start = time.perf_counter()
                work()
                if turn >= WARM_UP:
                    times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times) for times in taken]
