"""docs/howto/contribute/add-a-price-method.md: its file is dropped into the package, and its lines are priced."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import handsel

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "howto" / "contribute" / "add-a-price-method.md"
METHOD, USE = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)

WHAT_FOLLOWS = """
from handsel.tables.info import table_info

labels = table_info("productpricelevel").columns["pricingmethodcode"].labels
assert list(labels) == [1, 2, 3, 4, 5, 6, 100]
assert labels[100] == "Current Cost and Amount"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder that holds the package with one more price method; all else in it is linked."""
    methods = tmp_path / "with-one-more" / "handsel" / "pricing" / "methods"
    methods.mkdir(parents=True)
    there, here = Path(handsel.__file__).parent, methods.parents[1]
    for folder in ("", "pricing", "pricing/methods"):
        for entry in (there / folder).iterdir():
            link = here / folder / entry.name
            if not link.exists() and entry.name != "__pycache__":
                link.symlink_to(entry)
    (methods / "cost_and_amount.py").write_text(METHOD, encoding="utf-8")
    return here.parent


def test_a_price_method_is_one_file(package: Path, there: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", USE + WHAT_FOLLOWS]
    ended = subprocess.run(command, cwd=there, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
