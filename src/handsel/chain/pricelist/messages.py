"""Messages that read prices: the default price list, an exchange rate, the decimals of a quantity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from handsel.chain.document.default_price_lists import only_price_list
from handsel.chain.document.kinds import document_kinds
from handsel.chain.document.price_facts import PriceFacts
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.messages import chosen
from handsel.engine.edm import Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, not_found
from handsel.pricing.quantity import quantity_decimals


@dataclass(frozen=True, slots=True)
class GetDefaultPriceLevel(Message[list[result.Row]]):
    """The price list a new row of a table starts with, as a list of one or no `pricelevel` row (behaviour 10).

    Handsel has no territories: it is the only active price list, if there is exactly one, and none when the
    organization turned the rule off (`useinbuiltrulefordefaultpricelistselection`). A new document whose customer has a
    default list takes that one instead.
    """

    needs: ClassVar[Needs] = Needs(read=("pricelevel", "systemuser"))
    operation: ClassVar[Operation] = Operation(
        bound_to="pricelevel", on_collection=True, returns=Many("pricelevel"), is_composable=True
    )
    changes: ClassVar[bool] = False

    entity_name: str


@handles(GetDefaultPriceLevel)
def get_default_price_level(work: Work, items: list[Item[GetDefaultPriceLevel]]) -> None:
    """Set the only active price list as the result."""
    only = only_price_list(work)

    def answer(item: Item[GetDefaultPriceLevel]) -> None:
        info = table_named(item.message.entity_name)
        if "pricelevelid" not in info.columns:
            raise InvalidArgument(
                f"GetDefaultPriceLevel: {info.logical_name} has no price list. Name a table such as quote."
            )
        item.result = [] if only is None else [chosen(work, only, None)]

    work.each(items, answer)


@dataclass(frozen=True, slots=True)
class RetrieveExchangeRate(Message[Decimal]):
    """How many units of a currency are one unit of the base currency, as a decimal."""

    needs: ClassVar[Needs] = Needs(read=("transactioncurrency",))
    operation: ClassVar[Operation] = Operation(returns={"ExchangeRate": Decimal})
    changes: ClassVar[bool] = False

    transaction_currency_id: UUID


@handles(RetrieveExchangeRate)
def retrieve_exchange_rate(work: Work, items: list[Item[RetrieveExchangeRate]]) -> None:
    """Set the rates as results."""
    rows = work.as_user.load("transactioncurrency", [item.message.transaction_currency_id for item in items])

    def answer(item: Item[RetrieveExchangeRate]) -> None:
        row = rows.get(item.message.transaction_currency_id)
        if row is None:
            raise not_found("transactioncurrency", item.message.transaction_currency_id)
        item.result = row["exchangerate"]

    work.each(items, answer)


@dataclass(frozen=True, slots=True)
class GetQuantityDecimal(Message[int]):
    """How many decimals a quantity may have on a line of `target`, for a product and a unit (pricing 10)."""

    needs: ClassVar[Needs] = Needs(read=("product", "uom"), besides="Read on the document.")
    operation: ClassVar[Operation] = Operation(bound_to=document_kinds, binding="target", returns={"Quantity": int})
    changes: ClassVar[bool] = False

    target: Reference
    product_id: Annotated[UUID, Parameter(type="product")]
    uom_id: Annotated[UUID, Parameter(name="UoM", type="uom")]


@handles(GetQuantityDecimal)
def get_quantity_decimal(work: Work, items: list[Item[GetQuantityDecimal]]) -> None:
    """Set the results: from the price list item that would apply, otherwise from the product."""
    for table in dict.fromkeys(item.message.target.table for item in items):
        if table in document_kinds():
            work.as_user.load(table, [item.message.target.id for item in items if item.message.target.table == table])
    lines = {item.index: _line(item.message) for item in items}
    documents = {item.index: work.as_user.row(*item.message.target) for item in items}
    work.as_user.load("product", [item.message.product_id for item in items])
    units = work.as_user.load("uom", [item.message.uom_id for item in items])
    facts = PriceFacts(work, lines.values(), [row.get("pricelevelid") for row in documents.values() if row is not None])

    def answer(item: Item[GetQuantityDecimal]) -> None:
        message, document, line = item.message, documents[item.index], lines[item.index]
        if message.target.table not in document_kinds():
            listed = ", ".join(document_kinds())
            raise InvalidArgument(
                f"GetQuantityDecimal: the target must be one of {listed}, not {message.target.table}."
            )
        if document is None:
            raise not_found(*message.target)
        if work.as_user.row("product", message.product_id) is None:
            raise not_found("product", message.product_id)
        if message.uom_id not in units:
            raise not_found("uom", message.uom_id)
        price_list = document.get("pricelevelid")
        found = facts.resolve(line, price_list, document.get("transactioncurrencyid"), mandatory=False)
        item.result = quantity_decimals(found.item, facts.product(line, price_list))

    work.each(items, answer)


def _line(message: GetQuantityDecimal) -> Row:
    """A line with these values, not stored."""
    return Row(message.target.table, message.target.id, {"productid": message.product_id, "uomid": message.uom_id})
