"""Orders, their lines, and how they end."""

from __future__ import annotations

from django.db import models

from handsel.chain.document.activities import CloseActivity
from handsel.chain.document.addresses import DocumentAddress
from handsel.chain.document.documents import TradeDocument
from handsel.chain.document.lines import FollowsParent, TradeLine
from handsel.chain.document.numbers import DocumentNumber
from handsel.chain.document.priced_by import PricedBy
from handsel.chain.salesorder.options import OrderCreationMethod, OrderState, OrderStatus
from handsel.chain.system.options import DefaultOption, FreightTerms
from handsel.tables.columns import (
    AnyLookup,
    Boolean,
    Choice,
    Date,
    DateTime,
    Decimal,
    Guid,
    Integer,
    Key,
    Lookup,
    Memo,
    State,
    Status,
    Text,
)
from handsel.tables.elsewhere import Elsewhere
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Ownership, TableFacts, split_check


class SalesOrder(TradeDocument, PricedBy):
    """What the customer ordered."""

    table = TableFacts(
        "SalesOrder",
        "salesorders",
        "Order",
        "name",
        ownership=Ownership.USER,
        object_type_code=1088,
        plural_label="Orders",
        collections={
            "customerid_account": "order_customer_accounts",
            "customerid_contact": "order_customer_contacts",
            "opportunityid": "opportunity_sales_orders",
            "pricelevelid": "price_level_orders",
        },
        announced=("ordernumber", "totalamount"),
        shareable=True,
        takes_notes=True,
        takes_activities=True,
    )

    sales_order_id = Key("Order")
    state_code = State(
        OrderState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=OrderState.ACTIVE
    )
    status_code = Status(OrderStatus, "Status Reason", default=OrderStatus.NEW)

    quote = Lookup("quote", "Quote", collection="quote_orders", index=True)
    transaction_currency = Lookup(
        "transactioncurrency",
        "Currency",
        collection="transactioncurrency_salesorder",
        enforced=False,
        required=Required.APPLICATION,
        writable=Writable.CREATE,
    )

    campaign_id = Elsewhere("campaign", "campaigns", "Source Campaign")
    date_fulfilled = Date("Date Fulfilled")
    freight_terms_code = Choice(FreightTerms, "Freight Terms")
    is_price_locked = Boolean("Prices Locked", required=Required.APPLICATION, default=False)
    last_backoffice_submit = DateTime("Last Submitted to Back Office")
    order_creation_method = Choice(OrderCreationMethod, "Creation Method", default=OrderCreationMethod.UNKNOWN)
    order_number = DocumentNumber("Order ID", "Order", "ORD")
    priority_code = Choice(DefaultOption, "Priority")
    request_delivery_by = DateTime("Requested Delivery Date", format="DateOnly")
    submit_date = Date("Date Submitted")
    submit_status = Integer("Submitted Status", minimum=0, maximum=10**9)
    submit_status_description = Memo(2000, "Submitted Status Description")

    bill_to = DocumentAddress("BillTo")
    ship_to = DocumentAddress("ShipTo", freight_terms=DefaultOption)

    class Meta:
        db_table = "salesorder"
        constraints = [
            split_check("salesorder", "customer", "account", "contact"),
            split_check("salesorder", "owner", "owning_user", "owning_team"),
            models.UniqueConstraint(fields=["order_number"], name="salesorder_number"),
        ]


class SalesOrderDetail(TradeLine):
    """A line of an order."""

    table = TableFacts(
        "SalesOrderDetail",
        "salesorderdetails",
        "Order Product",
        "salesorderdetailname",
        ownership=Ownership.USER,
        object_type_code=1089,
        plural_label="Order Products",
        parent="salesorderid",
        collections={
            "parentbundleid_salesorderdetail": "salesorderdetail_parent_salesorderdetail",
            "productassociationid_productassociation": "productAssociation_salesorder_details",
            "productid": "product_order_details",
            "salesrepid": "system_user_salesorderdetail",
            "transactioncurrencyid": "transactioncurrency_salesorderdetail",
            "uomid": "unit_of_measurement_order_details",
        },
        shareable=True,
        takes_properties=True,
    )

    sales_order_detail_id = Key("Order Product")
    sales_order_detail_name = Text(100, "Name", required=Required.APPLICATION)

    sales_order = Lookup("salesorder", "Order", collection="order_details", index=True, required=Required.SYSTEM)
    sales_order_columns = FollowsParent("SalesOrder", "sales_order", price_lock=True)
    parent_bundle_id = Guid(
        "Parent Bundle", targets={"salesorderdetail": "parentbundleid_salesorderdetail"}, writable=Writable.CREATE
    )
    parent_bundle_id_ref = Lookup(
        "salesorderdetail",
        "Parent bundle product",
        schema="ParentBundleIdRef",
        navigation="parentbundleidref_salesorderdetail",
        collection="salesorderdetail_parentref_salesorderdetail",
        enforced=False,
        writable=Writable.CREATE,
    )

    quote_detail = Lookup("quotedetail", "Quote Product Id", navigation="QuoteDetailId")

    is_copied = Boolean("Copied")
    quantity_backordered = Decimal(5, "Quantity Back Ordered", minimum=0, maximum=10**9)
    quantity_cancelled = Decimal(5, "Quantity Canceled", minimum=0, maximum=10**9)
    quantity_shipped = Decimal(5, "Quantity Shipped", minimum=-(10**9), maximum=10**9)
    request_delivery_by = DateTime("Requested Delivery Date", format="DateOnly")

    ship_to = DocumentAddress("ShipTo", without=("composite",), freight_terms=FreightTerms)

    class Meta:
        db_table = "salesorderdetail"


class OrderClose(CloseActivity):
    """How an order was fulfilled or canceled."""

    table = TableFacts(
        "OrderClose",
        "ordercloses",
        "Order Close",
        "subject",
        ownership=Ownership.USER,
        object_type_code=4209,
        plural_label="Order Closes",
        is_activity=True,
        collections={
            "regardingobjectid_lead_orderclose": "lead_OrderCloses",
            "regardingobjectid_opportunity_orderclose": "opportunity_OrderCloses",
            "regardingobjectid_account_orderclose": "account_OrderCloses",
            "regardingobjectid_salesorder_orderclose": "salesorder_OrderCloses",
            "transactioncurrencyid_orderclose": "orderclose_transactioncurrency_transactioncurrencyid",
        },
        announced=("ordernumber",),
        shareable=True,
        takes_notes=True,
    )

    sales_order = Lookup(
        "salesorder", "Order", navigation="salesorderid", collection="SalesOrder_OrderClose", index=True
    )

    order_number = Text(100, "Order Number")
    revision = Integer("Revision", minimum=0, maximum=10**9)

    activity_type_code = Text(64, "Activity Type", writable=Writable.NEVER, default="orderclose")
    regarding_object = AnyLookup(
        {
            "account": "regardingobjectid_account_orderclose",
            "lead": "regardingobjectid_lead_orderclose",
            "opportunity": "regardingobjectid_opportunity_orderclose",
            "salesorder": "regardingobjectid_salesorder_orderclose",
        },
        "Regarding Object Id",
        type_column="hs_regardingobjecttype",
        index=True,
    )
    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "orderclose"
        constraints = [
            split_check("orderclose", "owner", "owning_user", "owning_team"),
        ]
