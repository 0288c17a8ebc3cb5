"""Processes that know the return order: as an installed package, or as a folder of the chain."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import handsel

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).parent / "package"
FOLDER = "acme_returns/returnorder"


def run_installed(directory: Path, *arguments: str, package: Path = PACKAGE) -> "subprocess.CompletedProcess[str]":
    """Run Python with these arguments; `directory` gets the files that an installer would write."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    metadata = directory / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata.mkdir(exist_ok=True)
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8"
    )
    entry_points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    )
    (metadata / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    return _run(os.pathsep.join((str(directory), str(package))), arguments)


def run_in_chain(directory: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python with a Handsel whose `chain/` has the folder; its migration is the only other new file.

    All existing files are linked into `directory`.
    """
    there, here = Path(handsel.__file__).parent, directory / "handsel"
    for folder in ("", "chain", "migrations"):
        (here / folder).mkdir(parents=True, exist_ok=True)
        for entry in (there / folder).iterdir():
            link = here / folder / entry.name
            if not link.exists() and entry.name not in ("__pycache__", "chain", "migrations"):
                link.symlink_to(entry)
    folder = here / "chain" / "returnorder"
    folder.mkdir()
    for file in (PACKAGE / FOLDER).glob("*.py"):
        text = file.read_text(encoding="utf-8").replace("acme_returns.returnorder", "handsel.chain.returnorder")
        (folder / file.name).write_text(text.replace('        app_label = "handsel"\n', ""), encoding="utf-8")
    for file in (PACKAGE / FOLDER / "migrations").glob("returnorder_*.py"):
        shutil.copy(file, here / "migrations" / file.name.replace("returnorder_0001", "0999"))
    return _run(str(directory), arguments)


def _run(path: str, arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
