"""The kind `files`: orders are written into a directory, each as one file, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from handsel.chain.handover.outcomes import Accepted
from handsel.connectors.contract import Kind, Setting, Target, Unreachable
from handsel.connectors.files.order_json import order_json
from handsel.connectors.order_view import HandedOver, Numbers


class Files:
    """A directory that another system reads: `orders/` in it gets a file for each delivery of an order."""

    def __init__(self, target: Target) -> None:
        self._orders = Path(target.address) / "orders"

    def deliver(self, order: HandedOver, delivery_id: UUID) -> Accepted:
        """Write the file, over one that an earlier try may have left. Raises Unreachable."""
        name = f"{_safe(order.number or str(order.document.header.id))}-{delivery_id}.json"
        text = json.dumps(order_json(order.document, delivery_id), ensure_ascii=False, indent=1)
        try:
            self._orders.mkdir(parents=True, exist_ok=True)
            _write(self._orders / name, f"{text}\n")
        except OSError as error:
            raise Unreachable(f"The file {self._orders / name} cannot be written: {error.strerror}.") from error
        return Accepted(name, name)

    def check(self, ours: Numbers) -> Iterator[str]:
        """Whether the directory can be written to."""
        try:
            self._orders.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            yield f"The directory {self._orders} cannot be made: {error.strerror}."
            return
        if not os.access(self._orders, os.W_OK):
            yield f"The directory {self._orders} cannot be written to."

    def close(self) -> None:
        """Nothing is open."""


def _safe(text: str) -> str:
    """A name for a file that is one on every system, whatever a number was set to."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in text).lstrip(".")[:100] or "_"


def _write(file: Path, text: str) -> None:
    """Write a file whole: readers see it complete, or not at all, and what is there survives a power cut."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


KIND = Kind("files", "Files in a directory", Setting("directory", "the directory that the other system reads"), Files)
