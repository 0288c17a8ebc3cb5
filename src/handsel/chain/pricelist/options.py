"""Option sets of price lists, price list items and discount lists."""

from __future__ import annotations

from handsel.pricing.options import PricingMethod, QuantitySelling, RoundingOption, RoundingPolicy
from handsel.tables.options import OptionSet, option_set


class PriceListStatus(OptionSet):
    """`statuscode` of price lists and discount lists."""

    ACTIVE = 100001, "Active", 0
    INACTIVE = 100002, "Inactive", 1


PricingMethods = option_set(PricingMethod)
"""Values of `pricingmethodcode`."""


QuantitySellings = option_set(QuantitySelling)
"""Values of `quantitysellingcode`."""


RoundingOptions = option_set(RoundingOption)
"""Values of `roundingoptioncode`."""


RoundingPolicies = option_set(RoundingPolicy)
"""Values of `roundingpolicycode`."""
