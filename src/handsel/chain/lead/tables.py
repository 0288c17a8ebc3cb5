"""Leads."""

from __future__ import annotations

from handsel.chain.document.customer import Customer
from handsel.chain.lead.options import LeadSalesStage, LeadSource, LeadState, LeadStatus
from handsel.chain.party.addresses import PartyAddress
from handsel.chain.party.names import full_name_of
from handsel.chain.party.options import ContactMethod, Industry
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
    Boolean,
    Choice,
    Date,
    DateTime,
    Double,
    ExchangeRate,
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
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Imported, Owned, Ownership, Table, TableFacts, split_check


class Lead(Owned, Audited, Imported, Table):
    """A person or company that may buy, before there is a deal."""

    table = TableFacts(
        "Lead",
        "leads",
        "Lead",
        "fullname",
        ownership=Ownership.USER,
        object_type_code=4,
        plural_label="Leads",
        collections={
            "owningbusinessunit": "business_unit_leads",
            "owninguser": "lead_owning_user",
            "owningteam": "lead_owning_team",
            "customerid_account": "lead_customer_accounts",
            "customerid_contact": "lead_customer_contacts",
        },
        shareable=True,
        takes_notes=True,
        takes_activities=True,
    )

    lead_id = Key("Lead")
    full_name = Text(160, "Name", derived=full_name_of("firstname", "lastname"), searched=True)
    state_code = State(LeadState, "Status", required=Required.SYSTEM, default=LeadState.OPEN)
    status_code = Status(LeadStatus, "Status Reason", default=LeadStatus.NEW)

    customer = Customer()

    master = Lookup("lead", "Master ID", collection="lead_master_lead", writable=Writable.NEVER)
    parent_account = Lookup("account", "Parent Account for lead", collection="lead_parent_account")
    parent_contact = Lookup("contact", "Parent Contact for lead", collection="lead_parent_contact")
    qualifying_opportunity = Lookup("opportunity", "Qualifying Opportunity", collection="lead_qualifying_opportunity")
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_lead", enforced=False
    )

    budget_amount = Money("Budget Amount", minimum=0, maximum=10**12)
    estimated_amount = Money("Est. Value", minimum=0, maximum=10**12)
    exchange_rate = ExchangeRate(writable=Writable.NEVER)
    revenue = Money("Annual Revenue", minimum=0, maximum=10**14)

    budget_status = Choice(BudgetStatus, "Budget")
    campaign_id = Elsewhere("campaign", "campaigns", "Source Campaign")
    company_name = Text(100, "Company Name", required=Required.RECOMMENDED)
    confirm_interest = Boolean("Confirm Interest")
    decision_maker = Boolean("Decision Maker?", labels=("mark complete", "completed"))
    description = Memo(2000, "Description")
    do_not_bulk_email = Boolean("Do not allow Bulk Emails", schema="DoNotBulkEMail", labels=("Allow", "Do Not Allow"))
    do_not_email = Boolean("Do not allow Emails", schema="DoNotEMail", labels=("Allow", "Do Not Allow"))
    do_not_fax = Boolean("Do not allow Faxes", labels=("Allow", "Do Not Allow"))
    do_not_phone = Boolean("Do not allow Phone Calls", labels=("Allow", "Do Not Allow"))
    do_not_postal_mail = Boolean("Do not allow Mails", labels=("Allow", "Do Not Allow"))
    do_not_send_mm = Boolean("Marketing Material", schema="DoNotSendMM", labels=("Send", "Do Not Send"))
    email_address1 = Text(100, "Email", schema="EMailAddress1", format="Email")
    email_address2 = Text(100, "Email Address 2", schema="EMailAddress2", format="Email")
    email_address3 = Text(100, "Email Address 3", schema="EMailAddress3", format="Email")
    estimated_close_date = Date("Est. Close Date")
    estimated_value = Double("Est. Value (deprecated)", minimum=0, maximum=10**9, precision=2)
    evaluate_fit = Boolean("Evaluate Fit")
    fax = Text(50, "Fax")
    first_name = Text(50, "First Name", required=Required.RECOMMENDED)
    follow_email = Boolean("Follow Email Activity", labels=("Do Not Allow", "Allow"))
    industry_code = Choice(Industry, "Industry")
    initial_communication = Choice(InitialCommunication, "Initial Communication")
    is_auto_create = Boolean("Auto-created", writable=Writable.NEVER)
    is_private = Boolean("Is Private", writable=Writable.NEVER)
    job_title = Text(100, "Job Title")
    last_name = Text(50, "Last Name", required=Required.APPLICATION)
    lead_quality_code = Choice(Rating, "Rating")
    lead_source_code = Choice(LeadSource, "Lead Source")
    merged = Boolean("Merged", writable=Writable.NEVER)
    middle_name = Text(50, "Middle Name")
    mobile_phone = Text(20, "Mobile Phone")
    need = Choice(Need, "Need")
    number_of_employees = Integer("No. of Employees", minimum=0, maximum=10**6)
    pager = Text(20, "Pager")
    participates_in_workflow = Boolean("Participates in Workflow")
    preferred_contact_method_code = Choice(ContactMethod, "Preferred Method of Contact")
    priority_code = Choice(DefaultOption, "Priority")
    purchase_process = Choice(PurchaseProcess, "Purchase Process")
    purchase_timeframe = Choice(PurchaseTimeframe, "Purchase Timeframe", schema="PurchaseTimeFrame")
    qualification_comments = Memo(2000, "Qualification Comments")
    sales_stage = Choice(LeadSalesStage, "Sales Stage")
    sales_stage_code = Choice(DefaultOption, "Sales Stage Code")
    salutation = Text(100, "Salutation")
    schedule_follow_up_prospect = DateTime(
        "Schedule Follow Up (Prospect)", schema="ScheduleFollowUp_Prospect", format="DateOnly"
    )
    schedule_follow_up_qualify = DateTime(
        "Schedule Follow Up (Qualify)", schema="ScheduleFollowUp_Qualify", format="DateOnly"
    )
    sic = Text(20, "SIC Code", schema="SIC")
    subject = Text(300, "Topic", required=Required.APPLICATION)
    telephone1 = Text(50, "Business Phone")
    telephone2 = Text(50, "Home Phone")
    telephone3 = Text(50, "Other Phone")
    web_site_url = Text(200, "Website", format="Url")
    yomi_company_name = Text(100, "Yomi Company Name", format="PhoneticGuide")
    yomi_first_name = Text(150, "Yomi First Name", format="PhoneticGuide")
    yomi_full_name = Text(
        450, "Yomi Full Name", format="PhoneticGuide", derived=full_name_of("yomifirstname", "yomilastname")
    )
    yomi_last_name = Text(150, "Yomi Last Name", format="PhoneticGuide")
    yomi_middle_name = Text(150, "Yomi Middle Name", format="PhoneticGuide")

    address1 = PartyAddress("Address1")
    address2 = PartyAddress("Address2")

    class Meta:
        db_table = "lead"
        constraints = [
            split_check("lead", "customer", "account", "contact"),
            split_check("lead", "owner", "owning_user", "owning_team"),
        ]
