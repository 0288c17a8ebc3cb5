"""Values as text, in several locales; the expected texts are written by hand."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from handsel.database.row import Row
from handsel.errors import InvalidArgument
from handsel.query.formatting.amounts import (
    NO_CURRENCY,
    CurrencyFormat,
    amount_text,
    currency_format,
    money_text,
    number_text,
    quantity_text,
)
from handsel.query.formatting.formatter import Field, Formatter, fields_of
from handsel.query.formatting.locale import EN_US, locale_named
from handsel.query.formatting.values import date_text, moment_text, value_text
from handsel.tables.info import ColumnInfo, declared_names, table_info

DOLLAR = CurrencyFormat("USD", "$", 2)
EURO = CurrencyFormat("EUR", "€", 2)
FRANC = CurrencyFormat("CHF", "CHF", 2)
YEN = CurrencyFormat("JPY", "¥", 0)
DINAR = CurrencyFormat("KWD", "KD", 3)

MONEY = [
    ("en-US", "1234567.891", DOLLAR, "$1,234,567.89"),
    ("en-US", "-1234.5", DOLLAR, "-$1,234.50"),
    ("en-US", "0", DOLLAR, "$0.00"),
    ("en-US", "1234", YEN, "¥1,234"),
    ("en-US", "-0.5", DINAR, "-KD0.500"),
    ("en-US", "1234.5", NO_CURRENCY, "1,234.50"),
    ("en-US", "-1234.5", NO_CURRENCY, "-1,234.50"),
    ("en-GB", "-1234.5", EURO, "-€1,234.50"),
    ("de-DE", "1234567.891", EURO, "1.234.567,89\xa0€"),
    ("de-DE", "-1234.5", EURO, "-1.234,50\xa0€"),
    ("de-DE", "-98765", YEN, "-98.765\xa0¥"),
    ("de-DE", "999.5", NO_CURRENCY, "999,50"),
    ("de-CH", "1234.5", FRANC, "CHF\xa01'234.50"),
    ("de-CH", "-1234.5", FRANC, "CHF-1'234.50"),
    ("fr-FR", "1234567.89", EURO, "1\u202f234\u202f567,89\xa0€"),
    ("fr-FR", "-0.5", EURO, "-0,50\xa0€"),
    ("nl-NL", "1234.5", EURO, "€\xa01.234,50"),
    ("nl-NL", "-1234.5", EURO, "€\xa0-1.234,50"),
    ("nl-NL", "-1234.5", NO_CURRENCY, "-1.234,50"),
]


@pytest.mark.parametrize(("tag", "value", "currency", "text"), MONEY)
def test_money(tag: str, value: str, currency: CurrencyFormat, text: str) -> None:
    assert money_text(Decimal(value), currency, locale_named(tag)) == text


def test_what_a_currency_says() -> None:
    row = {"isocurrencycode": "JPY", "currencysymbol": "¥", "currencyprecision": 0}
    assert currency_format(row) == YEN
    assert currency_format({**row, "currencyprecision": None}).precision == 2
    assert currency_format(None) == NO_CURRENCY


@pytest.mark.parametrize(
    ("value", "precision", "english", "german"),
    [
        ("22.5000", 2, "22.50", "22,50"),
        ("22.5", 0, "22.5", "22,5"),
        ("1234.5678", 2, "1,234.5678", "1.234,5678"),
        ("-1234567", 2, "-1,234,567.00", "-1.234.567,00"),
    ],
)
def test_amounts_are_never_shown_rounded(value: str, precision: int, english: str, german: str) -> None:
    assert amount_text(Decimal(value), precision) == english
    assert amount_text(Decimal(value), precision, locale_named("de-DE")) == german


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [("60.0000", "60", "60"), ("0.250", "0.25", "0,25"), ("1E+4", "10,000", "10\u202f000"), ("0", "0", "0")],
)
def test_quantities_have_no_superfluous_zeros(value: str, english: str, french: str) -> None:
    assert quantity_text(Decimal(value)) == english
    assert quantity_text(Decimal(value), locale_named("fr-FR")) == french


def test_numbers_of_no_column() -> None:
    assert number_text(1200) == "1,200"
    assert number_text(2**63 - 1) == "9,223,372,036,854,775,807"
    assert number_text(Decimal("1200.5")) == "1,200.50"
    assert number_text(1200, locale_named("de-DE")) == "1.200"
    assert number_text(1200.25, locale_named("de-DE")) == "1.200,25"


# Dates

NIGHT = datetime(2026, 3, 4, 0, 5, tzinfo=UTC)
EVENING = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "day", "night", "evening"),
    [
        ("en-US", "3/4/2026", "3/4/2026 12:05 AM", "3/4/2026 11:30 PM"),
        ("en-GB", "04/03/2026", "04/03/2026 00:05", "04/03/2026 23:30"),
        ("de-DE", "04.03.2026", "04.03.2026 00:05", "04.03.2026 23:30"),
        ("de-CH", "04.03.2026", "04.03.2026 00:05", "04.03.2026 23:30"),
        ("fr-FR", "04/03/2026", "04/03/2026 00:05", "04/03/2026 23:30"),
        ("nl-NL", "04-03-2026", "04-03-2026 00:05", "04-03-2026 23:30"),
    ],
)
def test_dates_and_moments(tag: str, day: str, night: str, evening: str) -> None:
    locale = locale_named(tag)
    assert date_text(date(2026, 3, 4), locale) == date_text(EVENING, locale) == day
    assert [moment_text(each, locale) for each in (NIGHT, EVENING)] == [night, evening]


def test_noon_is_pm() -> None:
    assert moment_text(datetime(2026, 12, 31, 12, 0, tzinfo=UTC)) == "12/31/2026 12:00 PM"


def test_moments_are_shown_in_the_zone_of_the_locale() -> None:
    berlin = replace(locale_named("de-DE"), zone=timezone(timedelta(hours=1)))
    assert moment_text(EVENING, berlin) == "05.03.2026 00:30"
    assert date_text(EVENING, berlin) == "05.03.2026"
    assert date_text(date(2026, 3, 4), berlin) == "04.03.2026"
    assert moment_text(datetime(9999, 12, 31, 23, 30, tzinfo=UTC), berlin) == "31.12.9999 23:30"


def test_a_column_independent_of_time_zones_says_the_same_everywhere() -> None:
    berlin = replace(locale_named("de-DE"), zone=timezone(timedelta(hours=1)))
    shifted = table_info("quote").columns["createdon"]
    still = replace(shifted, behavior="TimeZoneIndependent")
    assert value_text(shifted, EVENING, berlin) == "05.03.2026 00:30"
    assert value_text(still, EVENING, berlin) == "04.03.2026 23:30"
    assert value_text(shifted, date(2026, 3, 4), berlin) == "04.03.2026"


def test_a_column_whose_format_is_a_date_shows_no_time() -> None:
    berlin = replace(locale_named("de-DE"), zone=timezone(timedelta(hours=1)))
    until = table_info("quote").columns["effectiveto"]
    assert value_text(until, EVENING, berlin) == "05.03.2026"
    assert value_text(replace(until, behavior="TimeZoneIndependent"), EVENING, berlin) == "04.03.2026"


# Values of columns


def test_values_that_say_all_by_themselves() -> None:
    quote, german = table_info("quote").columns, locale_named("de-DE")
    assert value_text(quote["statecode"], 1) == "Active"
    assert value_text(quote["statecode"], 77) is None
    assert value_text(quote["name"], "Deal") is None
    assert value_text(quote["revisionnumber"], 1200, german) == "1.200"
    assert value_text(quote["versionnumber"], 2**63 - 1) == "9,223,372,036,854,775,807"
    assert value_text(quote["discountpercentage"], Decimal("2.5"), german) == "2,50"
    assert value_text(table_info("account").columns["creditonhold"], True) == "Yes"
    assert value_text(replace(quote["willcall"], boolean_labels=("Ship", "Will Call")), False) == "Ship"


def test_a_locale_is_known_by_its_tag_and_cannot_be_changed() -> None:
    assert locale_named("en-US") is EN_US
    with pytest.raises(InvalidArgument, match=r"no locale 'xx-XX'\. Known are en-US, en-GB, de-DE"):
        locale_named("xx-XX")
    with pytest.raises(dataclasses.FrozenInstanceError):
        EN_US.decimal = ","  # type: ignore[misc]


# Rows

ACME, ANN, HIDDEN, USD, CHF, CAMPAIGN = (uuid4() for _ in range(6))
THERE = {
    ("account", ACME): {"name": "Acme"},
    ("contact", ANN): {"fullname": None},
    ("transactioncurrency", USD): {"currencyname": "US Dollar", "currencysymbol": "$", "currencyprecision": 2},
    ("transactioncurrency", CHF): {"currencyname": "Franc", "currencysymbol": "CHF", "currencyprecision": 2},
}


class Reading:
    """Reads the rows above, and remembers which tables it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, table: str, ids: Iterable[UUID | None]) -> Mapping[UUID, Row]:
        self.asked.append(table)
        return {id: Row(table, id, THERE[table, id]) for id in ids if id is not None and (table, id) in THERE}


