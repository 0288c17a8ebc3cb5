"""Invoices and their lines."""

from __future__ import annotations

from django.db import models

from handsel.chain.document.addresses import DocumentAddress
from handsel.chain.document.documents import TradeDocument
from handsel.chain.document.lines import FollowsParent, TradeLine
from handsel.chain.document.numbers import DocumentNumber
from handsel.chain.document.priced_by import PricedBy
from handsel.chain.invoice.options import InvoiceState, InvoiceStatus
from handsel.chain.system.options import DefaultOption, FreightTerms
from handsel.tables.columns import (
    Boolean,
    Choice,
    Date,
    DateTime,
    Decimal,
    Guid,
    Key,
    Lookup,
    State,
    Status,
    Text,
)
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Ownership, TableFacts, split_check


class Invoice(TradeDocument, PricedBy):
    """What the customer is to pay."""

    table = TableFacts(
        "Invoice",
        "invoices",
        "Invoice",
        "name",
        ownership=Ownership.USER,
        object_type_code=1090,
        plural_label="Invoices",
        collections={
            "customerid_account": "invoice_customer_accounts",
            "customerid_contact": "invoice_customer_contacts",
            "opportunityid": "opportunity_invoices",
            "pricelevelid": "price_level_invoices",
        },
        announced=("invoicenumber", "totalamount"),
        shareable=True,
        takes_notes=True,
        takes_activities=True,
    )

    invoice_id = Key("Invoice")
    state_code = State(
        InvoiceState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=InvoiceState.ACTIVE
    )
    status_code = Status(InvoiceStatus, "Status Reason", default=InvoiceStatus.NEW)

    sales_order = Lookup("salesorder", "Order", collection="order_invoices", index=True)
    transaction_currency = Lookup(
        "transactioncurrency",
        "Currency",
        collection="transactioncurrency_invoice",
        enforced=False,
        required=Required.APPLICATION,
        writable=Writable.CREATE,
    )

    date_delivered = Date("Date Delivered")
    due_date = Date("Due Date")
    invoice_number = DocumentNumber("Invoice ID", "Invoice", "INV")
    is_price_locked = Boolean("Prices Locked", required=Required.APPLICATION, default=False)
    last_backoffice_submit = DateTime("Last Submitted to Back Office")
    priority_code = Choice(DefaultOption, "Priority")

    bill_to = DocumentAddress("BillTo", without=("address_id", "contact_name"))
    ship_to = DocumentAddress("ShipTo", without=("address_id", "contact_name"), freight_terms=DefaultOption)

    class Meta:
        db_table = "invoice"
        constraints = [
            split_check("invoice", "customer", "account", "contact"),
            split_check("invoice", "owner", "owning_user", "owning_team"),
            models.UniqueConstraint(fields=["invoice_number"], name="invoice_number"),
        ]


class InvoiceDetail(TradeLine):
    """A line of an invoice."""

    table = TableFacts(
        "InvoiceDetail",
        "invoicedetails",
        "Invoice Product",
        "invoicedetailname",
        ownership=Ownership.USER,
        object_type_code=1091,
        plural_label="Invoice Products",
        parent="invoiceid",
        collections={
            "parentbundleid_invoicedetail": "invoicedetail_parent_invoicedetail",
            "productassociationid_productassociation": "productAssociation_invoice_details",
            "productid": "product_invoice_details",
            "salesrepid": "system_user_invoicedetail",
            "transactioncurrencyid": "transactioncurrency_invoicedetail",
            "uomid": "unit_of_measurement_invoice_details",
        },
        shareable=True,
        takes_properties=True,
    )

    invoice_detail_id = Key("Invoice Product")
    invoice_detail_name = Text(100, "Name", required=Required.APPLICATION)

    invoice = Lookup("invoice", "Invoice ID", collection="invoice_details", index=True, required=Required.SYSTEM)
    invoice_columns = FollowsParent("Invoice", "invoice", price_lock=True)
    parent_bundle_id = Guid(
        "Parent Bundle", targets={"invoicedetail": "parentbundleid_invoicedetail"}, writable=Writable.CREATE
    )
    parent_bundle_id_ref = Lookup(
        "invoicedetail",
        "Parent bundle product",
        schema="ParentBundleIdRef",
        navigation="parentbundleidref_invoicedetail",
        collection="invoicedetail_parentref_invoicedetail",
        enforced=False,
        writable=Writable.CREATE,
    )

    sales_order_detail = Lookup("salesorderdetail", "Order Product Id", navigation="SalesOrderDetailId")

    actual_delivery_on = DateTime("Delivered On")
    is_copied = Boolean("Copied")
    quantity_backordered = Decimal(5, "Quantity Back Ordered", minimum=0, maximum=10**9)
    quantity_cancelled = Decimal(5, "Quantity Canceled", minimum=0, maximum=10**9)
    quantity_shipped = Decimal(5, "Quantity Shipped", minimum=-(10**9), maximum=10**9)
    shipping_tracking_number = Text(100, "Shipment Tracking Number")

    ship_to = DocumentAddress("ShipTo", without=("address_id", "contact_name", "composite"), freight_terms=FreightTerms)

    class Meta:
        db_table = "invoicedetail"
