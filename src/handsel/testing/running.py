"""`handsel serve` that ends with its standard input: `python -m handsel.testing.running OPTIONS`.

The calling process holds the other end of the pipe. However it ends, the pipe closes, the server stops, and the
current directory, which was made for the server, is removed.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import threading
from pathlib import Path

from handsel.site.cli import main


def stop_with_standard_input(ended: threading.Event) -> None:
    """Wait for the end of standard input, then stop this process and its worker."""
    # Not through sys.stdin, whose lock would be held for ever in a worker that is forked meanwhile.
    while os.read(0, 1024):
        pass
    ended.set()
    if sys.platform == "win32":  # where a worker does not notice that its parent has ended
        for worker in multiprocessing.active_children():
            worker.terminate()
    os.kill(os.getpid(), signal.SIGTERM)


def run(options: list[str]) -> int:
    """Serve; return the exit status."""
    ended = threading.Event()
    threading.Thread(target=stop_with_standard_input, args=(ended,), daemon=True).start()
    status = main(["serve", *options])
    if ended.is_set():  # otherwise keep its output to be read
        shutil.rmtree(Path.cwd(), ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
