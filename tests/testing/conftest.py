"""Templates of these tests stand with their other databases, not in the user's cache."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def template_cache(run_directory: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(run_directory / "cache"))
        yield run_directory / "cache" / "handsel" / "testing"
