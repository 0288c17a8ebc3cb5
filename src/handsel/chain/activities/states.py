"""The lifecycles of tasks, phone calls and appointments (tables 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handsel.chain.activities.options import AppointmentStatus, PhoneCallStatus, PlannedState, TaskStatus
from handsel.database.row import Row
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.work import Work
from handsel.tables.options import OptionSet

OPEN, COMPLETED, CANCELED, SCHEDULED = (int(state) for state in PlannedState)


def _ended(work: Work, row: Row) -> Mapping[str, Any]:
    return {"actualend": row.get("actualend") or work.now}


def _state(value: int, status: type[OptionSet]) -> StateRule:
    statuses = statuses_of(status, value)
    return StateRule(value, PlannedState(value).label, True, statuses, statuses[0])


def _lifecycle(table: str, label: str, status: type[OptionSet]) -> Lifecycle:
    """Every step between the states of an activity is a plain change of its state; a completed one stays editable."""
    live = (OPEN, SCHEDULED) if statuses_of(status, SCHEDULED) else (OPEN,)
    steps = [
        Transition("Complete", (UPDATE,), live, COMPLETED, stamps=_ended),
        Transition("Cancel", (UPDATE,), live, CANCELED),
        Transition("Reopen", (UPDATE,), (COMPLETED, CANCELED, *live[1:]), OPEN),
    ]
    if SCHEDULED in live:
        steps.append(Transition("Schedule", (UPDATE,), (OPEN, COMPLETED, CANCELED), SCHEDULED))
    states = tuple(_state(value, status) for value in (OPEN, COMPLETED, CANCELED, *live[1:]))
    return lifecycle(Lifecycle(table, label, states, tuple(steps), number_column="subject"))


TASK = _lifecycle("task", "Task", TaskStatus)
PHONE_CALL = _lifecycle("phonecall", "Phone call", PhoneCallStatus)
APPOINTMENT = _lifecycle("appointment", "Appointment", AppointmentStatus)
