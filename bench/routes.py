"""The conversions that are measured, and the preparation of sources for the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from bench.handwritten import Tables
from handsel import (
    ConvertQuoteToSalesOrder,
    ConvertSalesOrderToInvoice,
    GenerateQuoteFromOpportunity,
    Row,
    Session,
    Update,
    WinQuote,
)
from handsel.engine.message import Message


@dataclass(frozen=True, slots=True)
class ConversionRoute:
    """One conversion: its message by source key, its tables, and the preparation of its results as sources."""

    name: str
    message: Callable[[UUID], Message[Row]]
    tables: Tables
    ready: Callable[[Session, Sequence[UUID]], None] = lambda _session, _keys: None


def _won(session: Session, quotes: Sequence[UUID]) -> None:
    """A quote that is won already: converting an active one would also write the quote and its close activity."""
    session.execute_many([Update("quote", key, {"statecode": 1}) for key in quotes])
    session.execute_many([WinQuote({"quoteid": key}) for key in quotes])


CONVERSION_ROUTES = (
    ConversionRoute(
        "GenerateQuoteFromOpportunity",
        GenerateQuoteFromOpportunity,
        Tables("opportunity", "opportunityproduct", "quote", "quotedetail", "quotenumber"),
        _won,
    ),
    ConversionRoute(
        "ConvertQuoteToSalesOrder",
        ConvertQuoteToSalesOrder,
        Tables("quote", "quotedetail", "salesorder", "salesorderdetail", "ordernumber"),
    ),
    ConversionRoute(
        "ConvertSalesOrderToInvoice",
        ConvertSalesOrderToInvoice,
        Tables("salesorder", "salesorderdetail", "invoice", "invoicedetail", "invoicenumber"),
    ),
)
