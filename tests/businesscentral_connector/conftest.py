"""One stand-in for all tests of this folder, and a company whose orders are handed over to it."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

import handsel
from handsel import Row
from handsel.database.context import entered
from handsel.database.statements import mark, run
from handsel.site.cli import main
from handsel.site.start import start
from handsel.testing import businesscentral
from handsel.testing.businesscentral import BusinessCentral
from tests.scenarios.company import Company

start()

if TYPE_CHECKING:
    from handsel.connectors.worker import Done, Worker

SECRET = "SAMPLE_BC_SECRET"


@pytest.fixture(scope="package")
def running() -> Iterator[BusinessCentral]:
    with businesscentral.serve() as bc:
        yield bc


@pytest.fixture
def bc(running: BusinessCentral, monkeypatch: pytest.MonkeyPatch) -> BusinessCentral:
    """The stand-in, with our customer, items, and no tax."""
    running.reset()
    running.set_tax("TAXABLE", 20)
    running.add_customer(number="C1", display_name="Acme")
    for name in ("Lamp", "Desk", "Cable"):
        running.add_item(number=f"P-{name}", display_name=name, unit_price=1)
    running.add_item(number="WRITE-IN", display_name="Something else")
    monkeypatch.setenv(SECRET, running.client_secret)
    return running


@dataclass
class Handing:
    """A company with a connector called `erp`."""

    company: Company
    bc: BusinessCentral
    url: str

    def connect(self, *more: str, name: str = "erp") -> None:
        """Set a connector up by the command."""
        given = ["--url", self.bc.url, "--company", self.bc.company, "--token-url", self.bc.token_url]
        given += ["--client-id", self.bc.client_id, "--client-secret-env", SECRET, *more]
        assert main(["connector", "add", "businesscentral", name, *given, "--database", self.url]) == 0

    def submit(self, *lines: Mapping[str, Any], **values: Any) -> UUID:
        """A submitted order."""
        order = self.company.order(*lines, **values)
        self.company.update("salesorder", order, statecode=1)
        return order

    def deliver(self) -> "list[Done]":
        """All that is due, however often it has to be looked for, and what became of it."""
        told: list[Done] = []
        with closing(self.worker(told)) as worker:
            worker.drain()
        return told

    def worker(self, told: "list[Done]") -> "Worker":
        """A worker that tells what it did."""
        from handsel.site.delivering import open_worker

        return open_worker(self.company.session, told.append)

    def make_due(self) -> None:
        """Let what was postponed, and what a dead worker had claimed, fall due now, as time would."""
        session = self.company.session
        with entered(session.context):
            run(
                f"UPDATE hs_delivery SET hs_dueon = {mark()}, hs_claimeduntil = NULL WHERE hs_state = 0",
                (session.context.dialect.moment(datetime(2020, 1, 1, tzinfo=UTC)),),
            )

    def until_done(self) -> "list[Done]":
        """Deliver again and again, as time would, until nothing waits; at most ten times."""
        told = self.deliver()
        for _again in range(10):
            if not list(self.company.session.rows("hs_delivery", "hs_state eq 0")):
                return told
            self.make_due()
            told += self.deliver()
        raise AssertionError(f"It still waits: {told[-1]}")

    def order(self, id: UUID) -> Row:
        """An order of ours."""
        return self.company.row("salesorder", id)

    def theirs(self, id: UUID) -> dict[str, Any]:
        """The one order there that an order of ours has become."""
        number = self.order(id)["ordernumber"]
        [found] = [row for row in self.bc.orders() if row["externalDocumentNumber"] == number]
        return found

    def require_equal(self, id: UUID) -> None:
        """That the order is there once, with our total without tax, and accepted here."""
        ours, theirs = self.order(id), self.theirs(id)
        without_tax = ours["totalamount"] - (ours["totaltax"] or 0)
        assert Decimal(theirs["totalAmountExcludingTax"]) == without_tax
        assert ours["submitstatusdescription"] == f"Accepted by erp as {theirs['number']}."
        assert ours["submitstatus"] == 1
        assert ours["lastbackofficesubmit"] is not None
        [coupling] = self.company.all("hs_coupling", hs_rowid=id)
        assert (coupling["hs_theirid"], coupling["hs_theirnumber"]) == (theirs["id"], theirs["number"])
        assert coupling["hs_theirversion"] == theirs["@odata.etag"]


def handing_over(url: str, bc: BusinessCentral) -> Iterator[Handing]:
    """A company on a database, whose customer has a number."""
    with handsel.open(url) as session:
        company = Company(session)
        company.update("account", company.acme, accountnumber="C1")
        company.update("contact", company.ann, parentcustomerid=handsel.Reference("account", company.acme))
        yield Handing(company, bc, url)


@pytest.fixture
def handing(sqlite_url: str, bc: BusinessCentral) -> Iterator[Handing]:
    yield from handing_over(sqlite_url, bc)
