"""How a qualified lead becomes an account, a contact and an opportunity (behaviour 3.12, tables 6)."""

from __future__ import annotations

from handsel.engine.conversion import ColumnMap, Conversion, conversion, writable_columns
from handsel.tables.info import table_info

_PERSON = (
    "firstname",
    "middlename",
    "lastname",
    "salutation",
    "jobtitle",
    "yomifirstname",
    "yomimiddlename",
    "yomilastname",
)
_REACH = (
    "telephone1",
    "telephone2",
    "telephone3",
    "fax",
    "emailaddress1",
    "emailaddress2",
    "emailaddress3",
    "websiteurl",
    "donotbulkemail",
    "donotemail",
    "donotfax",
    "donotphone",
    "donotpostalmail",
    "donotsendmm",
    "followemail",
    "preferredcontactmethodcode",
    "description",
    "ownerid",
    "transactioncurrencyid",
)
_ADDRESSES = tuple(
    f"{prefix}_{part}"
    for prefix in ("address1", "address2")
    for part in (
        "addresstypecode",
        "name",
        "line1",
        "line2",
        "line3",
        "postofficebox",
        "city",
        "county",
        "stateorprovince",
        "postalcode",
        "country",
        "telephone1",
        "telephone2",
        "telephone3",
        "fax",
        "shippingmethodcode",
        "upszone",
        "utcoffset",
        "latitude",
        "longitude",
    )
)


def _rest(target: str, *decided: str) -> frozenset[str]:
    """All other writable columns of the target: accounts and contacts have many that a lead lacks."""
    return frozenset(writable_columns(table_info(target))) - frozenset(decided)


_COMPANY = ("revenue", "numberofemployees", "industrycode", "sic")
_ACCOUNT = (*_REACH, *_ADDRESSES, *_COMPANY)
_CONTACT = (*_REACH, *_ADDRESSES, *_PERSON, "mobilephone", "pager", "leadsourcecode")
_OPPORTUNITY = (
    "budgetamount",
    "budgetstatus",
    "campaignid",
    "confirminterest",
    "decisionmaker",
    "description",
    "estimatedclosedate",
    "evaluatefit",
    "initialcommunication",
    "need",
    "ownerid",
    "parentaccountid",
    "parentcontactid",
    "prioritycode",
    "purchaseprocess",
    "purchasetimeframe",
    "qualificationcomments",
    "salesstage",
    "salesstagecode",
    "schedulefollowup_prospect",
    "schedulefollowup_qualify",
    "transactioncurrencyid",
)

TO_ACCOUNT = conversion(
    Conversion(
        "lead → account",
        ColumnMap(
            "lead",
            "account",
            same=_ACCOUNT,
            renamed={"name": "companyname", "yominame": "yomicompanyname", "originatingleadid": "leadid"},
            left_blank=_rest("account", *_ACCOUNT, "name", "yominame", "originatingleadid"),
        ),
    )
)

TO_CONTACT = conversion(
    Conversion(
        "lead → contact",
        ColumnMap(
            "lead",
            "contact",
            same=_CONTACT,
            renamed={"originatingleadid": "leadid"},
            computed=frozenset(("parentcustomerid",)),
            left_blank=_rest("contact", *_CONTACT, "originatingleadid", "parentcustomerid"),
        ),
    )
)

TO_OPPORTUNITY = conversion(
    Conversion(
        "lead → opportunity",
        ColumnMap(
            "lead",
            "opportunity",
            same=_OPPORTUNITY,
            renamed={
                "name": "subject",
                "originatingleadid": "leadid",
                "estimatedvalue": "estimatedamount",
                "emailaddress": "emailaddress1",
            },
            computed=frozenset(("customerid",)),
            left_blank=_rest(
                "opportunity",
                *_OPPORTUNITY,
                "name",
                "originatingleadid",
                "estimatedvalue",
                "emailaddress",
                "customerid",
            ),
        ),
    )
)
