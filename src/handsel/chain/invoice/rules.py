"""What holds for invoices besides what holds for every document."""

from __future__ import annotations

from handsel.chain.document.header_rules import keeps_currency
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.engine.access import TablelessPrivilege
from handsel.engine.numbering import Numbering, numbered

KIND = register_document(
    DocumentKind(
        table="invoice",
        lines="invoicedetail",
        parent="invoiceid",
        number="invoicenumber",
        override_privilege=TablelessPrivilege.OVERRIDE_PRICE_INVOICE,
        price_lock="ispricelocked",
        lock_holds_overrides=True,
    )
)
numbered("invoice", Numbering("invoicenumber", "invoiceprefix", "currentinvoicenumber"))
keeps_currency("opportunity", "invoice", "opportunityid")
