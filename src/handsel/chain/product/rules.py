"""Which rules hold for units, products, parts, relationships and properties, and what is deleted along with them."""

from __future__ import annotations

from handsel.chain.product import (
    option_rules,
    part_rules,
    product_rules,
    property_rules,
    property_values,
    relationship_rules,
    unit_rules,
)
from handsel.engine.crud.hooks import fill, rule
from handsel.engine.rights.privileges import cover_through, cover_wholly
from handsel.tables.cascades import PART
from handsel.tables.referring import cascade, restrict

rule("create", "uomschedule")(unit_rules.make_base_units)
rule("update", "uomschedule")(unit_rules.rename_base_units)
fill("uom")(unit_rules.fill_units)
rule("create", "uom")(unit_rules.check_units)
rule("update", "uom")(unit_rules.check_units)
rule("delete", "uom")(unit_rules.protect_base_units)

fill("product")(product_rules.fill_products)
rule("create", "product")(product_rules.check_products)
rule("update", "product")(product_rules.check_products)

fill("productassociation")(part_rules.fill_parts)
rule("create", "productassociation")(part_rules.check_parts)
rule("update", "productassociation")(part_rules.check_parts)
rule("delete", "productassociation")(part_rules.release_parts)

fill("productsubstitute")(relationship_rules.name_relationships)
rule("create", "productsubstitute")(relationship_rules.check_relationships)
rule("update", "productsubstitute")(relationship_rules.check_relationships)

fill("dynamicproperty")(property_rules.fill_properties)
rule("create", "dynamicproperty")(property_rules.check_properties)
rule("create", "dynamicproperty")(property_rules.set_owner)
rule("update", "dynamicproperty")(property_rules.check_properties)
rule("delete", "dynamicproperty")(property_rules.release)
rule("create", "dynamicpropertyassociation")(property_rules.check_links)
rule("update", "dynamicpropertyassociation")(property_rules.check_links)
rule("delete", "dynamicpropertyassociation")(property_rules.release)
fill("dynamicpropertyoptionsetitem")(option_rules.fill_options)
rule("create", "dynamicpropertyoptionsetitem")(option_rules.check_options)
rule("update", "dynamicpropertyoptionsetitem")(option_rules.check_options)
rule("delete", "dynamicpropertyoptionsetitem")(option_rules.release_options)
fill("dynamicpropertyinstance")(property_values.fill_values)
rule("create", "dynamicpropertyinstance")(property_values.check_values)
rule("update", "dynamicpropertyinstance")(property_values.check_values)

restrict("uomschedule", "uom", "product", "dynamicproperty", "dynamicpropertyoptionsetitem")
cascade("uomschedule", "uom", "uomscheduleid", PART)
for column in ("productid", "substitutedproductid"):
    cascade("product", "productsubstitute", column)
cascade("product", "productassociation", "productid", PART)
for table in ("product", "productassociation"):
    cascade(table, "dynamicproperty", "regardingobjectid", PART)
    cascade(table, "dynamicpropertyassociation", "regardingobjectid", PART)
cascade("dynamicproperty", "dynamicpropertyassociation", "dynamicpropertyid", PART)
cascade("dynamicproperty", "dynamicpropertyoptionsetitem", "dynamicpropertyid", PART)

cover_wholly(
    "Product",
    "product",
    "uomschedule",
    "uom",
    "productassociation",
    "productsubstitute",
    "dynamicproperty",
    "dynamicpropertyassociation",
    "dynamicpropertyoptionsetitem",
)
cover_through("dynamicpropertyinstance", "regardingobjectid")
