"""docs/howto/contribute, add-a-document.md and add-a-column.md: their blocks are files of the package in the tests."""

import re
import shutil
from pathlib import Path

import pytest

from tests.documents.installed import FOLDER, PACKAGE, run_installed
from tests.documents.test_refusals import START, start_with

PAGES = Path(__file__).resolve().parents[2] / "docs" / "howto" / "contribute"


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def test_the_blocks_are_the_files_of_the_package() -> None:
    shown = dict(re.findall(r"^### `(\S+)`\n\n```\w+\n(.*?)^```$", page("add-a-document.md"), re.MULTILINE | re.DOTALL))
    folder = PACKAGE / FOLDER
    files = {file.name: file for file in (PACKAGE / "pyproject.toml", *folder.glob("*.py"))}
    assert set(shown) == set(files)
    for name, text in shown.items():
        assert text == files[name].read_text(encoding="utf-8"), name


@pytest.mark.parametrize("mistake", ["an undecided column", "no states", "lines without parent"])
def test_the_refusals_are_what_is_said_at_start(mistake: str, tmp_path: Path) -> None:
    said = start_with(mistake, tmp_path)
    assert said.removeprefix("handsel.errors.SetupError: ") in page("add-a-document.md").splitlines()


def test_a_column_is_one_line_and_a_decision(tmp_path: Path) -> None:
    text = page("add-a-column.md")
    first, second = re.findall(r"^```diff\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (refusal,) = re.findall(r"^```text\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)
    package = tmp_path / "package"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    patch(package / FOLDER, first)
    refused = run_installed(tmp_path, "-c", START, package=package)
    assert refused.stderr.strip().splitlines()[-1] == f"handsel.errors.SetupError: {refusal}"
    patch(package / FOLDER, second)
    started = run_installed(tmp_path, "-c", START, package=package)
    assert started.returncode == 0, started.stderr
    checked = run_installed(tmp_path, "scripts/make-migration", "--check", package=package)
    assert checked.stdout == "No migration does it yet: Add field inspected_by to returnorder\n"


def patch(folder: Path, diff: str) -> None:
    """Do what a block says: the file's name, then lines that stay, go (-) and come (+)."""
    name, *lines = diff.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    new = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
