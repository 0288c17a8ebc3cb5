"""What holds for opportunities besides what holds for every document."""

from __future__ import annotations

from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.hooks import cascade
from handsel.tables.intersects import intersect

KIND = register_document(
    DocumentKind(
        table="opportunity",
        lines="opportunityproduct",
        parent="opportunityid",
        number="name",
        override_privilege=TablelessPrivilege.OVERRIDE_PRICE_OPPORTUNITY,
        price_lock="hs_ispricelocked",
        lock_holds_overrides=False,
    )
)
cascade("opportunity", "opportunityclose", "opportunityid")
cascade("opportunity", "opportunitycompetitors", "opportunityid")
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
