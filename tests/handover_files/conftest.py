"""A company on each database whose orders are handed over as files, and the directory they go to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import handsel
from handsel import Reference
from handsel.site.start import start

start()

from handsel.connectors.worker import Worker  # noqa: E402 (Django must know all tables first)
from handsel.site.delivering import open_worker  # noqa: E402
from tests.people import give_role  # noqa: E402
from tests.scenarios.company import Company  # noqa: E402
from tests.scenarios.fixtures import (  # noqa: E402
    company,
    company_file,
    company_postgresql_url,
    company_sqlite_url,
    company_template,
)

__all__ = ["company", "company_file", "company_postgresql_url", "company_sqlite_url", "company_template"]


@pytest.fixture
def erp(company: Company, tmp_path: Path) -> Path:
    """The directory of a connector of the kind files, whose user has no more than the role made for it."""
    user = company.create("systemuser", domainname="erp", lastname="erp", isintegrationuser=True)
    give_role(company.session, user, "Integration")
    company.create(
        "hs_connector",
        hs_name="erp",
        hs_kind="files",
        hs_address=str(tmp_path / "erp"),
        systemuserid=Reference("systemuser", user),
    )
    company.settings(issopintegrationenabled=True)
    (tmp_path / "erp" / "incoming").mkdir(parents=True)
    return tmp_path / "erp"


@pytest.fixture
def worker(company: Company, erp: Path) -> Iterator[Worker]:
    """A worker for the company's connector."""
    worker = open_worker(company.session)
    yield worker
    worker.close()


@pytest.fixture
def submitted(company: Company, worker: Worker) -> Callable[..., handsel.Row]:
    """Makes an order, submits and delivers it; returns it."""

    def submit(*lines: dict[str, object], **values: object) -> handsel.Row:
        order = company.order(*lines, state=1, **values)
        assert worker.drain() == {"Accepted": 1}
        return company.row("salesorder", order)

    return submit
