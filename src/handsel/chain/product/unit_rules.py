"""What holds for unit groups and their units: one base unit per group, the others are built on it without cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from handsel.database.row import Row, referenced
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, NumberOutOfRange, ReadOnly, Refused, RequiredFieldMissing
from handsel.tables.keys import new_key


def make_base_units(work: Work, entries: Sequence[Entry]) -> None:
    """Create the base unit that a new unit group names."""
    named = [entry for entry in entries if entry.row.get("baseuomname")]
    create_rows(
        work,
        [
            Given.by_system(
                entry.item,
                "uom",
                {"name": entry.row["baseuomname"], "uomscheduleid": entry.row.reference, "quantity": 1},
            )
            for entry in named
        ],
    )


def rename_base_units(work: Work, entries: Sequence[Entry]) -> None:
    """Rename the base unit when its group names it differently."""
    renamed = [entry for entry in entries if entry.changed("baseuomname") and entry.row.get("baseuomname")]
    units = work.as_system.children("uom", "uomscheduleid", [entry.row.id for entry in renamed])
    for entry in renamed:
        for unit in units[entry.row.id]:
            if unit.get("isschedulebaseuom"):
                work.update(entry.item, unit, {"name": entry.row["baseuomname"]})


def fill_units(work: Work, drafts: Sequence[Draft]) -> None:
    """The first unit of a group without any is its base unit; later ones are built on it, unless another is given."""
    groups = {id for draft in drafts if (id := referenced(draft.values.get("uomscheduleid"))) is not None}
    bases: dict[UUID, UUID] = {
        group: unit.id
        for group, units in work.as_system.children("uom", "uomscheduleid", sorted(groups)).items()
        for unit in units
        if unit.get("isschedulebaseuom")
    }
    for draft in drafts:
        values, group = draft.values, referenced(draft.values.get("uomscheduleid"))
        if values.get("baseuom") is not None or group is None:
            continue
        if group in bases:
            values["baseuom"] = bases[group]
            continue
        if values.get("uomid") is None:
            values["uomid"] = new_key()
        bases[group] = values["uomid"]
        values["isschedulebaseuom"] = True
        if values.get("quantity") is None:
            values["quantity"] = Decimal(1)


def check_units(work: Work, entries: Sequence[Entry]) -> None:
    """Quantities are above 0, base units of the same group, no cycles; the base unit of a group does not change."""
    if not entries:
        return
    groups = work.as_system.load("uomschedule", [entry.row.get("uomscheduleid") for entry in entries])
    units = work.as_system.children("uom", "uomscheduleid", list(groups))
    work.as_system.load("uom", [entry.row.get("baseuom") for entry in entries])

    def check(entry: Entry) -> None:
        _check(work, entry, groups, {unit.id: unit for unit in units[entry.row["uomscheduleid"]]})

    each_entry(work, entries, check)


def _check(work: Work, entry: Entry, groups: Mapping[UUID, Row], units: Mapping[UUID, Row]) -> None:
    row, change = entry.row, entry.row.change
    name, group = f"Unit '{row.get('name')}'", groups[row["uomscheduleid"]]
    if change is not None and "uomscheduleid" in change.before:
        raise ReadOnly(f"{name} cannot move to another unit group. Make a unit there and delete this one.")
    quantity = row.get("quantity")
    if quantity is None or quantity <= 0:
        raise NumberOutOfRange(f"{name} needs a quantity above 0: how many of its base unit one of it is.")
    if row.get("isschedulebaseuom"):
        if row.get("baseuom") is not None or quantity != 1:
            raise ReadOnly(
                f"{name} is the base unit of '{group.get('name')}': it counts 1 and has no base unit itself."
            )
        return
    if row.get("baseuom") is None:
        raise RequiredFieldMissing(f"{name} needs a base unit in baseuom, one of the group '{group.get('name')}'.")
    base = work.as_system.row("uom", row["baseuom"])
    if base is None or base.get("uomscheduleid") != row["uomscheduleid"]:
        raise Refused(
            f"{name} is built on '{base.get('name') if base else row['baseuom']}', which is not in its group "
            f"'{group.get('name')}'. Choose a unit of that group.",
            Code.UNIT_NOT_IN_SCHEDULE,
        )
    _refuse_loop(row, units, name)


def _refuse_loop(row: Row, units: Mapping[UUID, Row], name: str) -> None:
    seen = {row.id}
    ancestor: Row | None = units.get(row["baseuom"])
    while ancestor is not None:
        if ancestor.id == row.id:
            raise Refused(
                f"{name} would be built on itself. Choose a base unit that is not built on it.",
                Code.UNIT_LOOP_BEING_CREATED,
            )
        if ancestor.id in seen:
            raise Refused(
                f"{name} cannot be built on a unit whose base units go round in a loop. Change one of those first.",
                Code.UNIT_LOOP_EXISTS,
            )
        seen.add(ancestor.id)
        ancestor = units.get(ancestor.get("baseuom"))


def protect_base_units(work: Work, entries: Sequence[Entry]) -> None:
    """The base unit can be deleted only with its whole group."""
    for entry in entries:
        if entry.row.get("isschedulebaseuom"):
            text = f"Unit '{entry.row.get('name')}' is the base unit of its group. Delete the unit group instead."
            work.refuse(entry.item, Refused(text, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION))
