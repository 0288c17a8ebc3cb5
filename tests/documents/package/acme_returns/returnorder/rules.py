"""What holds for return orders: what holds for every document, and that notes go with them."""

from __future__ import annotations

from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import govern
from handsel.engine.access import Special

KIND = govern(
    DocumentKind(
        table="returnorder",
        lines="returnorderdetail",
        parent="returnorderid",
        number="returnnumber",
        word="return",
        override_privilege=Special("prvOverridePriceEngineReturn"),
        price_lock="ispricelocked",
    )
)