def columns(*names: str) -> list[ColumnInfo]:
    return [table_info("quote").columns[name] for name in names]


def texts(
    reading: Reading, names: tuple[str, ...], rows: list[dict[str, Any]], tag: str = "en-US", currencies: Any = None
) -> list[list[Any]]:
    formatter = Formatter(reading, currencies or Reading(), {"basecurrencyid": USD}, locale_named(tag))
    fields = [fields_of(table_info("quote"))[name] for name in names]
    formatter.prefetch(fields, rows)
    return [[formatter.text(field, row, row[field.name]) for field in fields] for row in rows]


def quoted(customer: UUID, kind: str, currency: UUID | None) -> dict[str, Any]:
    parts = {"accountid": None, "contactid": None, f"{kind}id": customer}
    amounts = {"totalamount": Decimal("1234.5"), "totalamount_base": Decimal("-1000")}
    return {"customerid": customer, **parts, "transactioncurrencyid": currency, **amounts}


def test_names_and_currencies_of_many_rows_are_read_together() -> None:
    reading, currencies = Reading(), Reading()
    rows = [quoted(ACME, "account", CHF), quoted(ANN, "contact", USD), quoted(HIDDEN, "account", HIDDEN)]
    names = ("customerid", "transactioncurrencyid", "totalamount", "totalamount_base")
    assert texts(reading, names, rows, "de-CH", currencies) == [
        ["Acme", "Franc", "CHF\xa01'234.50", "$-1'000.00"],
        ["", "US Dollar", "$\xa01'234.50", "$-1'000.00"],
        [None, None, "1'234.50", "$-1'000.00"],
    ]
    assert sorted(reading.asked) == ["account", "contact", "transactioncurrency"]
    assert currencies.asked == ["transactioncurrency"]


