"""Every test here may ask for a company of its own."""

from tests.scenarios.fixtures import company, company_file, company_postgresql_url, company_sqlite_url, company_template

__all__ = ["company", "company_file", "company_postgresql_url", "company_sqlite_url", "company_template"]
