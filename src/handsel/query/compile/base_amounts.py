"""Amounts in the base currency: what is computed over money, as the rows may be in several currencies (pricing 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models.expressions import Expression

from handsel.query.compile.expressions import Test
from handsel.query.compile.paths import ResolvedColumn

_RATE = "exchangerate"
_CURRENCY = "transactioncurrencyid"
_OF_CURRENCY = f"(SELECT {_RATE} FROM transactioncurrency AS currency WHERE currency.{_CURRENCY} = {{0}})"


def in_base_currency(resolved: ResolvedColumn) -> ResolvedColumn:
    """The base amount of a money column; any other column, and a base amount, as it is.

    A custom column has no stored base amount, so each row's amount is divided by the row's exchange rate and rounded,
    as a base amount is. A row without a rate of its own takes the present one of its currency, and one without a
    currency is in the base currency.
    """
    column, source = resolved.column, resolved.source
    if column.kind != "Money" or column.base_of is not None:
        return resolved
    if column.base_column is not None:
        return source.resolved(source.info.columns[column.base_column])
    return _Exchanged(replace(column, base_of=column.logical_name), resolved.raw, source)


@dataclass(frozen=True)
class _Exchanged(ResolvedColumn):
    """A custom amount, exchanged row by row."""

    @property
    def stored(self) -> Expression:
        settings = self.source.frame.query_context.organization.settings
        places = settings.get("basecurrencyprecision")
        return Test(self.sql.exchanged(2 if places is None else places), super().stored, self._rate)

    @property
    def _rate(self) -> Expression:
        columns = self.source.info.columns
        own = self.source.resolved(columns[_RATE]).stored if _RATE in columns else Test("NULL")
        if _CURRENCY not in columns:
            return Test("coalesce({0}, 1)", own)
        return Test("coalesce({0}, {1}, 1)", own, Test(_OF_CURRENCY, self.source.resolved(columns[_CURRENCY]).stored))
