"""What holds for the properties of products: their owners, types, limits, defaults and options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from handsel.chain.party.checking import Rivals
from handsel.chain.product.options import PropertyAssociationStatus, PropertyDataType, PropertyInheritance
from handsel.chain.product.states import ACTIVE, DRAFT, LIFECYCLE, PROPERTY_STATES, shown
from handsel.database.row import Reference, Row, RowsById, referenced
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import (
    DuplicateRecord,
    HandselError,
    InvalidArgument,
    NumberOutOfRange,
    ReadOnly,
    Refused,
    TextTooLong,
)

SUFFIXES = {
    int(PropertyDataType.DECIMAL): "decimal",
    int(PropertyDataType.FLOATING_POINT_NUMBER): "double",
    int(PropertyDataType.WHOLE_NUMBER): "integer",
    int(PropertyDataType.SINGLE_LINE_OF_TEXT): "string",
}
"""Data type → suffix of the columns of its default, limits and values. An option is stored as its number."""


def products_of(work: Work, ids: Sequence[UUID | None]) -> RowsById:
    """The product behind each id that a property may belong to: a product, or a part of a bundle."""
    products = work.as_system.load("product", ids)
    parts = work.as_system.load("productassociation", [id for id in ids if id not in products])
    bundles = work.as_system.load("product", [part["productid"] for part in parts.values()])
    return RowsById({**products, **{id: bundles[part["productid"]] for id, part in parts.items()}})


def fill_properties(work: Work, drafts: Sequence[Draft]) -> None:
    """A property starts in the state of its product."""
    owners = products_of(work, [referenced(draft.values.get("regardingobjectid")) for draft in drafts])
    for draft in drafts:
        owner = owners.get(referenced(draft.values.get("regardingobjectid")))
        state = DRAFT if owner is None or owner["statecode"] == DRAFT else ACTIVE
        draft.values["statecode"], draft.values["statuscode"] = PROPERTY_STATES[state]


def check_properties(work: Work, entries: Sequence[Entry]) -> None:
    """Check new and changed properties: their product can be changed, names are unique there, limits are in order."""
    if not entries:
        return
    regarding = [entry.row.get("regardingobjectid") for entry in entries]
    owners = products_of(work, regarding)
    present = work.as_system.children(
        "dynamicproperty", "regardingobjectid", [id for id in regarding if id is not None]
    )
    options = work.as_system.load(
        "dynamicpropertyoptionsetitem", [entry.row.get("defaultvalueoptionset") for entry in entries]
    )
    rivals = Rivals(entries)

    def check(entry: Entry) -> None:
        row = entry.row
        owner = owners.get(row.get("regardingobjectid"))
        if owner is None:
            raise InvalidArgument(f"Property '{row.get('name')}' needs a product in regardingobjectid.")
        LIFECYCLE.require_editable(work, owner)
        _check_owner(work, entry, owner, rivals.of(entry, present[row["regardingobjectid"]]))
        _check_limits(row)
        _check_default_option(row, options)
        rivals.accept(entry)
        if row.change is not None:
            row.change.root = owner.reference  # so that its history is the product's

    each_entry(work, entries, check)


def _check_owner(work: Work, entry: Entry, owner: Row, others: Sequence[Row]) -> None:
    row, change = entry.row, entry.row.change
    name = f"Property '{row.get('name')}' of {shown(owner)}"
    if any(other.get("name") == row.get("name") for other in others):
        raise DuplicateRecord(
            f"{name}: there is one of that name already. Choose another name.", table="dynamicproperty"
        )
    most = work.organization.settings.get("maximumdynamicpropertiesallowed")
    if most is not None and len(others) >= most:
        raise Refused(
            f"{shown(owner)} has {len(others)} properties, and {most} is the most it may have. Delete one first."
        )
    if change is not None and "datatype" in change.before and owner["statecode"] != DRAFT:
        raise ReadOnly(f"{name} was published, so its type cannot change. Make another property.")


def _check_limits(row: Row) -> None:
    name, suffix = f"Property '{row.get('name')}'", SUFFIXES.get(row["datatype"])
    if suffix is None:
        return
    error = limit_error(row, row.get(f"defaultvalue{suffix}"))
    low, high = row.get(f"minvalue{suffix}"), row.get(f"maxvalue{suffix}")
    if low is not None and high is not None and low > high:
        raise InvalidArgument(f"{name}: its smallest value {low} is above its largest value {high}. Put them in order.")
    if error is not None:
        raise error


def limit_error(prop: Row, value: str | int | float | Decimal | None) -> HandselError | None:
    """The error of a value outside the limits of its property; None if it fits."""
    if value is None:
        return None
    name, suffix = f"Property '{prop.get('name')}'", SUFFIXES[prop["datatype"]]
    if suffix == "string":
        longest = prop.get("maxlengthstring")
        if longest and isinstance(value, str) and len(value) > longest:
            return TextTooLong(f"{name} takes at most {longest} characters, got {len(value)}.")
        return None
    low, high = prop.get(f"minvalue{suffix}"), prop.get(f"maxvalue{suffix}")
    if (low is not None and value < low) or (high is not None and value > high):
        range = " and ".join(f"{word} {end}" for word, end in (("at least", low), ("at most", high)) if end is not None)
        return NumberOutOfRange(f"{name} of {value} is outside its range: {range}.")
    places = prop.get("precision")
    if suffix != "integer" and places is not None and round(Decimal(str(value)), places) != Decimal(str(value)):
        return NumberOutOfRange(f"{name} takes at most {places} decimals, got {value}.")
    return None


def _check_default_option(row: Row, options: Mapping[UUID, Row]) -> None:
    default = options.get(row.get("defaultvalueoptionset"))
    if default is not None and default.get("dynamicpropertyid") != row.id:
        raise Refused(f"Property '{row.get('name')}' has no option '{default.get('dynamicpropertyoptionname')}'.")


def set_owner(work: Work, entries: Sequence[Entry]) -> None:
    """A new property is owned by the product it was made for."""
    create_rows(
        work,
        [
            Given.by_system(
                entry.item,
                "dynamicpropertyassociation",
                {
                    "name": entry.row.get("name"),
                    "dynamicpropertyid": entry.row.reference,
                    "regardingobjectid": Reference(entry.row["hs_regardingobjecttype"], entry.row["regardingobjectid"]),
                    "inheritancestate": int(PropertyInheritance.OWNED),
                    "associationstatus": int(
                        PropertyAssociationStatus.DRAFT
                        if entry.row["statecode"] == PROPERTY_STATES[DRAFT][0]
                        else PropertyAssociationStatus.ACTIVE
                    ),
                },
            )
            for entry in entries
        ],
    )


def check_links(work: Work, entries: Sequence[Entry]) -> None:
    """A link is audited under its product."""
    owners = products_of(work, [entry.row.get("regardingobjectid") for entry in entries])
    for entry in entries:
        owner = owners.get(entry.row.get("regardingobjectid"))
        if owner is not None and entry.row.change is not None:
            entry.row.change.root = owner.reference


def release(work: Work, entries: Sequence[Entry]) -> None:
    """Properties and their links can be deleted only from an editable product; they are audited under the product."""
    owners = products_of(work, [entry.row.get("regardingobjectid") for entry in entries])

    def let_go(entry: Entry) -> None:
        owner = owners.get(entry.row.get("regardingobjectid"))
        if owner is not None:
            LIFECYCLE.require_editable(work, owner)
            work.delete(entry.item, entry.row, root=owner.reference)

    each_entry(work, entries, let_go)
