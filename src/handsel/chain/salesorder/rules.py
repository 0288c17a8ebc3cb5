"""What holds for orders besides what holds for every document."""

from __future__ import annotations

from handsel.chain.document.header_rules import keeps_currency
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.hooks import cascade
from handsel.engine.numbering import Numbering, numbered

KIND = register_document(
    DocumentKind(
        table="salesorder",
        lines="salesorderdetail",
        parent="salesorderid",
        number="ordernumber",
        override_privilege=TablelessPrivilege.OVERRIDE_PRICE_ORDER,
        price_lock="ispricelocked",
        lock_holds_overrides=True,
    )
)
numbered("salesorder", Numbering("ordernumber", "orderprefix", "currentordernumber"))
cascade("salesorder", "orderclose", "salesorderid")
keeps_currency("opportunity", "salesorder", "opportunityid")
