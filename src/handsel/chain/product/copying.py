"""Copying products with what belongs to them: parts of bundles, properties and their options (CloneProduct)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from handsel.database.row import Item, Reference, Row
from handsel.engine.access import ReadAs
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.reading import fetch
from handsel.engine.work import Work
from handsel.errors import InvalidArgument
from handsel.tables.facts import Writable

_MOST_COPIES = 50
_NEVER_COPIED = frozenset(("importsequencenumber", "overriddencreatedon", "isreparented", "hs_regardingobjecttype"))

Source = tuple[Item[object], Row]


def copy_products(work: Work, sources: Sequence[Source]) -> dict[int, Row]:
    """Copy products, except name and number; returns the copies by index. Products below a family are not copied."""
    numbers = _free_numbers([row for _, row in sources])
    copies = create_rows(
        work,
        [
            Given.by_system(
                item,
                "product",
                {
                    **_values(work, row, {"name", "productnumber"}),
                    "name": f"{(row.get('name') or '')[:93]} (copy)",
                    "productnumber": numbers[row.id],
                },
            )
            for item, row in sources
        ],
    )
    made = {sources[position][1].id: (sources[position][0], copy) for position, copy in copies.items()}
    _copy_parts(work, made)
    _copy_properties(work, made)
    return copies


def _free_numbers(rows: Sequence[Row]) -> dict[UUID, str]:
    """A number for each copy: `A1-COPY`, or `A1-COPY-2` when that is taken."""
    wished = {row.id: [_number(row, count) for count in range(1, _MOST_COPIES + 1)] for row in rows}
    taken = {
        row["productnumber"]
        for row in fetch("product", "productnumber", [n for ns in wished.values() for n in ns], read_as=ReadAs.SYSTEM)
    }
    numbers: dict[UUID, str] = {}
    for row in rows:
        free = next((number for number in wished[row.id] if number not in taken), None)
        if free is None:
            number = row.get("productnumber")
            raise InvalidArgument(f"Product {number} has {_MOST_COPIES} copies named {number}-COPY. Rename some first.")
        taken.add(free)
        numbers[row.id] = free
    return numbers


def _number(row: Row, count: int) -> str:
    suffix = "-COPY" if count == 1 else f"-COPY-{count}"
    return f"{(row.get('productnumber') or '')[: 100 - len(suffix)]}{suffix}"


def _values(work: Work, row: Row, left_out: set[str]) -> dict[str, Any]:
    """The values of a row that a client could set on a copy."""
    info = work.info(row.table)
    return {
        column.logical_name: row[column.logical_name]
        for column in info.columns.values()
        if column.writable & Writable.CREATE
        and column.parent_column is None
        and column.kind not in ("State", "Status")
        and column.logical_name not in (info.primary_key, *left_out, *_NEVER_COPIED)
        and row.get(column.logical_name) is not None
    }


def _copy_parts(work: Work, made: Mapping[UUID, tuple[Item[object], Row]]) -> None:
    parts = work.as_system.children("productassociation", "productid", list(made), order=("productassociationid",))
    create_rows(
        work,
        [
            Given.by_system(item, "productassociation", {**_values(work, part, set()), "productid": copy.reference})
            for source, (item, copy) in made.items()
            for part in parts[source]
        ],
    )


def _copy_properties(work: Work, made: Mapping[UUID, tuple[Item[object], Row]]) -> None:
    properties = work.as_system.children(
        "dynamicproperty", "regardingobjectid", list(made), order=("dynamicpropertyid",)
    )
    wanted = [(item, copy, prop) for source, (item, copy) in made.items() for prop in properties[source]]
    copies = create_rows(
        work,
        [
            Given.by_system(
                item,
                "dynamicproperty",
                {**_values(work, prop, {"defaultvalueoptionset"}), "regardingobjectid": copy.reference},
            )
            for item, copy, prop in wanted
        ],
    )
    _copy_options(work, [(wanted[position][0], wanted[position][2], copy) for position, copy in copies.items()])


def _copy_options(work: Work, copied: Sequence[tuple[Item[object], Row, Row]]) -> None:
    table = "dynamicpropertyoptionsetitem"
    options = work.as_system.children(
        table, "dynamicpropertyid", [prop.id for _, prop, _ in copied], order=("dynamicpropertyoptionsetvalueid",)
    )
    wanted = [(item, prop, copy, option) for item, prop, copy in copied for option in options[prop.id]]
    made = create_rows(
        work,
        [
            Given.by_system(
                item,
                table,
                {**_values(work, option, set()), "dynamicpropertyid": Reference("dynamicproperty", copy.id)},
            )
            for item, _, copy, option in wanted
        ],
    )
    for position, option_copy in made.items():
        item, prop, copy, option = wanted[position]
        if prop.get("defaultvalueoptionset") == option.id:
            work.update(item, copy, {"defaultvalueoptionset": option_copy.id})
