"""Every Python example and every command in README and docs runs, in the order it is written; no link is broken."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from handsel.site.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").glob("*/README.md"))]
RUN = [page for page in PAGES if page.parent == ROOT or "howto" in page.parts]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", RUN, ids=name)
def test_examples_run(page: Path, there: Path) -> None:
    program: list[str] = []
    for language, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "python":
            program.append(text)
        elif language == "console":
            for line in text.splitlines():
                run_command(line)
    if program:
        # Contributors work in the repository, whose tests they can import.
        env = {**os.environ, "PYTHONPATH": str(ROOT)} if page.parent.name == "contribute" else None
        ended = subprocess.run(
            [sys.executable, "-c", "\n".join(program)], cwd=there, capture_output=True, text=True, check=False, env=env
        )
        assert ended.returncode == 0, ended.stderr


def run_command(line: str) -> None:
    """Run one `$ handsel …` line; a trailing `# refused` says that it must fail."""
    prompt, command, *arguments = shlex.split(line, comments=True)
    assert (prompt, command) == ("$", "handsel"), line
    status = main(arguments)
    assert (status != 0) == line.endswith("# refused"), line


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{name(page)} links to {target}"


@pytest.mark.parametrize("script", ["write-lifecycles", "write-needs", "make-migration"])
def test_what_is_written_from_declarations_is_current(script: str) -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, f"Run scripts/{script}: {ended.stdout}{ended.stderr}"
