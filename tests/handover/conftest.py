"""A company with a connector to a system that remembers what it was given, and answers as a test wants."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest

from handsel.site.start import start

start()

import handsel  # noqa: E402 (Django must know all tables first)
from handsel import Reference  # noqa: E402
from handsel.chain.document.snapshot.document import DocumentSnapshot  # noqa: E402
from handsel.chain.handover.outcomes import Accepted  # noqa: E402
from handsel.connectors import worker as workers  # noqa: E402
from handsel.connectors.contract import Kind, Setting, Target  # noqa: E402
from handsel.connectors.queue import Claim, claim  # noqa: E402
from handsel.connectors.worker import Worker  # noqa: E402
from handsel.site.delivering import open_worker  # noqa: E402
from tests.people import make_administrator  # noqa: E402
from tests.scenarios.company import Company  # noqa: E402
from tests.scenarios.fixtures import (  # noqa: E402
    company,
    company_file,
    company_postgresql_url,
    company_sqlite_url,
    company_template,
)

__all__ = ["company", "company_file", "company_postgresql_url", "company_sqlite_url", "company_template"]

DUE, DELIVERED, REJECTED, DEAD, DROPPED = range(5)


@dataclass
class StandIn:
    """Another system, by the name of its connector: the orders that it has, and the answers that it gives first."""

    orders: dict[tuple[str, UUID], str] = field(default_factory=dict)
    calls: list[UUID] = field(default_factory=list)
    answers: list[Exception] = field(default_factory=list)

    def kind(self, name: str) -> Kind:
        """Opens connections to it."""
        return Kind(name, "Stand-in", Setting("place", "nowhere"), lambda target: Connection(self, target))


@dataclass
class Connection:
    """A connector as the worker uses it: it finds an order that it has."""

    system: StandIn
    target: Target

    def deliver(self, order: DocumentSnapshot, _delivery_id: UUID) -> Accepted:
        self.system.calls.append(order.header.id)
        if self.system.answers:
            raise self.system.answers.pop(0)
        number = self.system.orders.setdefault((self.target.name, order.header.id), f"SO-{len(self.system.orders) + 1}")
        return Accepted(f"{self.target.name}-{number}", number)

    def check(self) -> Iterator[str]:
        yield from ()

    def close(self) -> None:
        pass


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The system behind every connector of the test."""
    found = StandIn()
    monkeypatch.setattr(workers, "kind_named", found.kind)
    return found


@pytest.fixture
def erp(company: Company) -> Company:
    """The company as the integration user of connector `erp` sees it; integration is on."""
    user = make_administrator(company.session, "erp", isintegrationuser=True)
    company.settings(issopintegrationenabled=True)
    connect(company, "erp", user)
    return Company(company.session.as_user("erp"))


@pytest.fixture
def worker(company: Company, erp: Company, system: StandIn) -> Iterator[Worker]:
    """A worker for all connectors."""
    opened = open_worker(company.session)
    yield opened
    opened.close()


def connect(company: Company, name: str, user: UUID, **values: object) -> UUID:
    """A connector."""
    given = {
        "hs_name": name,
        "hs_kind": "stand-in",
        "hs_address": "here",
        "systemuserid": Reference("systemuser", user),
    }
    return company.create("hs_connector", **given, **values)


def deliveries(company: Company, order: UUID) -> list[handsel.Row]:
    """The deliveries of an order, oldest first."""
    return company.all("hs_delivery", salesorderid=order)


def states(company: Company, order: UUID) -> list[int]:
    """How far they are."""
    return [row["hs_state"] for row in deliveries(company, order)]


def claimed(company: Company, now: datetime | None = None, limit: int = 50) -> list[Claim]:
    """What a worker would deliver now."""
    return claim(company.session.context, now or datetime.now(UTC), limit)
