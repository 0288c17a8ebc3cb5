"""The sample company, for pages whose examples use it."""

import shutil
from pathlib import Path

import pytest

from handsel.site.cli import main
from handsel.site.start import start

start()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample company."""
    file = tmp_path_factory.mktemp("sample") / "handsel.sqlite3"
    assert main(["init", "--sample", "--database", f"sqlite:///{file}"]) == 0
    return file


@pytest.fixture
def there(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory but for the sample company's database, as current directory."""
    for part in sample.parent.glob("handsel.sqlite3*"):
        shutil.copy(part, tmp_path / part.name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDSEL_DATABASE_URL", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(sample.parent / "cache"))
    return tmp_path
