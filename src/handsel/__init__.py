"""Handsel carries a sale from opportunity to quote, to sales order, to paid invoice.

    import handsel

    with handsel.open("sqlite:///shop.sqlite3") as session:
        quote = session.execute(handsel.GenerateQuoteFromOpportunity(opportunity_id))

Every message (`handsel.Create`, `handsel.WinQuote`, …), every error and the names below are attributes of this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handsel.engine import errors as _errors
from handsel.engine.errors import HandselError

if TYPE_CHECKING:
    from handsel.chain.common.calculate_price import PriceEvent
    from handsel.engine.execute import Refusal
    from handsel.engine.message import ColumnSet, on
    from handsel.engine.row import Reference, Row
    from handsel.site.session import Session
    from handsel.site.setup import Created, create

__version__ = "0.1.0"

__all__ = [
    "ColumnSet",
    "Created",
    "HandselError",
    "PriceEvent",
    "Reference",
    "Refusal",
    "Row",
    "Session",
    "create",
    "on",
    "open",
]


def open(url: str | None = None, *, user: str | None = None) -> Session:
    """Open an existing database and act as `user` (default `admin`).

    `url` is `sqlite:///FILE` or `postgresql://…`; without one, `HANDSEL_DATABASE_URL` or `handsel.sqlite3` in the
    current directory. Raises SetupError where there is no Handsel database, or inside another Django project.
    """
    from handsel.site.start import start

    start()
    from handsel.site.session import open_session

    return open_session(url, user=user)


_ELSEWHERE = {
    "ColumnSet": "handsel.engine.message",
    "Created": "handsel.site.setup",
    "PriceEvent": "handsel.chain.common.calculate_price",
    "Reference": "handsel.engine.row",
    "Refusal": "handsel.engine.execute",
    "Row": "handsel.engine.row",
    "Session": "handsel.site.session",
    "create": "handsel.site.setup",
    "on": "handsel.engine.message",
}


def __getattr__(name: str) -> Any:
    if isinstance(getattr(_errors, name, None), type):
        return getattr(_errors, name)
    from importlib import import_module

    from handsel.site.start import start

    if name in _ELSEWHERE:
        start()
        return getattr(import_module(_ELSEWHERE[name]), name)
    if name[:1].isupper():
        start()
        from handsel.engine.message import _messages

        if name in _messages:
            return _messages[name]
    raise AttributeError(f"module 'handsel' has no attribute '{name}'")
