"""The price list of a document that names none: its customer's, else the only one (behaviour 10)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.work import Work

Key = TypeVar("Key", bound=Hashable)
_ACTIVE = 0


@dataclass(frozen=True, slots=True)
class WithoutList:
    """A document that names no price list: its customer, and the currency its list has to have.

    With `takes_currency` the document states no currency and no amounts, so it takes that of its customer's list.
    """

    customer: Row | None
    currency: UUID | None
    takes_currency: bool = False


def default_price_lists(work: Work, documents: Mapping[Key, WithoutList]) -> dict[Key, Row]:
    """The default price lists of documents, for those that have one.

    The customer's default list is meant if it is active and in the document's currency; otherwise the only active
    list, if it is in that currency. At most three statements.
    """
    if not documents:
        return {}
    of_customers = {
        key: document.customer.get("defaultpricelevelid") for key, document in documents.items() if document.customer
    }
    lists = work.as_system.load("pricelevel", of_customers.values())
    found: dict[Key, Row] = {}
    for key, document in documents.items():
        own = lists.get(of_customers.get(key))
        if own is not None and _fits(own, document, takes_currency=document.takes_currency):
            found[key] = own
    only = only_price_list(work) if len(found) < len(documents) else None
    if only is not None:
        for key, document in documents.items():
            if key not in found and _fits(only, document):
                found[key] = only
    return found


def _fits(price_list: Row, document: WithoutList, *, takes_currency: bool = False) -> bool:
    is_active = (price_list.get("statecode") or 0) == _ACTIVE
    return is_active and (takes_currency or price_list.get("transactioncurrencyid") == document.currency)


def only_price_list(work: Work) -> Row | None:
    """The only active price list that the acting user may see: what GetDefaultPriceLevel answers.

    None where there are several, and when the organization turned the rule off
    (`useinbuiltrulefordefaultpricelistselection`).
    """
    if not work.organization.settings.get("useinbuiltrulefordefaultpricelistselection"):
        return None
    active = access.rows(work.actor, "pricelevel").filter(state_code=_ACTIVE).order_by("pk")
    ids = list(active.values_list("pk", flat=True)[:2])
    return work.as_user.load("pricelevel", ids).get(ids[0]) if len(ids) == 1 else None
