"""How every amount came about, step by step, for people who ask "how was this computed?"."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from handsel.pricing.request import PricingSettings

TraceInputs = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One amount of one line (``line_key`` None: of the document): the column it is, the rule in words, what went in.

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
    """Collects the steps while a document is priced. The engine takes one only from callers who want to see it."""

    __slots__ = ("_steps",)

    def __init__(self) -> None:
        self._steps: list[TraceStep] = []

    def add(self, line_key: Hashable | None, column: str, rule: str, inputs: TraceInputs, result: Decimal) -> None:
        """Note one step; the engine calls this, in the order the amounts are made."""
        self._steps.append(TraceStep(line_key, column, rule, inputs, result))

    @property
    def steps(self) -> tuple[TraceStep, ...]:
        """All steps, lines in their order and then the document."""
        return tuple(self._steps)

    def of_line(self, line_key: Hashable) -> tuple[TraceStep, ...]:
        """The steps of one line."""
        return tuple(step for step in self._steps if step.line_key == line_key)

    def of_document(self) -> tuple[TraceStep, ...]:
        """The steps of the totals."""
        return tuple(step for step in self._steps if step.line_key is None)


def explain_base_twin(
    trace: Trace, line_key: Hashable | None, column: str, amount: Decimal, settings: PricingSettings, result: Decimal
) -> None:
    """Note how an amount was restated in the base currency."""
    trace.add(
        line_key,
        f"{column}_base",
        f"amount ÷ exchange rate, rounded to {settings.base_precision} decimals",
        (("amount", amount), ("exchange rate", settings.currency.exchange_rate)),
        result,
    )
