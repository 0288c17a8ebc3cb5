"""A document as text: heading, lines, totals, addresses, changed prices, related documents, history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.align import Align
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from handsel.chain.document.price_trace import RetrievePriceChanges
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.options import ProductType
from handsel.site.cli.display import amount, columns, day, moment, quantity
from handsel.site.cli.history import history
from handsel.site.cli.related import related_documents

if TYPE_CHECKING:
    from rich.console import Console

    from handsel.database.row import Row
    from handsel.site.cli.picture import Picture
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


def print_heading(picture: Picture, out: Console) -> None:
    """Number, state, name, and the facts that are filled."""
    title = Table.grid(expand=True)
    title.add_column(ratio=1)
    title.add_column(justify="right", no_wrap=True)
    title.add_row(
        Text(picture.title, style="bold"),
        Text(picture.state, style=_STATE_STYLES.get(picture.state.partition(" ")[0], "")),
    )
    out.print()
    out.print(title)
    out.print(Rule(style="dim"))
    header = picture.header
    if header.get("name") and picture.kind.number != "name":
        out.print(str(header["name"]))
    facts = [(label, text) for label, column in _FACTS if (text := _fact(picture, column))]
    facts += [
        (column.label, _own(picture, name))
        for name, column in picture.info.columns.items()
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


def _fact(picture: Picture, column: str) -> str:
    value = picture.header.get(column)
    if value is None or column not in picture.info.columns:
        return ""
    known = picture.info.columns[column]
    if known.labels:
        return known.labels.get(value, str(value))
    if known.is_lookup:
        return picture.name(column)
    return day(value) or (f"{value} %" if column == "closeprobability" else str(value))


def _own(picture: Picture, name: str) -> str:
    column, value = picture.info.columns[name], picture.header[name]
    if column.labels:
        return column.labels.get(int(value), str(value))
    if column.kind == "Lookup":
        return picture.names.get(value, str(value))
    return quantity(value) if isinstance(value, Decimal) else str(value)


def print_lines(picture: Picture, out: Console) -> None:
    """The lines; columns that would be empty are left out."""
    if not picture.lines:
        out.print(Padding("No lines yet.", (1, 0)))
        return
    has_discount = any(line.get("manualdiscountamount") for line in picture.lines)
    has_tax = any(line.get("tax") for line in picture.lines)
    headings = [
        "#",
        "Product",
        "Quantity",
        "Unit",
        "Price",
        *(["Discount"] if has_discount else []),
        *(["Tax"] if has_tax else []),
    ]
    shown = columns(*headings, "Amount", right=("#", "Quantity", "Price", "Discount", "Tax", "Amount"))
    shown.expand = True
    shown.columns[1].ratio = 1
    for line in _in_order(picture.lines):
        cells: list[str | Text] = [
            str(line.get("lineitemnumber") or ""),
            _product(picture, line),
            quantity(line.get("quantity")),
            picture.names.get(line.get("uomid"), ""),
            "" if is_included(line) else amount(line.get("priceperunit"), picture.price_places),
        ]
        cells += [amount(line.get("manualdiscountamount"), picture.places)] if has_discount else []
        cells += [amount(line.get("tax"), picture.places)] if has_tax else []
        shown.add_row(*cells, "" if is_included(line) else amount(line.get("extendedamount"), picture.places))
    out.print()
    out.print(shown)


def is_included(line: Row) -> bool:
    """Whether a line is a required part of a bundle, which has no price of its own."""
    return bool(line.get("producttypecode") == ProductType.REQUIRED_BUNDLE_PRODUCT)


def _in_order(lines: Sequence[Row]) -> Iterator[Row]:
    """Each bundle with its parts behind it."""
    parts: dict[Any, list[Row]] = {}
    for line in lines:
        parts.setdefault(line.get("parentbundleidref"), []).append(line)
    known = {line.id for line in lines}
    for line in lines:
        if line.get("parentbundleidref") not in known:
            yield line
            yield from parts.get(line.id, ())


def _product(picture: Picture, line: Row) -> Text:
    kind = line.get("producttypecode")
    is_part = kind in (ProductType.REQUIRED_BUNDLE_PRODUCT, ProductType.OPTIONAL_BUNDLE_PRODUCT)
    text = Text(("  + " if is_part else "") + str(line.get("productname") or line.get("productdescription") or ""))
    notes = []
    if line.get("isproductoverridden"):
        notes.append("written in")
    elif line.get("ispriceoverridden"):
        notes.append("price overridden")
    if kind == ProductType.BUNDLE:
        notes.append("bundle")
    if is_included(line):
        notes.append("in the bundle's price")
    if line.get("volumediscountamount"):
        notes.append(f"less {amount(line['volumediscountamount'], picture.places)} per unit for quantity")
    if line.get("pricingerrorcode"):
        notes.append(f"pricing error: {PricingErrorCode(line['pricingerrorcode']).label}")
    if notes:
        text.append(f"\n{'    ' if is_part else ''}{', '.join(notes)}", style="dim")
    return text


def print_totals(picture: Picture, out: Console) -> None:
    """How the total comes about."""
    header, places = picture.header, picture.places
    percent = header.get("discountpercentage")
    detail, discount = header.get("totallineitemamount"), header.get("discountamount")
    before_freight = header.get("totalamountlessfreight")
    rows: list[tuple[str, Decimal | None]] = [("Detail amount", detail)]
    if percent and detail is not None and before_freight is not None:
        rows.append((f"Discount {quantity(percent)} %", before_freight - detail + (discount or 0)))
    if discount:
        rows.append(("Discount", -discount))
    if percent or discount:
        rows.append(("Pre-freight amount", before_freight))
    rows += [("Freight", header.get("freightamount")), ("Tax", header.get("totaltax"))]
    shown = Table.grid(padding=(0, 2))
    shown.add_column(justify="right", style="dim")
    shown.add_column(justify="right", no_wrap=True)
    for label, value in rows:
        if value:
            shown.add_row(label, amount(value, places))
    total = Text(amount(header.get("totalamount") or Decimal(0), places), style="bold")
    shown.add_row(Text(f"Total {picture.currency}", style="bold not dim"), total)
    for label, column in (("Estimated revenue", "estimatedvalue"), ("Actual revenue", "actualvalue")):
        if header.get(column) is not None:
            shown.add_row(label, amount(header[column], places))
    base = picture.organization.settings
    if header.get("totalamount") and header.get("transactioncurrencyid") != base.get("basecurrencyid"):
        label = f"In {base.get('basecurrencysymbol') or 'the base currency'} at {quantity(header.get('exchangerate'))}"
        shown.add_row(label, amount(header.get("totalamount_base"), base.get("basecurrencyprecision") or 0))
    out.print(Align.right(shown))


_ADDRESS = (("Bill to", "billto"), ("Ship to", "shipto"))


def print_addresses(picture: Picture, out: Console) -> None:
    """Bill-to and ship-to beside each other."""
    header = picture.header
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


def print_price_changes(session: Session, picture: Picture, out: Console) -> None:
    """Say when list prices changed since a draft was priced: a draft never changes silently."""
    changes: list[dict[str, Any]] = session.execute(RetrievePriceChanges(picture.header.reference))
    if not changes:
        return
    places = picture.price_places
    out.print()
    out.print(Text("List prices changed since this was priced; Recalculate would take them in:", style="yellow"))
    for change in changes:
        old, new = amount(change["priceperunit"], places) or "none", amount(change["todayspriceperunit"], places)
        out.print(f"  {change['lineitemnumber'] or ''} {change['productname']}: {old} → {new}")


def print_related(session: Session, picture: Picture, out: Console) -> None:
    """Where it came from and what became of it."""
    found = related_documents(session, picture)
    if not found:
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_column()
    last = ""
    for how, text, state in found:
        grid.add_row("" if how == last else how, text, state)
        last = how
    out.print()
    out.print(grid)


def print_history(session: Session, picture: Picture, out: Console) -> None:
    """What was done to it, by whom."""
    shown = columns("When (UTC)", "Who", "Message", "What")
    for column in shown.columns[:3]:
        column.no_wrap = True
    for entry in history(session, picture):
        shown.add_row(moment(entry.moment), entry.user, entry.message, entry.summary)
    if shown.row_count:
        out.print()
        out.print(shown)
