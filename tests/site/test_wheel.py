"""What `make wheel` builds is installed in a fresh environment and sells something there."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

from handsel.version import VERSION

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "HANDSEL"))}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_works_where_nothing_else_is(tmp_path: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path)
    run(*pip, "wheel", *options, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"handsel-{VERSION}-py3-none-any.whl"
    venv.create(tmp_path / "fresh", with_pip=False)
    python = tmp_path / "fresh" / "bin" / "python"
    run(*pip, "--python", python, "install", "--constraint", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    handsel = tmp_path / "fresh" / "bin" / "handsel"
    assert run(handsel, "--version", cwd=tmp_path).strip() == f"handsel {VERSION}"
    assert "sample company" in run(handsel, "init", "--sample", cwd=tmp_path)
    made = run(handsel, "convert", "opportunity", "--to", "quote", "Office move, 12 workplaces", cwd=tmp_path)
    assert re.search(r"Office move, 12 workplaces → QUO-\d+", made)
