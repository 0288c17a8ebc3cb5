"""Making a document from another: header, lines, bundles and properties by the maps, set-based (architecture 4, 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from handsel.chain.document.agreed import TakenAmounts
from handsel.chain.document.customer_terms import customer_prefetches, customer_values
from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.chain.document.sale import check_sources
from handsel.chain.document.second_conversion import Asked, check_second, made_before
from handsel.database.row import ColumnValue, Item, Row, referenced
from handsel.engine.added_maps import added_map
from handsel.engine.column_set import ColumnSet
from handsel.engine.conversion import AddedMap, ColumnMap, Conversion
from handsel.engine.crud.creating import round_money
from handsel.engine.crud.permitting import permit_linked
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.row_reader import Prefetch
from handsel.engine.work import PriceScope, Work
from handsel.tables.info import TableInfo, table_info
from handsel.tables.keys import new_keys

_CONFIGURED = 2
"""`propertyconfigurationstatus` of a line without properties: Not Configured."""

Link = Callable[[Row], Mapping[str, ColumnValue]]
"""The columns of a new line that refer to the line it was copied from."""


def origin_links(line: Row) -> Mapping[str, ColumnValue]:
    """A copied line names the first line it descends from, and its opportunity product (architecture 3)."""
    return {
        "hs_originlineid": line.get("hs_originlineid") or line.id,
        "hs_opportunityproductid": line.get("hs_opportunityproductid"),
    }


@dataclass(frozen=True, slots=True)
class Copy:
    """One document to make: its source row, the item it is made for, further header values."""

    item: Item[object]
    source: Row
    values: Mapping[str, ColumnValue] = field(default_factory=dict)
    again: bool | None = None
    """Whether the caller wants another document where there is one; None where the message cannot say so."""


def copy_documents(
    work: Work, conversion: Conversion, copies: Sequence[Copy], link: Link, *, from_customer: bool = False
) -> dict[int, Row]:
    """Make new documents with their lines; returns the new headers by item index.

    `from_customer` fills addresses and terms from the customer. Locked prices are not calculated, but taken over with
    all that goes with them (behaviour 7.1). The number of statements does not grow with the number of documents or
    lines.
    """
    copies = [copy for copy in copies if copy.item.refusal is None]
    if not copies:
        return {}
    header_map, line_map = conversion.header, conversion.lines
    assert line_map is not None
    source_kind, target_kind = kind_of(header_map.source), kind_of(header_map.target)
    sources = [copy.source for copy in copies]
    line_order = ("lineitemnumber", f"{source_kind.lines}id")
    work.as_system.prefetch(
        Prefetch(source_kind.lines, [row.id for row in sources], parent=source_kind.parent, order=line_order),
        Prefetch("transactioncurrency", [row.get("transactioncurrencyid") for row in sources]),
        *made_before(conversion, [row.id for row in sources]),
        *(customer_prefetches(sources) if from_customer else ()),
    )
    if conversion.link:
        check_second(work, conversion, [Asked(copy.item, copy.source, copy.again) for copy in copies])
        check_sources(work, target_kind, [(copy.item, copy.source) for copy in copies])
        copies = [copy for copy in copies if copy.item.refusal is None]
    filled = (
        customer_values(work, work.info(header_map.target), [copy.source for copy in copies])
        if from_customer
        else [{}] * len(copies)
    )
    lines = work.as_system.children(
        source_kind.lines,
        source_kind.parent,
        [copy.source.id for copy in copies],
        order=line_order,
    )
    first = _first_state(header_map.target)
    added = added_map(work.context, work.organization, header_map.source, header_map.target)
    amounts = TakenAmounts(work, header_map, line_map)
    made: dict[int, Row] = {}
    pending: list[tuple[Copy, Row, list[Row]]] = []
    info = work.info(header_map.target)
    for copy, customer in zip(copies, filled, strict=True):
        with work.refusing(copy.item):
            values = {
                **customer,
                **header_map.values(copy.source, added, info),
                "owningbusinessunit": copy.source.get("owningbusinessunit"),
                "exchangerate": copy.source.get("exchangerate"),
                **first,
                **copy.values,
            }
            if conversion.locks_prices:
                values[target_kind.price_lock] = True
            _round_added(work, info, added, values)
            amounts.add_to_header(copy.source, values, copy.values)
            header = work.insert(copy.item, header_map.target, values)
            work.as_system.childless(target_kind.lines, target_kind.parent, header.id)
            made[copy.item.index] = header
            pending.append((copy, header, lines[copy.source.id]))
    permit_linked(work, [(copy.item, header) for copy, header, _lines in pending])
    pending = [entry for entry in pending if entry[0].item.refusal is None]
    copy_lines(work, line_map, target_kind, pending, link, amounts)
    for copy, header, _lines in pending:
        if not amounts.is_settled(copy.source):
            work.price(copy.item, header.reference, PriceScope(copied=bool(header.get(target_kind.price_lock))))
    return made


def foresee_copies(work: Work, conversion: Conversion, copies: Sequence[Copy]) -> None:
    """Refuse the items for which `copy_documents` would make no document, and make none."""
    copies = [copy for copy in copies if copy.item.refusal is None]
    if conversion.link:
        check_second(work, conversion, [Asked(copy.item, copy.source, copy.again) for copy in copies])
        target = kind_of(conversion.header.target)
        check_sources(work, target, [(copy.item, copy.source) for copy in copies])
    info = work.info(conversion.header.target)
    added = added_map(work.context, work.organization, conversion.header.source, info.logical_name)
    made: list[tuple[Item[Any], Row]] = []
    for copy in copies:
        if copy.item.refusal is None:
            with work.refusing(copy.item):
                values = conversion.header.values(copy.source, added, info)
                made.append((copy.item, Row(info.logical_name, copy.source.id, values)))
    permit_linked(work, made)


class HasColumnSet(Protocol):
    """A message whose caller chooses the columns of the result."""

    @property
    def column_set(self) -> ColumnSet | None:
        """The chosen columns; None for all."""


def answer(work: Work, items: Sequence[Item[HasColumnSet]], made: Mapping[int, Row]) -> None:
    """Set the row that each item made as its result, with the columns of its column set."""

    def give(item: Item[HasColumnSet]) -> None:
        if item.index in made:
            work.answer(item, made[item.index], item.message.column_set)

    work.each(items, give)


def copy_lines(
    work: Work,
    line_map: ColumnMap,
    kind: DocumentKind,
    documents: Sequence[tuple[Copy, Row, Sequence[Row]]],
    link: Link,
    amounts: TakenAmounts,
    *,
    after: Mapping[UUID, int] | None = None,
) -> None:
    """Copy lines into documents. `after` gives the last line number of documents that already have lines.

    The rate of a line is that of its document, unless the line was agreed with another (pricing 6).
    """
    added = added_map(work.context, work.organization, line_map.source, line_map.target)
    total = sum(len(lines) for _, _, lines in documents)
    keys = iter(new_keys(total)) if total else iter(())
    key_column = table_info(line_map.target).primary_key
    configured: list[tuple[Item[object], Row, Row]] = []
    info = work.info(line_map.target)
    for copy, header, lines in documents:
        renumber = after.get(header.id, 0) if after else 0
        new_ids = {line.id: next(keys) for line in lines}
        is_locked = bool(header.get(kind.price_lock)) and after is None
        currency, root = header.get("transactioncurrencyid"), header.reference
        with work.refusing(copy.item):
            for line in lines:
                values = line_map.values(line, added, info)
                values[key_column] = new_ids[line.id]
                values[kind.parent] = header.id
                values["transactioncurrencyid"] = currency
                values.update(link(line))
                _round_added(work, info, added, values)
                bundle = new_ids.get(line.get("parentbundleidref"))
                if bundle is not None:
                    values["parentbundleidref"] = values["parentbundleid"] = bundle
                amounts.add_to_line(copy.source, line, values, is_locked=is_locked)
                if renumber:
                    values["lineitemnumber"] = values["sequencenumber"] = renumber + (line.get("lineitemnumber") or 0)
                copied = work.insert(copy.item, line_map.target, values, root=root)
                if line.get("propertyconfigurationstatus") not in (None, _CONFIGURED):
                    configured.append((copy.item, line, copied))
    configured = [entry for entry in configured if entry[0].refusal is None]
    if configured:
        _copy_properties(work, configured)


def _round_added(work: Work, info: TableInfo, added: AddedMap, values: dict[str, ColumnValue]) -> None:
    """Round the amounts of added columns to the decimals that they have here, as if a client wrote them."""
    amounts = {name: values[name] for name in added.rounded if name in values}
    if amounts:
        currency = referenced(values.get("transactioncurrencyid"))
        work.as_system.load("transactioncurrency", [currency])
        round_money(work, info, amounts, currency)
        values.update(amounts)


def _copy_properties(work: Work, lines: Sequence[tuple[Item[object], Row, Row]]) -> None:
    """Create new property instances for the copied lines (behaviour 7.2)."""
    instances = work.as_system.children(
        "dynamicpropertyinstance", "regardingobjectid", [line.id for _, line, _ in lines]
    )
    info = work.info("dynamicpropertyinstance")
    kept = [
        column.logical_name
        for column in info.columns.values()
        if column.logical_name != info.primary_key and column.writable and column.parent_column is None
    ]
    parts = [part for column in info.columns.values() for part in column.split.values()]
    for item, line, copied in lines:
        for instance in instances[line.id]:
            values = {name: instance.get(name) for name in (*kept, *parts) if instance.get(name) is not None}
            values["regardingobjectid"] = copied.id
            type_column = info.columns["regardingobjectid"].type_column
            if type_column:
                values[type_column] = copied.table
            work.insert(item, "dynamicpropertyinstance", values, root=work.root_of(copied))


def _first_state(table: str) -> dict[str, int]:
    lifecycle = lifecycle_of(table)
    assert lifecycle is not None
    first = lifecycle.states[0]
    return {"statecode": first.value, "statuscode": first.default_status}


def last_numbers(work: Work, kind: DocumentKind, documents: Sequence[Row]) -> dict[UUID, int]:
    """The highest line number of each document."""
    lines = work.as_system.children(
        kind.lines, kind.parent, [row.id for row in documents], order=("lineitemnumber", f"{kind.lines}id")
    )
    return {id: max((line.get("lineitemnumber") or 0 for line in found), default=0) for id, found in lines.items()}
