"""`handsel line`: add, change and remove the lines of a document."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING

from handsel.site.cli.opening import add_database_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from handsel.chain.document.kinds import DocumentKind
    from handsel.chain.document.snapshot.document import DocumentSnapshot
    from handsel.chain.document.snapshot.lines import LineSnapshot
    from handsel.database.result import Row
    from handsel.database.row import ColumnValue, Reference
    from handsel.site.session import Session

HELP = """Add, change or remove a line of an opportunity, quote, order or invoice; then the document is shown.

  handsel line add QUO-01000 P-100 --quantity 3 --discount 5%
  handsel line add QUO-01000 --write-in Delivery --price 19.90
  handsel line set QUO-01000 2 --quantity 4 --discount 10
  handsel line remove QUO-01000 2               the line's number as `handsel show` has it, or its product"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="add|set|remove", required=True)
    add = _action(actions, "add", "add a line")
    add.add_argument("product", nargs="?", metavar="PRODUCT", help="number or name of a product")
    add.add_argument("--write-in", metavar="TEXT", help="instead of a product: what is sold, in words; needs --price")
    change = _action(actions, "set", "change a line")
    change.add_argument("line", metavar="LINE", help="its number as shown, or its product")
    for each in (add, change):
        each.add_argument("--quantity", metavar="NUMBER", help="how many" + (" (default: 1)" if each is add else ""))
        each.add_argument("--unit", metavar="NAME", help="of the product's unit group (default: its default unit)")
        each.add_argument("--price", metavar="AMOUNT", help="per unit, instead of the price list's")
        each.add_argument("--discount", metavar="AMOUNT-or-PERCENT", help="off the whole line: 10, or 5%%; 0 for none")
        each.add_argument("--tax", metavar="AMOUNT", help="of the whole line")
    remove = _action(actions, "remove", "remove a line")
    remove.add_argument("line", metavar="LINE", help="its number as shown, or its product")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=help, allow_abbrev=False)
    parser.add_argument("document", metavar="DOCUMENT", help="its number, name or id")
    add_database_options(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it, all or nothing, and show the document."""
    from handsel.site.cli.display import console
    from handsel.site.cli.opening import opened
    from handsel.site.cli.records import find_document
    from handsel.site.cli.show import show_document

    act: Callable[[Session, Reference, argparse.Namespace], None] = _ACTIONS[options.action]
    with opened(options, writes=True) as session:
        from handsel.engine.retrying import run_with_retries

        document = find_document(session, options.document)
        with session.entered():
            run_with_retries(session.context, lambda: act(session, document, options), "The change of the line")
        show_document(session, document, console(), with_history=False)
    return 0


def _add(session: Session, document: Reference, options: argparse.Namespace) -> None:
    from handsel.engine.crud.messages import Create
    from handsel.errors import InvalidArgument

    if (options.product is None) == (options.write_in is None):
        raise InvalidArgument("Name a product, or what is sold by --write-in TEXT (one of them).")
    if options.write_in is not None and options.price is None:
        raise InvalidArgument("What is written in has no price in a price list: give --price.")
    kind = _kind(document)
    values: dict[str, ColumnValue] = {kind.parent: document, "quantity": Decimal(1)}
    if options.write_in is not None:
        values |= {"isproductoverridden": True, "productdescription": options.write_in}
    else:
        values["productid"] = _record(session, options.product, "product")
    row = session.execute(Create(kind.lines, values | _given(session, options)))
    _put_discount(session, row, options.discount)


def _set(session: Session, document: Reference, options: argparse.Namespace) -> None:
    from handsel.engine.crud.messages import Update
    from handsel.errors import InvalidArgument

    line = _line(session, document, options.line)
    values = _given(session, options)
    if not values and options.discount is None:
        raise InvalidArgument("Say what to change: --quantity, --unit, --price, --discount or --tax.")
    if values:
        session.execute(Update(line.table, line.id, values))
    _put_discount(session, session.retrieve(line.table, line.id), options.discount)


def _remove(session: Session, document: Reference, options: argparse.Namespace) -> None:
    from handsel.engine.crud.messages import Delete

    line = _line(session, document, options.line)
    session.execute(Delete(line.table, line.id))


_ACTIONS: dict[str, Callable[[Session, Reference, argparse.Namespace], None]] = {
    "add": _add,
    "set": _set,
    "remove": _remove,
}


def _given(session: Session, options: argparse.Namespace) -> dict[str, ColumnValue]:
    """The values that the options state, without the discount, which may depend on them."""
    values: dict[str, ColumnValue] = {}
    if options.quantity is not None:
        values["quantity"] = _number(options.quantity, "--quantity")
    if options.unit is not None:
        values["uomid"] = _record(session, options.unit, "uom")
    if options.price is not None:
        values |= {"ispriceoverridden": True, "priceperunit": _number(options.price, "--price")}
    if options.tax is not None:
        values["tax"] = _number(options.tax, "--tax")
    return values


def _put_discount(session: Session, line: Row, text: str | None) -> None:
    """Deduct an amount, or a percentage of price × quantity, rounded to the line's currency."""
    if text is None:
        return
    from handsel.engine.crud.messages import Update
    from handsel.errors import InvalidArgument

    number, percent, rest = text.strip().partition("%")
    amount = _number(number, "--discount")
    if rest or amount < 0 or (percent and amount > 100):
        raise InvalidArgument(f"--discount is an amount or a percentage from 0 to 100, not '{text}'.")
    if percent:
        amount = _percentage(session, line, amount)
    session.execute(Update(line.table, line.id, {"manualdiscountamount": amount}))


def _percentage(session: Session, line: Row, percent: Decimal) -> Decimal:
    from uuid import UUID

    from handsel.money.rounding import round_amount

    currency = session.retrieve("transactioncurrency", line.value("transactioncurrencyid", UUID))
    base = line.get("baseamount")
    amount = base * percent / 100 if isinstance(base, Decimal) else Decimal(0)
    return round_amount(amount, currency.value("currencyprecision", int))


def _line(session: Session, document: Reference, text: str) -> Reference:
    """The line with this number as shown, or with this product. Raises NotFound, and InvalidArgument for several."""
    from handsel.errors import InvalidArgument, NotFound

    snapshot = _snapshot(session, document)
    wanted = text.strip().lower()
    if wanted.isdecimal() and 1 <= int(wanted) <= len(snapshot.lines):
        return _reference(snapshot.lines[int(wanted) - 1])
    found = [line for line in snapshot.lines if wanted in (line.product.lower(), str(line.row.id))]
    found = found or [line for line in snapshot.lines if line.product.lower().startswith(wanted)]
    if not found:
        raise NotFound(
            f"{snapshot.title} has no line '{text}'. It has {len(snapshot.lines)}; `handsel show` numbers them."
        )
    if len(found) > 1:
        raise InvalidArgument(f"'{text}' means several lines of {snapshot.title}. Give the number of one.")
    return _reference(found[0])


def _reference(line: LineSnapshot) -> Reference:
    from handsel.database.row import Reference

    return Reference(line.row.info.logical_name, line.row.id)


def _snapshot(session: Session, document: Reference) -> DocumentSnapshot:
    from handsel.chain.document.snapshot.document import take_snapshot
    from handsel.engine.organization import read_settings
    from handsel.engine.work import Work

    return take_snapshot(Work(session.context, read_settings(session.context), collect=False), document)


def _record(session: Session, text: str, table: str) -> Reference:
    from handsel.site.cli.records import find_record, require_table

    return find_record(session, text, require_table(session, table))


def _kind(document: Reference) -> DocumentKind:
    from handsel.chain.document.kinds import kind_of

    return kind_of(document.table)


def _number(text: str, option: str) -> Decimal:
    from decimal import InvalidOperation

    from handsel.errors import InvalidArgument

    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidArgument(f"{option} is a number such as 2 or 19.90, not '{text}'.")
    return number
