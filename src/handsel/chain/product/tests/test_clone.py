"""A copy of a product is a draft with its parts and properties, and a new name and number."""

from uuid import UUID

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from tests.scenarios.company import Company


def clone(product: UUID) -> handsel.CloneProduct:
    return handsel.CloneProduct(Reference("product", product))


def test_a_copy_has_all_but_name_and_number(company: Company) -> None:
    source = company.row("product", company.lamp)
    copy = company.do(clone(company.lamp))
    assert (copy["name"], copy["productnumber"], copy["statecode"]) == ("Lamp (copy)", "P-Lamp-COPY", 2)
    assert [copy[name] for name in ("price", "defaultuomid")] == [source[name] for name in ("price", "defaultuomid")]
    again = company.do(clone(company.lamp))
    assert again["productnumber"] == "P-Lamp-COPY-2"
    assert company.all("productpricelevel", productid=copy.id) == []


def test_a_bundle_brings_its_parts(company: Company) -> None:
    [bundle] = company.products({"name": "Starter", "productstructure": 3}, published=False)
    company.create("productassociation", productid=bundle, associatedproduct=company.lamp, quantity=3)
    copy = company.do(clone(bundle))
    [part] = company.all("productassociation", productid=copy.id)
    assert (part["associatedproduct"], part["quantity"], part["uomid"]) == (company.lamp, 3, company.piece)


def test_properties_come_with_their_options_and_defaults(company: Company) -> None:
    color = company.create("dynamicproperty", name="Color", regardingobjectid=Reference("product", company.lamp))
    red = company.create("dynamicpropertyoptionsetitem", dynamicpropertyoptionname="Red", dynamicpropertyid=color)
    company.update("dynamicproperty", color, defaultvalueoptionset=red)
    copy = company.do(clone(company.lamp))
    [copied] = company.all("dynamicproperty", regardingobjectid=copy.id)
    [option] = company.all("dynamicpropertyoptionsetitem", dynamicpropertyid=copied.id)
    assert (copied["name"], copied["defaultvalueoptionset"], option["dynamicpropertyoptionname"]) == (
        "Color", option.id, "Red",
    )  # fmt: skip


def test_thirty_copies_take_the_statements_of_one(company: Company) -> None:
    counts = []
    for size in (1, 30):
        products = company.products(*({"name": f"P {size}.{n}"} for n in range(size)))
        with counted_statements() as count:
            company.session.execute_many([clone(product) for product in products])
        counts.append(len(count))
    assert counts[0] == counts[1]
