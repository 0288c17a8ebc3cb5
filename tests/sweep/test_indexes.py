"""The lists that people open read an index in order, on both databases: no scan of the table, no sort of its rows."""

from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel import Session
from handsel.chain.system.connect_rows import system_views, view_xml
from handsel.database.statements import run
from handsel.query.fetchxml.parser import parse_fetch
from handsel.query.odata.options import parse_options
from handsel.query.run.pages import run as ask
from handsel.tables.indexes import list_indexes
from handsel.tables.info import all_tables, table_info

NAMED = sorted({index.table for index in list_indexes() if len(index.keys) == 3})
"""The tables that are listed by name."""
Q = "quote"
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


def plan(session: Session, request: Any, monkeypatch: pytest.MonkeyPatch, *, sorts: bool = False) -> str:
    """How the database would read the rows that a request asks for."""
    plans = []

    def explained(sql: str, params: Any = ()) -> Any:
        if session.context.dialect.name == "postgresql":
            # So few rows would be scanned anyway: the test asks whether the index could be used.
            run("SET enable_seqscan = off")
            run(f"SET enable_sort = {'on' if sorts else 'off'}")
        how = "EXPLAIN QUERY PLAN " if session.context.dialect.name == "sqlite" else "EXPLAIN "
        plans.append("\n".join(str(row[-1]) for row in run(how + sql, params)))
        return run(sql, params)

    from handsel.query.compile import query_context

    with monkeypatch.context() as patch, session.entered():
        patch.setattr(query_context, "run", explained)
        ask(request)
    return "\n".join(plans)


def assert_indexed(session: Session, found: str) -> None:
    """No scan without an index, and no sort but that of the last key among rows equal in all others."""
    if session.context.dialect.name == "sqlite":
        assert all("USING" in line for line in found.splitlines() if "SCAN" in line), found
        assert "TEMP B-TREE FOR ORDER BY" not in found, found
    else:
        assert "Seq Scan" not in found, found
        assert "Sort Key" not in found or "Presorted Key" in found, found


@pytest.mark.parametrize("table", NAMED)
def test_every_view(session: Session, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    info = table_info(table)
    for name, conditions in system_views(info):
        found = plan(session, parse_fetch(view_xml(info, conditions)), monkeypatch)
        assert_indexed(session, found)
        expected = {"My": "ownerid", "All": info.primary_name}.get(name.split()[0], "statecode")
        assert f"{table}_by_{expected}" in found, (name, found)


@pytest.mark.parametrize(
    ("options", "index"),
    [
        ({}, "pk"),
        ({"$orderby": "name"}, "quote_by_name"),
        ({"$orderby": "name desc"}, "quote_by_name"),
        ({"$orderby": "createdon desc"}, "quote_by_createdon"),
        ({"$orderby": "createdon"}, "quote_by_createdon"),
        ({"$filter": "statecode eq 0"}, "quote_by_statecode"),
        ({"$filter": "statecode eq 0", "$orderby": "createdon desc"}, "quote_by_createdon"),
        ({"$filter": "startswith(name,'em') and statecode eq 1", "$orderby": "name"}, "quote_by_statecode_name"),
    ],
)
def test_lists_of_quotes(
    session: Session, options: dict[str, str], index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = plan(session, parse_options(Q, options, page_size=50), monkeypatch)
    assert_indexed(session, found)
    if index != "pk":
        assert index in found, found


@pytest.mark.parametrize("column", ["name", "accountnumber"])
@pytest.mark.parametrize("condition", ["{} eq 'émile 7'", "startswith({},'Émile 7')"])
def test_a_text_is_looked_up(session: Session, column: str, condition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its index, whose few rows are then put into order."""
    values = [{"name": f"Émile {index}", "accountnumber": f"Émile {index}"} for index in range(500)]
    session.execute_many([handsel.Create("account", each) for each in values])
    with session.entered():
        run("ANALYZE account")
    found = plan(session, parse_options("account", {"$filter": condition.format(column)}), monkeypatch, sorts=True)
    if session.context.dialect.name == "sqlite":
        assert f"USING INDEX account_by_{column} (hs_fold_{column}" in found, found
    else:
        assert f"lower(({column})" in found.partition("Index Cond")[2], found


@pytest.mark.parametrize("order", ["", "name", "createdon desc"])
def test_a_further_page_begins_where_the_one_before_ended(
    session: Session, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = session.execute(handsel.Create("account", {"name": "A"})).reference
    currency = next(iter(session.rows("transactioncurrency"))).reference
    values = {"name": "Deal", "customerid": account, "transactioncurrencyid": currency}
    session.execute_many([handsel.Create(Q, values) for _ in range(3)])
    options = {"$orderby": order} if order else {}
    with session.entered():
        token = ask(parse_options(Q, options, page_size=1)).token
    found = plan(session, parse_options(Q, {**options, "$skiptoken": str(token)}, page_size=1), monkeypatch)
    assert_indexed(session, found)
    if session.context.dialect.name == "postgresql":
        assert "Index Cond" in found, found
    else:
        assert "SEARCH" in found, found


def test_the_quotes_of_a_customer(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.execute(handsel.Create("account", {"name": "A"}))
    found = plan(session, parse_options("account", {"$expand": "quote_customer_accounts"}), monkeypatch, sorts=True)
    assert "quote_customerid" in found or "quote_by_accountid" in found, found
    if session.context.dialect.name == "sqlite":  # PostgreSQL has other ways with so few rows
        any_quote = {"$filter": "quote_customer_accounts/any(q:q/statecode eq 0)"}
        found = plan(session, parse_options("account", any_quote), monkeypatch)
        assert "quote_customerid" in found or "quote_by_accountid" in found, found


def test_a_row_that_somebody_owns_is_deleted_without_a_scan(session: Session) -> None:
    """For each of them the database looks for rows that refer to it, by every foreign key to its table."""
    keys = [
        (info.logical_name, name)
        for info in all_tables()
        for name, column in info.columns.items()
        if getattr(column.field, "is_enforced", False)
        if "ownerid" in table_info(column.targets[0]).columns
    ]
    assert {("contact", "masterid"), ("quote", "accountid"), ("salesorderdetail", "quotedetailid")} <= set(keys)
    is_sqlite, key = session.context.dialect.name == "sqlite", session.context.dialect.key(UUID(KEY))
    how, used = ("EXPLAIN QUERY PLAN", "SEARCH") if is_sqlite else ("EXPLAIN", "Index Cond")
    with session.entered():
        if not is_sqlite:
            run("SET enable_seqscan = off")
        for table, name in keys:
            asked = f'{how} SELECT 1 FROM "{table}" WHERE "{name}" = {session.context.dialect.mark}'
            found = " ".join(str(row[-1]) for row in run(asked, [key]))
            assert used in found, (table, name, found)
