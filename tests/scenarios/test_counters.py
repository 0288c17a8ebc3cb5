"""The counters of numbers are read and set, by the organization's columns and by messages (behaviour 10)."""

import re
import threading
from uuid import UUID

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company

NUMBERS = {"quote": "quotenumber", "salesorder": "ordernumber", "invoice": "invoicenumber"}
CURRENT = {"quote": "currentquotenumber", "salesorder": "currentordernumber", "invoice": "currentinvoicenumber"}
numbered = pytest.mark.parametrize("table", NUMBERS)


def organization(company: Company) -> UUID:
    return next(iter(company.session.rows("organization"))).id


def counted(company: Company, table: str) -> str:
    """The counter in the number of a new document."""
    number: str = company.columns(table, company.document(table), NUMBERS[table])[0]
    return number.split("-")[1]


def shown(company: Company, table: str) -> list[int]:
    """The next number, as every way to read it says."""
    column, row = CURRENT[table], organization(company)
    return [
        company.columns("organization", row, column)[0],
        next(iter(company.session.rows("organization", f"{column} gt 0", order_by=column)))[column],
        company.do(handsel.GetAutoNumberSeed(table, NUMBERS[table])),
        company.do(handsel.GetNextAutoNumberValue(table, NUMBERS[table])),
    ]


@numbered
def test_the_column_shows_the_next_number(company: Company, table: str) -> None:
    assert shown(company, table) == [1000] * 4
    assert [counted(company, table) for _ in range(2)] == ["01000", "01001"]
    assert shown(company, table) == [1002] * 4
    assert counted(company, table) == "01002"


@numbered
@pytest.mark.parametrize("by", ["column", "message"])
def test_it_goes_up_without_question(company: Company, table: str, by: str) -> None:
    counted(company, table)
    if by == "column":
        company.settings(**{CURRENT[table]: 5000})
    else:
        company.do(handsel.SetAutoNumberSeed(table, NUMBERS[table], 5000))
    assert shown(company, table) == [5000] * 4
    assert [counted(company, table) for _ in range(2)] == ["05000", "05001"]
    assert shown(company, table) == [5002] * 4
    others = [shown(company, other)[0] for other in NUMBERS if other != table]
    assert others == [1000, 1000]


@numbered
def test_it_goes_down_only_where_no_number_comes_again(company: Company, table: str) -> None:
    counted(company, table)  # 1000
    company.settings(**{CURRENT[table]: 5000})
    company.settings(**{CURRENT[table]: 1001})
    assert counted(company, table) == "01001"
    for message in (
        handsel.Update("organization", organization(company), {CURRENT[table]: 1001}),
        handsel.SetAutoNumberSeed(table, NUMBERS[table], 1),
    ):
        company.refuses(message, Code.INVALID_ARGUMENT, "01001", "1002", CURRENT[table])
    assert shown(company, table) == [1002] * 4
    assert counted(company, table) == "01002"


@numbered
def test_a_number_that_a_caller_brought_counts_too(company: Company, table: str) -> None:
    prefix = {"quote": "QUO", "salesorder": "ORD", "invoice": "INV"}[table]
    company.document(table, **{NUMBERS[table]: f"{prefix}-00700-ABCDEF"})
    company.document(table, **{NUMBERS[table]: "MINE-900"})
    company.refuses(handsel.SetAutoNumberSeed(table, NUMBERS[table], 700), Code.INVALID_ARGUMENT, "701")
    company.do(handsel.SetAutoNumberSeed(table, NUMBERS[table], 701))
    assert counted(company, table) == "00701"


@numbered
def test_another_prefix_begins_anew_and_the_old_one_does_not_come_back_below_its_numbers(
    company: Company, table: str
) -> None:
    setting = {"quote": "quoteprefix", "salesorder": "orderprefix", "invoice": "invoiceprefix"}[table]
    [before] = company.columns("organization", organization(company), setting)
    counted(company, table)
    company.settings(**{setting: "N27", CURRENT[table]: 1})
    assert [counted(company, table) for _ in range(2)] == ["00001", "00002"]
    back = handsel.Update("organization", organization(company), {setting: before})
    company.refuses(back, Code.INVALID_ARGUMENT, "01000", setting)
    company.settings(**{setting: before, CURRENT[table]: 1001})
    assert counted(company, table) == "01001"


@pytest.mark.parametrize("value", [0, -5, None])
def test_the_next_number_is_a_positive_one(company: Company, value: int | None) -> None:
    update = handsel.Update("organization", organization(company), {"currentquotenumber": value})
    said = "not empty" if value is None else f"not {value}"
    company.refuses(update, Code.INVALID_ARGUMENT, "currentquotenumber", said)
    assert counted(company, "quote") == "01000"


def test_a_number_too_large_for_the_column_is_refused(company: Company) -> None:
    for value in (2**31, 2**70):
        with pytest.raises(handsel.NumberOutOfRange, match="currentquotenumber"):
            company.do(handsel.SetAutoNumberSeed("quote", "quotenumber", value))
    company.do(handsel.SetAutoNumberSeed("quote", "quotenumber", 2**31 - 1))
    assert shown(company, "quote")[0] == 2**31 - 1


@pytest.mark.parametrize(
    ("table", "column", "code"),
    [
        ("quote", "name", Code.INVALID_ARGUMENT),
        ("opportunity", "name", Code.INVALID_ARGUMENT),
        ("nosuch", "number", Code.UNKNOWN_TABLE),
    ],
)
def test_a_column_without_a_counter_is_refused(company: Company, table: str, column: str, code: Code) -> None:
    for message in (
        handsel.SetAutoNumberSeed(table, column, 5),
        handsel.GetAutoNumberSeed(table, column),
        handsel.GetNextAutoNumberValue(table, column),
    ):
        company.refuses(message, code, table)


def test_of_a_list_only_what_would_repeat_is_refused(company: Company) -> None:
    counted(company, "quote")
    messages = [handsel.SetAutoNumberSeed("quote", "quotenumber", value) for value in (900, 3000)]
    refusal, done = company.session.execute_many(messages, on_refusal="collect")
    assert (refusal.error.code, done) == (Code.INVALID_ARGUMENT, None)
    assert shown(company, "quote") == [3000] * 4


def test_a_counter_that_is_rolled_back_stays(company: Company) -> None:
    with pytest.raises(handsel.HandselError):
        company.settings(currentquotenumber=7000, currentordernumber=0)
    assert (counted(company, "quote"), counted(company, "salesorder")) == ("01000", "01000")


def test_numbers_taken_while_a_counter_is_set_come_once(company: Company) -> None:
    """Four sessions make quotes while the counter goes up and down; a refused step down changes nothing."""
    url, numbers, failures = company.session.url, [], []

    def make() -> None:
        try:
            with handsel.open(url) as session:
                for _ in range(5):
                    numbers.append(session.execute(handsel.Create("quote", {"name": "Deal"}))["quotenumber"])
        except handsel.HandselError as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for value in (2000, 1500, 2500, 1000):
        try:
            company.settings(currentquotenumber=value)
        except handsel.InvalidArgument:
            continue
    for thread in threads:
        thread.join()
    assert failures == []
    found = [re.match(r"QUO-(\d+)-", number) for number in numbers]
    assert len({match[1] for match in found if match}) == len(numbers) == 20
