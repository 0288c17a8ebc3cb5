"""The lifecycle of an opportunity (behaviour 2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handsel.chain.opportunity.options import OpportunityState, OpportunityStatus
from handsel.chain.system.options import ActivityState, ActivityStatus
from handsel.database.row import Row
from handsel.engine.lifecycle import UPDATE, Lifecycle, Move, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.work import Work
from handsel.errors import InvalidState

OPEN, WON, LOST = (int(state) for state in (OpportunityState.OPEN, OpportunityState.WON, OpportunityState.LOST))


def _reopened(_work: Work, _row: Row) -> Mapping[str, Any]:
    return {"actualclosedate": None, "actualvalue": None}


def _cancel_closes(work: Work, moves: Sequence[Move]) -> None:
    """Reopening turns the close activities from Completed to Canceled."""
    closes = work.as_system.children("opportunityclose", "opportunityid", [entry.row.id for entry in moves])
    for entry in moves:
        for activity in closes[entry.row.id]:
            if activity.get("statecode") == ActivityState.COMPLETED:
                values = {"statecode": int(ActivityState.CANCELED), "statuscode": int(ActivityStatus.CANCELED)}
                work.update(entry.item, activity, values, root=entry.row.reference)


LIFECYCLE = lifecycle(
    Lifecycle(
        table="opportunity",
        label="Opportunity",
        number_column="name",
        states=(
            StateRule(OPEN, "Open", True, statuses_of(OpportunityStatus, OPEN), int(OpportunityStatus.IN_PROGRESS)),
            StateRule(WON, "Won", False, statuses_of(OpportunityStatus, WON), int(OpportunityStatus.WON)),
            StateRule(LOST, "Lost", False, statuses_of(OpportunityStatus, LOST), int(OpportunityStatus.CANCELED)),
        ),
        transitions=(
            Transition("Win", ("WinOpportunity",), (OPEN,), WON),
            Transition("Lose", ("LoseOpportunity",), (OPEN,), LOST),
            Transition("Reopen", (UPDATE,), (WON, LOST), OPEN, stamps=_reopened, effect=_cancel_closes),
        ),
        deletable_states=(WON, LOST),
    )
)


def require_not_lost(row: Row) -> None:
    """Refuse a lost opportunity: nothing is made of it or copied from it (behaviour 3.1, 3.3)."""
    if row.get("statecode") not in (OPEN, WON):
        raise InvalidState(
            f"Opportunity '{row.get('name')}' is lost, so nothing can be made or copied from it. Reopen it first.",
            table="opportunity",
            id=str(row.id),
        )
