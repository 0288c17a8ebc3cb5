"""How a sales order or an opportunity becomes an invoice (behaviour 7)."""

from __future__ import annotations

from handsel.chain.document.maps import BILL_TO, HEADER, LINE, LINE_COMPUTED, NEW, SHIP_TO, TERMS, TOTALS
from handsel.engine.conversion import ColumnMap, Conversion, conversion

_OWN = frozenset(("invoicenumber", "duedate", "datedelivered", "lastbackofficesubmit"))
_DELIVERY = frozenset(("actualdeliveryon", "shippingtrackingnumber"))
_SHIPMENT = ("quantityshipped", "quantitybackordered", "quantitycancelled")

FROM_ORDER = conversion(
    Conversion(
        "order → invoice",
        ColumnMap(
            "salesorder",
            "invoice",
            same=(*HEADER, *TERMS, *BILL_TO, *SHIP_TO, "opportunityid", "prioritycode", "salesorderid"),
            fixed={"ispricelocked": True},
            computed=TOTALS,
            left_blank=NEW | _OWN,
        ),
        ColumnMap(
            "salesorderdetail",
            "invoicedetail",
            same=(*LINE, *SHIP_TO, *_SHIPMENT, "salesrepid", "willcall", "salesorderdetailid"),
            renamed={"invoicedetailname": "salesorderdetailname"},
            fixed={"iscopied": True},
            computed=LINE_COMPUTED | {"invoiceid"},
            left_blank=NEW | _DELIVERY,
        ),
        locks_prices=True,
    )
)

FROM_OPPORTUNITY = conversion(
    Conversion(
        "opportunity → invoice",
        ColumnMap(
            "opportunity",
            "invoice",
            same=(*HEADER, "opportunityid", "prioritycode"),
            fixed={"ispricelocked": True},
            computed=TOTALS | {"paymenttermscode", "shippingmethodcode"} | frozenset((*BILL_TO, *SHIP_TO)),
            left_blank=NEW | _OWN | {"salesorderid", "willcall"},
        ),
        ColumnMap(
            "opportunityproduct",
            "invoicedetail",
            same=LINE,
            renamed={"invoicedetailname": "opportunityproductname"},
            fixed={"iscopied": True},
            computed=LINE_COMPUTED | {"invoiceid"},
            left_blank=NEW
            | _DELIVERY
            | frozenset((*SHIP_TO, *_SHIPMENT, "salesrepid", "willcall", "salesorderdetailid")),
        ),
        locks_prices=True,
    )
)
