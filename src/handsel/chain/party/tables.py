"""Accounts, contacts and their addresses; users and teams are in `users`."""

from __future__ import annotations

from handsel.chain.document.addresses import composite_of
from handsel.chain.document.customer import Customer
from handsel.chain.party.addresses import NAME_200, PartyAddress
from handsel.chain.party.names import full_name_of
from handsel.chain.party.options import (
    AccountCategory,
    AccountRole,
    AddressType,
    CompanyOwnership,
    ContactMethod,
    CustomerType,
    FamilyStatus,
    Gender,
    Industry,
    TimeOfDay,
    Weekday,
)
from handsel.chain.party.users import BusinessUnit, SystemUser, Team, TeamMembership
from handsel.chain.system.options import (
    ActiveState,
    ActiveStatus,
    DefaultOption,
    FreightTerms,
    PaymentTerms,
    ShippingMethod,
)
from handsel.tables.columns import (
    AnyLookup,
    Boolean,
    Choice,
    Date,
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
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Imported, Owned, Ownership, Table, TableFacts, split_check

__all__ = ["Account", "BusinessUnit", "Contact", "CustomerAddress", "SystemUser", "Team", "TeamMembership"]


class Account(Owned, Audited, Imported, Table):
    """A company that is a customer or may become one."""

    table = TableFacts(
        "Account",
        "accounts",
        "Account",
        "name",
        ownership=Ownership.USER,
        object_type_code=1,
        plural_label="Accounts",
        collections={
            "owningbusinessunit": "business_unit_accounts",
            "owninguser": "user_accounts",
            "owningteam": "team_accounts",
        },
        takes_notes=True,
        takes_activities=True,
    )

    account_id = Key("Account")
    name = Text(160, "Account Name", required=Required.APPLICATION, searched=True)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(ActiveStatus, "Status Reason", default=ActiveStatus.ACTIVE)

    default_price_level = Lookup("pricelevel", "Price List", collection="price_level_accounts")
    master = Lookup("account", "Master ID", collection="account_master_account", writable=Writable.NEVER)
    originating_lead = Lookup("lead", "Originating Lead", collection="account_originating_lead")
    parent_account = Lookup("account", "Parent Account", collection="account_parent_account")
    preferred_system_user = Lookup("systemuser", "Preferred User", collection="system_user_accounts")
    primary_contact = Lookup("contact", "Primary Contact", collection="account_primary_contact")
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_account", enforced=False
    )

    aging30 = Money("Aging 30", minimum=0, maximum=10**14, writable=Writable.NEVER)
    aging60 = Money("Aging 60", minimum=0, maximum=10**14, writable=Writable.NEVER)
    aging90 = Money("Aging 90", minimum=0, maximum=10**14, writable=Writable.NEVER)
    credit_limit = Money("Credit Limit", minimum=0, maximum=10**14)
    exchange_rate = ExchangeRate(writable=Writable.NEVER)
    market_cap = Money("Market Capitalization", minimum=0, maximum=10**14)
    revenue = Money("Annual Revenue", minimum=0, maximum=10**14)

    account_category_code = Choice(AccountCategory, "Category")
    account_classification_code = Choice(DefaultOption, "Classification")
    account_number = Text(20, "Account Number", searched=True)
    account_rating_code = Choice(DefaultOption, "Account Rating")
    business_type_code = Choice(DefaultOption, "Business Type")
    credit_on_hold = Boolean("Credit Hold", default=False)
    customer_size_code = Choice(DefaultOption, "Customer Size")
    customer_type_code = Choice(CustomerType, "Relationship Type")
    description = Memo(2000, "Description")
    do_not_bulk_email = Boolean("Do not allow Bulk Emails", schema="DoNotBulkEMail")
    do_not_bulk_postal_mail = Boolean("Do not allow Bulk Mails")
    do_not_email = Boolean("Do not allow Emails", schema="DoNotEMail")
    do_not_fax = Boolean("Do not allow Faxes")
    do_not_phone = Boolean("Do not allow Phone Calls")
    do_not_postal_mail = Boolean("Do not allow Mails")
    do_not_send_mm = Boolean("Send Marketing Materials", schema="DoNotSendMM")
    email_address1 = Text(100, "Email", schema="EMailAddress1", format="Email")
    email_address2 = Text(100, "Email Address 2", schema="EMailAddress2", format="Email")
    email_address3 = Text(100, "Email Address 3", schema="EMailAddress3", format="Email")
    fax = Text(50, "Fax")
    follow_email = Boolean("Follow Email Activity")
    ftp_site_url = Text(200, "FTP Site", schema="FtpSiteURL", format="Url")
    industry_code = Choice(Industry, "Industry")
    marketing_only = Boolean("Marketing Only")
    merged = Boolean("Merged", writable=Writable.NEVER)
    number_of_employees = Integer("Number of Employees", minimum=0, maximum=10**9)
    ownership_code = Choice(CompanyOwnership, "Ownership")
    participates_in_workflow = Boolean("Participates in Workflow")
    payment_terms_code = Choice(PaymentTerms, "Payment Terms")
    preferred_appointment_day_code = Choice(Weekday, "Preferred Day")
    preferred_appointment_time_code = Choice(TimeOfDay, "Preferred Time")
    preferred_contact_method_code = Choice(ContactMethod, "Preferred Method of Contact")
    shares_outstanding = Integer("Shares Outstanding", minimum=0, maximum=10**9)
    shipping_method_code = Choice(DefaultOption, "Shipping Method")
    sic = Text(20, "SIC Code", schema="SIC")
    stock_exchange = Text(20, "Stock Exchange")
    telephone1 = Text(50, "Main Phone", format="Phone")
    telephone2 = Text(50, "Other Phone", format="Phone")
    telephone3 = Text(50, "Telephone 3", format="Phone")
    territory_code = Choice(DefaultOption, "Territory Code")
    ticker_symbol = Text(10, "Ticker Symbol", format="TickerSymbol")
    web_site_url = Text(200, "Website", schema="WebSiteURL", format="Url")
    yomi_name = Text(160, "Yomi Account Name")

    address1 = PartyAddress("Address1", lengths=NAME_200, full=True, primary=True)
    address2 = PartyAddress("Address2", lengths=NAME_200, full=True)

    class Meta:
        db_table = "account"
        constraints = [
            split_check("account", "owner", "owning_user", "owning_team"),
        ]


