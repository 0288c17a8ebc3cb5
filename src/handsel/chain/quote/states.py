"""The lifecycle of a quote (behaviour 2.2), and the guard by which live quotes keep their opportunity open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from handsel.chain.opportunity.states import LIFECYCLE as OPPORTUNITY
from handsel.chain.quote.options import QuoteState, QuoteStatus
from handsel.database.row import Row
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.listing import list_rows
from handsel.engine.work import Work
from handsel.errors import Code, HandselError, InvalidState, Refused, RequiredFieldMissing

DRAFT, ACTIVE, WON, CLOSED = (int(state) for state in QuoteState)
LIVE = (DRAFT, ACTIVE)


def _reopened(_work: Work, _row: Row) -> Mapping[str, Any]:
    return {"closedon": None}


LIFECYCLE = lifecycle(
    Lifecycle(
        table="quote",
        label="Quote",
        number_column="quotenumber",
        states=(
            StateRule(DRAFT, "Draft", True, statuses_of(QuoteStatus, DRAFT), int(QuoteStatus.IN_PROGRESS)),
            StateRule(ACTIVE, "Active", False, statuses_of(QuoteStatus, ACTIVE), int(QuoteStatus.ACTIVE_IN_PROGRESS)),
            StateRule(WON, "Won", False, statuses_of(QuoteStatus, WON), int(QuoteStatus.WON)),
            StateRule(CLOSED, "Closed", False, statuses_of(QuoteStatus, CLOSED), int(QuoteStatus.REVISED)),
        ),
        transitions=(
            Transition("Activate", (UPDATE,), (DRAFT,), ACTIVE),
            Transition("Deactivate", (UPDATE,), (ACTIVE,), DRAFT),
            Transition("Win", ("WinQuote",), (ACTIVE,), WON),
            Transition("Close", ("CloseQuote",), (ACTIVE,), CLOSED),
            Transition("Reopen", (UPDATE,), (WON, CLOSED), DRAFT, stamps=_reopened),
        ),
        void_states=(CLOSED,),
        goes_along_states=(CLOSED,),
    )
)


@LIFECYCLE.guard("Reopen")
def one_live_revision(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """Only one draft or active revision of a quote number may exist (0x80048d00)."""
    blocked: dict[UUID, HandselError] = {}
    live = live_revisions(work, rows)
    for asked in rows:
        other = live.setdefault(
            asked["quotenumber"], asked
        )  # the first of several that reopen together becomes the live one
        if other.id != asked.id:
            blocked[asked.id] = existing_live_quote(work, asked, other)
    return blocked


def revisions(work: Work, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """All revisions of each of the rows' quote numbers, with this work's pending changes, in one statement."""
    numbers = sorted({row["quotenumber"] for row in rows if row.get("quotenumber")})
    return work.as_system.children("quote", "quotenumber", numbers)


def live_revisions(work: Work, rows: Sequence[Row]) -> dict[str, Row]:
    """The live revision of each of the rows' quote numbers, where there is one."""
    return {
        number: row for number, found in revisions(work, rows).items() for row in found if row.get("statecode") in LIVE
    }


def existing_live_quote(work: Work, asked: Row, live: Row) -> Refused:
    """The refusal when another revision of the same number is live."""
    code = Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE
    if not work.as_user.sees(live):
        number = asked.get("quotenumber")
        return Refused(f"Quote {number} already has a draft or active revision that you may not see.", code)
    return Refused(
        f"Quote {asked.get('quotenumber')} already has {_live_state(live)} revision {live.get('revisionnumber')}. "
        "Close or delete that one first.",
        code,
        table="quote",
        id=str(live.id),
    )


def _live_state(row: Row) -> str:
    return "an active" if row.get("statecode") == ACTIVE else "a draft"


@LIFECYCLE.guard("Activate")
def is_complete(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """An active quote names its customer and, where price lists are mandatory, its price list (behaviour 2.2)."""
    mandatory = work.organization.settings.get("ispricelistmandatory", True)
    blocked: dict[UUID, HandselError] = {}
    for row in rows:
        if row.get("customerid") is None:
            blocked[row.id] = RequiredFieldMissing(
                f"{LIFECYCLE.name(row)} has no customer, so it cannot be activated. Set customerid first.",
                table="quote",
                id=str(row.id),
            )
        elif mandatory and row.get("pricelevelid") is None:
            blocked[row.id] = RequiredFieldMissing(
                f"{LIFECYCLE.name(row)} has no price list, so it cannot be activated. Set pricelevelid first, or "
                "make price lists optional (organization.ispricelistmandatory).",
                Code.MISSING_PRICE_LEVEL_ID,
                table="quote",
                id=str(row.id),
            )
    return blocked


@OPPORTUNITY.guard("Win", "Lose")
def no_live_quotes(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """An opportunity closes only when all its quotes are won or closed; the refusal names the others."""
    quotes = work.as_system.children("quote", "opportunityid", [row.id for row in rows])
    blocked: dict[UUID, HandselError] = {}
    for row in rows:
        live = [quote for quote in quotes[row.id] if quote.get("statecode") in LIVE]
        if live:
            named = list_rows(work, live, _still_live, hidden=("is still live", "are still live"))
            blocked[row.id] = InvalidState(
                f"Opportunity '{row.get('name')}' cannot be closed: {named}. Win or close active quotes, and "
                "delete or "
                "activate and close drafts first.",
                table="opportunity",
                id=str(row.id),
            )
    return blocked


def _still_live(row: Row) -> str:
    return f"{LIFECYCLE.name(row)} is still {LIFECYCLE.state(row['statecode']).label.lower()}"
