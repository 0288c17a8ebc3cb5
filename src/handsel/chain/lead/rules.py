"""What happens to the leads of a customer along with it, and what a lead becomes that is merged into another."""

from __future__ import annotations

from handsel.chain.lead.options import LeadState, LeadStatus
from handsel.chain.party.merge import Mergeable, mergeable
from handsel.tables.cascades import PARENTAL
from handsel.tables.referring import cascade, merges

merges("lead")
mergeable(Mergeable("lead", None, None, int(LeadState.DISQUALIFIED), int(LeadStatus.CANCELED)))
for party in ("account", "contact"):
    cascade(party, "lead", "customerid", PARENTAL)
