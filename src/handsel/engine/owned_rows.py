"""All rows that users or teams own, whatever they are and however many: a few statements, one for each table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from handsel.database.context import current
from handsel.database.statements import key_value, run
from handsel.tables.info import all_tables, table_info


def owned_tables() -> Sequence[str]:
    """The tables whose rows have an owner and a unit of their own."""
    return [
        info.logical_name
        for info in all_tables()
        if not info.is_view
        and all(
            (column := info.columns.get(name)) is not None and column.field is not None
            for name in ("ownerid", "owningbusinessunit")
        )
    ]


def move_rows(
    version: int, owners: Collection[UUID], unit: UUID, *, besides: Mapping[str, Collection[UUID]] | None = None
) -> None:
    """Put all rows of some owners into a business unit, under a row version, but for `besides`: ids by table."""
    dialect = current().dialect
    mark = dialect.mark
    for table in owned_tables():
        statement = (
            f'UPDATE "{table}" SET owningbusinessunit = {mark}, versionnumber = {mark} '
            f"WHERE {dialect.any_of('ownerid', mark)} AND "
            f"(owningbusinessunit IS NULL OR owningbusinessunit <> {mark})"
        )
        values = [key_value(unit), version, dialect.keys(sorted(owners)), key_value(unit)]
        if besides and (staying := besides.get(table)):
            key = f'"{table_info(table).primary_key}"'
            statement += f" AND NOT ({dialect.any_of(key, mark)})"
            values.append(dialect.keys(sorted(staying)))
        run(statement, values)


def count_rows(owner: UUID) -> int:
    """How many rows a user or team owns, in one statement."""
    mark = current().dialect.mark
    counts = " UNION ALL ".join(
        f'SELECT count(*) AS n FROM "{table}" WHERE ownerid = {mark}' for table in owned_tables()
    )
    [[total]] = run(f"SELECT sum(n) FROM ({counts}) AS counted", [key_value(owner)] * len(owned_tables()))
    return int(total)
