"""The pytest plugin: the fixture `handsel_server`, the marker `handsel`, and ini options with the same meaning.

pytest loads this module in every run, so it imports almost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from handsel.testing.server import Server

MARKER = "handsel(sample, tls, currency): which server the fixture handsel_server gives to this test"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The defaults of a project, in its pytest configuration."""
    parser.addini("handsel_sample", "whether handsel_server has the sample company", type="bool", default=False)
    parser.addini("handsel_tls", "whether handsel_server speaks https", type="bool", default=False)
    parser.addini("handsel_currency", "the base currency of handsel_server", default="USD")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def handsel_server(request: pytest.FixtureRequest, _handsel_servers: Callable[..., Server]) -> Iterator[Server]:
    """A Handsel server with fresh data. It keeps running from test to test; only its data are reset."""
    options: dict[str, Any] = {name: request.config.getini(f"handsel_{name}") for name in ("sample", "tls", "currency")}
    for marker in reversed(list(request.node.iter_markers("handsel"))):  # the nearest last
        if marker.args or not marker.kwargs.keys() <= options.keys():
            pytest.fail(f"The marker is {MARKER.partition(':')[0]}, each by its name.", pytrace=False)
        options |= marker.kwargs
    server = _handsel_servers(**options)
    with server.reachable():
        yield server


@pytest.fixture(scope="session")
def _handsel_servers() -> Iterator[Callable[..., Server]]:
    """Servers with fresh data, one of each kind for the whole run, started by the first test that uses it."""
    from handsel.testing.server import running

    with ExitStack() as resources:
        known: dict[tuple[tuple[str, Any], ...], Server] = {}

        def fresh(**options: Any) -> Server:
            kind = tuple(sorted(options.items()))
            if kind in known and known[kind].is_running:
                known[kind].reset()
            else:
                known[kind] = resources.enter_context(running(**options))
            return known[kind]

        yield fresh


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the server's output to the report of a test that failed."""
    report = yield
    server: Server | None = getattr(item, "funcargs", {}).get("handsel_server")
    if report.failed and server is not None:
        report.sections.append(("Handsel server", server.output))
    return report
