"""Where a line's price comes from, decided from the flags of its row and of its document."""

from handsel.pricing.options import ProductType
from handsel.pricing.request import LineKind


def line_kind(
    *,
    product_type: int | None,
    is_product_overridden: bool,
    is_price_overridden: bool,
    is_price_locked: bool,
    has_settled_price: bool,
) -> LineKind:
    """The kind of a line (pricing 2.5, 7 and 9.2).

    ``is_price_locked`` belongs to the document. ``has_settled_price``: the row already holds a catalog price for this
    same product and unit. A line that is new, got another product or unit, or has just stopped being overridden, has
    none and reads the catalog even on a locked document.
    """
    if product_type == ProductType.REQUIRED_BUNDLE_PRODUCT:
        return LineKind.BUNDLE_REQUIRED
    if is_product_overridden:
        return LineKind.WRITE_IN
    if is_price_overridden:
        return LineKind.OVERRIDDEN
    if is_price_locked and has_settled_price:
        return LineKind.LOCKED
    return LineKind.CATALOG
