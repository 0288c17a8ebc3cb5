"""Return orders and their lines."""

from __future__ import annotations

from django.db import models

from acme_returns.returnorder.options import ReturnOrderState, ReturnOrderStatus
from handsel.chain.document.documents import TradeDocument
from handsel.chain.document.lines import FollowsParent, TradeLine
from handsel.chain.document.numbers import DocumentNumber
from handsel.tables.columns import Boolean, Date, Guid, Key, Lookup, State, Status, Text
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Ownership, TableFacts, split_check


class ReturnOrder(TradeDocument):
    """What the customer sends back."""

    table = TableFacts(
        "ReturnOrder",
        "returnorders",
        "Return Order",
        "name",
        ownership=Ownership.USER,
        object_type_code=10101,
        plural_label="Return Orders",
        collections={
            "customerid_account": "returnorder_customer_accounts",
            "customerid_contact": "returnorder_customer_contacts",
            "opportunityid": "opportunity_returnorders",
            "pricelevelid": "price_level_returnorders",
        },
        announced=("returnnumber", "totalamount"),
        shareable=True,
        takes_notes=True,
    )

    return_order_id = Key("Return Order")
    state_code = State(
        ReturnOrderState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ReturnOrderState.OPEN
    )
    status_code = Status(ReturnOrderStatus, "Status Reason", default=ReturnOrderStatus.NEW)

    sales_order = Lookup("salesorder", "Order", collection="order_returnorders", index=True)
    transaction_currency = Lookup(
        "transactioncurrency",
        "Currency",
        collection="transactioncurrency_returnorder",
        enforced=False,
        required=Required.APPLICATION,
        writable=Writable.CREATE,
    )

    is_price_locked = Boolean("Prices Locked", required=Required.APPLICATION, default=False)
    reason = Text(200, "Reason")
    received_on = Date("Received On", writable=Writable.NEVER)
    return_number = DocumentNumber("Return ID", "Return", "RET")

    class Meta:
        app_label = "handsel"
        db_table = "returnorder"
        constraints = [
            split_check("returnorder", "customer", "account", "contact"),
            split_check("returnorder", "owner", "owning_user", "owning_team"),
            models.UniqueConstraint(fields=["return_number"], name="returnorder_number"),
        ]


class ReturnOrderDetail(TradeLine):
    """A line of a return order."""

    table = TableFacts(
        "ReturnOrderDetail",
        "returnorderdetails",
        "Return Order Product",
        "returnorderdetailname",
        ownership=Ownership.USER,
        object_type_code=10102,
        plural_label="Return Order Products",
        parent="returnorderid",
        shareable=True,
        takes_properties=True,
        collections={
            "parentbundleid_returnorderdetail": "returnorderdetail_parent_returnorderdetail",
            "productid": "product_returnorder_details",
            "uomid": "unit_of_measurement_returnorder_details",
        },
    )

    return_order_detail_id = Key("Return Order Product")
    return_order_detail_name = Text(100, "Name", required=Required.APPLICATION)

    return_order = Lookup(
        "returnorder", "Return Order", collection="returnorder_details", index=True, required=Required.SYSTEM
    )
    return_order_columns = FollowsParent("ReturnOrder", "return_order", price_lock=True)
    parent_bundle_id = Guid(
        "Parent Bundle", targets={"returnorderdetail": "parentbundleid_returnorderdetail"}, writable=Writable.CREATE
    )
    parent_bundle_id_ref = Lookup(
        "returnorderdetail",
        "Parent bundle product",
        schema="ParentBundleIdRef",
        navigation="parentbundleidref_returnorderdetail",
        collection="returnorderdetail_parentref_returnorderdetail",
        enforced=False,
        writable=Writable.CREATE,
    )

    sales_order_detail = Lookup("salesorderdetail", "Order Product", navigation="SalesOrderDetailId")
    condition = Text(100, "Condition")

    class Meta:
        app_label = "handsel"
        db_table = "returnorderdetail"
