"""The main process: it starts the workers, starts dead ones again, replaces them on SIGHUP, and stops them."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from types import FrameType

from handsel.site.server import worker
from handsel.site.server.restarts import Backoff, Workers
from handsel.site.server.worker import REFUSED, STOP_SECONDS, Setting

log = logging.getLogger(__name__)

KILL_SECONDS = STOP_SECONDS + 1
"""After so many seconds a worker that was told to stop is killed."""


class _Slot:
    """One worker and those that follow it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.backoff = Backoff()
        self.process: BaseProcess | None = None
        self.told: Pipe | None = None
        """Says when it serves; None once it does."""
        self.has_served = False
        self.start_at: float | None = 0.0
        """When the next one is started, if none runs."""


class Supervisor:
    """Runs workers until it is told to stop."""

    def __init__(
        self, setting: Setting, workers: Workers, announce: Callable[[], None], *, at_terminal: bool = False
    ) -> None:
        """`announce` is called when the first worker serves; `at_terminal`, whether SIGHUP means that it was closed."""
        self._setting = setting
        self._workers = workers
        self._announce = announce
        self._at_terminal = at_terminal
        self._slots = [_Slot(number) for number in range(setting.workers)]
        self._leaving: list[tuple[BaseProcess, float]] = []
        """Workers that were told to stop, and when they are killed."""
        self._is_announced = False
        self._must_stop = False
        self._must_reload = False
        method = multiprocessing.get_start_method()
        self._context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork") if method == "fork" else multiprocessing.get_context("spawn")
        )

    def run(self) -> int:
        """Serve; the exit status is 1 if no worker can start, otherwise 0."""
        with self._signals() as woken:
            try:
                return self._loop(woken)
            finally:
                self._setting.listener.close()  # from now on, connections are refused
                for slot in self._slots:
                    self._retire(slot.process)
                self._bid_farewell(wait_for_all=True)

    def _loop(self, woken: socket.socket) -> int:
        while not self._must_stop:
            now = time.monotonic()
            for slot in self._slots:
                if slot.start_at is not None and slot.start_at <= now:
                    self._start(slot)
            if self._must_reload:
                self._must_reload = False
                self._reload(woken)
            self._wait(woken)
            self._bid_farewell()
            for slot in self._slots:
                self._look_at(slot)
                if slot.backoff.is_hopeless:
                    log.error("A worker cannot start: it ended %d times before it served.", slot.backoff.failures)
                    return 1
                if slot.process is None and slot.start_at is None:
                    return 1  # it has said why
        return 0

    def _wait(self, woken: socket.socket) -> None:
        """Until a signal comes, a worker dies or serves, or one has to be started."""
        moments = [slot.start_at for slot in self._slots if slot.start_at is not None]
        moments += [deadline for _, deadline in self._leaving]
        timeout = max(0.0, min(moments) - time.monotonic()) if moments else None
        watched: list[Pipe | socket.socket | int] = [woken, *(process.sentinel for process, _ in self._leaving)]
        for slot in self._slots:
            if slot.process is not None:
                watched.append(slot.process.sentinel)
            if slot.told is not None:
                watched.append(slot.told)
        if woken in wait(watched, timeout):
            with contextlib.suppress(BlockingIOError):
                woken.recv(1000)

    def _start(self, slot: _Slot) -> None:
        slot.start_at, slot.has_served = None, False
        receiving, sending = self._context.Pipe(duplex=False)
        process = self._context.Process(
            name=f"Worker {slot.number + 1}", target=worker.run, args=(self._setting, sending)
        )
        with worker.signals_held():  # until the worker has handlers of its own
            process.start()
        sending.close()
        slot.process, slot.told = process, receiving

    def _look_at(self, slot: _Slot) -> None:
        """Notice that a worker serves, or that it died."""
        self._listen_to(slot)
        if slot.process is not None and not slot.process.is_alive():
            self._bury(slot)

    def _listen_to(self, slot: _Slot) -> None:
        """Notice that a worker serves, or ended before it did."""
        if slot.told is None or not slot.told.poll():
            return
        with contextlib.suppress(EOFError):
            slot.has_served = bool(slot.told.recv())
        slot.told.close()
        slot.told = None
        self._count()
        if slot.has_served and not self._is_announced:
            self._is_announced = True
            self._announce()

    def _bury(self, slot: _Slot) -> None:
        assert slot.process is not None
        slot.process.join()
        code = slot.process.exitcode
        slot.process.close()
        slot.process = None
        if slot.told is not None:
            slot.told.close()
            slot.told = None
        served = slot.has_served
        slot.has_served = False
        if self._must_stop:
            return
        if code == REFUSED and not self._is_announced:
            return  # it has said why, and another one would say the same
        now = time.monotonic()
        pause = slot.backoff.pause(now, has_served=served)
        slot.start_at = now + pause
        self._workers.count_restart()
        self._count()
        when = f"in {pause:.1f} s" if pause else "at once"
        log.error("Worker %d died (%s). Another one is started %s.", slot.number + 1, _ending(code), when)

    def _count(self) -> None:
        self._workers.running = sum(slot.has_served for slot in self._slots)

    def _reload(self, woken: socket.socket) -> None:
        """Replace the workers, one after the other. One whose successor does not serve goes on."""
        for slot in self._slots:
            if slot.process is None:
                continue  # a new one is started anyway
            successor = _Slot(slot.number)
            self._start(successor)
            while not self._must_stop and successor.told is not None:
                wait([woken, successor.told])
                with contextlib.suppress(BlockingIOError):
                    woken.recv(1000)
                self._listen_to(successor)
            if successor.has_served:
                self._retire(slot.process)
                slot.process, slot.has_served = successor.process, True
            else:
                log.error("The new worker %d does not serve; the old one goes on.", slot.number + 1)
                self._retire(successor.process)

    def _retire(self, process: BaseProcess | None) -> None:
        """Tell a worker to stop."""
        if process is not None:
            process.terminate()
            self._leaving.append((process, time.monotonic() + KILL_SECONDS))

    def _bid_farewell(self, *, wait_for_all: bool = False) -> None:
        """Forget workers that have stopped, and kill those that do not."""
        for process, deadline in list(self._leaving):
            process.join(max(0.0, deadline - time.monotonic()) if wait_for_all else 0)
            if process.is_alive() and time.monotonic() < deadline:
                continue
            if process.is_alive():
                log.warning("%s did not stop within %.0f s and is killed.", process.name, KILL_SECONDS)
                process.kill()
                process.join()
            self._leaving.remove((process, deadline))

    @contextlib.contextmanager
    def _signals(self) -> Iterator[socket.socket]:
        """Handle signals; they wake whoever waits for the socket."""
        woken, waking = socket.socketpair()
        for each in (woken, waking):
            each.setblocking(False)
        handlers = {signal.SIGTERM: self._on_stop, signal.SIGINT: self._on_stop}
        if sys.platform != "win32":
            handlers[signal.SIGHUP] = self._on_stop if self._at_terminal else self._on_reload
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        old = signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
        try:
            yield woken
        finally:
            signal.set_wakeup_fd(old)
            for number, handler in before.items():
                signal.signal(number, handler)
            woken.close()
            waking.close()

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._must_stop = True

    def _on_reload(self, _number: int, _frame: FrameType | None) -> None:
        self._must_reload = True


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit status {code}"
