"""A number far beyond every column is refused by each of them, without being written out as digits first."""

from decimal import Decimal

import pytest

from handsel.engine.values import parse
from handsel.errors import BadRequest
from handsel.tables.info import all_tables

NUMBERS = ("Integer", "BigInt", "Decimal", "Money", "Double")


@pytest.mark.parametrize("text", ["1e999999999", "-1e999999999", "NaN", "Infinity"])
def test_no_column_takes_it(text: str) -> None:
    for info in all_tables():
        for column in info.columns.values():
            if column.kind in NUMBERS:
                with pytest.raises(BadRequest, match=column.logical_name):
                    parse(info, column, Decimal(text))
