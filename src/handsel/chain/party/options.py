"""Option sets of accounts, contacts, users and teams."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class Industry(OptionSet):
    """Values of `industrycode`."""

    ACCOUNTING = 1, "Accounting"
    AGRICULTURE_AND_NON_PETROL_NATURAL_RESOURCE_EXTRACTION = 2, "Agriculture and Non-petrol Natural Resource Extraction"
    BROADCASTING_PRINTING_AND_PUBLISHING = 3, "Broadcasting Printing and Publishing"
    BROKERS = 4, "Brokers"
    BUILDING_SUPPLY_RETAIL = 5, "Building Supply Retail"
    BUSINESS_SERVICES = 6, "Business Services"
    CONSULTING = 7, "Consulting"
    CONSUMER_SERVICES = 8, "Consumer Services"
    DESIGN_DIRECTION_AND_CREATIVE_MANAGEMENT = 9, "Design, Direction and Creative Management"
    DISTRIBUTORS_DISPATCHERS_AND_PROCESSORS = 10, "Distributors, Dispatchers and Processors"
    DOCTORS_OFFICES_AND_CLINICS = 11, "Doctor's Offices and Clinics"
    DURABLE_MANUFACTURING = 12, "Durable Manufacturing"
    EATING_AND_DRINKING_PLACES = 13, "Eating and Drinking Places"
    ENTERTAINMENT_RETAIL = 14, "Entertainment Retail"
    EQUIPMENT_RENTAL_AND_LEASING = 15, "Equipment Rental and Leasing"
    FINANCIAL = 16, "Financial"
    FOOD_AND_TOBACCO_PROCESSING = 17, "Food and Tobacco Processing"
    INBOUND_CAPITAL_INTENSIVE_PROCESSING = 18, "Inbound Capital Intensive Processing"
    INBOUND_REPAIR_AND_SERVICES = 19, "Inbound Repair and Services"
    INSURANCE = 20, "Insurance"
    LEGAL_SERVICES = 21, "Legal Services"
    NON_DURABLE_MERCHANDISE_RETAIL = 22, "Non-Durable Merchandise Retail"
    OUTBOUND_CONSUMER_SERVICE = 23, "Outbound Consumer Service"
    PETROCHEMICAL_EXTRACTION_AND_DISTRIBUTION = 24, "Petrochemical Extraction and Distribution"
    SERVICE_RETAIL = 25, "Service Retail"
    SIG_AFFILIATIONS = 26, "SIG Affiliations"
    SOCIAL_SERVICES = 27, "Social Services"
    SPECIAL_OUTBOUND_TRADE_CONTRACTORS = 28, "Special Outbound Trade Contractors"
    SPECIALTY_REALTY = 29, "Specialty Realty"
    TRANSPORTATION = 30, "Transportation"
    UTILITY_CREATION_AND_DISTRIBUTION = 31, "Utility Creation and Distribution"
    VEHICLE_RETAIL = 32, "Vehicle Retail"
    WHOLESALE = 33, "Wholesale"


class ContactMethod(OptionSet):
    """Values of `preferredcontactmethodcode`."""

    ANY = 1, "Any"
    EMAIL = 2, "Email"
    PHONE = 3, "Phone"
    FAX = 4, "Fax"
    MAIL = 5, "Mail"


class AddressType(OptionSet):
    """Values of `addresstypecode`."""

    BILL_TO = 1, "Bill To"
    SHIP_TO = 2, "Ship To"
    PRIMARY = 3, "Primary"
    OTHER = 4, "Other"


class AccountCategory(OptionSet):
    """Values of `accountcategorycode`."""

    PREFERRED_CUSTOMER = 1, "Preferred Customer"
    STANDARD = 2, "Standard"


class CustomerType(OptionSet):
    """Values of `customertypecode`."""

    COMPETITOR = 1, "Competitor"
    CONSULTANT = 2, "Consultant"
    CUSTOMER = 3, "Customer"
    INVESTOR = 4, "Investor"
    PARTNER = 5, "Partner"
    INFLUENCER = 6, "Influencer"
    PRESS = 7, "Press"
    PROSPECT = 8, "Prospect"
    RESELLER = 9, "Reseller"
    SUPPLIER = 10, "Supplier"
    VENDOR = 11, "Vendor"
    OTHER = 12, "Other"


class CompanyOwnership(OptionSet):
    """Values of `ownershipcode`."""

    PUBLIC = 1, "Public"
    PRIVATE = 2, "Private"
    SUBSIDIARY = 3, "Subsidiary"
    OTHER = 4, "Other"


class Weekday(OptionSet):
    """Values of `preferredappointmentdaycode`."""

    SUNDAY = 0, "Sunday"
    MONDAY = 1, "Monday"
    TUESDAY = 2, "Tuesday"
    WEDNESDAY = 3, "Wednesday"
    THURSDAY = 4, "Thursday"
    FRIDAY = 5, "Friday"
    SATURDAY = 6, "Saturday"


class TimeOfDay(OptionSet):
    """Values of `preferredappointmenttimecode`."""

    MORNING = 1, "Morning"
    AFTERNOON = 2, "Afternoon"
    EVENING = 3, "Evening"


class AccountRole(OptionSet):
    """Values of `accountrolecode`."""

    DECISION_MAKER = 1, "Decision Maker"
    EMPLOYEE = 2, "Employee"
    INFLUENCER = 3, "Influencer"


class FamilyStatus(OptionSet):
    """Values of `familystatuscode`."""

    SINGLE = 1, "Single"
    MARRIED = 2, "Married"
    DIVORCED = 3, "Divorced"
    WIDOWED = 4, "Widowed"


class Gender(OptionSet):
    """Values of `gendercode`."""

    MALE = 1, "Male"
    FEMALE = 2, "Female"


class AccessMode(OptionSet):
    """Values of `accessmode`."""

    READ_WRITE = 0, "Read-Write"
    ADMINISTRATIVE = 1, "Administrative"
    READ = 2, "Read"
    SUPPORT_USER = 3, "Support User"
    NON_INTERACTIVE = 4, "Non-interactive"
    DELEGATED_ADMIN = 5, "Delegated Admin"


class LicenseType(OptionSet):
    """Values of `caltype`."""

    PROFESSIONAL = 0, "Professional"
    ADMINISTRATIVE = 1, "Administrative"
    BASIC = 2, "Basic"
    DEVICE_PROFESSIONAL = 3, "Device Professional"
    DEVICE_BASIC = 4, "Device Basic"
    ESSENTIAL = 5, "Essential"
    DEVICE_ESSENTIAL = 6, "Device Essential"
    ENTERPRISE = 7, "Enterprise"
    DEVICE_ENTERPRISE = 8, "Device Enterprise"
    SALES = 9, "Sales"
    SERVICE = 10, "Service"
    FIELD_SERVICE = 11, "Field Service"
    PROJECT_SERVICE = 12, "Project Service"


class InviteStatus(OptionSet):
    """Values of `invitestatuscode`."""

    INVITATION_NOT_SENT = 0, "Invitation Not Sent"
    INVITED = 1, "Invited"
    INVITATION_NEAR_EXPIRED = 2, "Invitation Near Expired"
    INVITATION_EXPIRED = 3, "Invitation Expired"
    INVITATION_ACCEPTED = 4, "Invitation Accepted"
    INVITATION_REJECTED = 5, "Invitation Rejected"
    INVITATION_REVOKED = 6, "Invitation Revoked"


class PreferredAddress(OptionSet):
    """Values of `preferredaddresscode`."""

    MAILING_ADDRESS = 1, "Mailing Address"
    OTHER_ADDRESS = 2, "Other Address"


class PreferredPhone(OptionSet):
    """Values of `preferredphonecode`."""

    MAIN_PHONE = 1, "Main Phone"
    OTHER_PHONE = 2, "Other Phone"
    HOME_PHONE = 3, "Home Phone"
    MOBILE_PHONE = 4, "Mobile Phone"


class TeamType(OptionSet):
    """Values of `teamtype`."""

    OWNER = 0, "Owner"
    ACCESS = 1, "Access"
