"""Running an example as its README says."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def run_example(
    name: str, directory: Path, database: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command at the top of an example's README, with its placeholders filled in."""
    readme = (ROOT / "examples" / name / "README.md").read_text(encoding="utf-8")
    command = next(line for line in readme.splitlines() if line.startswith("    "))
    option = f"--database {shlex.quote(database)}" if database else ""
    words = shlex.split(command.replace("[--database URL]", option).replace("DIR", shlex.quote(str(directory))))
    assert words[0] == ".venv/bin/python"
    return subprocess.run(
        [sys.executable, *words[1:]],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def summary(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The last line of a run that went well, without the time it took."""
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("seconds") > 0
    return found


def write(directory: Path, **files: str) -> None:
    """Write files named by their text: `write(directory, orders=...)` makes `orders.csv`."""
    directory.mkdir()
    for name, text in files.items():
        (directory / f"{name.replace('__', '-')}.csv").write_text(text.lstrip(), encoding="utf-8")
