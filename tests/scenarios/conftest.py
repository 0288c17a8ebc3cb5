"""Gives each scenario a company of its own, on SQLite and on PostgreSQL."""

import pytest

from handsel.site.start import start

start()

from tests.scenarios.company import Company  # noqa: E402 (Django must know all tables first)


@pytest.fixture
def company(session) -> Company:
    """The sample company on a fresh database, once of each kind."""
    return Company(session)
