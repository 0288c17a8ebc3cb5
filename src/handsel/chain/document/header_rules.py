"""What holds for the header of every document: currency, price list, prices follow changes (behaviour 8, pricing 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from handsel.chain.document.dates import require_order
from handsel.chain.document.default_price_lists import WithoutList, default_price_lists
from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.chain.document.price_list_required import require_price_lists
from handsel.database.row import Item, Reference, Row, referenced
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.listing import name_row
from handsel.engine.values import UNRESOLVED
from handsel.engine.work import PriceScope, Work
from handsel.errors import Code, InvalidState, ReadOnly, Refused, enumerated
from handsel.tables.relations import all_collections_of

TOTALS = (
    "totalamount",
    "totalamountlessfreight",
    "totaldiscountamount",
    "totallineitemamount",
    "totallineitemdiscountamount",
    "totaltax",
)
"""The totals of a document: computed, or sent by who is in charge of them (`price_authority`)."""

_PRICED_BY = (
    "discountpercentage",
    "discountamount",
    "freightamount",
    "transactioncurrencyid",
    "isrevenuesystemcalculated",
    "estimatedvalue",
    "pricingerrorcode",
    *TOTALS,
)
"""Columns whose change causes the totals to be computed anew: their inputs, and results that a client sends."""

_made_from: dict[str, list[tuple[str, str]]] = defaultdict(list)
"""Table → the child tables whose rows fix its currency, each with the column that refers to it."""


def fill_headers(work: Work, drafts: Sequence[Draft]) -> None:
    """A new document takes its default price list when none is given, and the currency of its list likewise."""
    _fill_price_lists(work, [draft for draft in drafts if "pricelevelid" not in draft.given])
    lists = NamedRows(work, drafts, "pricelevel", "pricelevelid")
    for draft in drafts:
        price_list = lists.of(draft, "pricelevelid")
        if (
            price_list is not None
            and "transactioncurrencyid" not in draft.given
            and price_list.get("transactioncurrencyid")
        ):
            draft.values["transactioncurrencyid"] = Reference(
                "transactioncurrency", price_list["transactioncurrencyid"]
            )


def _fill_price_lists(work: Work, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    customers = [
        NamedRows(work, [draft for draft in drafts if _may_name(draft, table)], table, "customerid")
        for table in drafts[0].info.columns["customerid"].targets
    ]
    found = default_price_lists(
        work,
        {
            index: WithoutList(
                next((row for rows in customers if (row := rows.of(draft, "customerid"))), None),
                referenced(draft.values.get("transactioncurrencyid")),
                takes_currency="transactioncurrencyid" not in draft.given and not _states_amounts(work, draft),
            )
            for index, draft in enumerate(drafts)
        },
    )
    for index, price_list in found.items():
        drafts[index].values["pricelevelid"] = price_list.reference


def _may_name(draft: Draft, table: str) -> bool:
    customer = draft.values.get("customerid")
    return isinstance(customer, Reference) and customer.table in (table, UNRESOLVED)


def _states_amounts(work: Work, draft: Draft) -> bool:
    """Whether a new document comes with amounts; without a currency they are in the base currency."""
    if any(draft.values.get(name) is not None for name in draft.info.money_columns):
        return True
    for name, children in draft.nested.items():
        money = work.info(all_collections_of(draft.info)[name][0]).money_columns
        if any(isinstance(child, Mapping) and not child.keys().isdisjoint(money) for child in children):
            return True
    return False


def created_headers(work: Work, entries: Sequence[Entry]) -> None:
    """Check new documents and price them, so that their totals are 0 instead of empty."""
    check_headers(work, entries)
    for entry in entries:
        if entry.item.refusal is None:
            work.price(entry.item, entry.row.reference)


def changed_headers(work: Work, entries: Sequence[Entry]) -> None:
    """Check changed documents, and price those where an input of prices has changed."""
    if not entries:
        return
    kind = kind_of(entries[0].row.table)
    _check_currency_change(work, kind, [entry for entry in entries if entry.changed("transactioncurrencyid")])
    work.each([entry.item for entry in entries if _has_fixed_price_list(entry)], _refuse_price_list)
    check_headers(work, [entry for entry in entries if entry.item.refusal is None])
    emptied = [entry for entry in entries if entry.changed("pricelevelid") and not entry.row.get("pricelevelid")]
    require_price_lists(work, kind, [(entry.item, entry.row) for entry in emptied])
    for entry in entries:
        if entry.item.refusal is not None:
            continue
        unlocked = entry.changed(kind.price_lock) and not entry.row.get(kind.price_lock)
        # Without a list there are no other prices to take; the lines keep theirs (pricing 2.1).
        if unlocked or (entry.changed("pricelevelid") and entry.row.get("pricelevelid")):
            work.price(entry.item, entry.row.reference, PriceScope(all_lines=True))
        elif entry.changed(*_PRICED_BY):
            work.price(entry.item, entry.row.reference)


def _has_fixed_price_list(entry: Entry) -> bool:
    """Whether the price list of a submitted document changes; not even integration users may do so (behaviour 8)."""
    lifecycle = lifecycle_of(entry.row.table)
    is_submitted = lifecycle is not None and entry.row.get("statecode") in lifecycle.integration_states
    return is_submitted and entry.changed("pricelevelid")


def _refuse_price_list(_item: Item[object]) -> None:
    raise ReadOnly("A submitted order keeps its price list. Set the order back to active first.")


def check_headers(work: Work, entries: Sequence[Entry]) -> None:
    """Currency and price list agree, and dates are in order."""
    lists = work.as_system.load("pricelevel", [entry.row.get("pricelevelid") for entry in entries])
    each_entry(work, entries, lambda entry: _check(work, entry.row, lists))


def _check(work: Work, row: Row, lists: dict[UUID, Row]) -> None:
    name = f"{work.info(row.table).label} '{row.get('name') or row.id}'"
    price_list = lists.get(row.get("pricelevelid"))
    if price_list is not None and price_list.get("transactioncurrencyid") != row.get("transactioncurrencyid"):
        raise Refused(
            f"{name} and {name_row(work, price_list, _price_list_name)} have different currencies. "
            "Choose a price list in the document's currency.",
            Code.RECORD_AND_PRICELIST_CURRENCY_NOT_EQUAL,
        )
    require_order(name, row, "effectivefrom", "effectiveto")


def _price_list_name(row: Row) -> str:
    return f"price list '{row.get('name')}'"


def keeps_currency(table: str, child: str, column: str) -> None:
    """Declare that rows of `table` keep their currency while rows of `child` refer to them (behaviour 8).

    Called by the rules of `child`, so that a document does not know those that are made from it.
    """
    _made_from[table].append((child, column))


def _check_currency_change(work: Work, kind: DocumentKind, entries: Sequence[Entry]) -> None:
    """Refuse to change the currency of a document with lines, or with documents made from it (behaviour 8)."""
    if not entries:
        return
    ids = [entry.row.id for entry in entries]
    below = {"line": work.as_system.children(kind.lines, kind.parent, ids, order=("lineitemnumber", f"{kind.lines}id"))}
    for child, column in _made_from[kind.table]:
        below[work.info(child).label.lower()] = work.as_system.children(child, column, ids)
    for entry in entries:
        counted = {label: len(rows[entry.row.id]) for label, rows in below.items() if rows[entry.row.id]}
        if counted:
            listed = enumerated(f"{count} {label}{'s' if count > 1 else ''}" for label, count in counted.items())
            work.refuse(
                entry.item,
                InvalidState(
                    f"{work.info(kind.table).label} '{entry.row.get('name') or entry.row.id}' has {listed} in its "
                    "currency, so the currency cannot change. Delete those first, or make a new document.",
                    Code.CURRENCY_NOT_EQUAL,
                ),
            )
