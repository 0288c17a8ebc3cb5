"""Reading the pipeline files: spellings are repaired, rows that do not fit are refused."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

Record = dict[str, str]
"""One row of a file by column name; an empty text if there is no value."""

FILES = ("accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv")

SPELLINGS = {"GTXPro": "GTX Pro", "technolgy": "technology", "Philipines": "Philippines"}
"""Misspelled words of the files, and the right ones."""

STAGES = ("Prospecting", "Engaging", "Won", "Lost")


class BadFile(Exception):
    """A row cannot be read without guessing. The text says which line, and why."""


def records(file: Path, repaired: Counter[str]) -> Iterator[Record]:
    """The rows of one file, one by one; `repaired` counts the corrected spellings. Raises BadFile."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        for row in reader:
            if None in row or None in row.values():
                raise BadFile(
                    f"{file.name}, line {reader.line_num}: the row has not {len(reader.fieldnames or ())} columns."
                )
            for column, value in row.items():
                if value in SPELLINGS:
                    row[column] = SPELLINGS[value]
                    repaired[value] += 1
            yield row


def deals(file: Path, repaired: Counter[str]) -> Iterator[Record]:
    """The rows of the pipeline. Raises BadFile for an unknown stage, or a closed deal without a value."""
    for row in records(file, repaired):
        where = f"{file.name}, opportunity {row['opportunity_id']}"
        if row["deal_stage"] not in STAGES:
            raise BadFile(f"{where}: deal_stage is '{row['deal_stage']}', not {', '.join(STAGES)}.")
        if row["deal_stage"] in ("Won", "Lost"):
            try:
                Decimal(row["close_value"])
            except InvalidOperation as error:
                raise BadFile(f"{where}: close_value is '{row['close_value']}', which is no number.") from error
        yield row


def pages(rows: Iterator[Record], size: int) -> Iterator[list[Record]]:
    """Rows in lists of at most `size`, read only as they are needed."""
    while page := list(islice(rows, size)):
        yield page
