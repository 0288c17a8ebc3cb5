"""Option sets that several families share, and those of organization, activities and document lines."""

from __future__ import annotations

from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.options import DiscountMethod, ProductType
from handsel.tables.options import OptionSet, option_set


class DefaultOption(OptionSet):
    """The only value of a choice that organizations fill with their own values."""

    DEFAULT_VALUE = 1, "Default Value"


class ActiveState(OptionSet):
    """`statecode` of tables whose rows are active or inactive."""

    ACTIVE = 0, "Active"
    INACTIVE = 1, "Inactive"


class ActiveStatus(OptionSet):
    """`statuscode` of tables whose rows are active or inactive."""

    ACTIVE = 1, "Active", 0
    INACTIVE = 2, "Inactive", 1


class Policy(OptionSet):
    """What happens where somebody may not have meant it: it is done, done and told, or refused."""

    ALLOW = 0, "Allow"
    WARN = 1, "Warn"
    REFUSE = 2, "Refuse"


class ActivityState(OptionSet):
    """`statecode` of activities."""

    OPEN = 0, "Open"
    COMPLETED = 1, "Completed"
    CANCELED = 2, "Canceled"


class ActivityStatus(OptionSet):
    """`statuscode` of activities."""

    OPEN = 1, "Open", 0
    COMPLETED = 2, "Completed", 1
    CANCELED = 3, "Canceled", 2


class ActivityPriority(OptionSet):
    """How urgent an activity is."""

    LOW = 0, "Low"
    NORMAL = 1, "Normal"
    HIGH = 2, "High"


class PaymentTerms(OptionSet):
    """Values of `paymenttermscode`."""

    NET_30 = 1, "Net 30"
    TWO_PERCENT_10_NET_30 = 2, "2% 10, Net 30"
    NET_45 = 3, "Net 45"
    NET_60 = 4, "Net 60"


class FreightTerms(OptionSet):
    """Values of `freighttermscode`."""

    FOB = 1, "FOB"
    NO_CHARGE = 2, "No Charge"


class ShippingMethod(OptionSet):
    """Values of `shippingmethodcode`."""

    AIRBORNE = 1, "Airborne"
    DHL = 2, "DHL"
    FEDEX = 3, "FedEx"
    UPS = 4, "UPS"
    POSTAL_MAIL = 5, "Postal Mail"
    FULL_LOAD = 6, "Full Load"
    WILL_CALL = 7, "Will Call"


PricingErrorCodes = option_set("PricingErrorCode", PricingErrorCode.labels())
"""The pricing error of a document or line (pricing 8)."""


class SkipPriceCalculation(OptionSet):
    """When a document is not priced."""

    DO_PRICE_CALC_ALWAYS = 0, "DoPriceCalcAlways"
    SKIP_PRICE_CALC_ON_RETRIEVE = 1, "SkipPriceCalcOnRetrieve"


class SkipLinePriceCalculation(OptionSet):
    """When a line is not priced."""

    DO_PRICE_CALC_ALWAYS = 0, "DoPriceCalcAlways"
    SKIP_PRICE_CALC_ON_CREATE = 1, "SkipPriceCalcOnCreate"
    SKIP_PRICE_CALC_ON_UPDATE = 2, "SkipPriceCalcOnUpdate"
    SKIP_PRICE_CALC_ON_UP_SERT = 3, "SkipPriceCalcOnUpSert"


LineProductTypes = option_set("ProductType", ProductType.labels())
"""`producttypecode` of a line."""


class PropertyConfiguration(OptionSet):
    """Values of `propertyconfigurationstatus`."""

    EDIT = 0, "Edit"
    RECTIFY = 1, "Rectify"
    NOT_CONFIGURED = 2, "Not Configured"


class CurrencyDisplay(OptionSet):
    """Values of `currencydisplayoption`."""

    CURRENCY_SYMBOL = 0, "Currency symbol"
    CURRENCY_CODE = 1, "Currency code"


class CurrencyFormat(OptionSet):
    """Values of `currencyformatcode`."""

    BEFORE = 0, "$123"
    AFTER = 1, "123$"
    BEFORE_WITH_SPACE = 2, "$ 123"
    AFTER_WITH_SPACE = 3, "123 $"


DiscountCalculationMethods = option_set("DiscountMethod", DiscountMethod.labels())
"""Whether a manual discount is for the line or for each unit."""


class FullNameConvention(OptionSet):
    """Values of `fullnameconventioncode`."""

    LAST_NAME_FIRST_NAME = 0, "Last Name, First Name"
    FIRST_NAME = 1, "First Name"
    LAST_NAME_FIRST_NAME_MIDDLE_INITIAL = 2, "Last Name, First Name, Middle Initial"
    FIRST_NAME_MIDDLE_INITIAL_LAST_NAME = 3, "First Name, Middle Initial, Last Name"
    LAST_NAME_FIRST_NAME_MIDDLE_NAME = 4, "Last Name, First Name, Middle Name"
    FIRST_NAME_MIDDLE_NAME_LAST_NAME = 5, "First Name, Middle Name, Last Name"
    LAST_NAME_SPACE_FIRST_NAME = 6, "Last Name, space, First Name"
    LAST_NAME_NO_SPACE_FIRST_NAME = 7, "Last Name, no space, First Name"


class BudgetStatus(OptionSet):
    """Values of `budgetstatus`."""

    NO_COMMITTED_BUDGET = 0, "No Committed Budget"
    MAY_BUY = 1, "May Buy"
    CAN_BUY = 2, "Can Buy"
    WILL_BUY = 3, "Will Buy"


class Need(OptionSet):
    """Values of `need`."""

    MUST_HAVE = 0, "Must have"
    SHOULD_HAVE = 1, "Should have"
    GOOD_TO_HAVE = 2, "Good to have"
    NO_NEED = 3, "No need"


class InitialCommunication(OptionSet):
    """Values of `initialcommunication`."""

    CONTACTED = 0, "Contacted"
    NOT_CONTACTED = 1, "Not Contacted"


class PurchaseProcess(OptionSet):
    """Values of `purchaseprocess`."""

    INDIVIDUAL = 0, "Individual"
    COMMITTEE = 1, "Committee"
    UNKNOWN = 2, "Unknown"


class PurchaseTimeframe(OptionSet):
    """Values of `purchasetimeframe`."""

    IMMEDIATE = 0, "Immediate"
    THIS_QUARTER = 1, "This Quarter"
    NEXT_QUARTER = 2, "Next Quarter"
    THIS_YEAR = 3, "This Year"
    UNKNOWN = 4, "Unknown"


class Rating(OptionSet):
    """Values of `leadqualitycode`."""

    HOT = 1, "Hot"
    WARM = 2, "Warm"
    COLD = 3, "Cold"
