"""The Django application `handsel`: all tables of the chain and the engine."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from handsel.chain.folders import folders
from handsel.errors import SetupError


class HandselConfig(AppConfig):
    """The one Django application of Handsel."""

    name = "handsel"
    label = "handsel"
    verbose_name = "Handsel"

    def import_models(self) -> None:
        """Import every module that declares tables, and give them to Django as this application's models."""
        import_module("handsel.database.tables")
        for folder in folders():
            for module in folder.table_modules():
                _import_tables(module)
        import_module("handsel.jobs.tables")
        import_module("handsel.site.identity.tables")
        super().import_models()


def _import_tables(module: str) -> None:
    try:
        import_module(module)
    except RuntimeError as error:
        if "app_label" not in str(error):
            raise
        raise SetupError(
            f"{module.replace('.', '/')}.py: a table outside of Handsel names the application it belongs to. Write "
            f'app_label = "handsel" into its Meta. ({error})'
        ) from error
