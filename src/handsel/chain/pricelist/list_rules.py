"""What holds for price lists and discount lists: currency, dates, and what stays once there are items."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.document.dates import require_order
from handsel.chain.party.checking import was
from handsel.chain.pricelist.states import DISCOUNT_LIST, LIFECYCLE
from handsel.database.row import Reference, Row
from handsel.engine.crud.hooks import Draft, Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, ReadOnly, Refused, RequiredFieldMissing


def fill_price_lists(work: Work, drafts: Sequence[Draft]) -> None:
    """A price list without a currency is in the base currency."""
    for draft in drafts:
        _default_currency(work, draft)


def fill_discount_lists(work: Work, drafts: Sequence[Draft]) -> None:
    """A list of amounts without a currency is in the base currency; percentages have none (pricing 3)."""
    for draft in drafts:
        if draft.values.get("isamounttype"):
            _default_currency(work, draft)
        else:
            draft.values["transactioncurrencyid"] = None


def _default_currency(work: Work, draft: Draft) -> None:
    base = work.organization.settings.get("basecurrencyid")
    if draft.values.get("transactioncurrencyid") is None and base is not None:
        draft.values["transactioncurrencyid"] = Reference("transactioncurrency", base)


def check_price_lists(work: Work, entries: Sequence[Entry]) -> None:
    """A price list has a currency, which stays once it has items, and its dates are in order."""
    changed = [entry.row.id for entry in entries if was(entry, "transactioncurrencyid")]
    items = work.as_system.children("productpricelevel", "pricelevelid", changed)

    def check(entry: Entry) -> None:
        row, name = entry.row, LIFECYCLE.name(entry.row)
        if row.get("transactioncurrencyid") is None:
            text = f"{name} needs a currency in transactioncurrencyid."
            raise RequiredFieldMissing(text, Code.CURRENCY_MISSING, table="pricelevel")
        count = len(items.get(row.id, ()))
        if count:
            raise ReadOnly(
                f"{name} has {count} items in its currency, so the currency cannot change. Delete the items first, or "
                "make a new price list.",
                table="pricelevel",
                id=str(row.id),
            )
        require_order(name, row, "begindate", "enddate")

    each_entry(work, entries, check)


def check_discount_lists(work: Work, entries: Sequence[Entry]) -> None:
    """Type and currency stay once there are ranges or price list items; amounts have a currency."""
    changed = [entry.row.id for entry in entries if was(entry, "isamounttype", "transactioncurrencyid")]
    ranges = work.as_system.children("discount", "discounttypeid", changed)
    uses = work.as_system.children("productpricelevel", "discounttypeid", changed)

    def check(entry: Entry) -> None:
        row, name = entry.row, DISCOUNT_LIST.name(entry.row)
        if row.id in ranges:
            _require_unused(row, len(ranges[row.id]), len(uses[row.id]))
        if row.get("isamounttype") and row.get("transactioncurrencyid") is None:
            text = f"{name} holds amounts and needs a currency in transactioncurrencyid."
            raise RequiredFieldMissing(text, Code.CURRENCY_MISSING, table="discounttype")
        if not row.get("isamounttype") and row.get("transactioncurrencyid") is not None:
            raise Refused(f"{name} holds percentages, which have no currency. Leave it empty.", Code.INVALID_CURRENCY)

    each_entry(work, entries, check)


def _require_unused(row: Row, ranges: int, uses: int) -> None:
    if ranges or uses:
        raise ReadOnly(
            f"{DISCOUNT_LIST.name(row)} has {ranges} ranges and is used by {uses} price list items, so its type and "
            "currency cannot change. Make a new discount list.",
            table="discounttype",
            id=str(row.id),
        )
