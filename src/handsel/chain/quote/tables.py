"""Quotes, their lines, and how they end."""

from __future__ import annotations

from django.db import models

from handsel.chain.document.activities import CloseActivity
from handsel.chain.document.addresses import DocumentAddress
from handsel.chain.document.documents import TradeDocument
from handsel.chain.document.lines import FollowsParent, TradeLine
from handsel.chain.document.numbers import DocumentNumber
from handsel.chain.document.priced_by import PricedBy
from handsel.chain.quote.options import QuoteCreationMethod, QuoteState, QuoteStatus
from handsel.chain.system.options import DefaultOption, FreightTerms
from handsel.tables.columns import (
    AnyLookup,
    Boolean,
    Choice,
    Date,
    DateTime,
    Guid,
    Integer,
    Key,
    Lookup,
    State,
    Status,
    Text,
)
from handsel.tables.elsewhere import Elsewhere
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Ownership, TableFacts, split_check


class Quote(TradeDocument, PricedBy):
    """A priced offer; its revisions share the quote number."""

    table = TableFacts(
        "Quote",
        "quotes",
        "Quote",
        "name",
        ownership=Ownership.USER,
        object_type_code=1084,
        plural_label="Quotes",
        collections={
            "customerid_account": "quote_customer_accounts",
            "customerid_contact": "quote_customer_contacts",
            "opportunityid": "opportunity_quotes",
            "pricelevelid": "price_level_quotes",
        },
        announced=("quotenumber", "revisionnumber", "totalamount"),
        shareable=True,
        takes_notes=True,
        takes_activities=True,
    )

    quote_id = Key("Quote")
    state_code = State(
        QuoteState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=QuoteState.DRAFT
    )
    status_code = Status(QuoteStatus, "Status Reason", default=QuoteStatus.IN_PROGRESS)

    transaction_currency = Lookup(
        "transactioncurrency",
        "Currency",
        collection="transactioncurrency_quote",
        enforced=False,
        required=Required.APPLICATION,
    )

    campaign_id = Elsewhere("campaign", "campaigns", "Source Campaign")
    closed_on = Date("Closed On")
    effective_from = DateTime("Effective From", format="DateOnly")
    effective_to = DateTime("Effective To", format="DateOnly")
    expires_on = Date("Due By")
    freight_terms_code = Choice(FreightTerms, "Freight Terms")
    quote_creation_method = Choice(QuoteCreationMethod, "Creation Method", default=QuoteCreationMethod.UNKNOWN)
    quote_number = DocumentNumber("Quote ID", "Quote", "QUO")
    request_delivery_by = DateTime("Requested Delivery Date", format="DateOnly")
    revision_number = Integer("Revision ID", minimum=0, required=Required.SYSTEM, writable=Writable.NEVER, default=0)

    bill_to = DocumentAddress("BillTo")
    ship_to = DocumentAddress("ShipTo", freight_terms=DefaultOption)

    hs_is_price_locked = Boolean("Prices Locked", schema="hs_IsPriceLocked", default=False)

    class Meta:
        db_table = "quote"
        constraints = [
            split_check("quote", "customer", "account", "contact"),
            split_check("quote", "owner", "owning_user", "owning_team"),
            models.UniqueConstraint(fields=["quote_number", "revision_number"], name="quote_revision"),
            models.UniqueConstraint(
                fields=["quote_number"],
                name="quote_live_number",
                condition=models.Q(state_code__in=[QuoteState.DRAFT.value, QuoteState.ACTIVE.value]),
            ),
        ]


class QuoteDetail(TradeLine):
    """A line of a quote."""

    table = TableFacts(
        "QuoteDetail",
        "quotedetails",
        "Quote Product",
        "quotedetailname",
        ownership=Ownership.USER,
        object_type_code=1085,
        plural_label="Quote Products",
        parent="quoteid",
        collections={
            "parentbundleid_quotedetail": "quotedetail_parent_quotedetail",
            "productassociationid_productassociation": "productAssociation_quote_details",
            "productid": "product_quote_details",
            "salesrepid": "system_user_quotedetail",
            "transactioncurrencyid": "transactioncurrency_quotedetail",
            "uomid": "unit_of_measurement_quote_details",
        },
        shareable=True,
        takes_properties=True,
    )

    quote_detail_id = Key("Quote Product")
    quote_detail_name = Text(500, "Name", required=Required.APPLICATION)

    quote = Lookup("quote", "Quote", collection="quote_details", index=True, required=Required.SYSTEM)
    quote_columns = FollowsParent("Quote", "quote")
    parent_bundle_id = Guid(
        "Parent Bundle", targets={"quotedetail": "parentbundleid_quotedetail"}, writable=Writable.CREATE
    )
    parent_bundle_id_ref = Lookup(
        "quotedetail",
        "Parent bundle product",
        schema="ParentBundleIdRef",
        navigation="parentbundleidref_quotedetail",
        collection="quotedetail_parentref_quotedetail",
        enforced=False,
        writable=Writable.CREATE,
    )

    quote_creation_method = Choice(QuoteCreationMethod, "Creation Method", default=QuoteCreationMethod.UNKNOWN)
    request_delivery_by = DateTime("Requested Delivery Date", format="DateOnly")

    ship_to = DocumentAddress("ShipTo", without=("composite",), freight_terms=FreightTerms)

    class Meta:
        db_table = "quotedetail"


class QuoteClose(CloseActivity):
    """How a quote was won, lost or revised."""

    table = TableFacts(
        "QuoteClose",
        "quotecloses",
        "Quote Close",
        "subject",
        ownership=Ownership.USER,
        object_type_code=4211,
        plural_label="Quote Closes",
        is_activity=True,
        collections={
            "regardingobjectid_lead_quoteclose": "lead_QuoteCloses",
            "regardingobjectid_opportunity_quoteclose": "opportunity_QuoteCloses",
            "regardingobjectid_quote_quoteclose": "quote_QuoteCloses",
            "regardingobjectid_account_quoteclose": "account_QuoteCloses",
            "transactioncurrencyid_quoteclose": "quoteclose_transactioncurrency_transactioncurrencyid",
        },
        announced=("quotenumber",),
        shareable=True,
        takes_notes=True,
    )

    quote = Lookup("quote", "Quote", navigation="quoteid", collection="Quote_QuoteClose", index=True)

    quote_number = Text(100, "Quote Number")
    revision = Integer("Revision", minimum=0, maximum=10**9)

    activity_type_code = Text(64, "Activity Type", writable=Writable.NEVER, default="quoteclose")
    regarding_object = AnyLookup(
        {
            "account": "regardingobjectid_account_quoteclose",
            "lead": "regardingobjectid_lead_quoteclose",
            "opportunity": "regardingobjectid_opportunity_quoteclose",
            "quote": "regardingobjectid_quote_quoteclose",
        },
        "Regarding Object Id",
        type_column="hs_regardingobjecttype",
        index=True,
    )
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "quoteclose"
        constraints = [
            split_check("quoteclose", "owner", "owning_user", "owning_team"),
        ]
