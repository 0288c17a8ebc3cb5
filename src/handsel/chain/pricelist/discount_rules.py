"""What holds for the ranges of a discount list (pricing 3)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.party.checking import Rivals
from handsel.chain.pricelist.states import DISCOUNT_LIST
from handsel.database.row import Reference, Row
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, Refused, RequiredFieldMissing


def fill_ranges(work: Work, drafts: Sequence[Draft]) -> None:
    """A range has the currency of its list, and its name."""
    lists = NamedRows(work, drafts, "discounttype", "discounttypeid")
    for draft in drafts:
        listed = lists.of(draft, "discounttypeid")
        if listed is None:
            continue
        currency = listed.get("transactioncurrencyid")
        draft.values["transactioncurrencyid"] = Reference("transactioncurrency", currency) if currency else None
        if draft.values.get("name") is None:
            draft.values["name"] = listed.get("name")


def check_ranges(work: Work, entries: Sequence[Entry]) -> None:
    """The value fits the type of the list, quantities are in order, ranges do not overlap (bounds included)."""
    if not entries:
        return
    lists = work.as_system.load("discounttype", [entry.row.get("discounttypeid") for entry in entries])
    ranges = work.as_system.children("discount", "discounttypeid", list(lists))
    rivals = Rivals(entries)

    def check(entry: Entry) -> None:
        row, listed = entry.row, lists[entry.row["discounttypeid"]]
        _check_value(row, listed)
        _check_order(row, listed)
        _check_overlap(row, listed, rivals.of(entry, ranges[listed.id]))
        rivals.accept(entry)

    each_entry(work, entries, check)


def _check_value(row: Row, listed: Row) -> None:
    amount, percentage, name = row.get("amount"), row.get("percentage"), DISCOUNT_LIST.name(listed)
    if amount is not None and percentage is not None:
        text = f"{name}: a range has either an amount or a percentage, not both. Leave one out."
        raise Refused(text, Code.DISCOUNT_AMOUNT_AND_PERCENT)
    if listed.get("isamounttype") and percentage is not None:
        raise Refused(f"{name} holds amounts. Give amount instead of percentage.", Code.DISCOUNT_PERCENT)
    if not listed.get("isamounttype") and amount is not None:
        raise Refused(f"{name} holds percentages. Give percentage instead of amount.", Code.DISCOUNT_AMOUNT)
    if amount is None and percentage is None:
        column = "amount" if listed.get("isamounttype") else "percentage"
        raise RequiredFieldMissing(f"{name}: a range needs its discount in {column}.", table="discount", column=column)


def _check_order(row: Row, listed: Row) -> None:
    low, high = row.get("lowquantity"), row.get("highquantity")
    if low is None or high is None:
        raise RequiredFieldMissing(f"{DISCOUNT_LIST.name(listed)}: a range needs lowquantity and highquantity.")
    if low > high:
        raise Refused(
            f"{DISCOUNT_LIST.name(listed)}: the range {_plain(row)} begins above its end. Exchange its quantities.",
            Code.LOW_QUANTITY_GREATER_THAN_HIGH_QUANTITY,
        )


def _check_overlap(row: Row, listed: Row, others: Sequence[Row]) -> None:
    for other in others:
        if row["lowquantity"] <= other["highquantity"] and other["lowquantity"] <= row["highquantity"]:
            raise Refused(
                f"{DISCOUNT_LIST.name(listed)}: the range {_plain(row)} overlaps {_plain(other)}; both bounds count. "
                "Change its quantities.",
                Code.DISCOUNT_RANGE_OVERLAP,
            )


def _plain(row: Row) -> str:
    low, high = (format(row[column].normalize(), "f") for column in ("lowquantity", "highquantity"))
    return f"{low} to {high}"
