"""The pricing engine: a document request in, a priced document out; equal requests give equal results."""

import handsel.pricing.methods  # noqa: F401  (registers the price methods)
from handsel.money.rounding import exact_arithmetic
from handsel.pricing.lines import price_line
from handsel.pricing.request import DocumentRequest
from handsel.pricing.result import PricedDocument
from handsel.pricing.totals import total_up
from handsel.pricing.trace import Trace


def price_document(request: DocumentRequest, trace: Trace | None = None) -> PricedDocument:
    """Price all lines and the totals of one document, in the document's currency and in the base currency.

    A ``trace`` is filled with every step; without one nothing is recorded. Lines that cannot be priced carry a code and
    do not stop the others. Raises PricingRefusal when the write itself must not happen.
    """
    settings = request.settings
    with exact_arithmetic():
        lines = tuple([price_line(line, settings, trace) for line in request.lines])
        return total_up(request, lines, trace)
