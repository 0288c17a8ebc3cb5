"""Opportunities, their lines, competitors, and how they end."""

from __future__ import annotations

from django.db import models

from handsel.chain.document.activities import CloseActivity
from handsel.chain.document.documents import SalesDocument
from handsel.chain.document.lines import DocumentLine, FollowsParent
from handsel.chain.document.priced_by import PricedBy
from handsel.chain.opportunity.options import (
    ForecastCategory,
    OpportunityState,
    OpportunityStatus,
    SalesStage,
    Timeline,
)
from handsel.chain.party.addresses import PartyAddress
from handsel.chain.system.options import (
    BudgetStatus,
    DefaultOption,
    InitialCommunication,
    Need,
    PurchaseProcess,
    PurchaseTimeframe,
    Rating,
)
from handsel.tables.columns import (
    AnyLookup,
    Boolean,
    Choice,
    Date,
    DateTime,
    Double,
    ExchangeRate,
    Guid,
    Integer,
    Key,
    Lookup,
    Memo,
    Money,
    State,
    Status,
    Text,
)
from handsel.tables.elsewhere import Elsewhere
from handsel.tables.facts import PrecisionSource, Required, Writable
from handsel.tables.table import Audited, Imported, Ownership, Table, TableFacts, split_check


class Opportunity(SalesDocument, PricedBy):
    """A deal that may come about."""

    table = TableFacts(
        "Opportunity",
        "opportunities",
        "Opportunity",
        "name",
        ownership=Ownership.USER,
        object_type_code=3,
        plural_label="Opportunities",
        collections={
            "customerid_account": "opportunity_customer_accounts",
            "customerid_contact": "opportunity_customer_contacts",
        },
        announced=("totalamount",),
        shareable=True,
        takes_notes=True,
        takes_activities=True,
    )

    opportunity_id = Key("Opportunity")
    name = Text(300, "Topic", required=Required.APPLICATION, searched=True)
    state_code = State(
        OpportunityState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=OpportunityState.OPEN
    )
    status_code = Status(OpportunityStatus, "Status Reason", default=OpportunityStatus.IN_PROGRESS)

    originating_lead = Lookup("lead", "Originating Lead", collection="opportunity_originating_lead")
    parent_account = Lookup("account", "Account", collection="opportunity_parent_account")
    parent_contact = Lookup("contact", "Contact", collection="opportunity_parent_contact")
    price_level = Lookup("pricelevel", "Price List", collection="price_level_opportunties")
    transaction_currency = Lookup(
        "transactioncurrency",
        "Currency",
        collection="transactioncurrency_opportunity",
        enforced=False,
        required=Required.APPLICATION,
    )

    actual_value = Money("Actual Revenue", minimum=-(10**12), maximum=10**12)
    budget_amount = Money("Budget Amount", minimum=0, maximum=10**12)
    estimated_value = Money("Est. Revenue", minimum=-(10**12), maximum=10**12)
    total_line_item_discount_amount = Money(
        "Total Line Item Discount Amount", source=PrecisionSource.OWN, writable=Writable.UPDATE
    )

    actual_close_date = Date("Actual Close Date")
    budget_status = Choice(BudgetStatus, "Budget")
    campaign_id = Elsewhere("campaign", "campaigns", "Source Campaign")
    capture_proposal_feedback = Boolean("Proposal Feedback Captured")
    close_probability = Integer("Probability", minimum=0, maximum=100)
    complete_final_proposal = Boolean("Final Proposal Ready")
    complete_internal_review = Boolean("Complete Internal Review")
    confirm_interest = Boolean("Confirm Interest")
    current_situation = Memo(2000, "Current Situation")
    customer_need = Memo(2000, "Customer Need")
    customer_pain_points = Memo(2000, "Customer Pain Points")
    decision_maker = Boolean("Decision Maker?")
    develop_proposal = Boolean("Develop Proposal")
    estimated_close_date = Date("Est. Close Date")
    evaluate_fit = Boolean("Evaluate Fit")
    file_debrief = Boolean("File Debrief")
    final_decision_date = Date("Final Decision Date")
    identify_competitors = Boolean("Identify Competitors")
    identify_customer_contacts = Boolean("Identify Customer Contacts")
    identify_pursuit_team = Boolean("Identify Sales Team")
    initial_communication = Choice(InitialCommunication, "Initial Communication")
    is_revenue_system_calculated = Boolean("Revenue", labels=("User Provided", "System Calculated"), default=False)
    need = Choice(Need, "Need")
    opportunity_rating_code = Choice(Rating, "Rating")
    participates_in_workflow = Boolean("Participates in Workflow")
    present_final_proposal = Boolean("Present Final Proposal")
    present_proposal = Boolean("Presented Proposal")
    priority_code = Choice(DefaultOption, "Priority")
    proposed_solution = Memo(2000, "Proposed Solution")
    purchase_process = Choice(PurchaseProcess, "Purchase Process")
    purchase_timeframe = Choice(PurchaseTimeframe, "Purchase Timeframe")
    pursuit_decision = Boolean("Decide Go/No-Go", default=False)
    qualification_comments = Memo(2000, "Qualification Comments")
    quote_comments = Memo(2000, "Quote Comments")
    resolve_feedback = Boolean("Feedback Resolved", default=False)
    sales_stage = Choice(SalesStage, "Sales Stage")
    sales_stage_code = Choice(DefaultOption, "Process Code")
    schedule_followup_prospect = DateTime(
        "Scheduled Follow up (Prospect)", schema="ScheduleFollowup_Prospect", format="DateOnly"
    )
    schedule_followup_qualify = DateTime(
        "Scheduled Follow up (Qualify)", schema="ScheduleFollowup_Qualify", format="DateOnly"
    )
    schedule_proposal_meeting = DateTime("Schedule Proposal Meeting", format="DateOnly")
    send_thank_you_note = Boolean("Send Thank You Note", labels=("mark complete", "completed"), default=False)
    step_name = Text(200, "Pipeline Phase")
    timeline = Choice(Timeline, "Timeline", schema="TimeLine")

    msdyn_forecast_category = Choice(
        ForecastCategory,
        "Forecast category",
        schema="msdyn_forecastcategory",
        default=ForecastCategory.PIPELINE,
    )

    hs_is_price_locked = Boolean("Prices Locked", schema="hs_IsPriceLocked", default=False)

    class Meta:
        db_table = "opportunity"
        constraints = [
            split_check("opportunity", "customer", "account", "contact"),
            split_check("opportunity", "owner", "owning_user", "owning_team"),
        ]


