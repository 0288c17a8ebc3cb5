from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from defusedxml.ElementTree import fromstring

from handsel.chain.system.connect_rows import MULTIPLE, connect_rows, system_views, view_xml
from handsel.tables.info import all_tables, table_info

UNIT = UUID(int=7)


@pytest.fixture(scope="module")
def by_table() -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for table, values in connect_rows():
        found[table].append(values)
    return found


def names(table: str) -> list[str]:
    return [name for name, _ in system_views(table_info(table))]


def test_views_that_sellers_expect() -> None:
    assert {"Active Accounts", "My Active Accounts", "Inactive Accounts", "All Accounts"} <= set(names("account"))
    assert {"My Open Opportunities", "Won Opportunities", "Lost Opportunities"} <= set(names("opportunity"))
    assert {"Draft Quotes", "My Active Quotes", "Won Quotes", "My Quotes"} <= set(names("quote"))
    assert names("quotedetail") == ["All Quote Products"]


def test_a_view_is_fetchxml_over_columns_that_exist() -> None:
    for info in all_tables():
        for _name, conditions in system_views(info):
            fetch = fromstring(view_xml(info, conditions))
            entity = fetch[0]
            assert entity.get("name") == info.logical_name
            used = [each.get("name") for each in entity.iter("attribute")]
            used += [each.get("attribute") for each in (*entity.iter("order"), *entity.iter("condition"))]
            assert set(used) <= set(info.columns), info.logical_name


def test_my_open_opportunities() -> None:
    conditions = dict(system_views(table_info("opportunity")))["My Open Opportunities"]
    fetch = fromstring(view_xml(table_info("opportunity"), conditions))
    found = [tuple(each.attrib.values()) for each in fetch.iter("condition")]
    assert found == [("ownerid", "eq-userid"), ("statecode", "eq", "0")]


def test_every_table_has_one_default_view(by_table: Mapping[str, list[Mapping[str, Any]]]) -> None:
    for info in all_tables():
        views = [row for row in by_table["savedquery"] if row["returnedtypecode"] == info.logical_name]
        assert [row["isdefault"] for row in views].count(True) == 1
        assert len({row["name"] for row in views}) == len(views)


def test_every_table_takes_many_rows_at_once(by_table: Mapping[str, list[Mapping[str, Any]]]) -> None:
    messages = {row["sdkmessageid"]: row["name"] for row in by_table["sdkmessage"]}
    pairs = {(row["primaryobjecttypecode"], messages[row["sdkmessageid"]]) for row in by_table["sdkmessagefilter"]}
    assert pairs == {(info.logical_name, message) for info in all_tables() if not info.is_view for message in MULTIPLE}


def test_rows_of_a_table_have_the_same_columns_and_ids_of_their_own() -> None:
    columns: dict[str, set[str]] = {}
    ids = []
    for table, values in connect_rows():
        assert columns.setdefault(table, set(values)) == set(values)
        assert None not in values.values()
        ids.append(values[f"{table}id"])
    assert len(set(ids)) == len(ids)
    assert ids == [values[f"{table}id"] for table, values in connect_rows()]
