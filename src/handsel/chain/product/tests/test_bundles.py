"""Bundles and kits hold single products; price lists and the organization set limits (pricing 7)."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company

REQUIRED, OPTIONAL = 1, 0


@pytest.fixture
def bundle(company: Company) -> UUID:
    [made] = company.products({"name": "Starter", "productstructure": 3}, published=False)
    return made


def part(bundle: UUID, product: UUID, **values: Any) -> handsel.Create:
    return handsel.Create("productassociation", {"productid": bundle, "associatedproduct": product, **values})


def test_a_part_comes_once_in_its_default_unit(company: Company, bundle: UUID) -> None:
    row = company.do(part(bundle, company.lamp))
    assert (row["quantity"], row["uomid"], row["statecode"], row["productisrequired"]) == (
        Decimal(1), company.piece, 2, OPTIONAL,
    )  # fmt: skip


def test_publishing_needs_published_parts_and_takes_them_along(company: Company, bundle: UUID) -> None:
    publish = handsel.Update("product", bundle, {"statecode": 0})
    company.refuses(publish, Code.INVALID_STATE, "Starter", "no products")
    [sketch] = company.products({"name": "Sketch"}, published=False)
    row = company.do(part(bundle, sketch))
    company.refuses(publish, Code.INVALID_STATE, "Starter", "Sketch", "draft")
    company.update("product", sketch, statecode=0)
    company.do(publish)
    assert company.state("productassociation", row.id) == (0, 1)


def test_parts_are_single_products(company: Company, bundle: UUID) -> None:
    [other] = company.products({"name": "Other", "productstructure": 3}, published=False)
    [kit] = company.products({"name": "Tools", "iskit": True})
    family = company.create("product", name="Lights", productnumber="F", productstructure=2)
    for inside, name in ((other, "Other"), (kit, "Tools"), (family, "Lights"), (bundle, "itself")):
        company.refuses(part(bundle, inside), Code.BUSINESS_RULE, "Starter", name)
    company.refuses(part(company.desk, company.lamp), Code.BUSINESS_RULE, "Desk", "neither bundle nor kit")
    [old] = company.products({"name": "Old"})
    company.update("product", old, statecode=1)
    company.refuses(part(bundle, old), Code.INVALID_STATE, "Old", "retired")


def test_a_part_is_there_once_in_a_unit_of_its_group_and_more_than_none(company: Company, bundle: UUID) -> None:
    company.do(part(bundle, company.lamp))
    company.refuses(part(bundle, company.lamp), Code.DUPLICATE_RECORD, "Starter")
    group = company.create("uomschedule", name="Weight", baseuomname="Gram")
    [gram] = company.all("uom", uomscheduleid=group)
    company.refuses(part(bundle, company.desk, uomid=gram.id), Code.UNIT_NOT_IN_SCHEDULE, "Gram", "Desk")
    company.refuses(part(bundle, company.desk, quantity=0), Code.NUMBER_OUT_OF_RANGE, "Desk")


def test_a_bundle_has_a_limit(company: Company, bundle: UUID) -> None:
    company.settings(maxproductsinbundle=2)
    company.session.execute_many([part(bundle, product) for product in (company.lamp, company.desk)])
    company.refuses(part(bundle, company.cable), Code.BUSINESS_RULE, "Starter", "2", "maxproductsinbundle")


def test_a_product_in_a_published_bundle_stays(company: Company, bundle: UUID) -> None:
    company.do(part(bundle, company.lamp))
    company.update("product", bundle, statecode=0)
    retire = handsel.Update("product", company.lamp, {"statecode": 1})
    company.refuses(retire, Code.INVALID_STATE, "Lamp", "Starter", "contains it")
    delete = handsel.Delete("product", company.lamp)
    company.refuses(delete, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Lamp")
    company.update("product", bundle, statecode=1)
    company.do(retire)


def test_kits_are_filled_one_product_at_a_time(company: Company) -> None:
    [kit] = company.products({"name": "Tools", "iskit": True}, published=False)
    company.do(handsel.AddProductToKit(kit, company.lamp))
    [row] = company.all("productassociation", productid=kit)
    assert (row["associatedproduct"], row["productisrequired"]) == (company.lamp, REQUIRED)
    absent = handsel.RemoveProductFromKit(kit, company.desk)
    company.refuses(absent, Code.OBJECT_DOES_NOT_EXIST, "Desk", "Tools")
    company.do(handsel.RemoveProductFromKit(kit, company.lamp))
    assert company.all("productassociation", productid=kit) == []
    company.refuses(handsel.AddProductToKit(company.desk, company.lamp), Code.BUSINESS_RULE, "Desk")


def test_a_bundle_follows_its_optional_products_onto_a_price_list(company: Company, bundle: UUID) -> None:
    def item(product: UUID, unit: UUID) -> handsel.Create:
        values = {"pricelevelid": company.price_list, "productid": product, "uomid": unit, "amount": 10}
        return handsel.Create("productpricelevel", values)

    [extra] = company.products({"name": "Extra"})
    company.do(part(bundle, extra, productisrequired=OPTIONAL))
    company.do(part(bundle, company.lamp, productisrequired=REQUIRED))
    company.refuses(item(bundle, company.piece), Code.BUSINESS_RULE, "Starter", "Extra", "Standard")
    company.do(item(extra, company.dozen))
    company.refuses(item(bundle, company.piece), Code.BUSINESS_RULE, "Extra")
    rows = company.session.execute_many([item(extra, company.piece), item(bundle, company.piece)])
    held = handsel.Delete("productpricelevel", rows[0].id)
    company.refuses(held, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Starter")
    [new] = company.products({"name": "New"})
    company.refuses(part(bundle, new), Code.BUSINESS_RULE, "New", "1 price lists")
    company.do(part(bundle, new, productisrequired=REQUIRED))
    company.delete("productpricelevel", rows[1].id)
    company.delete("productpricelevel", rows[0].id)


def test_related_products_are_related_once(company: Company) -> None:
    def relation(first: UUID, second: UUID, **values: Any) -> handsel.Create:
        return handsel.Create("productsubstitute", {"productid": first, "substitutedproductid": second, **values})

    assert company.do(relation(company.lamp, company.desk, direction=1))["name"] == "Desk"
    company.refuses(relation(company.lamp, company.desk), Code.DUPLICATE_RECORD, "Desk", "Lamp", "up-sell")
    company.refuses(relation(company.desk, company.lamp), Code.DUPLICATE_RECORD)
    company.refuses(relation(company.lamp, company.lamp), Code.BUSINESS_RULE, "Lamp", "itself")
    company.do(relation(company.lamp, company.desk, salesrelationshiptype=1))


def test_ten_parts_take_the_statements_of_one(company: Company, bundle: UUID) -> None:
    counts = []
    for size in (1, 10):
        products = company.products(*({"name": f"Part {size}.{n}"} for n in range(size)))
        with counted_statements() as count:
            company.session.execute_many([part(bundle, product) for product in products])
        counts.append(len(count))
    assert counts[0] == counts[1]