class OpportunityProduct(DocumentLine):
    """A line of an opportunity."""

    table = TableFacts(
        "OpportunityProduct",
        "opportunityproducts",
        "Opportunity Product",
        "opportunityproductname",
        ownership=Ownership.USER,
        object_type_code=1083,
        plural_label="Opportunity Products",
        parent="opportunityid",
        collections={
            "parentbundleid_opportunityproduct": "opportunityproduct_parent_opportunityproduct",
            "productassociationid_productassociation": "productAssociation_opportunity_product",
            "productid": "opportunity_products",
            "transactioncurrencyid": "transactioncurrency_opportunityproduct",
            "uomid": "unit_of_measurement_opportunity_products",
        },
        shareable=True,
        takes_properties=True,
    )

    opportunity_product_id = Key("Opportunity Product")
    opportunity_product_name = Text(100, "Name", required=Required.APPLICATION)

    opportunity = Lookup(
        "opportunity", "Opportunity", collection="product_opportunities", index=True, required=Required.SYSTEM
    )
    opportunity_columns = FollowsParent("Opportunity", "opportunity")
    parent_bundle_id = Guid(
        "Parent Bundle", targets={"opportunityproduct": "parentbundleid_opportunityproduct"}, writable=Writable.CREATE
    )
    parent_bundle_id_ref = Lookup(
        "opportunityproduct",
        "Parent bundle product",
        schema="ParentBundleIdRef",
        navigation="parentbundleidref_opportunityproduct",
        collection="opportunityproduct_parentref_opportunityproduct",
        enforced=False,
        writable=Writable.CREATE,
    )

    manual_discount_amount = Money("Manual Discount Amount", minimum=0, maximum=10**14)
    tax = Money("Tax", minimum=-(10**14), maximum=10**14)

    class Meta:
        db_table = "opportunityproduct"


