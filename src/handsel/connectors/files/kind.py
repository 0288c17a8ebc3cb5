"""The kind `files`: orders are written into a directory, and what the other system writes there is taken in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from handsel.chain.handover.order_snapshot import OrderSnapshot
from handsel.chain.handover.outcomes import Accepted
from handsel.connectors.contract import Incoming, Kind, Numbers, Setting, Target, Unreachable
from handsel.connectors.files.inbox import Inbox
from handsel.connectors.files.order_json import order_json
from handsel.connectors.files.writing import FORMATS, order_files, require_format, safe_name, write_whole


class Files:
    """A directory that another system works on: `orders/` in it gets the files of each delivery of an order; what is
    put into `incoming/` is written down here. Raises InvalidArgument for an unknown format.
    """

    def __init__(self, target: Target) -> None:
        self._orders = Path(target.address) / "orders"
        self._inbox = Inbox(Path(target.address))
        self._format = require_format(target.setting("format") or FORMATS[0])

    def deliver(self, order: OrderSnapshot, delivery_id: UUID) -> Accepted:
        """Write the files, over those that an earlier try may have left. Raises Unreachable."""
        stem = f"{safe_name(str(order.header.get('ordernumber') or order.header.id))}-{delivery_id}"
        name = stem
        try:
            self._orders.mkdir(parents=True, exist_ok=True)
            for name, text in order_files(order_json(order, delivery_id), stem, self._format).items():
                write_whole(self._orders / name, text)
        except OSError as error:
            raise Unreachable(f"The file {self._orders / name} cannot be written: {error.strerror}.") from error
        return Accepted(name, name)

    def collect(self) -> Iterator[Incoming]:
        """What is complete in `incoming/`. Raises Unreachable."""
        return self._inbox.collect()

    def check(self, ours: Numbers) -> Iterator[str]:
        """Whether the directories can be written to."""
        for directory in (self._orders, *self._inbox.directories):
            try:
                directory.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                yield f"The directory {directory} cannot be made: {error.strerror}."
                continue
            if not os.access(directory, os.W_OK):
                yield f"The directory {directory} cannot be written to."

    def close(self) -> None:
        """Nothing is open."""


KIND = Kind(
    "files",
    "Files in a directory",
    Setting("directory", "the directory that the other system works on"),
    Files,
    (Setting("format", "how orders are written: json (default), csv or ubl"),),
)
