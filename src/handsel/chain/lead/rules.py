"""What is deleted along with a lead, and what a lead becomes that is merged into another."""

from __future__ import annotations

from handsel.chain.lead.options import LeadState, LeadStatus
from handsel.chain.party.merge import Mergeable, mergeable
from handsel.engine.crud.hooks import cascade

cascade("lead", "annotation", "objectid")
mergeable(Mergeable("lead", None, None, int(LeadState.DISQUALIFIED), int(LeadStatus.CANCELED)))
