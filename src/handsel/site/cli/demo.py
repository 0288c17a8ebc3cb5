"""`handsel demo`: carry one sample opportunity from quote to paid invoice, and show every document."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from rich.console import Console

    from handsel.site.session import Session

HELP = """Sell the next open opportunity of the sample company, from quote to paid invoice, and show every document.

It sells opportunities of the sample company only (handsel init --sample); when none is open, it makes a new one."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no arguments besides the common ones."""


def run(options: argparse.Namespace) -> int:
    """Sell."""
    from handsel.site.cli.display import console
    from handsel.site.cli.opening import opened

    out = console()
    with opened(options, writes=True) as session:
        from handsel.site.sample.next_deal import next_opportunity

        opportunity, is_new = next_opportunity(session)
        sale = _Sale(session, out)
        if is_new:
            sale.say("No open sample opportunity is left without a quote, so here is a new one.")
        numbers = sale.carry(opportunity)
    out.print()
    out.print("Sold. What to try next:")
    for command in _next_commands(numbers):
        words = [_program(), *command, *(["--database", options.database] if options.database else [])]
        out.print(f"  {shlex.join(words)}", soft_wrap=True)
    return 0


def _program() -> str:
    """The name by which this program was called, so that its commands can be copied."""
    called = sys.argv[0]
    return called if os.path.basename(called) == "handsel" and shutil.which("handsel") != called else "handsel"


def _next_commands(numbers: dict[str, str]) -> list[list[str]]:
    return [
        ["show", f"{numbers['quote']}/0"],
        ["price-trace", numbers["invoice"]],
        ["demo"],
        ["convert", "opportunity", "--to", "quote", "--all"],
        ["maps", "quote.salesorder"],
        ["events"],
        ["message", "--list"],
    ]


class _Sale:
    """One sale, with a sentence for each step."""

    def __init__(self, session: Session, out: Console) -> None:
        self.session, self.out = session, out
        self.step = 0

    def say(self, text: str) -> None:
        """Print one sentence of the story."""
        from rich.text import Text

        self.out.print()
        self.out.print(Text(text, style="bold cyan"))

    def do(self, text: str, message: Any) -> Any:
        """Say what is done, and do it."""
        self.step += 1
        self.say(f"{self.step}. {text}")
        return self.session.execute(message)

    def show(self, table: str, id: UUID, *, ending: bool = False) -> None:
        """Show a document; the last ones without lines, but with what became of them."""
        from handsel.database.row import Reference
        from handsel.site.cli.show import show_document

        show_document(self.session, Reference(table, id), self.out, with_lines=not ending, with_history=ending)

    def carry(self, opportunity: UUID) -> dict[str, str]:
        """From opportunity to paid invoice; returns the numbers of the documents."""
        from decimal import Decimal

        from handsel.chain.invoice.messages import ConvertSalesOrderToInvoice
        from handsel.chain.invoice.options import InvoiceState, InvoiceStatus
        from handsel.chain.quote.messages import GenerateQuoteFromOpportunity, ReviseActiveQuote
        from handsel.chain.quote.options import QuoteState
        from handsel.chain.salesorder.create_order import CreateOrderFromQuote
        from handsel.engine.crud.messages import Update

        active = {"statecode": int(QuoteState.ACTIVE)}
        self.say("An opportunity")
        self.show("opportunity", opportunity)
        quote = self.do("A quote is made from it", GenerateQuoteFromOpportunity(opportunity))
        self.show("quote", quote.id)
        self.do(
            "The quote is activated: the customer has it, and it can no longer be edited",
            Update("quote", quote.id, active),
        )
        revision = self.do("The customer wants a better price, so the quote is revised", ReviseActiveQuote(quote.id))
        discount = (revision.get("discountpercentage") or Decimal(0)) + 2
        self.do(
            f"The revision gives {discount.normalize():f} % off",
            Update("quote", revision.id, {"discountpercentage": discount}),
        )
        self.do("The revision is activated", Update("quote", revision.id, active))
        self.show("quote", revision.id)
        order = self.do(
            "The customer accepts: the quote is won, an order made from it, the opportunity won with it",
            CreateOrderFromQuote(revision.id, close_opportunity=True, close_related_quotes=True),
        )
        self.show("salesorder", order.id)
        invoice = self.do("The order becomes an invoice", ConvertSalesOrderToInvoice(order.id))
        self.show("invoice", invoice.id)
        paid = {"statecode": int(InvoiceState.PAID), "statuscode": int(InvoiceStatus.COMPLETE)}
        self.do("The customer pays", Update("invoice", invoice.id, paid))
        self.show("invoice", invoice.id, ending=True)
        self.show("opportunity", opportunity, ending=True)
        return {
            "quote": revision["quotenumber"],
            "order": order["ordernumber"],
            "invoice": invoice["invoicenumber"],
        }
