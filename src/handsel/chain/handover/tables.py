"""Connectors to other systems, the rows there that ours are coupled with, and what is delivered to them: all ours."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handsel.chain.handover.options import DeliveryState
from handsel.tables.columns import BigInt, Boolean, Choice, DateTime, Guid, Integer, Key, Lookup, Memo, Text
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Ownership, Table, TableFacts

LONGEST_SETTINGS = 10_000


class Connector(Audited, Table):
    """A system that orders are handed over to. Its secrets are in no row: `hs_settings` names where they are."""

    table = TableFacts(
        "hs_Connector",
        "hs_connectors",
        "Connector",
        "hs_name",
        object_type_code=10_041,
        plural_label="Connectors",
        announced=("hs_kind", "hs_ispaused"),
    )

    hs_connector_id = Key("Connector", schema="hs_ConnectorId")
    hs_name = Text(100, "Name", schema="hs_Name", required=Required.SYSTEM)
    hs_kind = Text(50, "Kind", schema="hs_Kind", required=Required.SYSTEM, writable=Writable.CREATE)
    hs_address = Text(500, "Address", schema="hs_Address", required=Required.SYSTEM)
    hs_settings = Memo(LONGEST_SETTINGS, "Settings", schema="hs_Settings")
    hs_is_paused = Boolean("Paused", schema="hs_IsPaused", required=Required.APPLICATION, default=False)
    system_user = Lookup("systemuser", "User", collection="systemuser_hs_connectors", required=Required.SYSTEM)

    class Meta:
        db_table = "hs_connector"
        constraints: ClassVar = [models.UniqueConstraint(fields=["hs_name"], name="hs_connector_name")]


class Coupling(Audited, Table):
    """A row of ours and the row of a connector's system that is the same thing there."""

    table = TableFacts(
        "hs_Coupling",
        "hs_couplings",
        "Coupling",
        "hs_theirnumber",
        object_type_code=10_042,
        plural_label="Couplings",
    )

    hs_coupling_id = Key("Coupling", schema="hs_CouplingId")
    hs_connector = Lookup(
        "hs_connector",
        "Connector",
        schema="hs_ConnectorId",
        collection="hs_connector_hs_couplings",
        required=Required.SYSTEM,
        writable=Writable.CREATE,
    )
    hs_table = Text(64, "Table", schema="hs_Table", required=Required.SYSTEM, writable=Writable.CREATE)
    hs_row_id = Guid("Row", schema="hs_RowId", required=Required.SYSTEM, writable=Writable.CREATE)
    hs_their_id = Text(200, "Their Id", schema="hs_TheirId", required=Required.SYSTEM)
    hs_their_number = Text(200, "Their Number", schema="hs_TheirNumber")
    hs_their_version = Text(500, "Their Version", schema="hs_TheirVersion")
    hs_our_version = BigInt("Our Version", schema="hs_OurVersion")
    hs_seen_on = DateTime("Last Seen", schema="hs_SeenOn")

    class Meta:
        db_table = "hs_coupling"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hs_row_id", "hs_connector", "hs_table"], name="hs_coupling_ours"),
            models.UniqueConstraint(fields=["hs_their_id", "hs_connector", "hs_table"], name="hs_coupling_theirs"),
        ]
        indexes: ClassVar = [models.Index(fields=["hs_their_number"], name="hs_coupling_number")]


class Delivery(Audited, Table):
    """An order on its way to a connector's system: made with the submit, at most one that is due for each connector.

    `hs_tries` and `hs_claimeduntil` are the worker's: it writes them as it claims, and no event tells of that.
    """

    table = TableFacts(
        "hs_Delivery",
        "hs_deliveries",
        "Delivery",
        "hs_subject",
        ownership=Ownership.NONE,
        object_type_code=10_043,
        plural_label="Deliveries",
    )

    hs_delivery_id = Key("Delivery", schema="hs_DeliveryId")
    hs_subject = Text(200, "Subject", schema="hs_Subject", required=Required.SYSTEM, writable=Writable.NEVER)
    sales_order = Lookup(
        "salesorder",
        "Order",
        collection="salesorder_hs_deliveries",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    hs_connector = Lookup(
        "hs_connector",
        "Connector",
        schema="hs_ConnectorId",
        collection="hs_connector_hs_deliveries",
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    hs_state = Choice(
        DeliveryState,
        "State",
        schema="hs_State",
        required=Required.SYSTEM,
        writable=Writable.NEVER,
        default=DeliveryState.DUE,
    )
    hs_tries = Integer("Tries", schema="hs_Tries", writable=Writable.NEVER, default=0)
    hs_due_on = DateTime("Due", schema="hs_DueOn", required=Required.SYSTEM, writable=Writable.NEVER)
    hs_claimed_until = DateTime("Claimed Until", schema="hs_ClaimedUntil", writable=Writable.NEVER)
    hs_finished_on = DateTime("Finished", schema="hs_FinishedOn", writable=Writable.NEVER)
    hs_reason = Memo(2000, "Reason", schema="hs_Reason", writable=Writable.NEVER)

    class Meta:
        db_table = "hs_delivery"
        indexes: ClassVar = [
            models.Index(
                fields=["hs_due_on", "hs_delivery_id"], condition=models.Q(hs_state=0), name="hs_delivery_due"
            ),
        ]
