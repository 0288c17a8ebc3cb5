"""A revision can be reverted: product, parts, properties and options are restored as they were published."""

from uuid import UUID

import pytest

import handsel
from handsel import Reference, Row
from handsel.database.statements import counted_statements, run
from handsel.engine.message import message_from
from handsel.errors import Code
from tests.scenarios.company import Company


def revert(product: UUID) -> handsel.RevertProduct:
    return handsel.RevertProduct(Reference("product", product))


def revise(company: Company, product: UUID) -> None:
    company.update("product", product, statecode=3)


@pytest.fixture
def bundle(company: Company) -> UUID:
    [made] = company.products({"name": "Starter", "productstructure": 3, "price": "500"}, published=False)
    for product, quantity in ((company.lamp, 1), (company.desk, 2)):
        company.create("productassociation", productid=made, associatedproduct=product, quantity=quantity)
    company.update("product", made, statecode=0)
    return made


def parts(company: Company, bundle: UUID) -> list[tuple[UUID, int, int]]:
    rows = company.all("productassociation", productid=bundle)
    return sorted((row["associatedproduct"], row["quantity"], row["statecode"]) for row in rows)


def facts(row: Row) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("modifiedon", "versionnumber")}


def test_values_are_those_of_the_last_publication(company: Company) -> None:
    company.update("product", company.lamp, price="25", description="Warm", validfromdate="2026-01-31T00:00:00Z")
    before = company.row("product", company.lamp)
    revise(company, company.lamp)
    company.update("product", company.lamp, price="30", description=None, validfromdate="2027-01-31T00:00:00Z")
    company.update("product", company.lamp, price="31", name="Lantern", pricelevelid=company.price_list)
    company.do(revert(company.lamp))
    assert facts(company.row("product", company.lamp)) == facts(before)


def test_an_earlier_revision_is_history(company: Company) -> None:
    revise(company, company.lamp)
    company.update("product", company.lamp, price="30")
    company.update("product", company.lamp, statecode=0)
    revise(company, company.lamp)
    company.update("product", company.lamp, price="40")
    company.do(revert(company.lamp))
    assert company.columns("product", company.lamp, "price", "statecode") == (30, 0)


def test_parts_are_those_of_the_last_publication(company: Company, bundle: UUID) -> None:
    before = parts(company, bundle)
    lamp, desk = company.all("productassociation", productid=bundle)
    revise(company, bundle)
    company.update("productassociation", lamp.id, quantity=7)
    company.delete("productassociation", desk.id)
    first = tombstone(company, desk.id)
    company.create("productassociation", productid=bundle, associatedproduct=company.cable)
    assert len(parts(company, bundle)) == 2
    company.do(revert(bundle))
    assert parts(company, bundle) == before
    revise(company, bundle)
    company.delete("productassociation", desk.id)
    company.update("product", bundle, statecode=0)
    assert len(parts(company, bundle)) == 1
    assert tombstone(company, desk.id) > first


def tombstone(company: Company, id: UUID) -> int:
    """The version at which a row was last deleted, for change tracking."""
    dialect = company.session.context.dialect
    mark, key = dialect.mark, dialect.key(id)
    with company.session.entered():
        [(version,)] = run(f"SELECT versionnumber FROM hs_tombstone WHERE objectid = {mark}", (key,))
    return int(version)


def test_the_target_goes_by_its_documented_form(company: Company) -> None:
    revise(company, company.lamp)
    target = {"@odata.type": "Microsoft.Dynamics.CRM.product", "productid": str(company.lamp)}
    company.do(message_from("RevertProduct", {"Target": target}))
    assert company.state("product", company.lamp) == (0, 1)


def test_properties_are_those_of_the_last_publication(company: Company) -> None:
    color = company.create("dynamicproperty", name="Color", regardingobjectid=Reference("product", company.lamp))
    option = "dynamicpropertyoptionsetitem"
    red = company.create(option, dynamicpropertyoptionname="Red", dynamicpropertyid=color)
    revise(company, company.lamp)
    company.create(option, dynamicpropertyoptionname="Blue", dynamicpropertyid=color)
    company.create("dynamicproperty", name="Size", datatype=1, regardingobjectid=Reference("product", company.lamp))
    company.do(revert(company.lamp))
    assert [row["name"] for row in company.all("dynamicproperty", regardingobjectid=company.lamp)] == ["Color"]
    assert [row.id for row in company.all(option, dynamicpropertyid=color)] == [red]
    assert len(company.all("dynamicpropertyassociation", regardingobjectid=company.lamp)) == 1
    revise(company, company.lamp)
    company.delete("dynamicproperty", color)
    company.do(revert(company.lamp))
    assert [row.id for row in company.all(option, dynamicpropertyid=color)] == [red]


def test_only_a_revision_can_be_given_up(company: Company) -> None:
    company.refuses(revert(company.lamp), Code.INVALID_STATE, "Lamp", "already active")
    [sketch] = company.products({"name": "Sketch"}, published=False)
    company.refuses(revert(sketch), Code.INVALID_STATE, "Sketch", "draft")


def test_fifty_reverts_take_the_statements_of_one(company: Company) -> None:
    counts = []
    for size in (1, 50):
        products = company.products(*({"name": f"P {size}.{n}", "price": "1"} for n in range(size)))
        for values in ({"statecode": 3}, {"price": "2"}):
            company.session.execute_many([handsel.Update("product", id, values) for id in products])
        with counted_statements() as count:
            company.session.execute_many([revert(id) for id in products])
        counts.append(len(count))
        assert {company.columns("product", id, "price") for id in products} == {(1,)}
    assert counts[0] == counts[1]