def test_an_amount_is_in_its_currency_though_its_name_may_not_be_seen() -> None:
    hidden: dict[UUID, Row] = {}
    formatter = Formatter(lambda _table, _ids: hidden, Reading(), {"basecurrencyid": USD})
    name, amount = (fields_of(table_info("quote"))[each] for each in ("transactioncurrencyid", "totalamount"))
    row = quoted(ACME, "account", CHF)
    formatter.prefetch([name, amount], [row])
    assert (formatter.text(name, row, CHF), formatter.text(amount, row, Decimal(5))) == (None, "CHF5.00")


def test_amounts_without_a_currency_are_bare_numbers() -> None:
    assert texts(Reading(), ("totalamount",), [quoted(ACME, "account", None)]) == [["1,234.50"]]


def test_a_table_that_is_not_there_is_not_asked_for() -> None:
    reading = Reading()
    assert "campaign" not in declared_names()
    assert texts(reading, ("campaignid",), [{"campaignid": CAMPAIGN}]) == [[None]]
    assert reading.asked == []


def test_under_a_name_of_its_own_an_id_is_looked_for_in_each_table_it_may_be_of() -> None:
    reading, currencies = Reading(), Reading()
    formatter = Formatter(reading, currencies, {"basecurrencyid": USD})
    [customer, amount] = columns("customerid", "totalamount")
    who, sum = Field("who", customer), Field("sum", amount, currency="money", is_computed=True)
    rows = [{"who": id, "sum": Decimal(5), "money": USD} for id in (ANN, ACME, HIDDEN)]
    formatter.prefetch([who, sum], rows)
    assert [formatter.text(who, row, row["who"]) for row in rows] == ["", "Acme", None]
    assert [formatter.table(who, row, row["who"]) for row in rows] == ["contact", "account", None]
    assert formatter.text(sum, rows[0], Decimal(5)) == "$5.00"
    assert (sorted(reading.asked), currencies.asked) == (["account", "contact"], ["transactioncurrency"])


def test_counts_and_parts_of_dates() -> None:
    formatter = Formatter(Reading(), Reading(), {}, locale_named("de-DE"))
    assert formatter.text(Field("n", None), {}, 1200) == "1.200"
    assert formatter.text(Field("year", None, is_part=True), {}, 2026) == "2026"
    [revision] = columns("revisionnumber")
    assert formatter.text(Field("a", revision, is_computed=True), {}, Decimal("1.5")) == "1,50"
