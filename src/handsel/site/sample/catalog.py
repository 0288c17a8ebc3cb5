"""The catalog of the sample company: units, discount lists, products, a bundle, two price lists in two currencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from handsel.chain.product.options import BundleItemRequired, ProductState, ProductStatus, ProductStructure
from handsel.pricing.methods.currency_amount import CURRENCY_AMOUNT
from handsel.pricing.methods.margin import MARGIN_CURRENT_COST, MARGIN_STANDARD_COST
from handsel.pricing.methods.markup import MARKUP_CURRENT_COST, MARKUP_STANDARD_COST
from handsel.pricing.methods.percent_of_list import PERCENT_OF_LIST
from handsel.pricing.options import QuantitySelling, RoundingOption, RoundingPolicy
from handsel.site.sample.maker import Maker

# Units of the second currency per unit of the base currency.
RATES = {"USD": "0.92", "GBP": "1.17", "CHF": "1.05", "JPY": "0.0061", "KWD": "3.00", "EUR": "1.09"}
FOREIGN = {True: ("USD", "US Dollar", "$"), False: ("EUR", "Euro", "€")}
"""The second currency: the dollar where the base is the euro, else the euro."""

GROUPS = {
    "piece": ("Pieces", {"pack": ("Pack of 10", 10, "piece"), "carton": ("Carton of 100", 10, "pack")}),
    "ream": ("Paper", {"box": ("Box of 5 reams", 5, "ream"), "pallet": ("Pallet of 40 boxes", 40, "box")}),
    "hour": ("Time", {"day": ("Day of 8 hours", 8, "hour")}),
}
"""Base unit → name of its group, further units with their quantity of another unit."""

# key: name, number, family, base unit, decimals, list price, cost
PRODUCTS = {
    "paper": ("Copy Paper A4 80 g", "PAP-A4", "supplies", "ream", 0, "4.90", "3.10"),
    "pen": ("Ballpoint Pen Blue", "PEN-BL", "supplies", "piece", 0, "0.85", "0.30"),
    "toner": ("Toner Cartridge Black", "TON-BK", "supplies", "piece", 0, "89.00", "54.00"),
    "chair": ("Ergonomic Chair", "CHR-ERG", "furniture", "piece", 0, "289.00", "171.00"),
    "desk": ("Desk 160 × 80", "DSK-160", "furniture", "piece", 0, "420.00", "262.00"),
    "drawers": ("Drawer Unit", "DRW-3", "furniture", "piece", 0, "149.00", "88.00"),
    "lamp": ("LED Desk Lamp", "LMP-LED", "furniture", "piece", 0, "49.90", "24.50"),
    "assembly": ("Assembly and Setup", "SVC-ASM", "furniture", "hour", 2, "65.00", "38.00"),
}
FAMILIES = {"supplies": ("Office Supplies", "FAM-SUP"), "furniture": ("Furniture", "FAM-FUR")}
BUNDLE_PARTS = {"desk": (1, True), "chair": (1, True), "drawers": (1, True), "lamp": (1, False), "assembly": (2, False)}
"""The parts of the bundle "complete workplace": quantity, and whether the part is required."""

DISCOUNTS = {
    "percent": ("Volume discount (percent)", False, ((10, 49, "5"), (50, 199, "8"), (200, 100_000, "12"))),
    "amount": ("Pack discount (amount)", True, ((10, 99, "0.40"), (100, 100_000, "0.75"))),
}
"""Discount lists: name, whether they give amounts, ranges of quantities."""

_ENDS, _MULTIPLE = RoundingOption.ENDS_IN, RoundingOption.MULTIPLE_OF
# product, unit, method, amount or percentage, rounding (policy, option, amount), selling, discount list
BASE_ITEMS: tuple[tuple[str, str, int, str, tuple[Any, ...] | None, QuantitySelling, str | None], ...] = (
    ("paper", "ream", CURRENCY_AMOUNT, "4.90", None, QuantitySelling.WHOLE, "percent"),
    ("paper", "box", CURRENCY_AMOUNT, "22.50", None, QuantitySelling.WHOLE, "percent"),
    ("pen", "piece", CURRENCY_AMOUNT, "0.85", None, QuantitySelling.WHOLE, None),
    ("pen", "pack", CURRENCY_AMOUNT, "7.90", None, QuantitySelling.WHOLE, "amount"),
    (
        "toner",
        "piece",
        PERCENT_OF_LIST,
        "95",
        (RoundingPolicy.NEAREST, _ENDS, "0.99"),
        QuantitySelling.WHOLE,
        "percent",
    ),
    (
        "chair",
        "piece",
        MARKUP_CURRENT_COST,
        "68",
        (RoundingPolicy.UP, _MULTIPLE, "5"),
        QuantitySelling.WHOLE,
        "percent",
    ),
    (
        "desk",
        "piece",
        MARGIN_CURRENT_COST,
        "38",
        (RoundingPolicy.UP, _ENDS, "9"),
        QuantitySelling.WHOLE,
        None,
    ),
    ("lamp", "piece", MARKUP_STANDARD_COST, "95", None, QuantitySelling.WHOLE, None),
    (
        "drawers",
        "piece",
        MARGIN_STANDARD_COST,
        "40",
        (RoundingPolicy.DOWN, _ENDS, "0.50"),
        QuantitySelling.WHOLE,
        None,
    ),
    ("assembly", "hour", CURRENCY_AMOUNT, "65.00", None, QuantitySelling.WHOLE_AND_FRACTIONAL, None),
    ("assembly", "day", CURRENCY_AMOUNT, "480.00", None, QuantitySelling.WHOLE_AND_FRACTIONAL, None),
    ("workplace", "piece", CURRENCY_AMOUNT, "799.00", None, QuantitySelling.WHOLE, "percent"),
)
FOREIGN_ITEMS = (
    ("paper", "ream", "4.60"), ("paper", "box", "21.00"), ("pen", "pack", "7.40"), ("toner", "piece", "79.90"),
    ("chair", "piece", "269.00"), ("desk", "piece", "399.00"), ("drawers", "piece", "139.00"),
    ("lamp", "piece", "45.00"), ("assembly", "hour", "60.00"), ("workplace", "piece", "749.00"),
)  # fmt: skip


def make_catalog(maker: Maker) -> None:
    """Make everything that is sold."""
    _currencies(maker)
    _units(maker)
    _discount_lists(maker)
    _products(maker)
    _price_lists(maker)
    _bundle(maker)
    names = (*FAMILIES, *PRODUCTS, "workplace")
    active = {"statecode": int(ProductState.ACTIVE), "statuscode": int(ProductStatus.ACTIVE)}
    maker.change("product", [(name, active) for name in names])


def _currencies(maker: Maker) -> None:
    base = next(iter(maker.session.rows("transactioncurrency", "exchangerate eq 1")))
    base_code = base.value("isocurrencycode", str)
    code, name, symbol = FOREIGN[base_code == "EUR"]
    maker.know("transactioncurrency", "base", base.id)
    foreign = {
        "currencyname": name,
        "isocurrencycode": code,
        "currencysymbol": symbol,
        "currencyprecision": 2,
        "exchangerate": Decimal(RATES[base_code]),
    }
    maker.make("transactioncurrency", {"foreign": foreign})


def _units(maker: Maker) -> None:
    maker.make(
        "uomschedule",
        {
            base: {"name": f"{group} (sample)", "baseuomname": base.capitalize()}
            for base, (group, _units) in GROUPS.items()
        },
    )
    for row in maker.session.rows("uom", "isschedulebaseuom eq true"):
        maker.know("uom", row.value("name", str).lower(), row.id)
    for base, (_group, further) in GROUPS.items():
        for unit, (name, quantity, of) in further.items():  # each is a multiple of the one before
            values = {
                "name": name,
                "quantity": quantity,
                "baseuom": maker.of("uom", of),
                "uomscheduleid": maker.of("uomschedule", base),
            }
            maker.make("uom", {unit: values})


def _discount_lists(maker: Maker) -> None:
    base = maker.of("transactioncurrency", "base")
    maker.make(
        "discounttype",
        {
            key: {"name": name, "isamounttype": is_amount, **({"transactioncurrencyid": base} if is_amount else {})}
            for key, (name, is_amount, _ranges) in DISCOUNTS.items()
        },
    )
    maker.make(
        "discount",
        {
            f"{key} {low}": {
                "discounttypeid": maker.of("discounttype", key),
                "name": name,
                "lowquantity": low,
                "highquantity": high,
                ("amount" if is_amount else "percentage"): Decimal(value),
            }
            for key, (name, is_amount, ranges) in DISCOUNTS.items()
            for low, high, value in ranges
        },
    )


def _products(maker: Maker) -> None:
    structure = {"productstructure": int(ProductStructure.PRODUCT_FAMILY)}
    maker.make(
        "product",
        {key: {"name": name, "productnumber": number, **structure} for key, (name, number) in FAMILIES.items()},
    )
    maker.make(
        "product",
        {
            key: {
                "name": name,
                "productnumber": number,
                "parentproductid": maker.of("product", family),
                "defaultuomid": maker.of("uom", unit),
                "defaultuomscheduleid": maker.of("uomschedule", unit),
                "quantitydecimal": decimals,
                "price": Decimal(price),
                "currentcost": Decimal(cost),
                "standardcost": Decimal(cost),
            }
            for key, (name, number, family, unit, decimals, price, cost) in PRODUCTS.items()
        },
    )
    maker.make(
        "product",
        {
            "workplace": {
                "name": "Complete Workplace",
                "productnumber": "WKP-1",
                "productstructure": int(ProductStructure.PRODUCT_BUNDLE),
                "parentproductid": maker.of("product", "furniture"),
                "defaultuomid": maker.of("uom", "piece"),
                "defaultuomscheduleid": maker.of("uomschedule", "piece"),
                "quantitydecimal": 0,
                "price": Decimal("799.00"),
            }
        },
    )


def _price_lists(maker: Maker) -> None:
    maker.make(
        "pricelevel",
        {
            "standard": {"name": "Example Standard", "transactioncurrencyid": maker.of("transactioncurrency", "base")},
            "export": {"name": "Example Export", "transactioncurrencyid": maker.of("transactioncurrency", "foreign")},
        },
    )
    items: dict[str, dict[str, Any]] = {}
    for product, unit, method, value, rounding, selling, discount in BASE_ITEMS:
        is_amount = method == CURRENCY_AMOUNT
        items[f"{product} {unit}"] = {
            **_item(maker, "standard", product, unit),
            "pricingmethodcode": method,
            ("amount" if is_amount else "percentage"): Decimal(value),
            "quantitysellingcode": int(selling),
            **(_rounded(*rounding) if rounding else {}),
            **({"discounttypeid": maker.of("discounttype", discount)} if discount else {}),
        }
    for product, unit, amount in FOREIGN_ITEMS:
        items[f"export {product} {unit}"] = {**_item(maker, "export", product, unit), "amount": Decimal(amount)}
    maker.make("productpricelevel", items)


def _item(maker: Maker, price_list: str, product: str, unit: str) -> dict[str, Any]:
    return {
        "pricelevelid": maker.of("pricelevel", price_list),
        "productid": maker.of("product", product),
        "uomid": maker.of("uom", unit),
    }


def _rounded(policy: RoundingPolicy, option: RoundingOption, amount: str) -> dict[str, Any]:
    return {
        "roundingpolicycode": int(policy),
        "roundingoptioncode": int(option),
        "roundingoptionamount": Decimal(amount),
    }


def _bundle(maker: Maker) -> None:
    maker.make(
        "productassociation",
        {
            part: {
                "productid": maker.of("product", "workplace"),
                "associatedproduct": maker.of("product", part),
                "uomid": maker.of("uom", PRODUCTS[part][3]),
                "quantity": quantity,
                "productisrequired": int(BundleItemRequired.REQUIRED if required else BundleItemRequired.OPTIONAL),
            }
            for part, (quantity, required) in BUNDLE_PARTS.items()
        },
    )
