"""`scripts/make-migration` adds a migration for what no migration does yet."""

import subprocess
import sys
from pathlib import Path

from tests.upgrade.conftest import ROOT

PROGRAM = """
import importlib.machinery, importlib.util, sys
from pathlib import Path
loader = importlib.machinery.SourceFileLoader("make_migration", "scripts/make-migration")
script = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
loader.exec_module(script)
script.MIGRATIONS = Path(sys.argv.pop(1))
from handsel.database.counters import COUNTERS
COUNTERS["testnumber"] = 7
sys.exit(script.main())
"""


def run(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-c", PROGRAM, str(directory), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_check_tells_what_is_missing(tmp_path: Path) -> None:
    ended = run(tmp_path, "--check")
    assert (ended.returncode, ended.stdout) == (1, "No migration does it yet: Create the counters testnumber\n")
    assert list(tmp_path.iterdir()) == []


def test_it_is_added_behind_the_last_one(tmp_path: Path) -> None:
    ended = run(tmp_path, "add_test_number")
    assert ended.returncode == 0, ended.stderr
    last = max(file.stem for file in (ROOT / "src" / "handsel" / "migrations").glob("0*.py"))
    (made,) = tmp_path.glob("*.py")
    assert made.name == f"{int(last[:4]) + 1:04}_add_test_number.py"
    text = made.read_text(encoding="utf-8")
    assert text.startswith('"""Add test number."""\n')
    assert f'("handsel", "{last}")' in text
    assert 'CreateCounters(\n            counters={\n                "testnumber": 7,' in text
