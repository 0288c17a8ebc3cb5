"""Definitions need only declarations, so an organization made of settings is enough: no database.

Django must know all tables before a test module is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from handsel.site.start import start

start()
import_module("handsel.webapi.operations.invoke")  # what the Web API answers by itself is declared there

if TYPE_CHECKING:
    from handsel.engine.organization import Organization
    from handsel.tables.info import ColumnInfo


@pytest.fixture
def organization(make_organization: Callable[..., Organization]) -> Organization:
    return make_organization()


@pytest.fixture
def make_organization() -> Callable[..., Organization]:
    """`make_organization(quote=[ColumnInfo(…)], version=2)`: an organization with custom columns."""
    from handsel.database.row import Row
    from handsel.engine.customization.columns import Extended
    from handsel.engine.organization import Organization
    from handsel.tables.info import table_info

    def make(*, key: int = 1, version: int = 0, language: int = 1033, **own: list[ColumnInfo]) -> Organization:
        id = UUID(int=key)
        settings = {"organizationid": id, "hs_metadataversion": version, "languagecode": language}
        extended = {
            table: Extended(table_info(table).with_custom_columns(columns), tuple(columns))
            for table, columns in own.items()
        }
        return Organization(Row("organization", id, settings), 0, 0, extended)

    return make
