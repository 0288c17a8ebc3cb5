"""A price trace without what its reader may not see: amounts of secured columns, and inputs that tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handsel.chain.document.kinds import DocumentKind
from handsel.engine.work import Work
from handsel.pricing.trace import TraceInputs, TraceStep

_CATALOG_INPUTS: Mapping[str, tuple[str, str]] = {
    "list price": ("product", "price"),
    "current cost": ("product", "currentcost"),
    "standard cost": ("product", "standardcost"),
    "amount": ("productpricelevel", "amount"),
    "percentage": ("productpricelevel", "percentage"),
    "rounding amount": ("productpricelevel", "roundingoptionamount"),
}
"""What the price of a catalog line is made of, by its name in the trace: table and column."""

_PRICE = "priceperunit"
_DISCOUNT = "volume discount on one unit"


def veiled(work: Work, kind: DocumentKind, steps: Iterable[TraceStep]) -> list[TraceStep]:
    """The steps that the acting user may see. If one input of a step is hidden, none is shown: the others tell it."""
    hidden = {table: _amounts(work, table) for table in (kind.table, kind.lines)}
    shown = [
        step for step in steps if step.column not in hidden[kind.lines if step.line_key is not None else kind.table]
    ]
    if any(hidden.values()):
        # An amount follows from the others of its document, so nothing tells what they were made of.
        named = {**work.info(kind.table).columns, **work.info(kind.lines).columns}
        return [_without_inputs(step) for step in shown if step.column in named]
    tells_discount = _amounts(work, "discount") or _amounts(work, "discounttype")
    return [
        _without_inputs(step)
        if (step.column == _PRICE and _tells(work, step.inputs)) or (step.column == _DISCOUNT and tells_discount)
        else step
        for step in shown
    ]


def _amounts(work: Work, table: str) -> set[str]:
    """The hidden columns of a table that hold numbers."""
    columns = work.info(table).columns
    return {name for name in work.hidden(table) if name in columns and columns[name].kind in ("Money", "Decimal")}


def _tells(work: Work, inputs: TraceInputs) -> bool:
    sources = (_CATALOG_INPUTS[name] for name, _value in inputs if name in _CATALOG_INPUTS)
    return any(work.hides(table, column) for table, column in sources)


def _without_inputs(step: TraceStep) -> TraceStep:
    return TraceStep(step.line_key, step.column, step.rule, (), step.result)
