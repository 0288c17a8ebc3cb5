"""How every amount was computed, step by step, for people who ask."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from handsel.pricing.request import PricingSettings

TraceInputs = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One amount of one line (``line_key`` None: of the document): its column, the rule in words, the inputs.

    ``rule`` is a formula in words, ``inputs`` its named numbers in the order they appear there.
    """

    line_key: Hashable | None
    column: str
    rule: str
    inputs: TraceInputs
    result: Decimal

    def __str__(self) -> str:
        given = ", ".join(f"{name} {value:f}" for name, value in self.inputs)
        return f"{self.column} {self.result:f} = {self.rule}" + (f" ({given})" if given else "")


class Trace:
    """Collects the steps while a document is priced, for callers who pass one to the engine."""

    __slots__ = ("_steps",)

    def __init__(self) -> None:
        self._steps: list[TraceStep] = []

    def add(self, line_key: Hashable | None, column: str, rule: str, inputs: TraceInputs, result: Decimal) -> None:
        """Record one step; the engine calls this in the order in which the amounts are computed."""
        self._steps.append(TraceStep(line_key, column, rule, inputs, result))

    @property
    def steps(self) -> tuple[TraceStep, ...]:
        """All steps: those of the lines in their order, then those of the document."""
        return tuple(self._steps)

    def of_line(self, line_key: Hashable) -> tuple[TraceStep, ...]:
        """The steps of one line."""
        return tuple(step for step in self._steps if step.line_key == line_key)

    def of_document(self) -> tuple[TraceStep, ...]:
        """The steps of the totals."""
        return tuple(step for step in self._steps if step.line_key is None)


def explain_base_currency(
    trace: Trace, line_key: Hashable | None, column: str, amount: Decimal, settings: PricingSettings, result: Decimal
) -> None:
    """Record how an amount was converted to the base currency."""
    trace.add(
        line_key,
        f"{column}_base",
        f"amount ÷ exchange rate, rounded to {settings.base_precision} decimals",
        (("amount", amount), ("exchange rate", settings.currency.exchange_rate)),
        result,
    )
