"""The company of the contract tests, as fuzzers see it."""

from tests.contract.conftest import api, company_url, watcher

__all__ = ["api", "company_url", "watcher"]
