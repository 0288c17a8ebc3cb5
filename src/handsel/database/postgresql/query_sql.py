"""What queries to PostgreSQL are made of."""

from __future__ import annotations

from handsel.database.dialect import QuerySql


class PostgreSQLQuery(QuerySql):
    """PostgreSQL has a type for every kind of value; only texts need a collation, to be ordered by code points."""

    lower = "lower({0})"
    by_code_points = '{0} COLLATE "C"'
    decimal = "{0}"
    contains = "strpos({0}, {1}) > 0"
    starts_with = "starts_with({0}, {1})"
    like = "{0} LIKE {1} ESCAPE '!'"
    exact_sum = rough_sum = "sum({0})"
    year = "extract(year from {0})::int"
    month = "extract(month from {0})::int"
    day = "extract(day from {0})::int"
    week = "(extract(doy from {0})::int - 1 + extract(dow from date_trunc('year', {0}))::int) / 7 + 1"

    def ends_with(self, length: int) -> str:
        return "starts_with(reverse({0}), reverse({1}))"

    def common(self, condition: str, *, beside_rights: bool = False) -> str:
        return condition  # its statistics say so

    def exchanged(self, places: int) -> str:
        # Money and rates have so few digits that no quotient is that close to a half without being one.
        return f"round({{0}}::numeric(80, 40) / {{1}}, {places})::numeric(80, 4)"

    def compared_numbers(self, sign: str, places: int, other_places: int) -> str:
        return f"{{0}} {sign} {{1}}"

    def compared_moments(self, sign: str, is_date: bool, other_is_date: bool) -> str:
        return f"{{0}} {sign} {{1}}"

    def sorted(self, key: str, *, descending: bool) -> str:
        return f"{key} DESC NULLS LAST" if descending else f"{key} NULLS FIRST"

    def custom_value(self, sql_type: str) -> str:
        return f"({{0}} ->> %s)::{sql_type}"

    def custom_name(self, name: str) -> str:
        return name
