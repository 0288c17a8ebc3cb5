"""Which rules hold for price lists, their items and discount lists, and what is deleted along with them."""

from __future__ import annotations

from handsel.chain.pricelist import discount_rules, item_rules, list_rules, optional_part_rules
from handsel.engine.crud.hooks import fill, rule
from handsel.engine.rights.privileges import cover_wholly
from handsel.tables.referring import cascade, restrict

fill("pricelevel")(list_rules.fill_price_lists)
rule("create", "pricelevel")(list_rules.check_price_lists)
rule("update", "pricelevel")(list_rules.check_price_lists)

fill("productpricelevel")(item_rules.fill_items)
rule("create", "productpricelevel")(item_rules.check_items)
rule("create", "productpricelevel")(optional_part_rules.require_optional_parts)
rule("update", "productpricelevel")(item_rules.check_items)
rule("update", "productpricelevel")(optional_part_rules.require_optional_parts)
rule("delete", "productpricelevel")(optional_part_rules.protect_optional_parts)

fill("discounttype")(list_rules.fill_discount_lists)
rule("create", "discounttype")(list_rules.check_discount_lists)
rule("update", "discounttype")(list_rules.check_discount_lists)

fill("discount")(discount_rules.fill_ranges)
rule("create", "discount")(discount_rules.check_ranges)
rule("update", "discount")(discount_rules.check_ranges)

restrict("discounttype")
cascade("product", "productpricelevel", "productid")
cascade("pricelevel", "productpricelevel", "pricelevelid")
cascade("discounttype", "discount", "discounttypeid")

cover_wholly("Product", "pricelevel", "productpricelevel", "discounttype", "discount")
