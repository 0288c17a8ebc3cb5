"""The process of a throw-away server: started, waited for, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from handsel.errors import SetupError
from handsel.testing.certificate import Certificate
from handsel.testing.environment import without_settings

HOST = "127.0.0.1"

START = 60.0
"""Seconds a server may take to answer; a loaded machine takes its time."""

STOP = 5.0
"""Seconds that running requests have to finish."""

PAUSE = 0.01
"""Seconds between two checks whether it serves."""

SERVING = "Serving "
ROOT = "/api/data/v9.2/"
"""The text before and after the address, in the line that says that connections are accepted."""


class ServerProcess:
    """`handsel serve` as a context manager. It ends when its standard input does, so it ends with this process."""

    def __init__(
        self, directory: Path, database: Path, certificate: Certificate | None, *, port: int, config: Path | str | None
    ) -> None:
        self._directory = directory
        self._log = directory / "server.log"
        self._forgotten = 0
        self._last_words: str | None = None
        self._options = ["--database", f"sqlite:///{database}", "--host", HOST, "--port", str(port)]
        if certificate is not None:
            self._options += ["--tls-cert", str(certificate.chain), "--tls-key", str(certificate.key)]
        if config is not None:
            self._options += ["--config", str(Path(config).resolve())]
        self.url = ""
        """The address, once it serves."""

    @property
    def output(self) -> str:
        """Its output on standard output and standard error since the last `forget_output`."""
        if self._last_words is not None:
            return self._last_words
        with self._log.open("rb") as log:
            log.seek(self._forgotten)
            return log.read().decode(errors="replace")

    def forget_output(self) -> None:
        """Discard the output so far."""
        self._forgotten = self._log.stat().st_size

    @property
    def is_running(self) -> bool:
        """Whether it is alive."""
        return self._process.poll() is None

    def __enter__(self) -> ServerProcess:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "handsel.testing.running", *self._options],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._directory,
                env=without_settings(os.environ),
                start_new_session=True,  # an interrupt at the terminal ends the test, and the test the server
            )
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._last_words = self.output  # the file goes with the directory
        self._stop()

    def _wait(self) -> None:
        deadline = time.monotonic() + START
        while not self.url and self.is_running and time.monotonic() < deadline:
            time.sleep(PAUSE)
            for line in self.output.splitlines(keepends=True):
                if line.startswith(SERVING) and line.endswith(f"{ROOT}\n"):
                    self.url = line.removeprefix(SERVING).removesuffix(f"{ROOT}\n")
        if not self.url:
            how = f"did not serve within {START:.0f} seconds" if self.is_running else "ended before it served"
            raise SetupError(f"The test server {how}. It said:\n{self.output.strip() or '(nothing)'}")

    def _stop(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(STOP)
        except subprocess.TimeoutExpired:
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)  # with its worker
            self._process.wait()
