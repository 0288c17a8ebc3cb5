"""The lifecycle of a lead (behaviour 3.12)."""

from __future__ import annotations

from handsel.chain.lead.options import LeadState, LeadStatus
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of

OPEN, QUALIFIED, DISQUALIFIED = (int(state) for state in LeadState)

# A closed lead can still be changed through the API, as in most tables (behaviour 8).
LIFECYCLE = lifecycle(
    Lifecycle(
        table="lead",
        label="Lead",
        number_column="fullname",
        states=(
            StateRule(OPEN, "Open", True, statuses_of(LeadStatus, OPEN), int(LeadStatus.NEW)),
            StateRule(QUALIFIED, "Qualified", True, statuses_of(LeadStatus, QUALIFIED), int(LeadStatus.QUALIFIED)),
            StateRule(DISQUALIFIED, "Disqualified", True, statuses_of(LeadStatus, DISQUALIFIED), int(LeadStatus.LOST)),
        ),
        transitions=(
            Transition("Qualify", ("QualifyLead",), (OPEN,), QUALIFIED),
            Transition("Disqualify", (UPDATE,), (OPEN,), DISQUALIFIED),
            Transition("Reactivate", (UPDATE,), (QUALIFIED, DISQUALIFIED), OPEN),
        ),
    )
)
