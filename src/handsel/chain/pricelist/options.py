"""Option sets of price lists, price list items and discount lists."""

from __future__ import annotations

from handsel.pricing.methods.registry import method_labels
from handsel.pricing.options import QuantitySelling, RoundingOption, RoundingPolicy
from handsel.tables.options import OptionSet, option_set


class PriceListStatus(OptionSet):
    """`statuscode` of price lists and discount lists."""

    ACTIVE = 100001, "Active", 0
    INACTIVE = 100002, "Inactive", 1


PricingMethods = option_set("PricingMethod", method_labels())
"""Values of `pricingmethodcode`: one for each module in `handsel/pricing/methods`."""


QuantitySellings = option_set("QuantitySelling", QuantitySelling.labels())
"""Values of `quantitysellingcode`."""


RoundingOptions = option_set("RoundingOption", RoundingOption.labels())
"""Values of `roundingoptioncode`."""


RoundingPolicies = option_set("RoundingPolicy", RoundingPolicy.labels())
"""Values of `roundingpolicycode`."""
