"""How a quote or an opportunity becomes a sales order (behaviour 7)."""

from __future__ import annotations

from handsel.chain.document.maps import (
    ADDRESS_IDS,
    BILL_TO,
    HEADER,
    LINE,
    LINE_ADDRESS_IDS,
    LINE_COMPUTED,
    NEW,
    SHIP_TO,
    TERMS,
    TOTALS,
)
from handsel.chain.salesorder.options import OrderCreationMethod
from handsel.engine.conversion import ColumnMap, Conversion, conversion

_BACK_OFFICE = frozenset(
    ("ordernumber", "datefulfilled", "submitdate", "submitstatus", "submitstatusdescription", "lastbackofficesubmit")
)
_SHIPMENT = frozenset(("quantitybackordered", "quantitycancelled", "quantityshipped"))

FROM_QUOTE = conversion(
    Conversion(
        "quote → order",
        ColumnMap(
            "quote",
            "salesorder",
            same=(
                *HEADER,
                *TERMS,
                *BILL_TO,
                *SHIP_TO,
                *ADDRESS_IDS,
                "campaignid",
                "opportunityid",
                "freighttermscode",
                "requestdeliveryby",
                "quoteid",
            ),
            fixed={"ordercreationmethod": int(OrderCreationMethod.WIN_QUOTE), "ispricelocked": True},
            computed=TOTALS,
            left_blank=NEW | _BACK_OFFICE | {"prioritycode"},
        ),
        ColumnMap(
            "quotedetail",
            "salesorderdetail",
            same=(*LINE, *SHIP_TO, *LINE_ADDRESS_IDS, "salesrepid", "willcall", "requestdeliveryby", "quotedetailid"),
            renamed={"salesorderdetailname": "quotedetailname"},
            fixed={"iscopied": True},
            computed=LINE_COMPUTED | {"salesorderid"},
            left_blank=NEW | _SHIPMENT,
        ),
        locks_prices=True,
    )
)

FROM_OPPORTUNITY = conversion(
    Conversion(
        "opportunity → order",
        ColumnMap(
            "opportunity",
            "salesorder",
            same=(*HEADER, "campaignid", "opportunityid", "prioritycode"),
            fixed={"ordercreationmethod": int(OrderCreationMethod.UNKNOWN), "ispricelocked": True},
            computed=TOTALS
            | {"paymenttermscode", "freighttermscode", "shippingmethodcode"}
            | frozenset((*BILL_TO, *SHIP_TO, *ADDRESS_IDS)),
            left_blank=NEW | _BACK_OFFICE | {"quoteid", "requestdeliveryby", "willcall"},
        ),
        ColumnMap(
            "opportunityproduct",
            "salesorderdetail",
            same=LINE,
            renamed={"salesorderdetailname": "opportunityproductname"},
            fixed={"iscopied": True},
            computed=LINE_COMPUTED | {"salesorderid"},
            left_blank=NEW
            | _SHIPMENT
            | {"salesrepid", "willcall", "requestdeliveryby", "quotedetailid"}
            | frozenset((*SHIP_TO, *LINE_ADDRESS_IDS)),
        ),
        locks_prices=True,
    )
)
