"""CreateProducts and DeleteOQOILineWithSkipPricingCalculation: messages about lines (behaviour 14.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from handsel.chain.document.kinds import document_kinds, kind_of
from handsel.chain.document.roots import root_row
from handsel.database.row import Item, Reference
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.removing import delete_rows
from handsel.engine.edm import ROW, Many
from handsel.engine.handlers import handles
from handsel.engine.listing import one
from handsel.engine.message import Message
from handsel.engine.parameters import Parameter
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, abbreviated


@dataclass(frozen=True, slots=True)
class CreateProducts(Message[None]):
    """Add several lines to a document, all or none. Each names its table in `@odata.type`; its document is given."""

    entities: Annotated[Sequence[Any], Parameter(type=Many(ROW))]
    parent_entity: Reference

    def locks(self) -> Sequence[Reference]:
        table = table_named(self.parent_entity.table).logical_name
        if table not in document_kinds():
            raise InvalidArgument(f"CreateProducts: {table} has no lines. Name one of {', '.join(document_kinds())}.")
        return (Reference(table, self.parent_entity.id),)


@handles(CreateProducts)
def create_products(work: Work, items: list[Item[CreateProducts]]) -> None:
    """Create lines."""
    wanted: list[Given] = []

    def read(item: Item[CreateProducts]) -> None:
        [document] = item.message.locks()
        kind = kind_of(document.table)
        given = item.message.entities
        if not isinstance(given, (list, tuple)) or not given:
            raise InvalidArgument("CreateProducts: Entities must be a list of at least one line.")
        for number, line in enumerate(given, 1):
            if not isinstance(line, Mapping):
                raise InvalidArgument(
                    f"CreateProducts: item {number} of Entities must be an object of columns and values."
                )
            stated = str(line.get("@odata.type", kind.lines)).rpartition(".")[2]
            if stated != kind.lines:
                raise InvalidArgument(
                    f"CreateProducts: item {number} of Entities is a {abbreviated(stated)}, and the lines of "
                    f"{one(kind.table)} are {kind.lines} rows. Name that table in @odata.type, or leave it out."
                )
            # The document's own navigation name may be given along; another document is refused as given twice.
            wanted.append(
                Given.by_caller(item, kind.lines, {**line, kind.parent: _parent(line, kind.parent, document)})
            )

    work.each(items, read)
    create_rows(work, [given for given in wanted if given.item.refusal is None])


def _parent(line: Mapping[str, Any], column: str, document: Reference) -> Reference:
    """The document; a line that names another one is refused."""
    for name in (column, f"{column}@odata.bind", f"_{column}_value"):
        named = line.get(name)
        if named is not None and str(document.id) not in str(named).lower():
            raise InvalidArgument(
                f"CreateProducts: a line names another document in {name} than ParentEntity. Leave it out of the line."
            )
    return document


@dataclass(frozen=True, slots=True)
class DeleteOQOILineWithSkipPricingCalculation(Message[None]):
    """Delete a line of an opportunity, quote, order or invoice, and leave the totals of its document as they are.

    The totals follow with the next change of the document, or by RecalculatePrice.
    """

    entity_logical_name: Annotated[str, Parameter(name="entityLogicalName")]
    entity_id: Annotated[UUID, Parameter(name="entityId")]

    def locks(self) -> Sequence[Reference]:
        table = table_named(self.entity_logical_name).logical_name
        lines = [kind.lines for kind in document_kinds().values()]
        if table not in lines:
            raise InvalidArgument(f"{table} holds no lines of documents. Name one of {', '.join(lines)}.")
        return (Reference(table, self.entity_id),)


@handles(DeleteOQOILineWithSkipPricingCalculation)
def delete_lines(work: Work, items: list[Item[DeleteOQOILineWithSkipPricingCalculation]]) -> None:
    """Delete lines without pricing their documents."""
    asked_before = dict(work.to_price)
    delete_rows(work, [(item, root_row(work, item)) for item in items])
    work.to_price = asked_before
