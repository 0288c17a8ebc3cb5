"""A conversion costs the same number of statements for any number of lines and a page of any size (architecture 4)."""

from uuid import UUID

import pytest

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements
from handsel.engine.message import Message
from tests.scenarios.company import LINES, Company, line, write_in

MESSAGES = {
    "GenerateQuoteFromOpportunity": "opportunity",
    "GenerateSalesOrderFromOpportunity": "opportunity",
    "GenerateInvoiceFromOpportunity": "opportunity",
    "ConvertQuoteToSalesOrder": "quote",
    "ReviseQuote": "quote",
    "ReviseActiveQuote": "quote",
    "CreateOrderFromQuote": "quote",
    "ConvertSalesOrderToInvoice": "salesorder",
}


def sources(company: Company, message: str, documents: int, lines: int) -> list[UUID]:
    """Documents that the message takes, with catalog lines, an override and write-ins."""
    table = MESSAGES[message]
    kinds = (line(company.lamp, 2), line(company.desk, ispriceoverridden=True, priceperunit=9), write_in("Work", 5))
    values = {
        "name": "Deal",
        "customerid": Reference("account", company.acme),
        "pricelevelid": company.price_list,
        LINES[table][1]: [kinds[index % 3] for index in range(lines)],
    }
    made = [row.id for row in company.session.execute_many([handsel.Create(table, values)] * documents)]
    if table == "quote":
        company.session.execute_many([handsel.Update("quote", id, {"statecode": 1}) for id in made])
    if message == "ReviseQuote":
        company.session.execute_many([handsel.CloseQuote({"quoteid": id}) for id in made])
    return made


def cost(company: Company, messages: list[Message]) -> list[str]:
    """The statements that a list of messages sends."""
    with counted_statements() as count:
        company.session.execute_many(messages)
    return list(count.statements)


def costs(company: Company, message: str, documents: int, lines: int) -> list[str]:
    make = getattr(handsel, message)
    return cost(company, [make(id) for id in sources(company, message, documents, lines)])


@pytest.mark.parametrize("message", MESSAGES)
def test_statements_do_not_grow_with_the_lines(company: Company, message: str) -> None:
    warm = costs(company, message, 1, 3)
    one, ten, hundred = (len(costs(company, message, 1, lines)) for lines in (3, 10, 100))
    assert one == ten == hundred == len(warm)


@pytest.mark.parametrize("message", MESSAGES)
def test_statements_do_not_grow_with_the_page(company: Company, message: str) -> None:
    two, fifty = costs(company, message, 2, 3), costs(company, message, 50, 3)
    assert len(two) == len(fifty)
    one = costs(company, message, 1, 3)
    assert len(two) - len(one) <= 1  # a list of dialogs asks once which opportunities they share


def test_a_conversion_is_cheap(company: Company) -> None:
    """What was made from the source before is read, too; the base currency comes with the settings."""
    assert len(costs(company, "GenerateQuoteFromOpportunity", 1, 10)) <= 16
    assert len(costs(company, "ConvertSalesOrderToInvoice", 1, 10)) <= 11


def test_editing_one_line_of_many_writes_only_what_changed(company: Company) -> None:
    """The line and its document; the other lines keep their versions."""
    rows = [write_in("Work", 5) for _ in range(100)]
    small, large = company.quote(*rows[:2]), company.quote(*rows)
    counted = []
    for quote in (small, large):
        first, *others = company.lines("quote", quote)
        with counted_statements() as count:
            company.update("quotedetail", first.id, quantity=2)
        counted.append(len(count.statements))
        versions = {row.id: row["versionnumber"] for row in company.lines("quote", quote)}
        assert versions.pop(first.id) > first["versionnumber"]
        assert versions == {row.id: row["versionnumber"] for row in others}
    assert counted[0] == counted[1]


def test_a_list_of_creates_costs_the_same_for_two_and_for_fifty(company: Company) -> None:
    counted = []
    for documents in (2, 50):
        values = {
            "name": "Deal",
            "pricelevelid": company.price_list,
            "quote_details": [line(company.lamp), write_in("Work", 1)],
        }
        counted.append(len(cost(company, [handsel.Create("quote", values)] * documents)))
    assert counted[0] == counted[1]
