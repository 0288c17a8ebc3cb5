"""`make run`, typed at a terminal: it sells, serves, and Ctrl-C ends it without an error."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


AT_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp("make", ["make", *sys.argv[1:]])
"""


def test_make_run_serves_until_interrupted(tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "handsel"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\nfrom handsel.site.cli import main\nraise SystemExit(main())\n")
    program.chmod(0o755)
    terminal, other_end = pty.openpty()
    # The virtual environment is taken as made.
    make = subprocess.Popen(
        [sys.executable, "-c", AT_TERMINAL, "--old-file=.venv/.runtime", f"--makefile={ROOT / 'Makefile'}", "run"],
        cwd=tmp_path,
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
        start_new_session=True,
    )
    os.close(other_end)
    shown, interrupted = b"", False
    while part := _read(terminal):
        shown += part
        if not interrupted and b"Ctrl-C ends it." in shown:
            os.write(terminal, b"\x03")
            interrupted = True
    status = make.wait(timeout=60)
    os.close(terminal)
    text = shown.decode()
    assert status == 0, text
    assert "The customer pays" in text
    assert "Serving http://127.0.0.1:" in text
    assert "curl -H 'Authorization: Bearer hs_" in text
    assert "Traceback" not in text


def _read(terminal: int) -> bytes:
    """What the terminal shows next; empty after all processes have left it."""
    assert select.select([terminal], [], [], 60)[0], "it neither says anything nor ends"
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""
