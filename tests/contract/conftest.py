"""One company for all bad requests of a module: none of them may change it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.commit_watcher import CommitWatcher
from tests.contract.world import make
from tests.databases import KINDS, sqlite_database
from tests.webapi.client import Api
from tests.webapi.conftest import make_token


@pytest.fixture(scope="module", params=KINDS)
def company_url(request: pytest.FixtureRequest, run_directory: Path, database_names: Iterator[str]) -> Iterator[str]:
    """A database with the company in it, once of each kind."""
    from handsel.site.wsgi import make_application

    with ExitStack() as stack:
        if request.param == "sqlite":
            file = run_directory / f"{next(database_names)}.sqlite3"
            template = request.getfixturevalue("sqlite_template")
            url = stack.enter_context(sqlite_database(file, template=template))
        else:
            server = request.getfixturevalue("postgresql")
            template = request.getfixturevalue("postgresql_template")
            url = stack.enter_context(server.database(next(database_names), template=template))
        make(Api(make_application(url), make_token(url), url))
        yield url


@pytest.fixture
def api(company_url: str) -> Api:
    """The Web API as admin."""
    from handsel.site.wsgi import make_application

    return Api(make_application(company_url), make_token(company_url), company_url)


@pytest.fixture
def watcher(company_url: str, api: Api) -> Iterator[CommitWatcher]:
    """Watches whether anything is committed."""
    watcher = CommitWatcher(company_url)
    yield watcher
    watcher.close()
