"""The values of product properties on the lines of documents: which properties apply, and the allowed values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from handsel.chain.party.checking import Rivals
from handsel.chain.party.cycles import ancestors
from handsel.chain.product.options import PropertyDataType, PropertyState
from handsel.chain.product.property_rules import SUFFIXES, limit_error
from handsel.chain.system.options import PropertyConfiguration
from handsel.database.row import Row
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.lifecycle import parent_lifecycle
from handsel.engine.listing import list_rows
from handsel.engine.work import Work
from handsel.errors import DuplicateRecord, InvalidValue, ReadOnly, Refused, RequiredFieldMissing
from handsel.tables.info import table_info

VALUES = ("valuedecimal", "valuedouble", "valueinteger", "valuestring")


def applicable(work: Work, product_ids: Sequence[UUID | None]) -> dict[UUID, list[Row]]:
    """The published properties of each product: its own, then those of its families that are not overwritten."""
    products = work.as_system.load("product", product_ids)
    families = ancestors(work, "product", "parentproductid", products.values())
    sources = {id: [id, *(family.id for family in families[id])] for id in products}
    owned = work.as_system.children(
        "dynamicproperty", "regardingobjectid", list({id for ids in sources.values() for id in ids})
    )
    found: dict[UUID, list[Row]] = {}
    for product, ids in sources.items():
        properties = [prop for id in ids for prop in owned[id] if prop.get("statecode") == PropertyState.ACTIVE]
        overwritten = {prop.get("overwrittendynamicpropertyid") for prop in properties}
        found[product] = [prop for prop in properties if prop.id not in overwritten]
    return found


def fill_values(work: Work, drafts: Sequence[Draft]) -> None:
    """The name of a value is that of its property."""
    properties = NamedRows(work, drafts, "dynamicproperty", "dynamicpropertyid")
    for draft in drafts:
        prop = properties.of(draft, "dynamicpropertyid")
        if prop is not None and draft.values.get("name") is None:
            draft.values["name"] = prop.get("name")


def check_values(work: Work, entries: Sequence[Entry]) -> None:
    """Check new and changed values, and set on their lines whether all required ones exist."""
    if not entries:
        return
    lines = _lines(work, entries)
    properties = work.as_system.load("dynamicproperty", [entry.row.get("dynamicpropertyid") for entry in entries])
    options = work.as_system.children("dynamicpropertyoptionsetitem", "dynamicpropertyid", list(properties))
    by_product = applicable(work, [line.get("productid") for line in lines.values()])
    present = work.as_system.children("dynamicpropertyinstance", "regardingobjectid", list(lines))
    rivals = Rivals(entries)

    def check(entry: Entry) -> None:
        row = entry.row
        line = lines.get(row.get("regardingobjectid"))
        if line is None:
            raise RequiredFieldMissing(f"The value of '{row.get('name')}' needs a line in regardingobjectid.")
        _require_open(work, line)
        prop = properties[row["dynamicpropertyid"]]
        _check_applies(work, entry, prop, line, by_product, rivals.of(entry, present[line.id]))
        _check_value(row, prop, options[prop.id])
        rivals.accept(entry)
        work.update(entry.item, row, {"validationstatus": True})
        status = _configuration(by_product.get(line.get("productid"), []), present[line.id])
        work.update(entry.item, line, {"propertyconfigurationstatus": int(status)})
        if row.change is not None:
            row.change.root = work.root_of(line)

    each_entry(work, entries, check)


def _lines(work: Work, entries: Sequence[Entry]) -> dict[UUID, Row]:
    """The lines that values belong to, and their documents, in any tables."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        table, id = entry.row.get("hs_regardingobjecttype"), entry.row.get("regardingobjectid")
        if table is not None and id is not None:
            ids[table].add(id)
    found: dict[UUID, Row] = {}
    for table in sorted(ids):
        info = table_info(table)
        lines = work.as_system.load(table, ids[table])
        found.update(lines)
        if info.parent is not None:
            work.as_system.load(
                info.columns[info.parent].targets[0], [line.get(info.parent) for line in lines.values()]
            )
    return found


def _require_open(work: Work, line: Row) -> None:
    info, rule = table_info(line.table), parent_lifecycle(line.table)
    if rule is not None and info.parent is not None:
        document = work.as_system.row(info.columns[info.parent].targets[0], line.get(info.parent))
        if document is not None:
            rule.require_editable(work, document, line=True)


def _quoted(prop: Row) -> str:
    return f"'{prop.get('name')}'"


def _check_applies(
    work: Work, entry: Entry, prop: Row, line: Row, by_product: Mapping[UUID, Sequence[Row]], present: Sequence[Row]
) -> None:
    fitting = by_product.get(line.get("productid"), ())
    if entry.changed("dynamicpropertyid", "regardingobjectid") and all(other.id != prop.id for other in fitting):
        properties = list_rows(work, fitting, _quoted, joined=", ", most=len(fitting)) if fitting else "none"
        raise Refused(
            f"Property '{prop.get('name')}' does not apply to line '{line.get('productname')}'. "
            f"Its properties are {properties}."
        )
    if any(other.get("dynamicpropertyid") == prop.id for other in present):
        raise DuplicateRecord(
            f"Line '{line.get('productname')}' has a value of property '{prop.get('name')}' already. Change that one.",
            table="dynamicpropertyinstance",
        )


def _check_value(row: Row, prop: Row, options: Sequence[Row]) -> None:
    name, suffix = f"Property '{prop.get('name')}'", SUFFIXES.get(prop["datatype"], "integer")
    column = f"value{suffix}"
    for other in VALUES:
        if other != column and row.get(other) is not None:
            raise InvalidValue(f"{name} keeps its value in {column}, not in {other}.")
    value = row.get(column)
    if value is None:
        return
    if prop["datatype"] == PropertyDataType.OPTION_SET:
        known = {
            option.get("dynamicpropertyoptionvalue"): option.get("dynamicpropertyoptionname") for option in options
        }
        if value not in known:
            listed = ", ".join(f"{number} {label}" for number, label in sorted(known.items()))
            raise InvalidValue(f"{name} has no option {value}. It can be {listed or 'nothing yet'}.")
        default = next(
            (o.get("dynamicpropertyoptionvalue") for o in options if o.id == prop.get("defaultvalueoptionset")), None
        )
    else:
        error = limit_error(prop, value)
        if error is not None:
            raise error
        default = prop.get(f"defaultvalue{suffix}")
    if prop.get("isreadonly") and value != default:
        raise ReadOnly(f"{name} is read-only: its value is always {default}.")


def _configuration(properties: Sequence[Row], values: Sequence[Row]) -> PropertyConfiguration:
    given = {row.get("dynamicpropertyid") for row in values if any(row.get(column) is not None for column in VALUES)}
    missing = any(prop.get("isrequired") and prop.id not in given for prop in properties)
    return PropertyConfiguration.RECTIFY if missing else PropertyConfiguration.EDIT
