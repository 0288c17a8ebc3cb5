"""Who reads and changes connectors, couplings and deliveries, and what goes when an order is deleted."""

from __future__ import annotations

from handsel.chain.handover.connector_rules import check_connectors, keep_used
from handsel.engine.crud.hooks import rule
from handsel.engine.forbidding import forbid
from handsel.engine.rights.privileges import cover_through
from handsel.tables.cascades import PART
from handsel.tables.referring import cascade, names_rows

rule("create", "hs_connector")(check_connectors)
rule("update", "hs_connector")(check_connectors)
rule("delete", "hs_connector")(keep_used)

cover_through("hs_delivery", "salesorderid")
forbid(
    "hs_delivery",
    "Deliveries are made by submitting an order and changed by SubmitSalesOrder, WithdrawSalesOrder, RetryDelivery and "
    "DropDelivery. Use one of these messages on the order.",
    *("create", "update", "delete"),
)
cascade("salesorder", "hs_delivery", "salesorderid", PART)
names_rows("hs_coupling", "hs_rowid", "hs_table", lambda: ("salesorder", "invoice"), PART)
