"""The directory `incoming/`: each file is taken in once and moved to `done/`, or to `rejected/` with the reason."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from handsel.chain.handover.posted import InvoiceOf, PaymentOf, Posted, RefusalOf
from handsel.connectors.contract import Incoming, Unreachable
from handsel.connectors.files.reading import read_posted
from handsel.connectors.files.writing import write_whole
from handsel.errors import HandselError, InvalidValue

LARGEST = 20_000_000
"""Bytes of a file that is read."""
SETTLED = 1.0
"""Seconds after which a file that nobody has written to counts as complete."""
WATCHED = 0.25
"""Seconds for which a younger file is watched: one that grows is left for the next time."""
_UNFINISHED = (".part", ".tmp")
_ORDER: tuple[type[Posted], ...] = (InvoiceOf, PaymentOf, RefusalOf)
"""What is taken in before what: a payment needs its invoice."""


class Inbox:
    """The files that another system puts into `incoming/` of a directory."""

    def __init__(self, directory: Path) -> None:
        self._incoming, self._done, self._rejected = (directory / name for name in ("incoming", "done", "rejected"))
        self.directories = (self._incoming, self._done, self._rejected)

    def collect(self) -> Iterator[Incoming]:
        """Invoices, then payments, then refusals, each by name. Raises Unreachable for a directory that fails."""
        found: list[tuple[int, Incoming]] = []
        try:
            for file in self._complete():
                with suppress(FileNotFoundError):  # another worker was faster
                    found.append(self._read(file))
        except OSError as error:
            raise Unreachable(f"{error.filename or self._incoming} cannot be read: {error.strerror}.") from error
        for _rank, incoming in sorted(found, key=lambda each: (each[0], each[1].name)):
            yield incoming

    def _complete(self) -> list[Path]:
        """The files that nobody is writing any more."""
        if not self._incoming.is_dir():
            return []
        files = [
            each
            for each in self._incoming.iterdir()
            if each.is_file()
            and not each.is_symlink()
            and not each.name.startswith(".")
            and each.suffix.lower() not in _UNFINISHED
        ]
        sizes = {file: _size(file) for file in files}
        young = [file for file in files if _age(file) < SETTLED]
        if young:  # a file says nowhere that it is complete; only time tells
            time.sleep(WATCHED)
        growing = {file for file in young if _size(file) != sizes[file]}
        return [file for file in files if file not in growing]

    def _read(self, file: Path) -> tuple[int, Incoming]:
        def done() -> None:
            self._move(file)

        def reject(reason: str) -> None:
            self._move(file, reason)

        try:
            posted = read_posted(file.name, _text(file))
        except HandselError as error:
            return len(_ORDER), Incoming(file.name, (), done, reject, error.message)
        return _ORDER.index(type(posted[0])), Incoming(file.name, posted, done, reject)

    def _move(self, file: Path, reason: str = "") -> None:
        directory = self._rejected if reason else self._done
        directory.mkdir(parents=True, exist_ok=True)
        target, times = directory / file.name, 1
        while target.exists():
            times += 1
            target = directory / f"{file.stem}.{times}{file.suffix}"
        with suppress(FileNotFoundError):  # another worker was faster
            file.replace(target)
            if reason:
                write_whole(directory / f"{target.name}.reason.txt", f"{reason}\n")


def _text(file: Path) -> str:
    if file.stat().st_size > LARGEST:
        raise InvalidValue(f"The file has more than {LARGEST:,} bytes. Split it.")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidValue(f"The file is not UTF-8 text, from byte {error.start} on. Write it as UTF-8.") from error


def _size(file: Path) -> int:
    with suppress(FileNotFoundError):
        return file.stat().st_size
    return -1


def _age(file: Path) -> float:
    with suppress(FileNotFoundError):
        return time.time() - file.stat().st_mtime
    return 0