class Competitor(Audited, Imported, Table):
    """A company that sells against us."""

    table = TableFacts(
        "Competitor",
        "competitors",
        "Competitor",
        "name",
        object_type_code=123,
        plural_label="Competitors",
        shareable=True,
        takes_notes=True,
    )

    competitor_id = Key("Competitor")
    name = Text(100, "Name", required=Required.SYSTEM)

    organization = Lookup(
        "organization",
        "Organization Id",
        collection="organization_competitors",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_competitor", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)
    reported_revenue = Money("Reported Revenue", minimum=0, maximum=10**14)

    key_product = Text(200, "Key Product")
    opportunities = Memo(2000, "Opportunity")
    overview = Memo(2000, "Overview")
    reference_info_url = Text(200, "Reference Info URL", format="Url")
    reporting_quarter = Integer("Reporting Quarter", minimum=0, maximum=10**9)
    reporting_year = Integer("Reporting Year", minimum=0, maximum=10**9)
    stock_exchange = Text(20, "Stock Exchange", format="TickerSymbol")
    strengths = Memo(2000, "Strength")
    threats = Memo(2000, "Threat")
    ticker_symbol = Text(10, "Ticker Symbol", format="TickerSymbol")
    weaknesses = Memo(2000, "Weakness")
    web_site_url = Text(200, "Website", format="Url")
    win_percentage = Double("Win Percentage", minimum=0, maximum=10**9)
    yomi_name = Text(100, "Yomi Name")

    address1 = PartyAddress("Address1")
    address2 = PartyAddress("Address2")

    class Meta:
        db_table = "competitor"


class OpportunityCompetitors(Imported, Table):
    """A competitor in an opportunity."""

    table = TableFacts(
        "OpportunityCompetitors",
        "opportunitycompetitorscollection",
        "OpportunityCompetitors",
        "name",
        ownership=Ownership.NONE,
        object_type_code=25,
        plural_label="Opportunity Competitors",
        shareable=True,
    )

    opportunity_competitor_id = Key("Opportunity Competitor Id")
    name = Text(100, "Name", required=Required.APPLICATION)

    competitor = Lookup(
        "competitor", "Competitor Id", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER
    )
    opportunity = Lookup(
        "opportunity", "Opportunity Id", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER
    )

    class Meta:
        db_table = "opportunitycompetitors"
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "competitor"], name="opportunitycompetitors_pair"),
        ]


class OpportunityClose(CloseActivity):
    """How an opportunity was won or lost."""

    table = TableFacts(
        "OpportunityClose",
        "opportunitycloses",
        "Opportunity Close",
        "subject",
        ownership=Ownership.USER,
        object_type_code=4208,
        plural_label="Opportunity Closes",
        is_activity=True,
        collections={
            "regardingobjectid_lead_opportunityclose": "lead_OpportunityCloses",
            "regardingobjectid_opportunity_opportunityclose": "opportunity_OpportunityCloses",
            "regardingobjectid_account_opportunityclose": "account_OpportunityCloses",
            "transactioncurrencyid_opportunityclose": "transactioncurrency_opportunityclose",
        },
        shareable=True,
        takes_notes=True,
    )

    competitor = Lookup(
        "competitor", "Competitor", navigation="competitorid", collection="competitor_opportunity_activities"
    )
    opportunity = Lookup(
        "opportunity",
        "Opportunity",
        navigation="opportunityid",
        collection="Opportunity_OpportunityClose",
        index=True,
        required=Required.APPLICATION,
    )

    actual_revenue = Money("Actual Revenue")

    opportunity_state_code = Integer("Opportunity State Code", writable=Writable.CREATE)
    opportunity_status_code = Integer("Opportunity Status Code", writable=Writable.CREATE)

    activity_type_code = Text(64, "Activity Type", writable=Writable.NEVER, default="opportunityclose")
    regarding_object = AnyLookup(
        {
            "account": "regardingobjectid_account_opportunityclose",
            "lead": "regardingobjectid_lead_opportunityclose",
            "opportunity": "regardingobjectid_opportunity_opportunityclose",
        },
        "Regarding Object Id",
        type_column="hs_regardingobjecttype",
        index=True,
    )
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "opportunityclose"
        constraints = [
            split_check("opportunityclose", "owner", "owning_user", "owning_team"),
        ]
