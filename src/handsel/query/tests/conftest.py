"""Rows are read from declarations, so Django must know all tables before a test module is imported."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from handsel.query.tests.company import Fetch
from handsel.site.start import start

if TYPE_CHECKING:
    import handsel
    from handsel.query.run.pages import Page

start()


@pytest.fixture
def fetch(session: "handsel.Session") -> Iterator[Fetch]:
    """The inside of an `<entity>` to a page."""
    from handsel.query.fetchxml.parser import parse_fetch
    from handsel.query.run.pages import run

    def fetched(inside: str, of: str = "", table: str = "account", now: datetime | None = None) -> "Page":
        return run(parse_fetch(f'<fetch {of}><entity name="{table}">{inside}</entity></fetch>'), now)

    with session.entered():
        yield fetched
