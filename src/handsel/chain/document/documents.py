"""The columns that the headers of all sales documents share."""

from __future__ import annotations

from handsel.chain.document.customer import Customer
from handsel.chain.system.options import PaymentTerms, PricingErrorCodes, ShippingMethod, SkipPriceCalculation
from handsel.tables.columns import Boolean, Choice, Decimal, ExchangeRate, Lookup, Memo, Money, Text
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Imported, Owned, Table


class SalesDocument(Owned, Audited, Imported, Table):
    """The columns that opportunity, quote, order and invoice share: customer, owner, discounts, freight, totals."""

    customer = Customer("Potential Customer", required=Required.APPLICATION)

    discount_amount = Money("Discount Amount", minimum=0, maximum=10**12)
    exchange_rate = ExchangeRate(writable=Writable.NEVER)
    freight_amount = Money("Freight Amount", minimum=0, maximum=10**12)
    total_amount = Money("Total Amount", writable=Writable.UPDATE)
    total_amount_less_freight = Money("Total Pre-Freight Amount", writable=Writable.UPDATE)
    total_discount_amount = Money("Total Discount Amount", writable=Writable.UPDATE)
    total_line_item_amount = Money("Total Detail Amount", writable=Writable.UPDATE)
    total_tax = Money("Total Tax", writable=Writable.UPDATE)

    description = Memo(2000, "Description")
    discount_percentage = Decimal(2, "Discount (%)", minimum=0, maximum=100)
    email_address = Text(100, "Email Address", format="Email")
    pricing_error_code = Choice(PricingErrorCodes, "Pricing Error", default=0)
    skip_price_calculation = Choice(SkipPriceCalculation, "Skip Price Calculation")

    class Meta:
        abstract = True


class TradeDocument(SalesDocument):
    """What quote, order and invoice add: price list, terms, the opportunity they come from."""

    name = Text(300, "Name", required=Required.APPLICATION, searched=True)

    opportunity = Lookup("opportunity", "Opportunity", index=True)
    price_level = Lookup("pricelevel", "Price List", required=Required.APPLICATION)

    total_line_item_discount_amount = Money("Total Line Item Discount Amount", writable=Writable.UPDATE)

    payment_terms_code = Choice(PaymentTerms, "Payment Terms")
    shipping_method_code = Choice(ShippingMethod, "Shipping Method")
    will_call = Boolean("Ship To", labels=("Address", "Will Call"), default=False)

    class Meta:
        abstract = True
