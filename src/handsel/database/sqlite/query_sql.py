"""What queries to SQLite are made of."""

from __future__ import annotations

from handsel.database.dialect import QuerySql
from handsel.database.sqlite.functions import COMPARE, DECIMAL_ORDER, EXCHANGED, FOLD_CASE, LIKE, SUM


class SQLiteQuery(QuerySql):
    """SQLite orders texts by code points and nulls first by default; what it lacks, our functions add."""

    lower = f"{FOLD_CASE}({{0}})"
    by_code_points = "{0}"
    decimal = f"CAST({{0}} AS TEXT) COLLATE {DECIMAL_ORDER}"
    contains = "instr({0}, {1}) > 0"
    starts_with = "instr({0}, {1}) = 1"
    like = f"{LIKE}({{0}}, {{1}})"
    exact_sum = f"{SUM}({{0}})"
    rough_sum = "total({0})"
    year = "CAST(strftime('%%Y', {0}) AS INTEGER)"
    month = "CAST(strftime('%%m', {0}) AS INTEGER)"
    day = "CAST(strftime('%%d', {0}) AS INTEGER)"
    week = (
        "(CAST(strftime('%%j', {0}) AS INTEGER) - 1 + CAST(strftime('%%w', {0}, 'start of year') AS INTEGER)) / 7 + 1"
    )

    def ends_with(self, length: int) -> str:
        return f"substr({{0}}, -{length}) = {{1}}"

    def common(self, condition: str, *, beside_rights: bool = False) -> str:
        # SQLite assumes that every index is selective, even one on a state that half of the rows have. Beside the few
        # rows of a user it must not be used at all: it would be scanned for each way to these rows.
        return f"likely({'+' if beside_rights else ''}{condition})"

    def exchanged(self, places: int) -> str:
        return f"{EXCHANGED}({{0}}, {{1}}, {places})"

    def compared_numbers(self, sign: str, places: int, other_places: int) -> str:
        return f"{COMPARE}({{0}}, {places}, {{1}}, {other_places}) {sign} 0"

    def compared_moments(self, sign: str, is_date: bool, other_is_date: bool) -> str:
        first = "{0} || ' 00:00:00'" if is_date else "{0}"
        second = "{1} || ' 00:00:00'" if other_is_date else "{1}"
        return f"{first} {sign} {second}"

    def sorted(self, key: str, *, descending: bool) -> str:
        return f"{key} DESC" if descending else key

    def custom_value(self, sql_type: str) -> str:
        value = "json_extract({0}, %s)"
        if sql_type == "uuid":  # stored without hyphens, in JSON with them
            return f"replace({value}, '-', '')"
        if sql_type == "timestamptz":  # stored with a space and without a zone
            return f"replace(replace({value}, 'T', ' '), 'Z', '')"
        return value

    def custom_name(self, name: str) -> str:
        return f'$."{name}"'
