"""How an opportunity becomes a quote, and a quote its next revision (behaviour 7, 3.8)."""

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
from handsel.chain.quote.options import QuoteCreationMethod
from handsel.engine.conversion import ColumnMap, Conversion, conversion

FROM_OPPORTUNITY = conversion(
    Conversion(
        "opportunity → quote",
        ColumnMap(
            "opportunity",
            "quote",
            same=(*HEADER, "campaignid", "opportunityid", "hs_ispricelocked"),
            fixed={"quotecreationmethod": int(QuoteCreationMethod.UNKNOWN)},
            computed=TOTALS
            | {"quotenumber", "paymenttermscode", "freighttermscode", "shippingmethodcode"}
            | frozenset((*BILL_TO, *SHIP_TO, *ADDRESS_IDS)),
            left_blank=NEW | {"effectivefrom", "effectiveto", "expireson", "closedon", "requestdeliveryby", "willcall"},
        ),
        ColumnMap(
            "opportunityproduct",
            "quotedetail",
            same=LINE,
            renamed={"quotedetailname": "opportunityproductname"},
            fixed={"quotecreationmethod": int(QuoteCreationMethod.UNKNOWN)},
            computed=LINE_COMPUTED | {"quoteid"},
            left_blank=NEW | {"salesrepid", "willcall", "requestdeliveryby"} | frozenset((*SHIP_TO, *LINE_ADDRESS_IDS)),
        ),
    )
)

REVISION = conversion(
    Conversion(
        "quote → revision",
        ColumnMap(
            "quote",
            "quote",
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
                "effectivefrom",
                "effectiveto",
                "expireson",
                "quotenumber",
                "hs_ispricelocked",
            ),
            fixed={"quotecreationmethod": int(QuoteCreationMethod.REVISION)},
            computed=TOTALS,
            left_blank=NEW | {"closedon"},
        ),
        ColumnMap(
            "quotedetail",
            "quotedetail",
            same=(*LINE, *SHIP_TO, *LINE_ADDRESS_IDS, "quotedetailname", "salesrepid", "willcall", "requestdeliveryby"),
            fixed={"quotecreationmethod": int(QuoteCreationMethod.REVISION)},
            computed=LINE_COMPUTED | {"quoteid"},
            left_blank=NEW,
        ),
    )
)
