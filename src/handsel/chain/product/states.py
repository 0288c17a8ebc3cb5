"""The lifecycle of products, families, bundles and kits, and the rows that follow their state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from handsel.chain.product.options import (
    AssociationState,
    AssociationStatus,
    ProductState,
    ProductStatus,
    ProductStructure,
    PropertyAssociationStatus,
    PropertyState,
    PropertyStatus,
)
from handsel.database.row import Row
from handsel.engine.lifecycle import UPDATE, Lifecycle, Move, StateRule, Transition, lifecycle, move, statuses_of
from handsel.engine.listing import list_rows
from handsel.engine.work import Work
from handsel.errors import HandselError, InvalidState

ACTIVE, RETIRED, DRAFT, UNDER_REVISION = (int(state) for state in ProductState)
FAMILY, BUNDLE = int(ProductStructure.PRODUCT_FAMILY), int(ProductStructure.PRODUCT_BUNDLE)
PUBLISHED = (ACTIVE, UNDER_REVISION)
"""States in which a product is sold: the published version is sold while the next one is prepared."""

PART_STATES = {
    ACTIVE: (int(AssociationState.ACTIVE), int(AssociationStatus.ACTIVE)),
    RETIRED: (int(AssociationState.INACTIVE), int(AssociationStatus.INACTIVE)),
    DRAFT: (int(AssociationState.DRAFT), int(AssociationStatus.DRAFT)),
    UNDER_REVISION: (int(AssociationState.UNDER_REVISION), int(AssociationStatus.DRAFT_ACTIVE)),
}
"""State of a bundle → state and status reason of its parts."""

PROPERTY_STATES = {
    ACTIVE: (int(PropertyState.ACTIVE), int(PropertyStatus.ACTIVE)),
    RETIRED: (int(PropertyState.RETIRED), int(PropertyStatus.RETIRED)),
    DRAFT: (int(PropertyState.DRAFT), int(PropertyStatus.DRAFT)),
}
"""State of a product → state and status reason of its properties. During a revision they stay as they are."""


def follow(work: Work, moves: Sequence[Move]) -> None:
    """Parts and properties take the state of the product they belong to."""
    ids = [entry.row.id for entry in moves]
    parts = work.as_system.children("productassociation", "productid", ids)
    properties = work.as_system.children("dynamicproperty", "regardingobjectid", ids)
    links = work.as_system.children("dynamicpropertyassociation", "regardingobjectid", ids)
    for entry in moves:
        root, state = entry.row.reference, entry.row["statecode"]
        for below, states in ((parts, PART_STATES), (properties, PROPERTY_STATES)):
            for row in below[entry.row.id] if state in states else ():
                values = dict(zip(("statecode", "statuscode"), states[state], strict=True))
                work.update(entry.item, row, values, root=root)
        for row in links[entry.row.id] if state == ACTIVE else ():
            work.update(entry.item, row, {"associationstatus": int(PropertyAssociationStatus.ACTIVE)}, root=root)


def retire_below(work: Work, moves: Sequence[Move]) -> None:
    """Retiring a family retires what was published below it; drafts stay drafts."""
    follow(work, moves)
    owners = {entry.row.id: entry.item for entry in moves if entry.row.get("productstructure") == FAMILY}
    families = list(owners)
    further: list[Move] = []
    while families:
        children = work.as_system.children("product", "parentproductid", families)
        families = []
        for family, rows in children.items():
            for row in rows:
                owners[row.id] = owners[family]
                families += [row.id] if row.get("productstructure") == FAMILY else []
                if row.get("statecode") in PUBLISHED:
                    further.append(Move(owners[family], row, RETIRED))
    if further:
        move(work, LIFECYCLE, further, UPDATE)


LIFECYCLE = lifecycle(
    Lifecycle(
        table="product",
        label="Product",
        number_column="name",
        states=(
            StateRule(DRAFT, "Draft", True, statuses_of(ProductStatus, DRAFT), int(ProductStatus.DRAFT)),
            StateRule(ACTIVE, "Active", True, statuses_of(ProductStatus, ACTIVE), int(ProductStatus.ACTIVE)),
            StateRule(
                UNDER_REVISION,
                "Under Revision",
                True,
                statuses_of(ProductStatus, UNDER_REVISION),
                int(ProductStatus.UNDER_REVISION),
            ),
            StateRule(RETIRED, "Retired", False, statuses_of(ProductStatus, RETIRED), int(ProductStatus.RETIRED)),
        ),
        transitions=(
            Transition("Publish", (UPDATE, "PublishProductHierarchy"), (DRAFT, UNDER_REVISION), ACTIVE, effect=follow),
            Transition("Revert", ("RevertProduct",), (UNDER_REVISION,), ACTIVE, effect=follow),
            Transition("Revise", (UPDATE,), (ACTIVE,), UNDER_REVISION, effect=follow),
            Transition("Retire", (UPDATE,), (ACTIVE, UNDER_REVISION), RETIRED, effect=retire_below),
            Transition("Reactivate", (UPDATE,), (RETIRED,), ACTIVE, effect=follow),
        ),
        deletable_states=(RETIRED,),
    )
)


_UNPUBLISHED = ("is not published", "are not published")
_PUBLISHED = ("is published", "are published")
"""What a refusal says of products that the acting user may not see."""


def shown(row: Row) -> str:
    """A product as refusals name it, with its structure: `Bundle 'Starter kit'`."""
    kind = {FAMILY: "Family", BUNDLE: "Bundle"}.get(row.get("productstructure") or 0, "Product")
    return f"{'Kit' if row.get('iskit') else kind} '{row.get('name') or row.id}'"


@LIFECYCLE.guard("Publish", "Reactivate")
def family_is_published(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """A product of a family can be published only when the family is."""
    moving = {row.id for row in rows}
    families = work.as_system.load("product", [row.get("parentproductid") for row in rows])
    blocked: dict[UUID, HandselError] = {}
    for row in rows:
        family = families.get(row.get("parentproductid"))
        if family is not None and family.id not in moving and family.get("statecode") not in PUBLISHED:
            named = list_rows(work, [family], _state_of, hidden=_UNPUBLISHED)
            blocked[row.id] = InvalidState(
                f"{shown(row)} cannot be published: {named}. Publish that first, or both with PublishProductHierarchy.",
                table="product",
                id=str(row.id),
            )
    return blocked


@LIFECYCLE.guard("Publish", "Reactivate")
def bundle_is_complete(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """A bundle can be published only with at least one product, and when all its products are (pricing 7)."""
    moving = {row.id for row in rows}
    bundles = [row for row in rows if row.get("productstructure") == BUNDLE]
    parts = work.as_system.children("productassociation", "productid", [row.id for row in bundles])
    products = work.as_system.load("product", [part["associatedproduct"] for found in parts.values() for part in found])
    blocked: dict[UUID, HandselError] = {}
    for row in bundles:
        inside = [products[part["associatedproduct"]] for part in parts[row.id]]
        waiting = [part for part in inside if part.id not in moving and part.get("statecode") not in PUBLISHED]
        if not inside:
            reason = "it has no products. Add at least one"
        elif waiting:
            named = list_rows(work, waiting, _state_of, joined=", ", hidden=_UNPUBLISHED)
            reason = f"{named}. Publish or remove what is not published"
        else:
            continue
        blocked[row.id] = InvalidState(f"{shown(row)} cannot be published: {reason}.", table="product", id=str(row.id))
    return blocked


@LIFECYCLE.guard("Retire")
def no_published_bundle(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """A product in a published bundle or kit cannot be retired."""
    moving = {row.id for row in rows}
    uses = work.as_system.children("productassociation", "associatedproduct", [row.id for row in rows])
    bundles = work.as_system.load("product", [use["productid"] for found in uses.values() for use in found])
    blocked: dict[UUID, HandselError] = {}
    for row in rows:
        containing = [bundles[use["productid"]] for use in uses[row.id]]
        in_the_way = [other for other in containing if other.id not in moving and other.get("statecode") in PUBLISHED]
        if in_the_way:
            named = list_rows(work, in_the_way, _state_of, hidden=_PUBLISHED)
            blocked[row.id] = InvalidState(
                f"{shown(row)} cannot be retired: {named} and contains it. Retire that or take the product out first.",
                table="product",
                id=str(row.id),
            )
    return blocked


def _state_of(row: Row) -> str:
    name = shown(row)
    return f"{name[0].lower()}{name[1:]} is {LIFECYCLE.state(row.get('statecode')).label.lower()}"
