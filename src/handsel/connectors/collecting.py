"""Writing down what comes back from other systems, each thing in one transaction, by the connector's user."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from handsel.chain.handover.incoming import recording
from handsel.connectors.contract import Incoming, Target
from handsel.database.context import Context, entered
from handsel.engine.execute import execute_many
from handsel.engine.organization import read_settings
from handsel.engine.work import Work
from handsel.errors import DatabaseUnavailable, HandselError


@dataclass(frozen=True, slots=True)
class Collected:
    """One thing that came back, and why it was not written down; no reason if it was."""

    target: Target
    name: str
    reason: str = ""


def connectors_to_ask(context: Context) -> list[UUID]:
    """The connectors that are not paused."""
    with entered(context):
        work = Work(context, read_settings(context), collect=False)
        [found] = work.as_system.children("hs_connector", "hs_ispaused", [False], order=("hs_name",)).values()
    return [each.id for each in found]


def write_down(context: Context, target: Target, incoming: Incoming) -> Collected:
    """Write it down, or give it back with the reason. Raises DatabaseUnavailable: then it is neither."""
    if incoming.mistake:
        incoming.reject(incoming.mistake)
        return Collected(target, incoming.name, incoming.mistake)
    try:
        with entered(context):
            work = Work(context, read_settings(context), collect=False)
            messages = [recording(work, target.id, each) for each in incoming.posted]
        execute_many(context, messages)
    except DatabaseUnavailable:
        raise
    except HandselError as error:
        incoming.reject(error.message)
        return Collected(target, incoming.name, error.message)
    incoming.done()
    return Collected(target, incoming.name)
