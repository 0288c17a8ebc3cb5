"""Option sets of duplicate detection."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class DuplicateRuleState(OptionSet):
    """`statecode` of `duplicaterule`."""

    INACTIVE = 0, "Inactive"
    ACTIVE = 1, "Active"


class DuplicateRuleStatus(OptionSet):
    """`statuscode` of `duplicaterule`: each with the state it belongs to."""

    UNPUBLISHED = 0, "Unpublished", 0
    PUBLISHING = 1, "Publishing", 0
    PUBLISHED = 2, "Published", 1


class DuplicateOperator(OptionSet):
    """How a condition compares two values."""

    EXACT_MATCH = 0, "Exact Match"
    SAME_FIRST_CHARACTERS = 1, "Same First Characters"
    SAME_LAST_CHARACTERS = 2, "Same Last Characters"
    SAME_DATE = 3, "Same Date"
    SAME_DATE_AND_TIME = 4, "Same Date and Time"
    SAME_LABEL = 5, "Exact Match (Pick List Label)"
    SAME_VALUE = 6, "Exact Match (Pick List Value)"
