"""The resources of the API as rows: customers, items and what they refer to, sales documents and their lines (erp 8).

A row is never changed once it is stored: a change stores another one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import msgspec

from handsel.testing.businesscentral.columns import (
    NO_DATE,
    NO_ID,
    Code10,
    Code20,
    Day,
    Flag,
    Id,
    Moment,
    Number,
    ReadCode,
    ReadFlag,
    ReadId,
    ReadNumber,
    ReadText,
    Text20,
    Text30,
    Text35,
    Text50,
    Text100,
    Whole,
    choice,
    encoded,
)

ZERO = Decimal(0)
BLANK = encoded(" ")


class Row(msgspec.Struct, kw_only=True, rename="camel", gc=False):
    """What every row has."""

    etag: str = msgspec.field(name="@odata.etag", default="")
    id: ReadId = ""


class Dated(Row, kw_only=True, rename="camel", gc=False):
    """A row that says when it was changed."""

    last_modified_date_time: Moment = ""


class Customer(Dated, kw_only=True, rename="camel", gc=False):
    """A customer (erp 8.4)."""

    number: Code20
    display_name: Text100 = ""
    type: Annotated[str, choice("Company", "Person")] = "Company"
    address_line1: Text100 = ""
    address_line2: Text50 = ""
    city: Text30 = ""
    state: Text30 = ""
    country: Code10 = ""
    postal_code: Code20 = ""
    phone_number: Text30 = ""
    email: Text100 = ""
    website: Text100 = ""
    salesperson_code: Code20 = ""
    balance_due: ReadNumber = ZERO
    credit_limit: Number = ZERO
    tax_liable: Flag = True
    tax_registration_number: Text20 = ""
    currency_id: Id = NO_ID
    currency_code: Code10 = ""
    payment_terms_id: Id = NO_ID
    shipment_method_id: Id = NO_ID
    payment_method_id: Id = NO_ID
    blocked: Annotated[str, choice(" ", "Ship", "Invoice", "All")] = BLANK


class Item(Dated, kw_only=True, rename="camel", gc=False):
    """An item (erp 8.5)."""

    number: Code20
    display_name: Text100 = ""
    type: Annotated[str, choice("Inventory", "Service", "Non-Inventory")] = "Inventory"
    item_category_id: Id = NO_ID
    item_category_code: Code20 = ""
    blocked: Flag = False
    gtin: Text20 = ""
    inventory: ReadNumber = ZERO
    unit_price: Number = ZERO
    price_includes_tax: Flag = False
    unit_cost: Number = ZERO
    tax_group_id: Id = NO_ID
    tax_group_code: Code20 = ""
    base_unit_of_measure_id: Id = NO_ID
    base_unit_of_measure_code: Code10 = ""


class ItemUnit(Row, kw_only=True, gc=False):
    """A unit that an item is sold in. The API does not show it."""

    item_id: str
    code: str
    quantity: Decimal
    """How many base units it holds."""


class UnitOfMeasure(Dated, kw_only=True, rename="camel", gc=False):
    """A unit of measure."""

    code: Code10
    display_name: Text50 = ""
    international_standard_code: Code10 = ""


class Currency(Dated, kw_only=True, rename="camel", gc=False):
    """A foreign currency. The company's own is none (erp 8.6)."""

    code: Code10
    display_name: Text30 = ""
    symbol: Text20 = ""
    amount_decimal_places: Text20 = "2:2"
    amount_rounding_precision: Number = Decimal("0.01")


class PaymentTerm(Dated, kw_only=True, rename="camel", gc=False):
    """Payment terms."""

    code: Code10
    display_name: Text100 = ""
    due_date_calculation: Text20 = ""
    """A number of days, as in `30D`."""
    discount_percent: Number = ZERO


class ShipmentMethod(Dated, kw_only=True, rename="camel", gc=False):
    """A shipment method."""

    code: Code10
    display_name: Text100 = ""


class Account(Dated, kw_only=True, rename="camel", gc=False):
    """An account of the general ledger."""

    number: Code20
    display_name: Text100 = ""
    category: Text30 = ""
    blocked: Flag = False
    direct_posting: Flag = True


class TaxGroup(Dated, kw_only=True, rename="camel", gc=False):
    """A tax group. Its percentage is not shown by the API."""

    code: Code20
    display_name: Text100 = ""
    tax_type: Text20 = "Sales Tax"
    percent: Decimal = ZERO


class Document(Dated, kw_only=True, rename="camel", gc=False):
    """The head of a sales document."""

    number: ReadCode = ""
    external_document_number: Text35 = ""
    posting_date: Day = NO_DATE
    customer_id: Id = NO_ID
    customer_number: Code20 = ""
    customer_name: ReadText = ""
    bill_to_name: ReadText = ""
    bill_to_customer_id: Id = NO_ID
    bill_to_customer_number: Code20 = ""
    ship_to_name: Text100 = ""
    ship_to_contact: Text100 = ""
    sell_to_address_line1: Text100 = ""
    sell_to_address_line2: Text50 = ""
    sell_to_city: Text30 = ""
    sell_to_country: Code10 = ""
    sell_to_state: Text30 = ""
    sell_to_post_code: Code20 = ""
    bill_to_address_line1: Text100 = ""
    bill_to_address_line2: Text50 = ""
    bill_to_city: Text30 = ""
    bill_to_country: Code10 = ""
    bill_to_state: Text30 = ""
    bill_to_post_code: Code20 = ""
    ship_to_address_line1: Text100 = ""
    ship_to_address_line2: Text50 = ""
    ship_to_city: Text30 = ""
    ship_to_country: Code10 = ""
    ship_to_state: Text30 = ""
    ship_to_post_code: Code20 = ""
    shortcut_dimension1_code: Code20 = ""
    shortcut_dimension2_code: Code20 = ""
    currency_id: Id = NO_ID
    currency_code: Code10 = ""
    prices_include_tax: ReadFlag = False
    payment_terms_id: Id = NO_ID
    shipment_method_id: Id = NO_ID
    salesperson: Code20 = ""
    discount_amount: Number = ZERO
    discount_applied_before_tax: ReadFlag = True
    total_amount_excluding_tax: ReadNumber = ZERO
    total_tax_amount: ReadNumber = ZERO
    total_amount_including_tax: ReadNumber = ZERO
    phone_number: Text30 = ""
    email: Text100 = ""


