"""How a sales order becomes a return order."""

from __future__ import annotations

from handsel.chain.document.maps import HEADER, LINE, LINE_COMPUTED, NEW, TERMS, TOTALS
from handsel.engine.conversion import ColumnMap, Conversion, conversion

FROM_ORDER = conversion(
    Conversion(
        "order → return order",
        ColumnMap(
            "salesorder",
            "returnorder",
            same=(*HEADER, *TERMS, "opportunityid", "salesorderid"),
            fixed={"ispricelocked": True},
            computed=TOTALS,
            left_blank=NEW | {"returnnumber", "reason"},
        ),
        ColumnMap(
            "salesorderdetail",
            "returnorderdetail",
            same=(*LINE, "salesrepid", "willcall", "salesorderdetailid"),
            renamed={"returnorderdetailname": "salesorderdetailname"},
            computed=LINE_COMPUTED | {"returnorderid"},
            left_blank=NEW | {"condition"},
        ),
        message="ConvertSalesOrderToReturnOrder",
        link="salesorderid",
        locks_prices=True,
    )
)
