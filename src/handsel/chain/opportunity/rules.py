"""What holds for opportunities besides what holds for every document."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.document.closing import regards_closed_row
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.chain.opportunity.states import LIFECYCLE, require_not_lost
from handsel.engine.access import TablelessPrivilege
from handsel.engine.conversion import source_check
from handsel.engine.crud.hooks import Entry, each_entry, rule
from handsel.engine.rights.privileges import cover_through
from handsel.engine.work import Work
from handsel.tables.cascades import PARENTAL, PARENTAL_UNMERGED, PART
from handsel.tables.intersects import intersect
from handsel.tables.referring import cascade

KIND = register_document(
    DocumentKind(
        table="opportunity",
        lines="opportunityproduct",
        parent="opportunityid",
        number="name",
        word="opportunity",
        override_privilege=TablelessPrivilege("prvOverridePriceEngineOpportunity"),
        price_lock="hs_ispricelocked",
        lock_holds_overrides=False,
    )
)
for party in ("account", "contact"):
    cascade(party, "opportunity", "customerid", PARENTAL)
cascade("opportunity", "opportunityclose", "opportunityid", PARENTAL_UNMERGED)
cascade("opportunity", "opportunitycompetitors", "opportunityid", PART)
cascade("competitor", "opportunitycompetitors", "competitorid", PART)
regards_closed_row("opportunityclose", "opportunityid")
source_check("opportunity", require_not_lost)


@rule("create", "opportunityclose")
def reason_belongs_to_state(work: Work, entries: Sequence[Entry]) -> None:
    """The state and the status reason that a close activity says of its opportunity agree (behaviour 2.5)."""

    def check(entry: Entry) -> None:
        state, reason = entry.row.get("opportunitystatecode"), entry.row.get("opportunitystatuscode")
        if state is not None:
            LIFECYCLE.status_for(LIFECYCLE.state(state), reason)

    each_entry(work, entries, check)


intersect(
    "opportunitycompetitors_association",
    "opportunity",
    "opportunitycompetitors",
    "opportunityid",
    "competitorid",
    "competitor",
)
intersect(
    "opportunitycompetitors_association",
    "competitor",
    "opportunitycompetitors",
    "competitorid",
    "opportunityid",
    "opportunity",
)

cover_through("opportunitycompetitors", "opportunityid")
