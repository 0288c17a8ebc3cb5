"""The Django application `handsel`: all tables of the chain and the engine."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

MODEL_MODULES = (
    "handsel.database.tables",
    "handsel.chain.system.tables",
    "handsel.chain.system.connect_tables",
    "handsel.chain.party.tables",
    "handsel.chain.party.assigned_roles",
    "handsel.chain.product.tables",
    "handsel.chain.pricelist.tables",
    "handsel.chain.lead.tables",
    "handsel.chain.opportunity.tables",
    "handsel.chain.quote.tables",
    "handsel.chain.salesorder.tables",
    "handsel.chain.invoice.tables",
    "handsel.jobs.tables",
    "handsel.site.identity.tables",
)


class HandselConfig(AppConfig):
    """The one Django application of Handsel."""

    name = "handsel"
    label = "handsel"
    verbose_name = "Handsel"

    def import_models(self) -> None:
        """Import every module that declares tables, and give them to Django as this application's models."""
        for module in MODEL_MODULES:
            import_module(module)
        super().import_models()
