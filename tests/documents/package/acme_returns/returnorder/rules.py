"""What holds for return orders: what holds for every document, and that notes go with them."""

from __future__ import annotations

from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.engine.access import TablelessPrivilege

KIND = register_document(
    DocumentKind(
        table="returnorder",
        lines="returnorderdetail",
        parent="returnorderid",
        number="returnnumber",
        word="return",
        override_privilege=TablelessPrivilege("prvOverridePriceEngineReturn"),
        price_lock="ispricelocked",
    )
)
