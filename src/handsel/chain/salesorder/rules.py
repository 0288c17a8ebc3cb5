"""What holds for orders besides what holds for every document."""

from __future__ import annotations

from handsel.chain.document.closing import regards_closed_row
from handsel.chain.document.header_rules import keeps_currency
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.chain.salesorder.states import FULFILLED, INVOICED, SUBMITTED
from handsel.engine.access import TablelessPrivilege
from handsel.engine.rights.privileges import cover
from handsel.tables.cascades import PARENTAL_RESTRICTED, PARENTAL_UNMERGED, RESTRICTED, Cascades, OnDelete, Reach
from handsel.tables.referring import cascade

KIND = register_document(
    DocumentKind(
        table="salesorder",
        lines="salesorderdetail",
        parent="salesorderid",
        number="ordernumber",
        word="order",
        override_privilege=TablelessPrivilege("prvOverridePriceEngineOrder"),
        price_lock="ispricelocked",
        lock_holds_overrides=True,
        keeps_sent_amounts=True,
        sold_states=(SUBMITTED, FULFILLED, INVOICED),
        needs_customer=True,
    )
)
for party in ("account", "contact"):
    cascade(party, "salesorder", "customerid", PARENTAL_RESTRICTED)
cascade("opportunity", "salesorder", "opportunityid", Cascades(OnDelete.RESTRICT, assign=Reach.CASCADE))
cascade("quote", "salesorder", "quoteid", RESTRICTED)
cascade("quotedetail", "salesorderdetail", "quotedetailid", RESTRICTED)
cascade("salesorder", "orderclose", "salesorderid", PARENTAL_UNMERGED)
keeps_currency("opportunity", "salesorder", "opportunityid")
regards_closed_row("orderclose", "salesorderid")

cover("Order", "salesorder")
