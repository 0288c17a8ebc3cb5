"""What holds for invoices besides what holds for every document."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.document.header_rules import keeps_currency
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.chain.invoice.states import CONFIRMED, PAID, refuse_invoicing
from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.hooks import Entry, rule
from handsel.engine.work import Work
from handsel.tables.cascades import PARENTAL_RESTRICTED, RESTRICTED
from handsel.tables.referring import cascade

KIND = register_document(
    DocumentKind(
        table="invoice",
        lines="invoicedetail",
        parent="invoiceid",
        number="invoicenumber",
        word="invoice",
        override_privilege=TablelessPrivilege("prvOverridePriceEngineInvoice"),
        price_lock="ispricelocked",
        lock_holds_overrides=True,
        keeps_sent_amounts=True,
        sold_states=(PAID,),
        sold_reasons=CONFIRMED,
        needs_customer=True,
        is_claim=True,
    )
)
for party in ("account", "contact"):
    cascade(party, "invoice", "customerid", PARENTAL_RESTRICTED)
cascade("opportunity", "invoice", "opportunityid", RESTRICTED)
cascade("salesorder", "invoice", "salesorderid", RESTRICTED)
cascade("salesorderdetail", "invoicedetail", "salesorderdetailid", RESTRICTED)
keeps_currency("opportunity", "invoice", "opportunityid")


@rule("create", "invoice")
@rule("update", "invoice")
def the_back_office_invoices(work: Work, entries: Sequence[Entry]) -> None:
    """An invoice of an order is the back office's while order-processing integration is on, by whatever way (2.4)."""
    named = [entry for entry in entries if entry.changed("salesorderid") and entry.row.get("salesorderid") is not None]
    refuse_invoicing(work, [entry.item for entry in named])
