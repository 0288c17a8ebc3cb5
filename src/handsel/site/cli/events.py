"""`handsel events`: the events of the outbox, as JSON lines."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handsel.engine.outbox import Event

HELP = """Print what happened as JSON lines, one event per document and message, oldest first.

Every event has an id. A reader that keeps the last one and starts again with --after misses none."""

PAUSE = 0.5
"""Seconds between two reads when following."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--follow", action="store_true", help="wait for further events until interrupted")
    parser.add_argument("--after", metavar="ID", help="start behind the event with this id")
    parser.add_argument("--limit", metavar="N", type=_count, help="stop after N events")


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1, not {text!r}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Print events."""
    from handsel.site.cli.opening import opened

    with opened(options) as session:
        from handsel.engine import outbox
        from handsel.engine.parameters import as_uuid

        with session.entered():
            position = None
            if options.after is not None:
                position = outbox.position_of(as_uuid("events", "--after", options.after))
            left = options.limit
            while left is None or left > 0:
                events = outbox.read(position, 1000 if left is None else min(left, 1000))
                for event in events:
                    print(_line(event))
                if events:
                    position = events[-1].position
                    left = None if left is None else left - len(events)
                    sys.stdout.flush()
                elif options.follow:
                    time.sleep(PAUSE)
                else:
                    break
    return 0


def _line(event: Event) -> str:
    from handsel.site.cli.json_text import written

    return written(
        {
            "id": event.event_id,
            "transaction": event.transaction_id,
            "time": event.occurred_on,
            "user": event.user_id,
            "message": event.message,
            "action": event.action,
            "table": event.table,
            "row": event.row_id,
            "version": event.version_number,
            "values": event.payload,
        },
        indent=0,
    )
