"""What holds for quotes besides what holds for every document."""

from __future__ import annotations

from handsel.chain.document.header_rules import keeps_currency
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.hooks import cascade
from handsel.engine.numbering import Numbering, numbered

KIND = register_document(
    DocumentKind(
        table="quote",
        lines="quotedetail",
        parent="quoteid",
        number="quotenumber",
        override_privilege=TablelessPrivilege.OVERRIDE_PRICE_QUOTE,
        price_lock="hs_ispricelocked",
        lock_holds_overrides=False,
    )
)
numbered("quote", Numbering("quotenumber", "quoteprefix", "currentquotenumber"))
cascade("quote", "quoteclose", "quoteid")
keeps_currency("opportunity", "quote", "opportunityid")
