"""What holds for orders besides what holds for every document."""

from __future__ import annotations

from handsel.chain.document.header_rules import keeps_currency
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.chain.salesorder.states import FULFILLED, INVOICED, SUBMITTED
from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.hooks import cascade

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
cascade("salesorder", "orderclose", "salesorderid")
keeps_currency("opportunity", "salesorder", "opportunityid")
