"""`handsel delivery`: what is on its way to other systems, and what became of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handsel.site.cli.people import add_action

if TYPE_CHECKING:
    from handsel.database.result import Row
    from handsel.site.session import Session

HELP = """Show what is handed over to other systems, and deal with what was rejected or given up.

  handsel delivery list                 what is due, rejected or given up; --all shows the rest, too
  handsel delivery retry ORD-01000      deliver again, after the cause was mended
  handsel delivery drop ORD-01000       give it up; the order stays submitted
  handsel delivery show ORD-01000       every delivery of an order, with its reason in full"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = add_action(actions, "list", "list deliveries that are not done, oldest first")
    listed.add_argument("--all", action="store_true", help="also those that are delivered or dropped")
    for name, text in (
        ("show", "show the deliveries of an order"),
        ("retry", "deliver an order again that was rejected or given up"),
        ("drop", "give up the deliveries of an order"),
    ):
        add_action(actions, name, text).add_argument("order", metavar="ORDER", help="the order's number or id")


def run(options: argparse.Namespace) -> int:
    """List, show, retry or drop."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=options.action in ("retry", "drop")) as session:
        if options.action == "list":
            states = "" if options.all else "hs_state eq 0 or hs_state eq 2 or hs_state eq 3"
            _print(session, options, list(session.rows("hs_delivery", states or None, order_by="hs_dueon")))
            return 0
        from handsel.chain.handover.outcomes import DropDelivery, RetryDelivery
        from handsel.site.cli.people import print_done
        from handsel.site.cli.records import find_record, require_table

        order = find_record(session, options.order, require_table(session, "salesorder"))
        if options.action == "show":
            _print(session, options, list(session.rows("hs_delivery", f"_salesorderid_value eq {order.id}")))
            return 0
        message = RetryDelivery(order.id) if options.action == "retry" else DropDelivery(order.id)
        session.execute(message)
        said = "is delivered again" if options.action == "retry" else "is not delivered any more"
        print_done(options, f"{options.order} {said}.", {"id": order.id, "action": options.action})
    return 0


def _print(session: Session, options: argparse.Namespace, rows: list[Row]) -> None:
    from handsel.chain.handover.options import DeliveryState
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.people import print_objects

    labels: dict[object, str] = {int(state): str(state.label) for state in DeliveryState}
    if options.json:
        print_objects(
            {
                "id": row.id,
                "order": row["salesorderid"],
                "subject": row["hs_subject"],
                "state": labels[row["hs_state"]].lower(),
                "tries": row["hs_tries"],
                "due": row["hs_dueon"],
                "reason": row["hs_reason"],
            }
            for row in rows
        )
        return
    if not rows:
        print("Nothing waits for delivery." if options.action == "list" else "It has no deliveries.")
        return
    table = columns("Delivery", "State", "Tries", "Due (UTC)", "Reason")
    for row in rows:
        due = f"{row['hs_dueon']:%Y-%m-%d %H:%M:%S}"
        texts = (row["hs_subject"], labels[row["hs_state"]], row["hs_tries"], due, row["hs_reason"] or "")
        table.add_row(*(str(text) for text in texts))
    console().print(table)
