"""Sweeps read declarations, so Django must know all tables before a test module is imported."""

from handsel.site.start import start

start()

from tests.scenarios.fixtures import (  # noqa: E402
    company,
    company_file,
    company_postgresql_url,
    company_sqlite_url,
    company_template,
)

__all__ = ["company", "company_file", "company_postgresql_url", "company_sqlite_url", "company_template"]
