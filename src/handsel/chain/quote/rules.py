"""What holds for quotes besides what holds for every document."""

from __future__ import annotations

from dataclasses import replace

from handsel.chain.document.closing import regards_closed_row
from handsel.chain.document.header_rules import keeps_currency
from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.rules import register_document
from handsel.chain.quote.states import ACTIVE, LIVE, WON
from handsel.engine.access import TablelessPrivilege
from handsel.engine.crud.hooks import explain_duplicate
from handsel.errors import Code
from handsel.tables.cascades import PARENTAL_RESTRICTED, PARENTAL_UNMERGED, PART, Cascades, OnDelete, Reach
from handsel.tables.referring import cascade

KIND = register_document(
    DocumentKind(
        table="quote",
        lines="quotedetail",
        parent="quoteid",
        number="quotenumber",
        word="quote",
        override_privilege=TablelessPrivilege("prvOverridePriceEngineQuote"),
        price_lock="hs_ispricelocked",
        lock_holds_overrides=False,
        revision="revisionnumber",
        sold_states=(ACTIVE, WON),
        valid_until="effectiveto",
        open_states=LIVE,
    )
)
for party in ("account", "contact"):
    cascade(party, "quote", "customerid", PARENTAL_RESTRICTED)
cascade("opportunity", "quote", "opportunityid", Cascades(OnDelete.CASCADE, assign=Reach.CASCADE))
cascade("quote", "quotedetail", "quoteid", replace(PART, assign=Reach.CASCADE))
cascade("quote", "quoteclose", "quoteid", PARENTAL_UNMERGED)
keeps_currency("opportunity", "quote", "opportunityid")
regards_closed_row("quoteclose", "quoteid")
explain_duplicate(
    "quote",
    "quote_live_number",
    "Another draft or active quote has the same quote number. Close it first.",
    Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE,
)
