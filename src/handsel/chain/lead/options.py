"""Option sets of leads."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class LeadSource(OptionSet):
    """Values of `leadsourcecode`."""

    ADVERTISEMENT = 1, "Advertisement"
    EMPLOYEE_REFERRAL = 2, "Employee Referral"
    EXTERNAL_REFERRAL = 3, "External Referral"
    PARTNER = 4, "Partner"
    PUBLIC_RELATIONS = 5, "Public Relations"
    SEMINAR = 6, "Seminar"
    TRADE_SHOW = 7, "Trade Show"
    WEB = 8, "Web"
    WORD_OF_MOUTH = 9, "Word of Mouth"
    OTHER = 10, "Other"


class LeadSalesStage(OptionSet):
    """Values of `salesstage`."""

    QUALIFY = 0, "Qualify"


class LeadState(OptionSet):
    """`statecode` of `lead`."""

    OPEN = 0, "Open"
    QUALIFIED = 1, "Qualified"
    DISQUALIFIED = 2, "Disqualified"


class LeadStatus(OptionSet):
    """`statuscode` of `lead`."""

    NEW = 1, "New", 0
    CONTACTED = 2, "Contacted", 0
    QUALIFIED = 3, "Qualified", 1
    LOST = 4, "Lost", 2
    CANNOT_CONTACT = 5, "Cannot Contact", 2
    NO_LONGER_INTERESTED = 6, "No Longer Interested", 2
    CANCELED = 7, "Canceled", 2
