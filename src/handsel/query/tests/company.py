"""The rows that tests of queries read."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    import handsel
    from handsel.query.run.pages import Page

Fetch = Callable[..., "Page"]
"""The fixture `fetch`."""


def create(session: "handsel.Session", table: str, *rows: dict[str, Any]) -> list[UUID]:
    import handsel

    return [row.id for row in session.execute_many([handsel.Create(table, values) for values in rows])]


@dataclass(frozen=True)
class Company:
    """Accounts A0 to A3, A3 below A0, with revenue 0 to 3; contacts L0 to L5, in turn of A0, A1 and A2."""

    accounts: list[UUID]
    contacts: list[UUID]


def company(session: "handsel.Session") -> Company:
    accounts = create(session, "account", *({"name": f"A{n}", "revenue": Decimal(n)} for n in range(3)))
    accounts += create(
        session,
        "account",
        {"name": "A3", "revenue": Decimal(3), "parentaccountid": {"table": "account", "id": accounts[0]}},
    )
    contacts = create(
        session,
        "contact",
        *(
            {
                "lastname": f"L{n}",
                "annualincome": Decimal(n) / 2,
                "numberofchildren": n,
                "parentcustomerid_account@odata.bind": f"/accounts({accounts[n % 3]})",
            }
            for n in range(6)
        ),
    )
    return Company(accounts, contacts)
