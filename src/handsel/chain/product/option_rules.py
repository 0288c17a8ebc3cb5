"""What holds for the options of properties that offer a choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from handsel.chain.party.checking import Rivals
from handsel.chain.product.options import PropertyDataType
from handsel.chain.product.property_rules import products_of
from handsel.chain.product.states import LIFECYCLE
from handsel.database.row import Row, referenced
from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import DuplicateRecord, InvalidArgument, Refused


def fill_options(work: Work, drafts: Sequence[Draft]) -> None:
    """Options without a given value are numbered."""
    ids = {id for draft in drafts if (id := referenced(draft.values.get("dynamicpropertyid"))) is not None}
    present = work.as_system.children("dynamicpropertyoptionsetitem", "dynamicpropertyid", sorted(ids))
    last: dict[UUID, int] = defaultdict(int)
    for id, rows in present.items():
        last[id] = max((row.get("dynamicpropertyoptionvalue") or 0 for row in rows), default=0)
    for draft in drafts:
        id = referenced(draft.values.get("dynamicpropertyid"))
        if id is None:
            continue
        value = draft.values.get("dynamicpropertyoptionvalue")
        value = last[id] + 1 if value is None else value
        last[id] = max(last[id], value)
        draft.values["dynamicpropertyoptionvalue"] = value
        if draft.values.get("dynamicpropertyoptionsetvaluesequencenumber") is None:
            draft.values["dynamicpropertyoptionsetvaluesequencenumber"] = value


def check_options(work: Work, entries: Sequence[Entry]) -> None:
    """Only a choice has options, each with a unique name and value."""
    if not entries:
        return
    properties = work.as_system.load("dynamicproperty", [entry.row.get("dynamicpropertyid") for entry in entries])
    present = work.as_system.children("dynamicpropertyoptionsetitem", "dynamicpropertyid", list(properties))
    owners = products_of(work, [prop.get("regardingobjectid") for prop in properties.values()])
    rivals = Rivals(entries)

    def check(entry: Entry) -> None:
        row, prop = entry.row, properties.get(entry.row.get("dynamicpropertyid"))
        if prop is None:
            raise InvalidArgument(
                f"Option '{row.get('dynamicpropertyoptionname')}' needs a property in dynamicpropertyid."
            )
        owner = owners.get(prop.get("regardingobjectid"))
        if owner is not None:
            LIFECYCLE.require_editable(work, owner)
        _check_option(row, prop, rivals.of(entry, present[prop.id]))
        rivals.accept(entry)
        if owner is not None and row.change is not None:
            row.change.root = owner.reference  # so that its history is the product's

    each_entry(work, entries, check)


def _check_option(row: Row, prop: Row, others: Sequence[Row]) -> None:
    name = f"Option '{row.get('dynamicpropertyoptionname')}'"
    if prop["datatype"] != PropertyDataType.OPTION_SET:
        raise Refused(
            f"{name}: property '{prop.get('name')}' is no choice, so it has no options. Set its datatype to 0."
        )
    for column in ("dynamicpropertyoptionname", "dynamicpropertyoptionvalue"):
        if any(other.get(column) == row.get(column) for other in others):
            raise DuplicateRecord(
                f"{name}: property '{prop.get('name')}' has an option with {column} {row.get(column)} already. "
                "Choose another.",
                table="dynamicpropertyoptionsetitem",
            )


def release_options(work: Work, entries: Sequence[Entry]) -> None:
    """Options can be deleted only from an editable product; they are audited under the product."""
    properties = work.as_system.load("dynamicproperty", [entry.row.get("dynamicpropertyid") for entry in entries])
    owners = products_of(work, [prop.get("regardingobjectid") for prop in properties.values()])

    def let_go(entry: Entry) -> None:
        prop = properties.get(entry.row.get("dynamicpropertyid"))
        owner = owners.get(prop.get("regardingobjectid")) if prop is not None else None
        if owner is not None:
            LIFECYCLE.require_editable(work, owner)
            work.delete(entry.item, entry.row, root=owner.reference)

    each_entry(work, entries, let_go)
