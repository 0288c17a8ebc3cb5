"""Whose amounts a document holds: those that the system works out, or those that somebody sends (pricing 9.3, 9.4)."""

from __future__ import annotations

from handsel.engine.work import Work

_FROM_BACK_OFFICE = ("salesorder", "invoice")


def is_system_priced(work: Work, document: str) -> bool:
    """Whether the system writes the amounts of documents of this table, for the acting user."""
    settings = work.organization.settings
    return bool(settings.get("oobpricecalculationenabled", True)) and not keeps_amounts_as_sent(work, document)


def keeps_amounts_as_sent(work: Work, document: str) -> bool:
    """With order-processing integration on, an integration user's own totals are stored as sent (pricing 9.3)."""
    if document not in _FROM_BACK_OFFICE or not work.actor.is_integration_user:
        return False
    return bool(work.organization.settings.get("issopintegrationenabled"))