class SalesOrder(Document, kw_only=True, rename="camel", gc=False):
    """A sales order (erp 8.1)."""

    order_date: Day = NO_DATE
    partial_shipping: Flag = False
    requested_delivery_date: Day = NO_DATE
    fully_shipped: ReadFlag = False
    status: Annotated[str, choice("Draft", "In Review", "Open", read_only=True)] = "Draft"


class SalesInvoice(Document, kw_only=True, rename="camel", gc=False):
    """A sales invoice, as a draft or posted (erp 8.3)."""

    invoice_date: Day = NO_DATE
    due_date: Day = NO_DATE
    customer_purchase_order_reference: Text35 = ""
    order_id: ReadId = NO_ID
    order_number: ReadCode = ""
    remaining_amount: ReadNumber = ZERO
    status: Annotated[
        str, choice(" ", "Draft", "In Review", "Open", "Paid", "Canceled", "Corrective", read_only=True)
    ] = "Draft"


class SalesCreditMemo(Document, kw_only=True, rename="camel", gc=False):
    """A credit memo, as a draft or posted (erp 8.20)."""

    credit_memo_date: Day = NO_DATE
    due_date: Day = NO_DATE
    invoice_id: Id = NO_ID
    invoice_number: Code20 = ""
    status: Annotated[
        str, choice(" ", "Draft", "In Review", "Open", "Canceled", "Corrective", "Paid", read_only=True)
    ] = "Draft"


class DocumentLine(Row, kw_only=True, rename="camel", gc=False):
    """A line of a sales document (erp 8.2)."""

    document_id: Id = NO_ID
    sequence: Whole = 0
    item_id: Id = NO_ID
    account_id: Id = NO_ID
    line_type: Annotated[str, choice("Comment", "Account", "Item", "Resource", "Fixed Asset", "Charge")] = "Comment"
    line_object_number: Code20 = ""
    description: Text100 = ""
    unit_of_measure_id: Id = NO_ID
    unit_of_measure_code: Code10 = ""
    quantity: Number = ZERO
    unit_price: Number = ZERO
    discount_amount: Number = ZERO
    discount_percent: Number = ZERO
    discount_applied_before_tax: ReadFlag = True
    amount_excluding_tax: ReadNumber = ZERO
    tax_code: Code20 = ""
    tax_percent: ReadNumber = ZERO
    total_tax_amount: ReadNumber = ZERO
    amount_including_tax: ReadNumber = ZERO
    invoice_discount_allocation: ReadNumber = ZERO
    net_amount: ReadNumber = ZERO
    net_tax_amount: ReadNumber = ZERO
    net_amount_including_tax: ReadNumber = ZERO
    shipment_date: Day = NO_DATE
    item_variant_id: Id = NO_ID


class SalesOrderLine(DocumentLine, kw_only=True, rename="camel", gc=False):
    """A line of an order."""

    shipped_quantity: ReadNumber = ZERO
    invoiced_quantity: ReadNumber = ZERO
    invoice_quantity: Number = ZERO
    ship_quantity: Number = ZERO


class OrderLineProgress(Row, kw_only=True, gc=False):
    """What was invoiced of an order line's discounts so far; it has the line's id. The API does not show it."""

    discount: Decimal = ZERO
    allocation: Decimal = ZERO


class PaymentJournal(Dated, kw_only=True, rename="camel", gc=False):
    """A journal of customers' payments (erp 8.21)."""

    code: Code10
    display_name: Text50 = ""
    balancing_account_id: Id = NO_ID
    balancing_account_number: Code20 = ""


class CustomerPayment(Dated, kw_only=True, rename="camel", gc=False):
    """A payment in a journal that is not posted yet (erp 8.21)."""

    journal_id: Id = NO_ID
    journal_display_name: ReadText = ""
    line_number: Whole = 0
    customer_id: Id = NO_ID
    customer_number: Code20 = ""
    posting_date: Day = NO_DATE
    document_number: Code20 = ""
    external_document_number: Text35 = ""
    amount: Number = ZERO
    applies_to_invoice_id: Id = NO_ID
    applies_to_invoice_number: Code20 = ""
    description: Text100 = ""
    comment: Text100 = ""


class Applied(Row, kw_only=True, gc=False):
    """An amount of a payment or credit memo that was applied to an invoice. The API does not show it."""

    invoice_id: str
    amount: Decimal
    credit_memo_id: str = ""


class Series(Row, kw_only=True, gc=False):
    """A number series; its id is the beginning of its numbers."""

    last: int
