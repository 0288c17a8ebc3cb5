"""A document as text: heading, lines, totals, addresses, changed prices, related documents, history."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.align import Align
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from handsel.chain.document.price_trace import RetrievePriceChanges
from handsel.site.cli.display import amount, columns, day, moment, quantity
from handsel.site.cli.history_text import summary

if TYPE_CHECKING:
    from rich.console import Console

    from handsel.chain.document.snapshot.document import DocumentSnapshot
    from handsel.chain.document.snapshot.history import HistoryEntry
    from handsel.chain.document.snapshot.lines import LineSnapshot
    from handsel.chain.document.snapshot.related import RelatedDocuments
    from handsel.site.session import Session

_FACTS = (
    ("Customer", "customerid"),
    ("Owner", "ownerid"),
    ("Price list", "pricelevelid"),
    ("Payment", "paymenttermscode"),
    ("Shipping", "shippingmethodcode"),
    ("Freight", "freighttermscode"),
    ("Valid", "effectiveto"),
    ("Deliver by", "requestdeliveryby"),
    ("Due", "duedate"),
    ("Closed", "closedon"),
    ("Fulfilled", "datefulfilled"),
    ("Est. close", "estimatedclosedate"),
    ("Closed", "actualclosedate"),
    ("Probability", "closeprobability"),
)


def print_heading(snapshot: DocumentSnapshot, out: Console) -> None:
    """Number, state, name, and the facts that are filled."""
    title = Table.grid(expand=True)
    title.add_column(ratio=1)
    title.add_column(justify="right", no_wrap=True)
    title.add_row(
        Text(snapshot.title, style="bold"),
        Text(snapshot.state, style=_STATE_STYLES.get(snapshot.state.partition(" ")[0], "")),
    )
    out.print()
    out.print(title)
    out.print(Rule(style="dim"))
    header = snapshot.header
    if header.get("name") and snapshot.kind.number != "name":
        out.print(str(header["name"]))
    facts = [(label, text) for label, column in _FACTS if (text := _fact(snapshot, column))]
    facts += [
        (column.label, _own(snapshot, name))
        for name, column in snapshot.header.info.columns.items()
        if column.is_custom and header.get(name) is not None
    ]
    grid = Table.grid(padding=(0, 2), expand=False)
    for style in ("dim", "", "dim", ""):
        grid.add_column(style=style, overflow="fold")
    middle = (len(facts) + 1) // 2
    for index in range(middle):
        left = facts[index]
        right = facts[index + middle] if index + middle < len(facts) else ("", "")
        grid.add_row(*left, *right)
    out.print(grid)


_STATE_STYLES = {
    "Won": "green",
    "Paid": "green",
    "Fulfilled": "green",
    "Lost": "red",
    "Canceled": "red",
    "Closed": "yellow",
}


def _fact(snapshot: DocumentSnapshot, column: str) -> str:
    value = snapshot.header.get(column)
    if value is None or column not in snapshot.header.info.columns:
        return ""
    known = snapshot.header.info.columns[column]
    if known.labels:
        return known.labels.get(value, str(value))
    if known.is_lookup:
        return snapshot.header.name(column)
    return day(value) or (f"{value} %" if column == "closeprobability" else str(value))


def _own(snapshot: DocumentSnapshot, name: str) -> str:
    column, value = snapshot.header.info.columns[name], snapshot.header[name]
    if column.labels:
        return column.labels.get(int(value), str(value))
    if column.kind == "Lookup":
        return snapshot.header.names.get(name, str(value))
    return quantity(value) if isinstance(value, Decimal) else str(value)


def print_lines(snapshot: DocumentSnapshot, out: Console) -> None:
    """The lines, numbered as they stand here; columns that would be empty are left out.

    Net, tax and total add up to the totals beneath; where no line has a tax they are one column.
    """
    if not snapshot.lines:
        out.print(Padding("No lines yet.", (1, 0)))
        return
    has_discount = any(line.manual_discount for line in snapshot.lines)
    has_tax = any(line.tax for line in snapshot.lines)
    headings = [
        "#",
        "Product",
        "Quantity",
        "Unit",
        "Price",
        *(["Discount"] if has_discount else []),
        *(["Net", "Tax", "Total"] if has_tax else ["Amount"]),
    ]
    shown = columns(*headings, right=("#", "Quantity", "Price", "Discount", "Net", "Tax", "Total", "Amount"))
    shown.expand = True
    shown.columns[1].ratio = 1
    precision = snapshot.currency.precision
    for number, line in enumerate(snapshot.lines, 1):
        cells: list[str | Text] = [
            str(number),
            _product(line, precision),
            quantity(line.quantity),
            line.unit,
            "" if line.is_included else amount(line.price_per_unit, snapshot.price_precision),
        ]
        cells += [amount(line.manual_discount, precision)] if has_discount else []
        cells += [amount(line.net, precision), amount(line.tax, precision)] if has_tax and not line.is_included else []
        cells += ["", ""] if has_tax and line.is_included else []
        shown.add_row(*cells, "" if line.is_included else amount(line.amount, precision))
    out.print()
    out.print(shown)


def _product(line: LineSnapshot, precision: int) -> Text:
    text = Text(("  + " if line.is_part else "") + line.product)
    notes = []
    if line.is_written_in:
        notes.append("written in")
    elif line.is_price_overridden:
        notes.append("price overridden")
    if line.is_bundle:
        notes.append("bundle")
    if line.is_included:
        notes.append("in the bundle's price")
    if line.volume_discount:
        notes.append(f"less {amount(line.volume_discount, precision)} per unit for quantity")
    if line.pricing_error:
        notes.append(f"pricing error: {line.pricing_error.label}")
    if notes:
        text.append(f"\n{'    ' if line.is_part else ''}{', '.join(notes)}", style="dim")
    return text


def print_totals(snapshot: DocumentSnapshot, out: Console) -> None:
    """The parts of the total."""
    totals, precision = snapshot.totals, snapshot.currency.precision
    rows: list[tuple[str, Decimal | None]] = [("Detail amount", totals.detail_amount)]
    if totals.percentage_discount is not None:
        rows.append((f"Discount {quantity(totals.discount_percentage)} %", totals.percentage_discount))
    if totals.discount_amount:
        rows.append(("Discount", -totals.discount_amount))
    if totals.discount_percentage or totals.discount_amount:
        rows.append(("Pre-freight amount", totals.before_freight))
    rows += [("Freight", totals.freight), ("Tax", totals.tax)]
    shown = Table.grid(padding=(0, 2))
    shown.add_column(justify="right", style="dim")
    shown.add_column(justify="right", no_wrap=True)
    for label, value in rows:
        if value:
            shown.add_row(label, amount(value, precision))
    total = Text(amount(totals.total or Decimal(0), precision), style="bold")
    shown.add_row(Text(f"Total {snapshot.currency.code}", style="bold not dim"), total)
    for label, column in (("Estimated revenue", "estimatedvalue"), ("Actual revenue", "actualvalue")):
        if snapshot.header.get(column) is not None:
            shown.add_row(label, amount(snapshot.header[column], precision))
    if totals.total and not snapshot.is_in_base_currency:
        base = snapshot.base_currency
        label = f"In {base.symbol or 'the base currency'} at {quantity(totals.exchange_rate)}"
        shown.add_row(label, amount(totals.base_total, base.precision))
    out.print(Align.right(shown))


_ADDRESS = (("Bill to", "billto"), ("Ship to", "shipto"))


def print_addresses(snapshot: DocumentSnapshot, out: Console) -> None:
    """Bill-to and ship-to beside each other."""
    header = snapshot.header
    found = []
    for label, prefix in _ADDRESS:
        lines = [header.get(f"{prefix}_name"), header.get(f"{prefix}_composite")]
        if any(lines):
            found.append(f"{label}\n" + "\n".join(str(line).replace("\r", "") for line in lines if line))
    if not found:
        return
    grid = Table.grid(padding=(0, 6))
    for _ in found:
        grid.add_column(overflow="fold")
    grid.add_row(*found)
    out.print(grid)


def print_price_changes(session: Session, snapshot: DocumentSnapshot, out: Console) -> None:
    """Say when list prices changed since a draft was priced: a draft never changes silently."""
    changes = session.execute(RetrievePriceChanges(snapshot.reference))
    if not changes:
        return
    precision = snapshot.price_precision
    out.print()
    out.print(Text("List prices changed since this was priced; Recalculate would take them in:", style="yellow"))
    for change in changes:
        old, new = amount(change["priceperunit"], precision) or "none", amount(change["todayspriceperunit"], precision)
        out.print(f"  {change['lineitemnumber'] or ''} {change['productname']}: {old} → {new}")


def print_related(related: Sequence[RelatedDocuments], out: Console) -> None:
    """Where it came from and what became of it."""
    if not related:
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_column()
    last = ""
    for group in related:
        for document in group.documents:
            revision = f"/{document.revision}" if document.revision else ""
            heading = "" if group.relation == last else group.relation
            grid.add_row(heading, f"{document.label} {document.number}{revision}", document.state)
            last = group.relation
        if group.more:
            grid.add_row("", f"and {group.more} more", "")
    out.print()
    out.print(grid)


def print_history(snapshot: DocumentSnapshot, history: Sequence[HistoryEntry], out: Console) -> None:
    """What was done to it, by whom."""
    shown = columns("When (UTC)", "Who", "Message", "What")
    for column in shown.columns[:3]:
        column.no_wrap = True
    for entry in history:
        what = summary(entry, snapshot.reference.table, snapshot.currency)
        shown.add_row(moment(entry.moment), entry.user, entry.message, what)
    if shown.row_count:
        out.print()
        out.print(shown)
