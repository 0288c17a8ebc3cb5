"""The messages that end opportunities, and QualifyLead, which makes them (behaviour 3.9, 3.12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeAlias, TypedDict
from uuid import UUID

from handsel.chain.document.closing import Closing, Status, closed_row_id, record_closings
from handsel.chain.document.dates import day_of
from handsel.chain.document.roots import root_row
from handsel.chain.opportunity.states import LIFECYCLE, LOST, WON
from handsel.database.row import Item, Reference
from handsel.engine.available import sendable
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import Move, move
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, as_uuid
from handsel.engine.values import parse
from handsel.engine.work import Work
from handsel.errors import Code, HandselError, Refused, StatusNotValidForState, not_found
from handsel.tables.info import table_info

OpportunityId = Annotated[UUID, Parameter(also="Opportunity", empty=Code.MISSING_OPPORTUNITY_ID)]
"""The opportunity that a message works on, by id or as a row; a missing one has a special code (behaviour 9)."""
OpportunityRow = Annotated[UUID, Parameter(type="opportunity", empty=Code.MISSING_OPPORTUNITY_ID)]
"""The same where the documented service takes the opportunity's row."""


@dataclass(frozen=True, slots=True)
class WinOpportunity(Message[None]):
    """Close an opportunity as won. Its quotes must all be won or closed (behaviour 2.1)."""

    needs: ClassVar[Needs] = Needs(
        read=("opportunity",),
        create=("opportunityclose",),
        write=("opportunity",),
        append=("opportunityclose",),
        append_to=("opportunity",),
    )
    operation: ClassVar[Operation] = Operation(order=("opportunity_close", "caller", "status"))

    opportunity_close: Annotated[Mapping[str, object], Parameter(type="opportunityclose")]
    status: Status = -1
    caller: str | None = None

    def locks(self) -> Sequence[Reference]:
        return (_closed("WinOpportunity", self.opportunity_close),)


@handles(WinOpportunity)
def win_opportunity(work: Work, items: list[Item[WinOpportunity]]) -> None:
    """Win opportunities."""
    for status, group in _by_status(items).items():
        win_opportunities(work, [_closing(work, item) for item in group], status)


@dataclass(frozen=True, slots=True)
class LoseOpportunity(Message[None]):
    """Close an opportunity as lost: 4 canceled or 5 out-sold; -1 means canceled (behaviour 2.1)."""

    needs: ClassVar[Needs] = Needs(
        read=("opportunity",),
        create=("opportunityclose",),
        write=("opportunity",),
        append=("opportunityclose",),
        append_to=("opportunity",),
    )
    operation: ClassVar[Operation] = Operation(order=("caller", "opportunity_close", "status"))

    opportunity_close: Annotated[Mapping[str, object], Parameter(type="opportunityclose")]
    status: Status = -1
    caller: str | None = None

    def locks(self) -> Sequence[Reference]:
        return (_closed("LoseOpportunity", self.opportunity_close),)


@handles(LoseOpportunity)
def lose_opportunity(work: Work, items: list[Item[LoseOpportunity]]) -> None:
    """Lose opportunities."""
    for status, group in _by_status(items).items():
        lose_opportunities(work, [_closing(work, item) for item in group], status)


def _closed(message: str, given: Mapping[str, Any]) -> Reference:
    id = closed_row_id(message, "OpportunityClose", "opportunityid", given, Code.MISSING_OPPORTUNITY_ID)
    return Reference("opportunity", id)


_Ends: TypeAlias = WinOpportunity | LoseOpportunity


def _by_status(items: Sequence[Item[_Ends]]) -> dict[int, list[Item[_Ends]]]:
    groups: dict[int, list[Item[_Ends]]] = {}
    for item in items:
        groups.setdefault(item.message.status, []).append(item)
    return groups


def _closing(work: Work, item: Item[_Ends]) -> Closing:
    return Closing(item, root_row(work, item), item.message.opportunity_close)


def win_opportunities(work: Work, closings: Sequence[Closing], status: int) -> None:
    """Move opportunities to Won with their actual revenue, and record how they closed."""
    _close(work, closings, WON, status, "WinOpportunity")


def lose_opportunities(work: Work, closings: Sequence[Closing], status: int) -> None:
    """Move opportunities to Lost and record how they closed."""
    _close(work, closings, LOST, status, "LoseOpportunity")


def _close(work: Work, closings: Sequence[Closing], target: int, status: int, via: str) -> None:
    moves: list[Move] = []
    for closing in closings:
        if closing.item.refusal is None:
            with work.refusing(closing.item):
                reason = _reason(closing, target, status)
                moves.append(Move(closing.item, closing.row, target, reason, _stamps(work, closing, target)))
    move(work, LIFECYCLE, moves, via)
    subject = "Opportunity won:" if target == WON else "Opportunity lost:"
    made = record_closings(work, "opportunityclose", "opportunityid", closings, {}, subject)
    for closing in closings:
        activity = made.get(closing.item.index)
        if activity is not None:
            activity["opportunitystatecode"] = target
            activity["opportunitystatuscode"] = closing.row["statuscode"]
            if target == WON and activity.get("actualrevenue") is None:
                activity["actualrevenue"] = closing.row.get("actualvalue")


