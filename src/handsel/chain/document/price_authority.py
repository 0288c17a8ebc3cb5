"""Which amounts a document holds: those that the system computes, or those that are sent (pricing 9.3, 9.4)."""

from __future__ import annotations

from handsel.chain.document.kinds import kind_of
from handsel.engine.work import Work


def is_system_priced(work: Work, document: str) -> bool:
    """Whether the system writes the amounts of documents of this table, for the acting user."""
    settings = work.organization.settings
    return bool(settings.get("oobpricecalculationenabled", True)) and not keeps_amounts_as_sent(work, document)


def keeps_amounts_as_sent(work: Work, document: str) -> bool:
    """Whether an integration user's totals are stored as sent: order-processing integration is on (pricing 9.3)."""
    if not kind_of(document).keeps_sent_amounts or not work.actor.is_integration_user:
        return False
    return bool(work.organization.settings.get("issopintegrationenabled"))
