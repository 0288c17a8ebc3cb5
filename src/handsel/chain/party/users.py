"""Business units, teams and users."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from handsel.chain.party.addresses import USER_LENGTHS, PartyAddress
from handsel.chain.party.names import full_name_of
from handsel.chain.party.options import (
    AccessMode,
    InviteStatus,
    LicenseType,
    PreferredAddress,
    PreferredPhone,
    TeamType,
)
from handsel.chain.system.options import DefaultOption
from handsel.tables.columns import (
    AnyLookup,
    Boolean,
    Choice,
    Double,
    ExchangeRate,
    Guid,
    Integer,
    Key,
    Lookup,
    Memo,
    Text,
)
from handsel.tables.facts import OpenTargets, Required, Writable
from handsel.tables.table import Audited, Imported, Ownership, ReadingQuerySet, Table, TableFacts


class BusinessUnit(Audited, Imported, Table):
    """A part of the organization that owns rows and holds users and teams."""

    table = TableFacts(
        "BusinessUnit",
        "businessunits",
        "Business Unit",
        "name",
        ownership=Ownership.BUSINESS,
        object_type_code=10,
        plural_label="Business Units",
    )

    business_unit_id = Key("Business Unit")
    name = Text(160, "Name", required=Required.SYSTEM)

    organization = Lookup(
        "organization",
        "Organization",
        collection="organization_business_units",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    parent_business_unit = Lookup(
        "businessunit",
        "Parent Business",
        collection="business_unit_parent_business_unit",
        required=Required.APPLICATION,
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="TransactionCurrency_BusinessUnit", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    cost_center = Text(100, "Cost Center")
    credit_limit = Double("Credit Limit", minimum=0, maximum=10**9)
    description = Memo(2000, "Description")
    disabled_reason = Text(500, "Disable Reason", writable=Writable.NEVER)
    division_name = Text(100, "Division")
    email_address = Text(100, "Email", schema="EMailAddress", format="Email")
    file_as_name = Text(100, "File as Name")
    ftp_site_url = Text(200, "FTP Site", format="Url")
    inheritance_mask = Integer("Inheritance Mask", minimum=0, maximum=10**9)
    is_disabled = Boolean("Is Disabled", default=False)
    stock_exchange = Text(20, "Stock Exchange")
    ticker_symbol = Text(10, "Ticker Symbol", format="TickerSymbol")
    utc_offset = Integer("UTC Offset", schema="UTCOffset", minimum=-1500, maximum=1500)
    web_site_url = Text(200, "Website", format="Url")
    workflow_suspended = Boolean("Workflow Suspended")

    address1 = PartyAddress("Address1", without=("composite",))
    address2 = PartyAddress("Address2", without=("composite",))

    class Meta:
        db_table = "businessunit"


class Team(Audited, Imported, Table):
    """Users who own rows together."""

    table = TableFacts(
        "Team",
        "teams",
        "Team",
        "name",
        ownership=Ownership.BUSINESS,
        object_type_code=9,
        plural_label="Teams",
    )

    team_id = Key("Team")
    name = Text(160, "Team Name", required=Required.SYSTEM)

    administrator = Lookup("systemuser", "Administrator", required=Required.SYSTEM)
    business_unit = Lookup("businessunit", "Business Unit", collection="business_unit_teams", required=Required.SYSTEM)
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="TransactionCurrency_Team", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    description = Memo(2000, "Description")
    email_address = Text(100, "Email", schema="EMailAddress", format="Email")
    is_default = Boolean("Is Default", required=Required.SYSTEM, writable=Writable.NEVER, default=False)
    organization_id = Guid(
        "Organization",
        targets={"organization": "organizationid_organization"},
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    system_managed = Boolean("Is System Managed", required=Required.SYSTEM, writable=Writable.NEVER, default=False)
    team_type = Choice(TeamType, "Team Type", required=Required.SYSTEM, default=TeamType.OWNER)
    yomi_name = Text(160, "Yomi Name")

    regarding_object = AnyLookup(
        OpenTargets("shareable", "{table}_Teams"),
        "Regarding",
        type_column="hs_regardingobjecttype",
        index=True,
    )
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "team"


class SystemUser(Audited, Imported, Table, AbstractBaseUser):
    """A person or program that signs in. Django's user model; password and last login are no declared columns."""

    table = TableFacts(
        "SystemUser",
        "systemusers",
        "User",
        "fullname",
        ownership=Ownership.BUSINESS,
        object_type_code=8,
        plural_label="Users",
    )

    # A user without a password cannot sign in; messages create users without one.
    password: Any = models.CharField(max_length=128, null=True)

    system_user_id = Key("User")
    full_name = Text(200, "Full Name", derived=full_name_of("firstname", "lastname"))

    business_unit = Lookup(
        "businessunit", "Business Unit", collection="business_unit_system_users", required=Required.SYSTEM
    )
    parent_system_user = Lookup("systemuser", "Manager", collection="user_parent_user")
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="TransactionCurrency_SystemUser", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    access_mode = Choice(AccessMode, "Access Mode", required=Required.SYSTEM, default=AccessMode.READ_WRITE)
    application_id = Guid("Application ID")
    application_id_uri = Text(1024, "Application ID URI", writable=Writable.NEVER)
    azure_active_directory_object_id = Guid("Azure AD Object ID", writable=Writable.NEVER)
    cal_type = Choice(
        LicenseType, "License Type", schema="CALType", required=Required.SYSTEM, default=LicenseType.PROFESSIONAL
    )
    disabled_reason = Text(500, "Disabled Reason", writable=Writable.NEVER)
    domain_name = Text(1024, "User Name", required=Required.SYSTEM)
    employee_id = Text(100, "Employee")
    first_name = Text(64, "First Name", required=Required.APPLICATION)
    government_id = Text(100, "Government")
    home_phone = Text(50, "Home Phone", format="Phone")
    internal_email_address = Text(100, "Primary Email", schema="InternalEMailAddress", format="Email")
    invite_status_code = Choice(
        InviteStatus, "Invitation Status", required=Required.APPLICATION, default=InviteStatus.INVITATION_NOT_SENT
    )
    is_disabled = Boolean("Status", default=False)
    is_integration_user = Boolean("Integration user mode", required=Required.SYSTEM, default=False)
    is_licensed = Boolean("User Licensed", required=Required.SYSTEM, default=True)
    is_sync_with_directory = Boolean("User Synced", required=Required.SYSTEM, default=False)
    job_title = Text(100, "Job Title")
    last_name = Text(64, "Last Name", required=Required.APPLICATION)
    middle_name = Text(50, "Middle Name")
    mobile_alert_email = Text(100, "Mobile Alert Email", schema="MobileAlertEMail", format="Email")
    mobile_phone = Text(64, "Mobile Phone", format="Phone")
    nick_name = Text(50, "Nickname")
    organization_id = Guid(
        "Organization",
        targets={"organization": "organizationid_organization"},
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    personal_email_address = Text(100, "Email 2", schema="PersonalEMailAddress", format="Email")
    photo_url = Text(200, "Photo URL", format="Url")
    preferred_address_code = Choice(PreferredAddress, "Preferred Address")
    preferred_email_code = Choice(DefaultOption, "Preferred Email")
    preferred_phone_code = Choice(PreferredPhone, "Preferred Phone")
    salutation = Text(20, "Salutation")
    setup_user = Boolean("Restricted Access Mode", required=Required.SYSTEM, default=False)
    skills = Text(100, "Skills")
    title = Text(128, "Title")
    user_license_type = Integer("User License Type", required=Required.SYSTEM, default=0)
    windows_live_id = Text(1024, "Windows Live ID", schema="WindowsLiveID", format="Email")
    yomi_first_name = Text(64, "Yomi First Name")
    yomi_full_name = Text(200, "Yomi Full Name", derived=full_name_of("yomifirstname", "yomilastname"))
    yomi_last_name = Text(64, "Yomi Last Name")
    yomi_middle_name = Text(50, "Yomi Middle Name")

    hs_privileges = Text(1000, "Privileges Granted Singly", schema="hs_Privileges")

    address1 = PartyAddress("Address1", lengths={**USER_LENGTHS, "fax": 64, "telephone1": 64})
    address2 = PartyAddress("Address2", lengths=USER_LENGTHS)

    class Meta:
        db_table = "systemuser"
        constraints = [
            models.UniqueConstraint(fields=["domain_name"], name="systemuser_domainname"),
        ]

    USERNAME_FIELD = "domain_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = BaseUserManager.from_queryset(ReadingQuerySet)()  # finds users by their domain name, for signing in

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django has a plain attribute here
        """Whether the user may sign in."""
        return not self.is_disabled

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the user's password. Never writes: an old hash is replaced when the password is changed."""
        return check_password(raw_password, self.password)


class TeamMembership(Table):
    """A user in a team."""

    table = TableFacts(
        "TeamMembership",
        "teammemberships",
        "Team Membership",
        "teammembershipid",
        ownership=Ownership.NONE,
        object_type_code=23,
        plural_label="Team Memberships",
    )

    team_membership_id = Key("Team Membership")

    team = Lookup("team", "Team", index=True, required=Required.SYSTEM, writable=Writable.CREATE)
    system_user = Lookup("systemuser", "User", required=Required.SYSTEM, writable=Writable.CREATE)

    class Meta:
        db_table = "teammembership"
        constraints = [
            models.UniqueConstraint(fields=["system_user", "team"], name="teammembership_pair"),
        ]
