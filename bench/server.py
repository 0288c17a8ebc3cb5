"""A running `handsel serve` to measure, and the CPU that it and its database use."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {"sqlite": ("1", "4"), "postgresql": ("2", "2")}
"""Processes and their threads. SQLite allows one writer and is served with the defaults. PostgreSQL on two cores:
a process per core, and a second thread for the time that the first waits for the database."""
START_SECONDS = 60
COMMAND = (sys.executable, "-c", "from handsel.site.cli import main; raise SystemExit(main())", "serve")


@dataclass(frozen=True, slots=True)
class Server:
    """Its port and its main process."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Milliseconds of CPU that the server's processes have used; 0 if that cannot be read."""
        return family_cpu(self.pid)


@contextmanager
def serving(url: str) -> Iterator[Server]:
    """Serve a database until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    workers, threads = SETTINGS["sqlite" if url.startswith("sqlite") else "postgresql"]
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port), "--workers", workers, "--threads", threads, "--database", url],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # a line for each request, which must be written but is not needed
        start_new_session=True,
    )
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def family_cpu(pid: int) -> float:
    """Milliseconds of CPU that a process and its running children have used."""
    return sum(map(_cpu, _family(pid)))


def parent_of(pid: int) -> int:
    """The parent of a process: for a PostgreSQL backend on this machine, the database server. Or 0."""
    return _parent(Path(f"/proc/{pid}"))


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if connection.recv(4096).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("The server did not start.")


def _family(pid: int) -> list[int]:
    """A process and all its children."""
    parents = {int(process.name): _parent(process) for process in _processes()}
    found = [pid]
    for known in found:
        found += [each for each, parent in parents.items() if parent == known]
    return found


def _processes() -> list[Path]:
    return list(Path("/proc").glob("[0-9]*"))


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
