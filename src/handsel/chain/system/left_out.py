"""The documented columns that belong to other product areas: `$select` answers null for them (docs/deviations.md)."""

from __future__ import annotations

from handsel.tables.left_out import leave_out

_CLOSE_ACTIVITIES = ("opportunityclose", "quoteclose", "orderclose")
_PLANNED = ("task", "phonecall", "appointment")
_AGREEMENTS = ("lastonholdtime", "onholdtime", "slaid", "slainvokedid")
_PROCESS = ("processid", "stageid", "traversedpath")
_SYNCHRONIZED = (
    "exchangeitemid",
    "exchangeweblink",
    "instancetypecode",
    "ismapiprivate",
    "postponeactivityprocessinguntil",
    "sendermailboxid",
    "senton",
    "seriesid",
    "serviceid",
)
_TIME_ZONES = ("timezoneruleversionnumber", "utcconversiontimezonecode")

# Service level agreements
leave_out(
    ("lead", "opportunity", "quote", "salesorder", "invoice", *_CLOSE_ACTIVITIES, "account", "contact"), *_AGREEMENTS
)
leave_out((*_PLANNED, "activitypointer"), *_AGREEMENTS)
# Business process flow and workflow
leave_out(
    (
        "lead",
        "quote",
        "salesorder",
        "invoice",
        *_CLOSE_ACTIVITIES,
        "competitor",
        "product",
        "productpricelevel",
        "account",
        "contact",
        "systemuser",
        "team",
    ),
    *_PROCESS,
)
leave_out(("opportunity",), "processid", "stageid", "stepid", "traversedpath")
leave_out((*_PLANNED, "activitypointer"), *_PROCESS)
leave_out(("annotation",), "stepid")
# Images
leave_out(
    (
        "lead",
        "opportunityproduct",
        "salesorder",
        "invoice",
        "competitor",
        "product",
        "transactioncurrency",
        "account",
        "contact",
        "systemuser",
    ),
    "entityimage",
    "entityimage_timestamp",
    "entityimage_url",
    "entityimageid",
)
leave_out(("businessunit",), "picture")
# Party lists of activities
leave_out(
    _CLOSE_ACTIVITIES,
    "bcc",
    "cc",
    "customers",
    "from",
    "optionalattendees",
    "organizer",
    "partners",
    "requiredattendees",
    "resources",
    "to",
)
# Mail, Exchange, calendar and service
leave_out((*_PLANNED, "activitypointer"), *_SYNCHRONIZED)
leave_out(("lead",), "originatingcaseid")
leave_out(_CLOSE_ACTIVITIES, "deliverylastattemptedon", "deliveryprioritycode", *_SYNCHRONIZED)
leave_out(("account",), "preferredequipmentid", "preferredserviceid")
leave_out(("contact",), "preferredequipmentid", "preferredserviceid", "subscriptionid")
leave_out(
    ("systemuser",),
    "calendarid",
    "defaultmailbox",
    "displayinserviceviews",
    "emailrouteraccessapproval",
    "incomingemaildeliverymethod",
    "isemailaddressapprovedbyo365admin",
    "mobileofflineprofileid",
    "outgoingemaildeliverymethod",
    "queueid",
)
leave_out(("team",), "queueid")
leave_out(("businessunit",), "calendarid")
# Territories, positions, sites, subjects
leave_out(("product",), "subjectid")
leave_out(("account",), "territoryid")
leave_out(("systemuser",), "positionid", "siteid", "territoryid")
leave_out(("team",), "teamtemplateid")
# External parties
leave_out(
    (*_CLOSE_ACTIVITIES, "product", "uom", "uomschedule", "account", "contact"),
    "createdbyexternalparty",
    "modifiedbyexternalparty",
)
# Time-zone bookkeeping
leave_out(_PLANNED, *_TIME_ZONES)
leave_out(
    (
        "lead",
        "opportunity",
        "opportunityproduct",
        "quote",
        "quotedetail",
        "salesorder",
        "salesorderdetail",
        "invoice",
        "invoicedetail",
        *_CLOSE_ACTIVITIES,
        "competitor",
        "opportunitycompetitors",
        "product",
        "productpricelevel",
        "pricelevel",
        "uom",
        "uomschedule",
        "discounttype",
        "discount",
        "productassociation",
        "productsubstitute",
        "dynamicproperty",
        "dynamicpropertyinstance",
        "dynamicpropertyoptionsetitem",
        "dynamicpropertyassociation",
        "account",
        "contact",
        "systemuser",
        "customeraddress",
    ),
    *_TIME_ZONES,
)
# Time spent, following
leave_out(("lead", "opportunity", "account", "contact"), "teamsfollowed", "timespentbymeonemailandmeetings")
# Business cards, social networks
leave_out(("lead", "contact"), "businesscard", "businesscardattributes")
leave_out(_CLOSE_ACTIVITIES, "community")
leave_out(("account",), "primarysatoriid", "primarytwitterid")
leave_out(("systemuser",), "yammeremailaddress", "yammeruserid")
# Marketing
leave_out(("lead",), "lastusedincampaign", "relatedobjectid")
leave_out(("account", "contact"), "lastusedincampaign")
# Rollups
leave_out(
    ("account",),
    "opendeals",
    "opendeals_date",
    "opendeals_state",
    "openrevenue",
    "openrevenue_base",
    "openrevenue_date",
    "openrevenue_state",
)
# Retention and the data import tool
leave_out(("lead",), "msft_datastate")
leave_out(
    (
        "product",
        "productassociation",
        "dynamicproperty",
        "dynamicpropertyinstance",
        "dynamicpropertyoptionsetitem",
        "dynamicpropertyassociation",
    ),
    "dmtimportstate",
)
# Other Microsoft services and directory
leave_out(
    ("systemuser",),
    "defaultfilterspopulated",
    "defaultodbfoldername",
    "identityid",
    "passporthi",
    "passportlo",
    "sharepointemailaddress",
    "userpuid",
)
leave_out(("team",), "azureactivedirectoryobjectid", "membershiptype")
# The five typed default columns as one text
leave_out(("dynamicproperty",), "defaultattributevalue")
# Attachments as the cloud stores them
leave_out(
    ("annotation",), "documentbody_binary", "dummyfilename", "dummyregarding", "filepointer", "prefix", "storagepointer"
)
# Follow the account or contact of the address
leave_out(("customeraddress",), "ownerid", "owningbusinessunit", "owninguser")
