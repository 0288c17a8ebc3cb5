"""The opportunity that the demo sells next: an open one of the sample company, or a new one from its catalog."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handsel.database.row import Reference
from handsel.engine.crud.messages import Create
from handsel.errors import NotFound
from handsel.site.sample.deals import opportunity_values
from handsel.site.sample.maker import MARK

if TYPE_CHECKING:
    from handsel.site.session import Session

_TOPICS = ("Reorder", "Second order", "Refurbishment", "New branch")
_LINES_OF_A_DEAL = 3


def next_opportunity(session: Session) -> tuple[UUID, bool]:
    """The next sample opportunity to sell, and whether it is new. Raises NotFound without a sample company."""
    for row in session.rows("opportunity", f"statecode eq 0 and statuscode eq 1 and description eq '{MARK}'"):
        if not session.count("quote", f"opportunityid eq {row.id}"):
            return row.id, False
    return _new_opportunity(session), True


def _new_opportunity(session: Session) -> UUID:
    sold = session.count("opportunity", f"description eq '{MARK}'")
    accounts = list(
        session.rows("account", "contains(name, '(sample data)') and statecode eq 0 and defaultpricelevelid ne null")
    )
    if not sold or not accounts:
        raise NotFound(
            "There is no sample company in this database. Make a new one with `handsel init --sample --database URL`."
        )
    account = accounts[sold % len(accounts)]
    price_list = account.value("defaultpricelevelid", UUID)
    items = list(session.rows("productpricelevel", f"pricelevelid eq {price_list}"))
    chosen = [items[(sold * 2 + step) % len(items)] for step in range(min(_LINES_OF_A_DEAL, len(items)))]
    values = opportunity_values(
        topic=f"{_TOPICS[sold % len(_TOPICS)]} no. {sold + 1}",
        account=account.reference,
        owner=Reference("systemuser", account.value("ownerid", UUID)),
        price_list=Reference("pricelevel", price_list),
        days=30,
        more={"freightamount": Decimal(35)},
        lines=[_line(item, sold + step) for step, item in enumerate(chosen)],
    )
    return session.execute(Create("opportunity", values)).id


def _line(item: Any, turn: int) -> dict[str, Any]:
    return {
        "productid": Reference("product", item["productid"]),
        "uomid": Reference("uom", item["uomid"]),
        "quantity": Decimal(2 + turn % 9),
    }
