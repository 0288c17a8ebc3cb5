"""What holds for opportunities besides what holds for every document."""

from __future__ import annotations

from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.engine.access import TablelessPrivilege
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