def _reason(closing: Closing, target: int, status: int) -> int:
    """The status reason to close with: the message's, or the close activity's; they may not differ (behaviour 2.5).

    Raises StatusNotValidForState (0x80048408), also for a state or reason of the activity that this close does not
    lead to.
    """
    info = table_info("opportunityclose")
    given: dict[str, Any] = {
        name: parse(info, info.columns[name], closing.given.get(name))
        for name in ("opportunitystatecode", "opportunitystatuscode")
    }
    state, reason = given["opportunitystatecode"], given["opportunitystatuscode"]
    rule = LIFECYCLE.state(target)
    if state not in (None, target):
        raise StatusNotValidForState(
            f"Opportunity '{closing.row.get('name')}' becomes {rule.label.lower()}, so "
            f"OpportunityClose.opportunitystatecode is {target} and not {state}. Leave it out."
        )
    if reason in (None, -1):
        return status
    LIFECYCLE.status_for(rule, reason)
    if status not in (-1, reason):
        raise StatusNotValidForState(
            f"Opportunity '{closing.row.get('name')}' cannot become {rule.label.lower()} for two reasons: Status is "
            f"{status}, OpportunityClose.opportunitystatuscode is {reason}. Give one of them, or both the same."
        )
    return int(reason)


def _stamps(work: Work, closing: Closing, target: int) -> dict[str, Any]:
    """Close date, and when won the actual revenue: the one given, the estimated one, or the total (behaviour 2.1)."""
    given, row = closing.given, closing.row
    stamps: dict[str, Any] = {"actualclosedate": day_of(closing.moment(work, "opportunityclose"))}
    currency = given.get("transactioncurrencyid", given.get("transactioncurrencyid_opportunityclose@odata.bind"))
    if currency is not None and as_uuid("OpportunityClose", "transactioncurrencyid", currency) != row.get(
        "transactioncurrencyid"
    ):
        raise Refused(
            f"The actual revenue of opportunity '{row.get('name')}' must be in the opportunity's own currency. "
            "Leave transactioncurrencyid out, or give the opportunity's.",
            Code.CURRENCY_NOT_EQUAL,
        )
    if target == WON:
        info = table_info("opportunityclose")
        revenue = parse(info, info.columns["actualrevenue"], given.get("actualrevenue"))
        known = (revenue, row.get("estimatedvalue"), row.get("totalamount"))
        stamps["actualvalue"] = next((value for value in known if value is not None), None)
    return stamps


sendable("opportunity", WinOpportunity)
sendable("opportunity", LoseOpportunity)


class ClosingCheck(TypedDict):
    """What `CanCloseOpportunity` answers: whether closing would be taken, and if not, each reason as a sentence."""

    CanClose: bool
    Reasons: list[str]


@dataclass(frozen=True, slots=True)
class CanCloseOpportunity(Message[ClosingCheck]):
    """Whether winning or losing an opportunity would be refused, and why: `{"CanClose", "Reasons"}` (behaviour 3).

    `new_status` is the status reason to close with: 3 (and none) asks about winning, 4 and 5 about losing. A quote that
    is about to be won may be named in `quote_id`; it does not stand in the way then.
    """

    needs: ClassVar[Needs] = Needs(read=("opportunity",))
    operation: ClassVar[Operation] = Operation(returns={"CanClose": bool, "Reasons": list[str]})
    changes: ClassVar[bool] = False

    opportunity_id: OpportunityRow
    quote_id: Annotated[UUID | None, Parameter(type="quote")] = None
    new_status: Annotated[int | None, Parameter(nullable=False)] = None


@handles(CanCloseOpportunity)
def can_close_opportunity(work: Work, items: list[Item[CanCloseOpportunity]]) -> None:
    """Set the results from the same lifecycle and guards that closing uses."""
    rows = work.as_user.load("opportunity", [item.message.opportunity_id for item in items])
    excused = work.as_user.load("quote", [item.message.quote_id for item in items])

    def ask(item: Item[CanCloseOpportunity]) -> None:
        row = rows.get(item.message.opportunity_id)
        if row is None:
            raise not_found("opportunity", item.message.opportunity_id)
        target, via = _asked_end(item.message.new_status)
        quote = excused.get(item.message.quote_id)
        if quote is not None and quote.get("statecode") == 1:
            quote["statecode"] = 2
        reasons: list[str] = []
        try:
            step = LIFECYCLE.transition(row, target, via)
            for guard in LIFECYCLE.guards.get(step.name, ()):
                reasons += [error.message for error in guard(work, [row]).values()]
        except HandselError as error:
            reasons.append(error.message)
        item.result = {"CanClose": not reasons, "Reasons": reasons}

    work.each(items, ask)


def _asked_end(status: int | None) -> tuple[int, str]:
    """The final state that a status reason belongs to, and the message to it. Raises StatusNotValidForState."""
    ends = {WON: "WinOpportunity", LOST: "LoseOpportunity"}
    if status in (None, -1):
        return WON, ends[WON]
    rule = LIFECYCLE.state_of_status(status)
    if rule is None or rule.value not in ends:
        known = ", ".join(str(each) for state in ends for each in LIFECYCLE.state(state).statuses)
        raise StatusNotValidForState(
            f"No opportunity is closed with status reason {status}. CanCloseOpportunity takes {known}."
        )
    return rule.value, ends[rule.value]
