"""Unit groups have one base unit; the others are built on it, directly or indirectly, without cycles."""

from uuid import UUID

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company


def test_a_group_makes_its_base_unit(company: Company) -> None:
    group = company.create("uomschedule", name="Weight", baseuomname="Gram")
    [gram] = company.all("uom", uomscheduleid=group)
    assert (gram["name"], gram["quantity"], gram["isschedulebaseuom"], gram["baseuom"]) == ("Gram", 1, True, None)
    company.update("uomschedule", group, baseuomname="Grams")
    assert company.columns("uom", gram.id, "name") == ("Grams",)


def test_the_first_unit_of_a_group_without_any_is_its_base_unit(company: Company) -> None:
    group = company.create("uomschedule", name="Weight")
    gram, kilo = company.create_many(
        "uom", {"name": "Gram", "uomscheduleid": group}, {"name": "Kilo", "uomscheduleid": group, "quantity": 1000}
    )
    assert company.columns("uom", gram, "isschedulebaseuom", "quantity") == (True, 1)
    assert company.columns("uom", kilo, "isschedulebaseuom", "baseuom") == (False, gram)


@pytest.mark.parametrize("quantity", [0, None])
def test_a_quantity_is_above_zero(company: Company, quantity: int | None) -> None:
    values = {"name": "Nothing", "uomscheduleid": company.group, "quantity": quantity}
    company.refuses(handsel.Create("uom", values), Code.NUMBER_OUT_OF_RANGE, "Nothing", "above 0")


def test_the_base_unit_stays_what_it_is(company: Company) -> None:
    for values in ({"quantity": 2}, {"baseuom": company.dozen}):
        changed = handsel.Update("uom", company.piece, values)
        company.refuses(changed, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Piece", "base unit")
    company.refuses(handsel.Delete("uom", company.piece), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Piece", "unit group")


def test_a_base_unit_is_of_the_same_group(company: Company) -> None:
    group = company.create("uomschedule", name="Weight", baseuomname="Gram")
    values = {"name": "Kilo", "uomscheduleid": group, "quantity": 1000, "baseuom": company.piece}
    company.refuses(handsel.Create("uom", values), Code.UNIT_NOT_IN_SCHEDULE, "Kilo", "Piece")


def test_units_are_not_built_on_themselves(company: Company) -> None:
    values = {"name": "Gross", "quantity": 12, "uomscheduleid": company.group, "baseuom": company.dozen}
    gross: UUID = company.create("uom", **values)
    loop = handsel.Update("uom", company.dozen, {"baseuom": gross})
    company.refuses(loop, Code.UNIT_LOOP_BEING_CREATED, "Dozen")
    itself = handsel.Update("uom", company.dozen, {"baseuom": company.dozen})
    company.refuses(itself, Code.UNIT_LOOP_BEING_CREATED, "Dozen")


def test_an_unused_group_goes_with_its_units(company: Company) -> None:
    group = company.create("uomschedule", name="Weight", baseuomname="Gram")
    company.create("uom", name="Kilo", uomscheduleid=group, quantity=1000)
    company.delete("uomschedule", group)
    assert company.all("uom", uomscheduleid=group) == []
    used = handsel.Delete("uomschedule", company.group)
    company.refuses(used, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Pieces", "product")
