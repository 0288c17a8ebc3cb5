"""Amounts beyond the money range: a code where the engine computed them, a refusal where nothing could be stored."""

from collections.abc import Collection
from decimal import Decimal

from handsel.money.amount import Breach, breach_of, fits
from handsel.pricing.errors import PricingErrorCode, PricingRefusal, RefusalReason
from handsel.pricing.request import LineRequest

_NO_ERROR = PricingErrorCode.NONE
_BASE_CODES = {
    Breach.OVERFLOW: PricingErrorCode.BASE_CURRENCY_OVERFLOW,
    Breach.UNDERFLOW: PricingErrorCode.BASE_CURRENCY_UNDERFLOW,
}
_BASE_REASONS = {Breach.OVERFLOW: RefusalReason.BASE_OVERFLOW, Breach.UNDERFLOW: RefusalReason.BASE_UNDERFLOW}


def code_of_breach(amounts: Collection[Decimal], base_amounts: Collection[Decimal]) -> PricingErrorCode:
    """35 when an amount is out of range, 36 or 37 when only a base-currency amount is, else 0 (pricing 6 and 8)."""
    if not (fits(min(amounts)) and fits(max(amounts))):
        return PricingErrorCode.PRICE_ATTRIBUTE_OUT_OF_RANGE
    if fits(min(base_amounts)) and fits(max(base_amounts)):
        return _NO_ERROR
    return next(_BASE_CODES[breach] for breach in map(breach_of, base_amounts) if breach is not None)


def require_storable(column: str, amount: Decimal, base_value: Decimal, line: LineRequest | None) -> None:
    """Raises PricingRefusal when an amount that must be stored as it is, or its base amount, is out of range.

    ``line`` None stands for the document itself.
    """
    if (breach := breach_of(amount)) is not None:
        reason, problem = RefusalReason.MONEY_OUT_OF_RANGE, f"an {breach.value} of the money range"
    elif (breach := breach_of(base_value)) is not None:
        reason, problem = (
            _BASE_REASONS[breach],
            f"an {breach.value} in the base currency, where it would be {base_value}",
        )
    else:
        return
    subject = "Document" if line is None else f"Line {line.label or line.key}"
    raise PricingRefusal(
        reason,
        None if line is None else line.key,
        f"{subject}: {column.replace('_', ' ')} {amount} is refused, because it is {problem}. "
        "Enter an amount closer to zero.",
    )
