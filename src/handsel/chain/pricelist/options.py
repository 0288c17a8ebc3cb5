"""Option sets of price lists, price list items and discount lists."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class PriceListStatus(OptionSet):
    """`statuscode` of price lists and discount lists."""

    ACTIVE = 100001, "Active", 0
    INACTIVE = 100002, "Inactive", 1


class PricingMethod(OptionSet):
    """Values of `pricingmethodcode`."""

    CURRENCY_AMOUNT = 1, "Currency Amount"
    PERCENT_OF_LIST = 2, "Percent of List"
    PERCENT_MARKUP_CURRENT_COST = 3, "Percent Markup - Current Cost"
    PERCENT_MARGIN_CURRENT_COST = 4, "Percent Margin - Current Cost"
    PERCENT_MARKUP_STANDARD_COST = 5, "Percent Markup - Standard Cost"
    PERCENT_MARGIN_STANDARD_COST = 6, "Percent Margin - Standard Cost"


class QuantitySelling(OptionSet):
    """Values of `quantitysellingcode`."""

    NO_CONTROL = 1, "No Control"
    WHOLE = 2, "Whole"
    WHOLE_AND_FRACTIONAL = 3, "Whole and Fractional"


class RoundingOption(OptionSet):
    """Values of `roundingoptioncode`."""

    ENDS_IN = 1, "Ends in"
    MULTIPLE_OF = 2, "Multiple of"


class RoundingPolicy(OptionSet):
    """Values of `roundingpolicycode`."""

    NONE = 1, "None"
    UP = 2, "Up"
    DOWN = 3, "Down"
    TO_NEAREST = 4, "To Nearest"
