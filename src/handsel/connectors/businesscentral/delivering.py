"""One order into Business Central, once, however often it is tried and whatever breaks on the way.

    look it up by its number ── posted already? ── accepted
      ├── not there: POST with all lines
      ├── there with the first of its lines: POST the others
      └── there: as it is
    the discount of the head, if it is not there yet ── accepted; totals compared

Before every POST it is looked up again, and after one too: of two that were made at the same moment, the later goes.
"""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.handover.outcomes import Accepted
from handsel.connectors.businesscentral.client import Changed, Client, Gone, Row, number_in, text_of
from handsel.connectors.businesscentral.order_bodies import Wanted
from handsel.connectors.businesscentral.wire import Lost
from handsel.connectors.contract import Unreachable
from handsel.money.rounding import at_scale

LATE = 600.0
"""Seconds for which Business Central may go on with a request that nobody waits for (erp 8.22)."""
ATTEMPTS = 4
"""How often changes of others are read anew."""
LINES = "salesOrderLines"


def put(client: Client, wanted: Wanted) -> Accepted:
    """Make the order there, or complete it, or find it. Raises RejectedByThem, Unreachable."""
    for _attempt in range(ATTEMPTS):
        try:
            found = orders(client, wanted.number)
            if not found:
                posted = _posted(client, wanted.number)
                if posted is not None:
                    return posted
                found = [_make(client, wanted)]
            return _accepted(_completed(client, found[0], wanted), wanted, found[1:])
        except (Changed, Gone):
            continue
    raise Unreachable(f"Order {wanted.number} is being changed in Business Central by somebody else.")


def orders(client: Client, number: str) -> list[Row]:
    """The orders there that have a number of ours, each with its lines; the oldest first."""
    condition = f"externalDocumentNumber eq {text_of(number)}"
    found = client.rows("salesOrders", filter=condition, expand=LINES)
    return sorted(found, key=lambda row: (len(str(row["number"])), str(row["number"])))


def _posted(client: Client, number: str) -> Accepted | None:
    """An order that is not there any more, because all of it was invoiced (erp 8.19)."""
    for row in client.rows("salesInvoices", filter=f"externalDocumentNumber eq {text_of(number)}"):
        if row.get("orderNumber") and row.get("status") != "Canceled":
            order = str(row["orderNumber"])
            return Accepted(str(row["orderId"]), order, remark=f"It is invoiced there as {row['number']} already.")
    return None


def _make(client: Client, wanted: Wanted) -> Row:
    """Make it, with all lines in one request; the older one if two were made at the same moment (erp 8.13)."""
    made = _create(client, "salesOrders", {**wanted.head, LINES: list(wanted.lines)})
    found = orders(client, wanted.number)
    own = next((row for row in found if row["id"] == made["id"]), None)
    if own is None:
        return client.row(f"salesOrders({made['id']})", expand=LINES)
    if own is not found[0]:
        client.delete(f"salesOrders({own['id']})", str(own["@odata.etag"]))
    return found[0]


def _create(client: Client, path: str, values: Row) -> Row:
    """Make a row. Without an answer it may be made yet: it is looked up when that cannot be any more."""
    try:
        return client.create(path, values)
    except Lost as error:
        raise Unreachable(f"{error} Whether the order was made is looked up again later.", LATE) from error


def _completed(client: Client, row: Row, wanted: Wanted) -> Row:
    """The order with the lines and the discount that it lacks. What was shipped or changed there stays as it is."""
    lines = lines_of(row)
    is_ours = len(lines) <= len(wanted.lines) and all(map(_is_same, lines, wanted.lines))
    if not is_ours or any(number_in(line, "shippedQuantity") or number_in(line, "invoicedQuantity") for line in lines):
        return row
    path = f"salesOrders({row['id']})"
    further = wanted.lines[len(lines) :]
    for line in further:
        _create(client, f"{path}/{LINES}", line)
    if further:
        row = client.row(path, expand=LINES)
    if number_in(row, "discountAmount") != wanted.discount and wanted.discount:
        row = client.change(path, str(row["@odata.etag"]), {"discountAmount": wanted.discount})
    return row


def _is_same(theirs: Row, ours: Row) -> bool:
    kind = ours["lineType"]
    if kind == "Comment" or theirs.get("lineType") != kind:
        return theirs.get("lineType") == kind
    number = str(ours["lineObjectNumber"]).upper()
    return str(theirs.get("lineObjectNumber")).upper() == number and number_in(theirs, "quantity") == ours["quantity"]


def _accepted(row: Row, wanted: Wanted, others: Sequence[Row]) -> Accepted:
    remarks = list(wanted.remarks)
    total = number_in(row, "totalAmountExcludingTax")
    if total != wanted.without_tax:
        there, here = (f"{at_scale(amount, wanted.places):,f}" for amount in (total, wanted.without_tax))
        remarks.append(f"Its total without tax is {there} there and {here} here. Compare the two.")
    for name in ("customerNumber", "currencyCode"):
        if str(row.get(name)).upper() != str(wanted.head[name]).upper():
            remarks.append(f"Its {name} is {row.get(name)} there, not {wanted.head[name]}.")
    if others:
        numbers = ", ".join(str(other["number"]) for other in others)
        remarks.append(f"Further orders there have the same external document number: {numbers}.")
    return Accepted(str(row["id"]), str(row["number"]), str(row["@odata.etag"]), " ".join(remarks))


def lines_of(row: Row) -> list[Row]:
    """The lines of an order that was read with them, in their order."""
    found = row.get(LINES)
    lines = [line for line in found if isinstance(line, dict)] if isinstance(found, list) else []
    return sorted(lines, key=lambda line: number_in(line, "sequence"))
