"""What can be wrong with a price: codes that are stored on a row, and refusals that stop a write.

Exception
 ├─ PriceError       inside the engine only; becomes a code on the line, and the row is saved all the same
 └─ PricingRefusal   leaves the engine; the write does not happen
"""

from collections.abc import Hashable
from enum import Enum

from handsel.pricing.options import LabelledCode


class PricingErrorCode(LabelledCode):
    """pricingerrorcode of a line or a document (pricing 8)."""

    NONE = 0, "None"
    DETAIL_ERROR = 1, "Detail Error"
    MISSING_PRICE_LEVEL = 2, "Missing Price Level"
    INACTIVE_PRICE_LEVEL = 3, "Inactive Price Level"
    MISSING_QUANTITY = 4, "Missing Quantity"
    MISSING_UNIT_PRICE = 5, "Missing Unit Price"
    MISSING_PRODUCT = 6, "Missing Product"
    INVALID_PRODUCT = 7, "Invalid Product"
    MISSING_PRICING_CODE = 8, "Missing Pricing Code"
    INVALID_PRICING_CODE = 9, "Invalid Pricing Code"
    MISSING_UOM = 10, "Missing UOM"
    PRODUCT_NOT_IN_PRICE_LEVEL = 11, "Product Not In Price Level"
    MISSING_PRICE_LEVEL_AMOUNT = 12, "Missing Price Level Amount"
    MISSING_PRICE_LEVEL_PERCENTAGE = 13, "Missing Price Level Percentage"
    MISSING_PRICE = 14, "Missing Price"
    MISSING_CURRENT_COST = 15, "Missing Current Cost"
    MISSING_STANDARD_COST = 16, "Missing Standard Cost"
    INVALID_PRICE_LEVEL_AMOUNT = 17, "Invalid Price Level Amount"
    INVALID_PRICE_LEVEL_PERCENTAGE = 18, "Invalid Price Level Percentage"
    INVALID_PRICE = 19, "Invalid Price"
    INVALID_CURRENT_COST = 20, "Invalid Current Cost"
    INVALID_STANDARD_COST = 21, "Invalid Standard Cost"
    INVALID_ROUNDING_POLICY = 22, "Invalid Rounding Policy"
    INVALID_ROUNDING_OPTION = 23, "Invalid Rounding Option"
    INVALID_ROUNDING_AMOUNT = 24, "Invalid Rounding Amount"
    PRICE_CALCULATION_ERROR = 25, "Price Calculation Error"
    INVALID_DISCOUNT_TYPE = 26, "Invalid Discount Type"
    DISCOUNT_TYPE_INVALID_STATE = 27, "Discount Type Invalid State"
    INVALID_DISCOUNT = 28, "Invalid Discount"
    INVALID_QUANTITY = 29, "Invalid Quantity"
    INVALID_PRICING_PRECISION = 30, "Invalid Pricing Precision"
    MISSING_PRODUCT_DEFAULT_UOM = 31, "Missing Product Default UOM"
    MISSING_PRODUCT_UOM_SCHEDULE = 32, "Missing Product UOM Schedule"
    INACTIVE_DISCOUNT_TYPE = 33, "Inactive Discount Type"
    INVALID_PRICE_LEVEL_CURRENCY = 34, "Invalid Price Level Currency"
    PRICE_ATTRIBUTE_OUT_OF_RANGE = 35, "Price Attribute Out Of Range"
    BASE_CURRENCY_OVERFLOW = 36, "Base Currency Attribute Overflow"
    BASE_CURRENCY_UNDERFLOW = 37, "Base Currency Attribute Underflow"
    PRICE_LIST_ITEM_HAS_NO_CURRENCY = 38, "Transaction currency is not set for the product price list item"


class PriceError(Exception):
    """A line cannot be priced. Raised and caught inside the engine; carries the code the line gets."""

    def __init__(self, code: PricingErrorCode) -> None:
        super().__init__(code.label)
        self.code = code


class RefusalReason(Enum):
    """Why a write is refused; the code that stores documents maps each reason to its documented error code."""

    FRACTION_NOT_SOLD = "fraction_not_sold"
    TOO_MANY_QUANTITY_DECIMALS = "too_many_quantity_decimals"
    PRICE_LIST_REQUIRED = "price_list_required"
    MONEY_OUT_OF_RANGE = "money_out_of_range"
    BASE_OVERFLOW = "base_overflow"
    BASE_UNDERFLOW = "base_underflow"


class PricingRefusal(Exception):
    """The write is refused. ``line_key`` names the line to blame, None means the document itself.

    ``str()`` of it is a full sentence: what was refused, why, and what to do next.
    """

    def __init__(self, reason: RefusalReason, line_key: Hashable | None, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.line_key = line_key
