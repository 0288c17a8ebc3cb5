import re
from decimal import Decimal

import handsel
from tests.cli.conftest import Command


def _number(url: str, filter: str) -> str:
    with handsel.open(url) as session:
        return str(next(session.rows("quote", filter))["quotenumber"])


def test_an_opportunity_by_name_with_lines_totals_and_history(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("show", "paper and pens for the school year", url=sample_url)
    assert outcome.status == 0
    # 60 boxes at 22.50 less 8 % volume discount, tax 99.36: 60 × 20.70 + 99.36.
    assert re.search(r"Copy Paper A4 80 g +60 +Box of 5 reams +22\.50 +1,242\.00 +99\.36 +1,341\.36", outcome.out)
    # Detail 1242.00 + 30 × 7.50 + 3 × 4.90; 2 % of it; tax 117.36.
    assert re.search(r"Detail amount +1,481\.70", outcome.out)
    assert re.search(r"Discount 2 % +-29\.63", outcome.out)
    assert re.search(r"Total USD +1,569\.43", outcome.out)
    assert re.search(r"admin +Create +created, total 1,569\.43 USD; 3 lines added", outcome.out)
    assert "\x1b" not in outcome.out


def test_every_line_fits_the_width(handsel_command: Command, sample_url: str) -> None:
    for topic in ("Office move, 12 workplaces", "Furniture for the new studio"):
        outcome = handsel_command("show", topic, url=sample_url)
        assert max(map(len, outcome.lines)) <= 100


def test_bundle_parts_stand_below_their_bundle(handsel_command: Command, sample_url: str) -> None:
    out = handsel_command("show", "Office move, 12 workplaces", url=sample_url).out
    places = [out.index(name) for name in ("Complete Workplace", "+ Desk", "+ LED Desk Lamp", "Removal of the old")]
    assert places == sorted(places)
    assert "written in" in out
    assert "in the bundle's price" in out


def test_a_quote_by_number_revision_and_beginning(handsel_command: Command, sample_url: str) -> None:
    number = _number(sample_url, "revisionnumber eq 1")
    assert f"Quote {number}, revision 1" in handsel_command("show", number, url=sample_url).out
    first = handsel_command("show", f"{number}/0", url=sample_url).out
    assert "Closed (Revised)" in first
    assert handsel_command("show", number.lower(), "--revision", "0", url=sample_url).out == first
    assert handsel_command("show", number[:9], url=sample_url).status == 0


def test_a_quote_by_its_name_is_its_latest_revision(handsel_command: Command, sample_url: str) -> None:
    """The opportunity of the same name is meant where no table is named."""
    named = handsel_command("show", "quote", "reading room refit", url=sample_url)
    assert (named.status, f"{_number(sample_url, 'revisionnumber eq 1')}, revision 1" in named.out) == (0, True)
    assert "Opportunity Reading room refit" in handsel_command("show", "Reading room refit", url=sample_url).out
    trace = handsel_command("price-trace", "quote", "Reading room refit", url=sample_url)
    assert (trace.status, "priceperunit" in trace.out) == (0, True)


def test_prices_are_traced_of_documents_only(handsel_command: Command, sample_url: str) -> None:
    refused = handsel_command("price-trace", "product", "DSK-160", url=sample_url)
    assert (refused.status, "Products are no documents" in refused.err) == (1, True)


def test_a_document_by_id(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        order = next(session.rows("salesorder"))
    assert f"Order {order['ordernumber']}" in handsel_command("show", str(order.id), url=sample_url).out


def test_unknown_and_ambiguous_names_are_refused(handsel_command: Command, sample_url: str) -> None:
    unknown = handsel_command("show", "QUO-99999", url=sample_url)
    assert (unknown.status, unknown.err[-13:]) == (1, "(0x80040217)\n")
    ambiguous = handsel_command("show", "QUO-", url=sample_url)
    assert ambiguous.status == 1
    assert "means several records" in ambiguous.err
    missing = handsel_command("show", _number(sample_url, "revisionnumber eq 1"), "--revision", "7", url=sample_url)
    assert "no revision 7 of 'QUO-" in missing.err
    assert "no revision 7 of 'QUO-01000'" in handsel_command("show", "QUO-01000/7", url=sample_url).err
    assert "no record 'NO-1/7'" in handsel_command("show", "NO-1/7", url=sample_url).err


def test_a_draft_tells_when_list_prices_changed(handsel_command: Command, sample_url: str) -> None:
    name = "Paper and pens for the school year"
    assert "List prices changed" not in handsel_command("show", name, url=sample_url).out
    with handsel.open(sample_url) as session:
        opportunity = next(session.rows("opportunity", f"name eq '{name}'"))
        quote = session.execute(handsel.GenerateQuoteFromOpportunity(opportunity.id))
        item = next(session.rows("productpricelevel", "amount eq 22.5"))
        session.execute(handsel.Update("productpricelevel", item.id, {"amount": Decimal("23.75")}))
    shown = handsel_command("show", quote["quotenumber"], url=sample_url).out
    assert "List prices changed" in shown
    assert "Copy Paper A4 80 g: 22.50 → 23.75" in shown
    with handsel.open(sample_url) as session:
        session.execute(handsel.Update("quote", quote.id, {"statecode": 1}))
    assert "List prices changed" not in handsel_command("show", quote["quotenumber"], url=sample_url).out


def test_custom_columns_are_shown(handsel_command: Command, sample_url: str) -> None:
    assert (
        handsel_command(
            "column", "add", "quote", "new_site", "--type", "text", "--label", "Site", url=sample_url
        ).status
        == 0
    )
    number = _number(sample_url, "statecode eq 0")
    with handsel.open(sample_url) as session:
        quote = next(session.rows("quote", f"quotenumber eq '{number}' and statecode eq 0"))
        session.execute(handsel.Update("quote", quote.id, {"new_site": "Hall B"}))
    assert re.search(r"Site +Hall B", handsel_command("show", number, url=sample_url).out)


def test_the_price_trace_explains_the_totals(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("price-trace", "Paper and pens", url=sample_url)
    assert outcome.status == 0
    assert re.search(r"totalamount +1,569\.43", outcome.out)
    assert "percentage 8" in outcome.out
    steps = handsel_command("price-trace", "Paper and pens", "--json", url=sample_url)
    assert '"result": 1569.43' in steps.out


def test_the_demo_sells_one_opportunity_after_another(handsel_command: Command, sample_url: str) -> None:
    first, second = handsel_command("demo", url=sample_url), handsel_command("demo", url=sample_url)
    assert first.status == second.status == 0
    assert "Office move, 12 workplaces" in first.out
    assert "Paper and pens for the school year" in second.out
    with handsel.open(sample_url) as session:
        assert session.count("invoice", "statecode eq 2") == 2
        invoice = next(session.rows("invoice"))
        # Office move: 11,724.46 less 2 % (234.49) and 180.00 freight.
        assert invoice["totalamount"] == Decimal("11669.97")


def test_the_demo_makes_new_opportunities_when_none_is_left(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        before = session.count("opportunity")
    for _ in range(5):
        assert handsel_command("demo", url=sample_url).status == 0
    with handsel.open(sample_url) as session:
        assert session.count("opportunity") == before + 1


def test_the_demo_needs_the_sample_company(handsel_command: Command, sqlite_url: str) -> None:
    outcome = handsel_command("demo", url=sqlite_url)
    assert outcome.status == 1
    assert "no sample company" in outcome.err


def test_an_expired_quote_says_so_wherever_its_state_stands(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        quote = next(session.rows("quote", "statecode eq 0 and opportunityid ne null"))
        session.execute(handsel.Update("quote", quote.id, {"effectiveto": "2020-02-29"}))
        deal = session.retrieve("opportunity", quote["opportunityid"])["name"]
    shown = handsel_command("show", quote["quotenumber"], url=sample_url).out
    assert "Draft (In Progress), expired 2020-02-29" in shown
    assert "expired 2020-02-29" in handsel_command("show", deal, url=sample_url).out
    with handsel.open(sample_url) as session:
        session.execute(handsel.Update("quote", quote.id, {"statecode": 1}))
        session.execute(handsel.CloseQuote({"quoteid": quote.id}))
    assert "expired" not in handsel_command("show", quote["quotenumber"], "--no-history", url=sample_url).out


def test_an_invoice_with_a_negative_total_is_a_credit(handsel_command: Command, sample_url: str) -> None:
    line = {"productdescription": "Returned", "quantity": 1, "priceperunit": -5}
    with handsel.open(sample_url) as session:
        invoice = session.execute(handsel.Create("invoice", {"name": "Back", "invoice_details": [line]}))
    assert "Active (New), credit" in handsel_command("show", str(invoice.id), url=sample_url).out


def test_a_message_tells_its_notices_beside_its_result(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        quote = next(session.rows("quote", "statecode eq 1"))
    given = f'{{"QuoteId": "{quote.id}"}}'
    assert handsel_command("message", "ConvertQuoteToSalesOrder", given, url=sample_url).err == ""
    again = handsel_command("message", "ConvertQuoteToSalesOrder", given, url=sample_url)
    assert again.status == 0
    assert "Note: Quote QUO-" in again.err
    assert "has been converted before" in again.err
    refused = handsel_command("message", "CreateOrderFromQuote", given, url=sample_url)
    assert (refused.status, "Again" in refused.err) == (1, True)
