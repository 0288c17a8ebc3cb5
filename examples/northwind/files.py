"""Reading the Northwind files: NULL texts, unquoted commas, orders with their lines."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

Record = dict[str, str | None]
"""One row of a file by column name; None if it is NULL or empty."""

FILES = ("customers.csv", "products.csv", "employees.csv", "orders.csv", "order-details.csv")


class BadFile(Exception):
    """A file cannot be read without guessing. The text says which line, and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One product on an order. `discount` is a fraction: 0.15 means 15 %."""

    product: str
    unit_price: Decimal
    quantity: Decimal
    discount: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the files."""

    number: str
    customer: str
    employee: str | None
    ordered_on: str | None
    required_on: str | None
    freight: Decimal
    ship_to: Record
    lines: list[Line]


def records(file: Path) -> Iterator[Record]:
    """The rows of one file. Raises BadFile for a row that has too few or too many columns."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text)
        columns = next(reader, [])
        for row in reader:
            if row:
                fields = _fitted(row, len(columns), f"{file.name}, line {reader.line_num}")
                yield dict(zip(columns, (None if field in ("NULL", "") else field for field in fields), strict=True))


def _fitted(row: list[str], columns: int, place: str) -> list[str]:
    """A row with as many fields as there are columns.

    Some addresses hold a comma without quotes around them ("Rua do Paço, 67"). In these files such a comma is followed
    by a space and one between columns never is, so in a row that is too long, a field that begins with a space belongs
    to the one before it. When that does not give the right number of fields, nothing is guessed.
    """
    if len(row) <= columns:
        fields = row
    else:
        fields = []
        for field in row:
            if fields and field.startswith(" "):
                fields[-1] += f",{field}"
            else:
                fields.append(field)
    if len(fields) != columns:
        raise BadFile(
            f"{place}: {len(row)} columns, expected {columns}. Put quotes around the text that has a comma in it."
        )
    return fields


def read_orders(directory: Path) -> list[Order]:
    """All orders with their lines, in the order of the file.

    Raises BadFile if a file cannot be read or refers to a row that the other file lacks, so that nothing is sold then.
    """
    lines: dict[str | None, list[Line]] = defaultdict(list)
    for row in records(directory / "order-details.csv"):
        price, quantity, discount = (_number(row, name) for name in ("unitPrice", "quantity", "discount"))
        lines[row["orderID"]].append(Line(str(row["productID"]), price, quantity, discount))
    orders = [
        Order(
            number=str(row["orderID"]),
            customer=str(row["customerID"]),
            employee=row["employeeID"],
            ordered_on=row["orderDate"],
            required_on=row["requiredDate"],
            freight=_number(row, "freight"),
            ship_to={name: value for name, value in row.items() if name.startswith("ship")},
            lines=lines.pop(row["orderID"], []),
        )
        for row in records(directory / "orders.csv")
    ]
    if lines:
        raise BadFile(f"order-details.csv has lines of order {next(iter(lines))}, which orders.csv lacks.")
    _check_references(directory, orders)
    return orders


def _check_references(directory: Path, orders: Sequence[Order]) -> None:
    customers = {row["customerID"] for row in records(directory / "customers.csv")}
    products = {row["productID"] for row in records(directory / "products.csv")}
    employees = {row["employeeID"] for row in records(directory / "employees.csv")}
    for order in orders:
        if order.customer not in customers:
            raise BadFile(f"Order {order.number} names customer {order.customer}, which customers.csv lacks.")
        if order.employee is not None and order.employee not in employees:
            raise BadFile(f"Order {order.number} names employee {order.employee}, which employees.csv lacks.")
        for line in order.lines:
            if line.product not in products:
                raise BadFile(f"Order {order.number} names product {line.product}, which products.csv lacks.")


def _number(row: Record, column: str) -> Decimal:
    """An exact number; an empty value is 0. Raises BadFile for a text that is no number."""
    try:
        return Decimal(row[column] or 0)
    except InvalidOperation as error:
        raise BadFile(f"Order {row['orderID']}: {column} is '{row[column]}', which is no number.") from error
