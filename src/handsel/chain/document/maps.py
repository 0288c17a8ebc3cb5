"""Columns that several conversions copy in the same way (behaviour 7)."""

from __future__ import annotations

HEADER = (
    "ownerid",
    "customerid",
    "name",
    "description",
    "pricelevelid",
    "transactioncurrencyid",
    "discountamount",
    "discountpercentage",
    "freightamount",
    "emailaddress",
)

_ADDRESS = ("name", "line1", "line2", "line3", "city", "stateorprovince", "postalcode", "country", "telephone", "fax")
BILL_TO = tuple(f"billto_{part}" for part in _ADDRESS)
SHIP_TO = (*(f"shipto_{part}" for part in _ADDRESS), "shipto_freighttermscode")
ADDRESS_IDS = ("billto_addressid", "billto_contactname", "shipto_addressid", "shipto_contactname")
LINE_ADDRESS_IDS = ("shipto_addressid", "shipto_contactname")

TERMS = ("paymenttermscode", "shippingmethodcode", "willcall")

TOTALS = frozenset(
    (
        "totalamount",
        "totalamountlessfreight",
        "totaldiscountamount",
        "totallineitemamount",
        "totallineitemdiscountamount",
        "totaltax",
        "pricingerrorcode",
    )
)
"""Computed anew on the target, with the same results as on the source."""

LINE = (
    "productid",
    "uomid",
    "quantity",
    "isproductoverridden",
    "productdescription",
    "productname",
    "ispriceoverridden",
    "priceperunit",
    "manualdiscountamount",
    "tax",
    "description",
    "lineitemnumber",
    "sequencenumber",
    "producttypecode",
    "productassociationid",
    "propertyconfigurationstatus",
    "transactioncurrencyid",
)

LINE_COMPUTED = frozenset(("baseamount", "extendedamount", "pricingerrorcode", "parentbundleid", "parentbundleidref"))

NEW = frozenset(("importsequencenumber", "overriddencreatedon", "skippricecalculation"))
"""Columns that are never copied to a new row: values of an import, and whether pricing is skipped."""