class Contact(Owned, Audited, Imported, Table):
    """A person who is a customer or may become one, or who works for an account."""

    table = TableFacts(
        "Contact",
        "contacts",
        "Contact",
        "fullname",
        ownership=Ownership.USER,
        object_type_code=2,
        plural_label="Contacts",
        collections={
            "owningbusinessunit": "business_unit_contacts",
            "owninguser": "contact_owning_user",
            "owningteam": "team_contacts",
            "parentcustomerid_account": "contact_customer_accounts",
            "parentcustomerid_contact": "contact_customer_contacts",
        },
        takes_notes=True,
        takes_activities=True,
    )

    contact_id = Key("Contact")
    full_name = Text(160, "Full Name", derived=full_name_of("firstname", "lastname"), searched=True)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(ActiveStatus, "Status Reason", default=ActiveStatus.ACTIVE)

    parent_customer = Customer(
        "Company Name", navigation="parentcustomerid", account="account", contact="parent_contact"
    )

    default_price_level = Lookup("pricelevel", "Price List", collection="price_level_contacts")
    master = Lookup("contact", "Master ID", collection="contact_master_contact", writable=Writable.NEVER)
    originating_lead = Lookup("lead", "Originating Lead", collection="contact_originating_lead")
    preferred_system_user = Lookup("systemuser", "Preferred User", collection="system_user_contacts")
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_contact", enforced=False
    )

    aging30 = Money("Aging 30", minimum=0, maximum=10**14, writable=Writable.NEVER)
    aging60 = Money("Aging 60", minimum=0, maximum=10**14, writable=Writable.NEVER)
    aging90 = Money("Aging 90", minimum=0, maximum=10**14, writable=Writable.NEVER)
    annual_income = Money("Annual Income", minimum=0, maximum=10**14)
    credit_limit = Money("Credit Limit", minimum=0, maximum=10**14)
    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    account_role_code = Choice(AccountRole, "Role")
    anniversary = Date("Anniversary")
    assistant_name = Text(100, "Assistant")
    assistant_phone = Text(50, "Assistant Phone", format="Phone")
    birth_date = Date("Birthday")
    business2 = Text(50, "Business Phone 2", format="Phone")
    callback = Text(50, "Callback Number", format="Phone")
    childrens_names = Text(255, "Children's Names")
    company = Text(50, "Company Phone", format="Phone")
    credit_on_hold = Boolean("Credit Hold", default=False)
    customer_size_code = Choice(DefaultOption, "Customer Size")
    customer_type_code = Choice(DefaultOption, "Relationship Type")
    department = Text(100, "Department")
    description = Memo(2000, "Description")
    do_not_bulk_email = Boolean("Do not allow Bulk Emails", schema="DoNotBulkEMail")
    do_not_bulk_postal_mail = Boolean("Do not allow Bulk Mails")
    do_not_email = Boolean("Do not allow Emails", schema="DoNotEMail")
    do_not_fax = Boolean("Do not allow Faxes")
    do_not_phone = Boolean("Do not allow Phone Calls")
    do_not_postal_mail = Boolean("Do not allow Mails")
    do_not_send_mm = Boolean("Send Marketing Materials", schema="DoNotSendMM")
    education_code = Choice(DefaultOption, "Education")
    email_address1 = Text(100, "Email", schema="EMailAddress1", format="Email")
    email_address2 = Text(100, "Email Address 2", schema="EMailAddress2", format="Email")
    email_address3 = Text(100, "Email Address 3", schema="EMailAddress3", format="Email")
    employee_id = Text(50, "Employee")
    external_user_identifier = Text(50, "External User Identifier")
    family_status_code = Choice(FamilyStatus, "Marital Status")
    fax = Text(50, "Fax")
    first_name = Text(50, "First Name", required=Required.RECOMMENDED)
    follow_email = Boolean("Follow Email Activity")
    ftp_site_url = Text(200, "FTP Site", format="Url")
    gender_code = Choice(Gender, "Gender")
    government_id = Text(50, "Government")
    has_children_code = Choice(DefaultOption, "Has Children")
    home2 = Text(50, "Home Phone 2", format="Phone")
    is_backoffice_customer = Boolean("Back Office Customer")
    job_title = Text(100, "Job Title")
    last_name = Text(50, "Last Name", required=Required.APPLICATION)
    lead_source_code = Choice(DefaultOption, "Lead Source")
    manager_name = Text(100, "Manager")
    manager_phone = Text(50, "Manager Phone", format="Phone")
    marketing_only = Boolean("Marketing Only")
    merged = Boolean("Merged", writable=Writable.NEVER)
    middle_name = Text(50, "Middle Name")
    mobile_phone = Text(50, "Mobile Phone", format="Phone")
    nick_name = Text(100, "Nickname")
    number_of_children = Integer("No. of Children", minimum=0, maximum=10**9)
    pager = Text(50, "Pager")
    participates_in_workflow = Boolean("Participates in Workflow")
    payment_terms_code = Choice(PaymentTerms, "Payment Terms")
    preferred_appointment_day_code = Choice(Weekday, "Preferred Day")
    preferred_appointment_time_code = Choice(TimeOfDay, "Preferred Time")
    preferred_contact_method_code = Choice(ContactMethod, "Preferred Method of Contact")
    salutation = Text(100, "Salutation")
    shipping_method_code = Choice(DefaultOption, "Shipping Method")
    spouses_name = Text(100, "Spouse/Partner Name")
    suffix = Text(10, "Suffix")
    telephone1 = Text(50, "Business Phone", format="Phone")
    telephone2 = Text(50, "Home Phone", format="Phone")
    telephone3 = Text(50, "Telephone 3", format="Phone")
    territory_code = Choice(DefaultOption, "Territory")
    web_site_url = Text(200, "Website", format="Url")
    yomi_first_name = Text(150, "Yomi First Name")
    yomi_full_name = Text(
        450, "Yomi Full Name", format="PhoneticGuide", derived=full_name_of("yomifirstname", "yomilastname")
    )
    yomi_last_name = Text(150, "Yomi Last Name")
    yomi_middle_name = Text(150, "Yomi Middle Name")

    address1 = PartyAddress("Address1", lengths=NAME_200, full=True, primary=True)
    address2 = PartyAddress("Address2", lengths=NAME_200, full=True)
    address3 = PartyAddress("Address3", lengths=NAME_200, full=True)

    class Meta:
        db_table = "contact"
        constraints = [
            split_check("contact", "parent_customer", "account", "parent_contact"),
            split_check("contact", "owner", "owning_user", "owning_team"),
        ]


