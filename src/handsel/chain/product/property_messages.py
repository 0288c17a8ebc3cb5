"""RetrieveProductProperties and UpdateProductProperties: the properties of a line's product, and their values there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.document.kinds import document_kinds
from handsel.chain.product.property_values import applicable
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.changing import update_rows
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.messages import chosen
from handsel.engine.edm import Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, as_uuid
from handsel.engine.values import UNRESOLVED, parse_values
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, RequiredFieldMissing, not_found
from handsel.tables.info import table_info

_TABLE = "dynamicpropertyinstance"


@dataclass(frozen=True, slots=True)
class RetrieveProductProperties(Message[list[result.Row]]):
    """The properties that apply to a line of a document, as a list of `dynamicproperty` rows."""

    needs: ClassVar[Needs] = Needs(
        besides="Read on the line's document; properties that the user may not read are left out."
    )
    operation: ClassVar[Operation] = Operation(
        bound_to=lambda: [kind.lines for kind in document_kinds().values()],
        binding="parent_object",
        returns=Many("dynamicproperty"),
    )
    changes: ClassVar[bool] = False

    parent_object: Reference


@handles(RetrieveProductProperties)
def retrieve_properties(work: Work, items: list[Item[RetrieveProductProperties]]) -> None:
    """Set the product's own and inherited properties as the result."""
    lines: dict[UUID, Row] = {}
    for table in dict.fromkeys(item.message.parent_object.table for item in items):
        if table in table_info(_TABLE).columns["regardingobjectid"].targets:
            ids = [item.message.parent_object.id for item in items if item.message.parent_object.table == table]
            lines.update(work.as_user.load(table, ids))
    found = applicable(work, [line.get("productid") for line in lines.values()])

    def answer(item: Item[RetrieveProductProperties]) -> None:
        table, id = item.message.parent_object
        if table not in table_info(_TABLE).columns["regardingobjectid"].targets:
            raise InvalidArgument(f"RetrieveProductProperties takes a line such as quotedetail, not {table}.")
        if id not in lines:
            raise not_found(table, id)
        properties = found.get(lines[id].get("productid"), [])
        item.result = [chosen(work, prop, None) for prop in properties if work.as_user.sees(prop)]

    work.each(items, answer)


@dataclass(frozen=True, slots=True)
class UpdateProductProperties(Message[None]):
    """Set property values on lines.

    Each entry of `property_instance_list` has the columns of a `dynamicpropertyinstance`: the line in
    `regardingobjectid`, the property in `dynamicpropertyid` and a value, or `dynamicpropertyinstanceid` and a value.
    An existing value is changed.
    """

    needs: ClassVar[Needs] = Needs(besides="Write and AppendTo on the line's document; AppendTo on the properties.")

    property_instance_list: Annotated[Sequence[Mapping[str, object]], Parameter(type=Many(_TABLE))]

    def locks(self) -> Sequence[Reference]:
        found: list[Reference] = []
        for entry in _entries(self):
            id, values = _parsed(entry)
            line = values.get("regardingobjectid")
            if line is not None and line.table != UNRESOLVED:
                found.append(line)
            elif id is not None:
                found.append(Reference(_TABLE, id))
        return tuple(dict.fromkeys(found))


@handles(UpdateProductProperties)
def update_properties(work: Work, items: list[Item[UpdateProductProperties]]) -> None:
    """Change the values that exist, create the others."""
    asked = [(item, *_parsed(entry)) for item in items for entry in _entries(item.message)]
    named = work.as_user.load(_TABLE, [id for _, id, _ in asked])
    lines = [values["regardingobjectid"].id for _, _, values in asked if values.get("regardingobjectid")]
    present = work.as_system.children(_TABLE, "regardingobjectid", lines)
    changed: list[tuple[Item[object], Row, Mapping[str, Any]]] = []
    created: list[Given] = []
    for item, id, values in asked:
        line, prop = values.get("regardingobjectid"), values.get("dynamicpropertyid")
        row = named.get(id) if id is not None else None
        if row is None and line is not None and prop is not None:
            row = next((other for other in present[line.id] if other.get("dynamicpropertyid") == prop.id), None)
        if row is not None:
            kept = {
                name: value for name, value in values.items() if name not in ("regardingobjectid", "dynamicpropertyid")
            }
            changed.append((item, row, kept))
        elif id is not None:
            work.refuse(item, not_found(_TABLE, id))
        elif line is None or prop is None:
            text = "a new value needs its line in regardingobjectid and its property in dynamicpropertyid."
            work.refuse(item, RequiredFieldMissing(f"UpdateProductProperties: {text}"))
        else:
            created.append(Given.by_caller(item, _TABLE, values))
    update_rows(work, changed)
    create_rows(work, created)


def _entries(message: UpdateProductProperties) -> Sequence[Mapping[str, Any]]:
    given = message.property_instance_list
    if not isinstance(given, (list, tuple)) or not given or not all(isinstance(entry, Mapping) for entry in given):
        raise InvalidArgument("UpdateProductProperties: PropertyInstanceList must be a list of property instances.")
    return given


def _parsed(entry: Mapping[str, Any]) -> tuple[UUID | None, dict[str, Any]]:
    """The id of a value that exists, if given, and the values to write."""
    info = table_info(_TABLE)
    given = entry.get(info.primary_key)
    id = None if given is None else as_uuid("UpdateProductProperties", info.primary_key, given)
    return id, parse_values(info, {name: value for name, value in entry.items() if name != info.primary_key})
