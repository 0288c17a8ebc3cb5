"""What cannot be sold is not sold: a document that somebody relies on has right prices and a customer (pricing 8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from handsel.chain.document.kinds import DocumentKind, document_kinds
from handsel.chain.document.policy import judge, policy_of
from handsel.chain.system.options import Policy
from handsel.database.row import Change, Item, Notice, Row
from handsel.engine.available import foreseen
from handsel.engine.lifecycle import Lifecycle, Move, lifecycle_of
from handsel.engine.work import Work
from handsel.errors import Refused, RequiredFieldMissing
from handsel.pricing.errors import PricingErrorCode

PRICING_ERROR, CREDIT = "pricing_error", "credit"
"""The kinds of the notices."""

_NAMED = 5


def check_sources(work: Work, target: DocumentKind, sources: Iterable[tuple[Item[object], Row]]) -> None:
    """Refuse to make a document from one that has prices in error, or lacks the customer that the new one needs."""
    for item, row in sources:
        if item.refusal is not None:
            continue
        consequence = f"no {work.info(target.table).label.lower()} can be made from it"
        with work.refusing(item):
            if target.needs_customer:
                _require_customer(row, consequence)
            _check_prices(work, item, document_kinds()[row.table], row, consequence)


@foreseen
def foresee_sold(work: Work, moves: Sequence[Move]) -> None:
    """Refuse the items of steps that `check_sold` would refuse when they are written."""
    kinds = document_kinds()
    sold = [
        (kinds[entry.row.table], entry)
        for entry in moves
        if entry.row.table in kinds and entry.target in kinds[entry.row.table].sold_states
    ]
    _read_lines_in_error(work, [(kind, entry.row) for kind, entry in sold])
    for kind, entry in sold:
        with work.refusing(entry.item):
            there = Row(kind.table, entry.row.id, {**entry.row, "statecode": entry.target})
            _require_sellable(work, entry.item, kind, there, "become")


def _require_sellable(work: Work, item: Item[object], kind: DocumentKind, row: Row, verb: str) -> None:
    consequence = f"it cannot {verb} {_entered(work, row).lower()}"
    if kind.needs_customer:
        _require_customer(row, consequence)
    _check_prices(work, item, kind, row, consequence)


def check_sold(work: Work) -> None:
    """Refuse documents that enter a state to rely on with prices in error or, if they need one, without a customer.

    A document in such a state that can be changed, such as a billed invoice, is not brought to that either.
    Runs when the round is priced, so that it sees what is about to be written, whichever message did it.
    """
    kinds = document_kinds()
    changed = [
        (kinds[change.row.table], change)
        for change in work.changes
        if change.row.table in kinds and change.item.refusal is None and change.action != "delete"
    ]
    sold = {id(change) for kind, change in changed if _is_sold(kind, change)}
    _read_lines_in_error(work, [(kind, change.row) for kind, change in changed if id(change) in sold])
    for kind, change in changed:
        is_sold = id(change) in sold
        if change.item.refusal is None and is_sold:
            with work.refusing(change.item):
                verb = "become" if _enters(kind, change) else "stay"
                _require_sellable(work, change.item, kind, change.row, verb)
        if kind.is_claim and (is_sold or change.action == "create"):
            _tell_credit(work, change.item, change.row)


def _read_lines_in_error(work: Work, documents: Iterable[tuple[DocumentKind, Row]]) -> None:
    """Read the lines that are going to be named, in one statement for each kind of document."""
    if policy_of(work, "hs_pricingerrors", Policy.REFUSE) is Policy.ALLOW:
        return
    by_kind: dict[DocumentKind, list[Row]] = {}
    for kind, row in documents:
        if row.get("pricingerrorcode") == PricingErrorCode.DETAIL_ERROR:
            by_kind.setdefault(kind, []).append(row)
    for kind, rows in by_kind.items():
        _lines(work, kind, rows)


def _lines(work: Work, kind: DocumentKind, rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    order = ("lineitemnumber", f"{kind.lines}id")
    return work.as_system.children(kind.lines, kind.parent, [row.id for row in rows], order=order)


def _is_sold(kind: DocumentKind, change: Change) -> bool:
    """Whether this change makes somebody rely on the document, or takes from one what that needs."""
    return _enters(kind, change) or (
        _is_sold_reason(kind, change.row)
        and "statecode" not in change.before
        and not change.before.keys().isdisjoint(("pricingerrorcode", "customerid"))
    )


def _enters(kind: DocumentKind, change: Change) -> bool:
    """Whether somebody relies on the document from this change on. A step back to the first state is no sale."""
    if change.action == "update" and "statecode" in change.before:
        return change.row.get("statecode") in kind.sold_states
    return (change.action == "create" or "statuscode" in change.before) and _is_sold_reason(kind, change.row)


def _is_sold_reason(kind: DocumentKind, row: Row) -> bool:
    is_first = row.get("statecode") == _lifecycle(kind.table).states[0].value
    return is_first and row.get("statuscode") in kind.sold_reasons


def _entered(work: Work, row: Row) -> str:
    """The state, or the status reason of the first state, as people call it."""
    lifecycle = _lifecycle(row.table)
    state = lifecycle.state(row.get("statecode"))
    if state is not lifecycle.states[0]:
        return state.label
    return work.info(row.table).columns["statuscode"].labels[row["statuscode"]]


def _require_customer(row: Row, consequence: str) -> None:
    """Raises RequiredFieldMissing (0x80040200), as a quote without a customer does (behaviour 2.2)."""
    if row.get("customerid") is None:
        raise RequiredFieldMissing(
            f"{_name(row)} has no customer, so {consequence}. Set customerid first.",
            table=row.table,
            id=str(row.id),
            column="customerid",
        )


def _check_prices(work: Work, item: Item[object], kind: DocumentKind, row: Row, consequence: str) -> None:
    """Do what the organization wants done with prices in error (`hs_pricingerrors`)."""
    code = row.get("pricingerrorcode")
    if not code:
        return
    policy = policy_of(work, "hs_pricingerrors", Policy.REFUSE)
    if policy is Policy.ALLOW:
        return
    fact = f"{_name(row)} has prices in error ({_errors(work, kind, row, code)})"
    judge(
        work,
        item,
        policy,
        Notice(PRICING_ERROR, f"{fact}.", (row.reference,)),
        Refused(
            f"{fact}, so {consequence}. Correct that and recalculate it, or allow such documents "
            "(organization.hs_pricingerrors).",
            table=row.table,
            id=str(row.id),
        ),
    )


def _errors(work: Work, kind: DocumentKind, row: Row, code: int) -> str:
    """The lines in error with what is wrong, or what is wrong with the totals."""
    label = PricingErrorCode(code).label
    if code != PricingErrorCode.DETAIL_ERROR:
        return f"totals: {label}"
    wrong = [line for line in _lines(work, kind, [row])[row.id] if line.get("pricingerrorcode")]
    named = [
        f"{_line(work.shown(line))}: {PricingErrorCode(line['pricingerrorcode']).label}" for line in wrong[:_NAMED]
    ]
    return ", ".join([*named, *([f"{len(wrong) - _NAMED} more"] if len(wrong) > _NAMED else [])]) or label


def _line(line: Row) -> str:
    return f"line {line.get('lineitemnumber')} {line.get('productname') or ''}".rstrip()


def _tell_credit(work: Work, item: Item[object], row: Row) -> None:
    """Say of a negative total that it is one: the document stays what it is, a credit."""
    total = row.get("totalamount")
    if total is not None and total < Decimal(0):
        text = f"{_name(row)} has the negative total {total}: it is a credit to the customer, not a claim."
        work.notice(item, Notice(CREDIT, text, (row.reference,), is_warning=False))


def _lifecycle(table: str) -> Lifecycle:
    found = lifecycle_of(table)
    assert found is not None
    return found


def _name(row: Row) -> str:
    """The document by its number; a new one has none yet."""
    lifecycle = _lifecycle(row.table)
    return lifecycle.name(row) if row.get(lifecycle.number_column) else f"The new {lifecycle.label.lower()}"