class CustomerAddress(Audited, Imported, Table):
    """A further address of an account or contact."""

    table = TableFacts(
        "CustomerAddress",
        "customeraddresses",
        "Address",
        "name",
        ownership=Ownership.NONE,
        object_type_code=1071,
        plural_label="Address",
        collections={
            "parentid_account": "Account_CustomerAddress",
            "parentid_contact": "Contact_CustomerAddress",
        },
    )

    customer_address_id = Key("Address")
    name = Text(200, "Address Name", required=Required.APPLICATION)

    parent = AnyLookup(
        {"account": "parentid_account", "contact": "parentid_contact"},
        "Parent",
        type_column="objecttypecode",
        index=True,
        required=Required.SYSTEM,
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="TransactionCurrency_CustomerAddress", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    address_number = Integer("Address Number", minimum=0, maximum=10**9)
    address_type_code = Choice(AddressType, "Address Type")
    city = Text(80, "City")
    composite = Text(1000, "Address", derived=composite_of(""))
    country = Text(80, "Country/Region")
    county = Text(50, "County")
    fax = Text(50, "Fax")
    freight_terms_code = Choice(FreightTerms, "Freight Terms")
    latitude = Double("Latitude", minimum=-90, maximum=90)
    line1 = Text(250, "Street 1", required=Required.APPLICATION)
    line2 = Text(250, "Street 2")
    line3 = Text(250, "Street 3")
    longitude = Double("Longitude", minimum=-180, maximum=180)
    object_type_code = Text(64, "Object Type", required=Required.SYSTEM)
    postal_code = Text(20, "ZIP/Postal Code")
    post_office_box = Text(20, "Post Office Box")
    primary_contact_name = Text(150, "Address Contact")
    shipping_method_code = Choice(ShippingMethod, "Shipping Method")
    state_or_province = Text(50, "State/Province")
    telephone1 = Text(50, "Main Phone", format="Phone")
    telephone2 = Text(50, "Phone 2", format="Phone")
    telephone3 = Text(50, "Telephone 3", format="Phone")
    ups_zone = Text(4, "UPS Zone", schema="UPSZone")
    utc_offset = Integer("UTC Offset", schema="UTCOffset", minimum=-1500, maximum=1500)

    class Meta:
        db_table = "customeraddress"
