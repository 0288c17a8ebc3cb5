"""A product is drafted, published, revised, reverted, retired; with a family, the products below it change."""

from uuid import UUID

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company

ACTIVE, RETIRED, DRAFT, UNDER_REVISION = 0, 1, 2, 3


def state(company: Company, product: UUID) -> int:
    return company.state("product", product)[0]


def move(product: UUID, statecode: int) -> handsel.Update:
    return handsel.Update("product", product, {"statecode": statecode})


def family(company: Company, name: str, parent: UUID | None = None) -> UUID:
    values = {"name": name, "productnumber": f"F-{name}", "productstructure": 2}
    return company.create("product", **values, **({"parentproductid": parent} if parent else {}))


def below(company: Company, parent: UUID, *names: str) -> list[UUID]:
    return company.products(*({"name": name, "parentproductid": parent} for name in names), published=False)


def test_a_product_goes_through_its_life(company: Company) -> None:
    [lamp] = company.products({"name": "Torch"}, published=False)
    assert company.state("product", lamp) == (DRAFT, 0)
    for target, status in ((ACTIVE, 1), (UNDER_REVISION, 3), (ACTIVE, 1), (RETIRED, 2), (ACTIVE, 1)):
        company.do(move(lamp, target))
        assert company.state("product", lamp) == (target, status)


def test_steps_that_do_not_exist_are_refused(company: Company) -> None:
    [torch] = company.products({"name": "Torch"}, published=False)
    company.refuses(move(torch, RETIRED), Code.INVALID_STATE, "Torch", "draft", "it can become active")
    company.do(move(torch, ACTIVE))
    company.refuses(move(torch, DRAFT), Code.INVALID_STATE, "active")


def test_products_without_a_family_are_active_at_once_where_the_organization_says_so(company: Company) -> None:
    company.settings(createproductswithoutparentinactivestate=True)
    [torch] = company.products({"name": "Torch"}, published=False)
    group = family(company, "Lights")
    [inside] = below(company, group, "Candle")
    assert [state(company, id) for id in (torch, group, inside)] == [ACTIVE, DRAFT, DRAFT]


