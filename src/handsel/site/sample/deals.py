"""The deals of the sample company: open ones for the demo, others quoted, on hold, won and lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from handsel.chain.opportunity.messages import LoseOpportunity
from handsel.chain.opportunity.options import OpportunityStatus
from handsel.chain.quote.messages import CloseQuote, GenerateQuoteFromOpportunity, ReviseActiveQuote
from handsel.chain.quote.options import QuoteState, QuoteStatus
from handsel.chain.salesorder.create_order import CreateOrderFromQuote
from handsel.database.row import Reference
from handsel.engine.crud.messages import Update
from handsel.pricing.options import ProductType
from handsel.site.sample.maker import MARK, Maker
from handsel.site.sample.people import owner as owner_of

Line = tuple[str, str, str, dict[str, str]]
"""Product, unit, quantity, further amounts. A write-in has a text for product and no unit."""

# key: topic, account, owner, days to close, probability, header amounts, lines
DEALS: dict[str, tuple[str, str, str, int, int, dict[str, str], tuple[Line, ...]]] = {
    "move": (
        "Office move, 12 workplaces", "lawyers", "one", 20, 70, {"freightamount": "180.00"},
        (
            ("workplace", "piece", "12", {}),
            ("Removal of the old furniture", "", "1", {"priceperunit": "450.00"}),
            ("assembly", "hour", "24.5", {}),
        ),
    ),
    "year": (
        "Paper and pens for the school year", "school", "two", 35, 60, {"discountpercentage": "2"},
        (
            ("paper", "box", "60", {"tax": "99.36"}),
            ("pen", "pack", "30", {"tax": "18.00"}),
            ("paper", "ream", "3", {}),
        ),
    ),
    "toner": (
        "Toner for three wards", "clinic", "one", 10, 80, {"freightamount": "25.00", "discountamount": "40.00"},
        (
            ("toner", "piece", "24", {"manualdiscountamount": "50.00"}),
            ("pen", "piece", "200", {"priceperunit": "0.79"}),
        ),
    ),
    "export": (
        "Furniture for the new studio", "studio", "two", 45, 50, {"freightamount": "240.00", "discountpercentage": "3"},
        (
            ("desk", "piece", "6", {}),
            ("chair", "piece", "6", {}),
            ("lamp", "piece", "10", {"tax": "85.50"}),
        ),
    ),
    "refit": (
        "Reading room refit", "museum", "two", 60, 40, {},
        (
            ("desk", "piece", "4", {}),
            ("lamp", "piece", "8", {}),
        ),
    ),
    "counter": (
        "Chairs for the shop", "bakery", "seller", 15, 75, {"freightamount": "60.00"},
        (("chair", "piece", "8", {"manualdiscountamount": "50.00"}),),
    ),
    "room": (
        "Computer room, second floor", "school", "big", 120, 20, {},
        (("workplace", "piece", "24", {}),),
    ),
    "opening": (
        "Opening order", "bakery", "one", 0, 100, {},
        (
            ("drawers", "piece", "2", {}),
            ("lamp", "piece", "4", {}),
        ),
    ),
    "waiting": (
        "Waiting room chairs", "clinic", "two", 0, 10, {},
        (("chair", "piece", "30", {}),),
    ),
}  # fmt: skip

PRICE_LISTS = {"studio": "export", "museum": "export"}
"""Accounts that do not buy from the standard list."""


def make_deals(maker: Maker) -> None:
    """Make the opportunities, and quote, win or lose some of them."""
    maker.make("opportunity", {key: _opportunity(maker, key) for key in DEALS})
    _optional_parts(maker, "move", {"lamp": "12"})
    maker.change("opportunity", [("room", {"statuscode": int(OpportunityStatus.ON_HOLD)})])
    quotes = _quotes(maker, ("refit", "counter", "opening", "waiting"))
    session = maker.session
    session.execute_many([Update("quote", id, {"statecode": int(QuoteState.ACTIVE)}) for id in quotes.values()])
    session.execute(ReviseActiveQuote(quotes["refit"]))
    session.execute(CreateOrderFromQuote(quotes["opening"], close_opportunity=True))
    session.execute(CloseQuote({"quoteid": quotes["waiting"], "subject": "Too dear"}, status=int(QuoteStatus.LOST)))
    lost = {
        "opportunityid": maker.of("opportunity", "waiting").id,
        "competitorid": maker.of("competitor", "rival"),
        "subject": "Bought elsewhere",
    }
    session.execute(LoseOpportunity(lost, status=int(OpportunityStatus.OUT_SOLD)))


def _opportunity(maker: Maker, key: str) -> dict[str, object]:
    topic, account, owner, days, probability, amounts, lines = DEALS[key]
    return opportunity_values(
        topic=topic,
        account=maker.of("account", account),
        owner=owner_of(maker, owner),
        price_list=maker.of("pricelevel", PRICE_LISTS.get(account, "standard")),
        days=days,
        more={"closeprobability": probability, **{name: Decimal(value) for name, value in amounts.items()}},
        lines=[_line(maker, line) for line in lines],
    )


def opportunity_values(
    *,
    topic: str,
    account: Reference,
    owner: Reference,
    price_list: Reference,
    days: int,
    more: Mapping[str, object],
    lines: Sequence[Mapping[str, object]],
) -> dict[str, object]:
    """A sample opportunity with its lines, for one Create."""
    return {
        "name": topic,
        "customerid": account,
        "parentaccountid": account,
        "ownerid": owner,
        "pricelevelid": price_list,
        "description": MARK,
        "isrevenuesystemcalculated": True,
        "estimatedclosedate": (datetime.now(UTC) + timedelta(days=days)).date(),
        **more,
        "product_opportunities": list(lines),
    }


def _line(maker: Maker, line: Line) -> dict[str, object]:
    product, unit, quantity, amounts = line
    values: dict[str, object] = {name: Decimal(value) for name, value in amounts.items()}
    values["quantity"] = Decimal(quantity)
    if not unit:
        return {"isproductoverridden": True, "productdescription": product, **values}
    if "priceperunit" in values:
        values["ispriceoverridden"] = True
    return {"productid": maker.of("product", product), "uomid": maker.of("uom", unit), **values}


def _optional_parts(maker: Maker, deal: str, parts: Mapping[str, str]) -> None:
    """Optional parts of the bundle in a deal."""
    opportunity = maker.of("opportunity", deal)
    lines = maker.session.rows("opportunityproduct", f"opportunityid eq {opportunity.id} and producttypecode eq 2")
    bundle = next(iter(lines))
    associations = {part: maker.of("productassociation", part).id for part in parts}
    maker.make(
        "opportunityproduct",
        {
            part: {
                "opportunityid": opportunity,
                "productid": maker.of("product", part),
                "uomid": maker.of("uom", "piece"),
                "quantity": Decimal(quantity),
                "producttypecode": int(ProductType.OPTIONAL_BUNDLE_PRODUCT),
                "parentbundleid": bundle.id,
                "parentbundleidref": bundle.reference,
                "productassociationid": associations[part],
            }
            for part, quantity in parts.items()
        },
    )


def _quotes(maker: Maker, deals: Sequence[str]) -> dict[str, UUID]:
    """Draft quotes of some deals."""
    messages = [GenerateQuoteFromOpportunity(maker.of("opportunity", deal).id) for deal in deals]
    return {deal: quote.id for deal, quote in zip(deals, maker.session.execute_many(messages), strict=True)}
