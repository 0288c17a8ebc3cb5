"""`handsel deliver`: the worker that hands submitted orders over."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handsel.connectors.collecting import Collected
    from handsel.connectors.worker import Done

HELP = """Hand submitted orders over to the systems of the connectors, and write down what comes back from them, in the
foreground, until interrupted.

  handsel deliver            deliver what falls due, as soon as it does
  handsel deliver --once     deliver what is due now, and end

A line says what became of each delivery, and of each invoice, payment or refusal that came back. Any number of workers
may run. With --once the exit status is 0 when nothing is due any more, and 1 when a delivery was rejected or given up
(`handsel delivery list` shows it), or something that came back was set aside."""

PAUSE = 1.0
"""Seconds between two looks at the queue."""
LOOKS = 5
"""Looks at the queue for each time that the other systems are asked what they have to say."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--once", action="store_true", help="deliver what is due now, and end")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each delivery")


def run(options: argparse.Namespace) -> int:
    """Deliver."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=True) as session:
        from handsel.site.delivering import open_worker

        told, heard = (_print_json, _print_collected_json) if options.json else (_print_line, _print_collected)
        worker = open_worker(session, told, heard)
        try:
            counts, collected = worker.drain(), worker.collect()
            while not options.once:
                for _look in range(LOOKS):
                    time.sleep(PAUSE)
                    worker.drain()
                worker.collect()
        finally:
            worker.close()
    return int(counts["Rejected"] + counts["GivenUp"] > 0 or any(each.reason for each in collected))


def _print_line(done: Done) -> None:
    print(f"{done.order}: {_said(done)}", flush=True)


def _said(done: Done) -> str:
    from handsel.chain.handover.outcomes import Accepted, GivenUp, Postponed, Rejected

    name = done.target.name
    match done.outcome:
        case Accepted(number=number):
            return f"accepted by {name}{f' as {number}' if number else ''}"
        case Rejected(reason):
            return f"rejected by {name}: {reason}"
        case Postponed(reason, due_on):
            return f"not delivered to {name}, tried again at {due_on:%H:%M:%S} UTC: {reason}"
        case GivenUp(reason):
            return f"given up for {name}: {reason}"


def _print_json(done: Done) -> None:
    from dataclasses import asdict

    from handsel.site.cli.json_text import written

    told = {
        "delivery": done.claim.delivery_id,
        "order": done.claim.order_id,
        "connector": done.target.name,
        "tries": done.claim.tries,
        "outcome": type(done.outcome).__name__.lower(),
        **{name: value for name, value in asdict(done.outcome).items() if value not in ("", None)},
    }
    print(written(told, indent=0), flush=True)


def _print_collected(collected: Collected) -> None:
    what = f"{collected.name} from {collected.target.name}" if collected.name else collected.target.name
    print(f"{what}: {collected.reason or 'written down'}", flush=True)


def _print_collected_json(collected: Collected) -> None:
    from handsel.site.cli.json_text import written

    told = {"connector": collected.target.name, "incoming": collected.name}
    outcome = {"outcome": "refused", "reason": collected.reason} if collected.reason else {"outcome": "recorded"}
    print(written({**told, **outcome}, indent=0), flush=True)