def test_prices_and_names_of_an_active_product_change_but_not_what_it_is(company: Company) -> None:
    company.update("product", company.lamp, price="21", name="Table lamp")
    assert company.columns("product", company.lamp, "name")[0] == "Table lamp"
    text = handsel.Update("product", company.lamp, {"productstructure": 2})
    company.refuses(text, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Table lamp", "structure")
    other = company.create("uomschedule", name="Weight", baseuomname="Gram")
    regrouped = handsel.Update("product", company.lamp, {"defaultuomscheduleid": other, "defaultuomid": None})
    company.refuses(regrouped, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Under Revision")


def test_a_retired_product_is_read_only_and_may_be_deleted(company: Company) -> None:
    [torch] = company.products({"name": "Torch"})
    company.do(move(torch, RETIRED))
    changed = handsel.Update("product", torch, {"name": "x"})
    company.refuses(changed, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Torch", "Reactivate it first")
    company.delete("product", torch)


def test_a_product_below_an_unpublished_family_waits(company: Company) -> None:
    lights = family(company, "Lights")
    [torch] = below(company, lights, "Torch")
    company.refuses(move(torch, ACTIVE), Code.INVALID_STATE, "Torch", "Lights", "PublishProductHierarchy")


def test_publishing_a_hierarchy_publishes_everything_below(company: Company) -> None:
    lights = family(company, "Lights")
    indoor = family(company, "Indoor", lights)
    torch, candle, old = below(company, indoor, "Torch", "Candle", "Old")
    company.do(handsel.PublishProductHierarchy(Reference("product", lights)))
    assert {state(company, id) for id in (lights, indoor, torch, candle, old)} == {ACTIVE}
    company.do(move(old, RETIRED))
    company.do(move(candle, UNDER_REVISION))
    company.do(handsel.PublishProductHierarchy(Reference("product", lights)))
    assert [state(company, id) for id in (candle, old)] == [ACTIVE, RETIRED]
    company.refuses(handsel.PublishProductHierarchy(Reference("product", lights)), Code.INVALID_STATE, "Lights")


def test_a_hierarchy_is_published_whole_or_not_at_all(company: Company) -> None:
    lights, lamps = family(company, "Lights"), family(company, "Lamps")
    company.products({"name": "Empty", "productstructure": 3, "parentproductid": lights}, published=False)
    [torch], [candle] = below(company, lights, "Torch"), below(company, lamps, "Candle")
    asked = [handsel.PublishProductHierarchy(Reference("product", id)) for id in (lights, lamps)]
    refused, done = company.session.execute_many(asked, on_refusal="collect")
    assert "Empty" in refused.error.message
    assert done is None
    assert [state(company, id) for id in (lights, torch, lamps, candle)] == [DRAFT, DRAFT, ACTIVE, ACTIVE]


def test_retiring_a_family_retires_what_was_published_below(company: Company) -> None:
    lights = family(company, "Lights")
    torch, candle = below(company, lights, "Torch", "Candle")
    company.do(handsel.PublishProductHierarchy(Reference("product", lights)))
    [sketch] = below(company, lights, "Sketch")
    company.do(move(candle, UNDER_REVISION))
    company.do(move(lights, RETIRED))
    assert [state(company, id) for id in (lights, torch, candle, sketch)] == [RETIRED, RETIRED, RETIRED, DRAFT]
    company.refuses(move(torch, ACTIVE), Code.INVALID_STATE, "Lights", "retired")


def test_a_family_has_no_loops_and_only_families_have_products_below(company: Company) -> None:
    lights = family(company, "Lights")
    indoor = family(company, "Indoor", lights)
    loop = handsel.Update("product", lights, {"parentproductid": indoor})
    company.refuses(loop, Code.BUSINESS_RULE, "Lights", "above itself")
    orphan = handsel.Create("product", {"name": "x", "productnumber": "x", "parentproductid": company.lamp})
    company.refuses(orphan, Code.BUSINESS_RULE, "Lamp", "no family")


def test_numbers_are_unique(company: Company) -> None:
    again = {"name": "Other lamp", "productnumber": "P-Lamp"}
    company.refuses(handsel.Create("product", again), Code.DUPLICATE_RECORD, "P-Lamp")
    company.refuses(handsel.Update("product", company.desk, {"productnumber": "P-Lamp"}), Code.DUPLICATE_RECORD)
    duplicates = [handsel.Create("product", {"name": "T", "productnumber": "T"}) for _ in range(2)]
    first, second = company.session.execute_many(duplicates, on_refusal="collect")
    assert first["productnumber"] == "T"
    assert second.error.code == Code.DUPLICATE_RECORD


def test_the_default_unit_is_in_the_unit_group(company: Company) -> None:
    other = company.create("uomschedule", name="Weight", baseuomname="Gram")
    values = {"name": "x", "productnumber": "x", "defaultuomid": company.piece, "defaultuomscheduleid": other}
    company.refuses(handsel.Create("product", values), Code.PRODUCT_INVALID_UNIT, "Piece")
    made = company.create("product", name="y", productnumber="y", defaultuomid=company.dozen)
    assert company.columns("product", made, "defaultuomscheduleid") == (company.group,)


def test_publishing_a_hundred_products_takes_the_statements_of_one(company: Company) -> None:
    counts = []
    for size in (1, 100):
        lights = family(company, f"Lights {size}")
        below(company, lights, *(f"Torch {size}.{n}" for n in range(size)))
        with counted_statements() as count:
            company.do(handsel.PublishProductHierarchy(Reference("product", lights)))
        counts.append(len(count))
    assert counts[0] == counts[1]
