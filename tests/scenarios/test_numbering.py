"""Numbers, days, exchange rates and defaults of new documents (behaviour 10, pricing 6)."""

import re
from decimal import Decimal

import pytest

import handsel
from tests.scenarios.company import LINES, Company, line, write_in

NUMBERS = {"quote": ("quotenumber", "QUO"), "salesorder": ("ordernumber", "ORD"), "invoice": ("invoicenumber", "INV")}
numbered = pytest.mark.parametrize("table", NUMBERS)


@numbered
def test_a_number_is_prefix_counter_and_random_suffix(company: Company, table):
    column, prefix = NUMBERS[table]
    numbers = [company.columns(table, company.document(table), column)[0] for _ in range(3)]
    assert all(re.fullmatch(rf"{prefix}-\d{{5}}-[A-Z0-9]{{6}}", number) for number in numbers)
    assert [number.split("-")[1] for number in numbers] == ["01000", "01001", "01002"]
    assert len({number.split("-")[2] for number in numbers}) == 3


@numbered
def test_a_caller_may_bring_the_number_and_it_never_changes(company: Company, table):
    column, _ = NUMBERS[table]
    document = company.document(table, **{column: "MINE-7"})
    with pytest.raises(handsel.InvalidValue):
        company.update(table, document, **{column: "OTHER"})
    company.update(table, document, **{column: "MINE-7"})
    assert company.columns(table, document, column) == ("MINE-7",)


@numbered
def test_prefix_and_length_of_the_suffix_are_settings(company: Company, table):
    column, _ = NUMBERS[table]
    setting = {"quote": "quoteprefix", "salesorder": "orderprefix", "invoice": "invoiceprefix"}[table]
    company.settings(**{setting: "ACME"}, uniquespecifierlength=4)
    assert re.fullmatch(r"ACME-01000-[A-Z0-9]{4}", company.columns(table, company.document(table), column)[0])


@numbered
def test_a_list_takes_its_numbers_in_order(company: Company, table):
    column, _ = NUMBERS[table]
    rows = company.session.execute_many([handsel.Create(table, {"name": str(index)}) for index in range(5)])
    assert [row[column].split("-")[1] for row in rows] == [f"{number:05d}" for number in range(1000, 1005)]


def test_quotes_orders_and_invoices_count_for_themselves(company: Company):
    for table in NUMBERS:
        for _ in range(2):
            company.document(table)
    quote, order, invoice = (
        company.row(table, company.document(table))[column] for table, (column, _) in NUMBERS.items()
    )
    assert {number.split("-")[1] for number in (quote, order, invoice)} == {"01002"}


@pytest.mark.parametrize("table", LINES)
def test_defaults_of_a_new_document(company: Company, table):
    row = company.row(table, company.create(table, name="Bare"))
    totals = ("totalamount", "totallineitemamount", "totaldiscountamount", "totalamountlessfreight", "totaltax")
    assert {row[name] for name in totals} == {Decimal(0)}
    assert (row["pricingerrorcode"], row["statecode"], row["statuscode"]) == (0, 0, 1)
    assert (row["ownerid"], row["transactioncurrencyid"]) == (company.session.user.user_id, company.dollar)


@pytest.mark.parametrize("table", LINES)
def test_defaults_of_a_new_line(company: Company, table):
    document = company.document(table)
    for values in ({"productid": company.lamp}, write_in("Work", 3)):
        company.create(
            LINES[table][0], **{f"{table}id": document}, **{k: v for k, v in values.items() if k != "quantity"}
        )
    lamp, work = company.lines(table, document)
    assert (lamp["quantity"], lamp["uomid"], lamp["productname"], lamp["producttypecode"]) == (
        1,
        company.piece,
        "Lamp",
        1,
    )
    assert (work["quantity"], work["uomid"], work["productname"], work["isproductoverridden"]) == (
        1,
        None,
        "Work",
        True,
    )
    assert [row["lineitemnumber"] for row in (lamp, work)] == [row["sequencenumber"] for row in (lamp, work)] == [1, 2]


@pytest.mark.parametrize("table", LINES)
def test_a_changed_rate_touches_a_document_only_when_its_money_or_state_changes(company: Company, table):
    document = company.document(table, line(company.lamp, 4), pricelevelid=company.euro_list)
    assert company.columns(table, document, "totalamount", "totalamount_base") == (Decimal("79.96"), Decimal("99.95"))
    company.update("transactioncurrency", company.euro, exchangerate="0.5")
    company.update(table, document, name="Renamed")
    assert company.columns(table, document, "exchangerate", "totalamount_base") == (Decimal("0.8"), Decimal("99.95"))
    company.update(table, document, freightamount=10)
    assert company.columns(table, document, "exchangerate", "totalamount", "totalamount_base") == (
        Decimal("0.5"),
        Decimal("89.96"),
        Decimal("179.92"),
    )
    assert company.columns(table, document, "freightamount_base") == (20,)


def test_a_change_of_state_takes_the_rate_anew(company: Company):
    quote = company.quote(line(company.lamp, 4), pricelevelid=company.euro_list)
    company.update("transactioncurrency", company.euro, exchangerate="0.5")
    company.update("quote", quote, statecode=1)
    assert company.columns("quote", quote, "exchangerate", "totalamount_base") == (Decimal("0.5"), Decimal("159.92"))


@pytest.mark.parametrize(
    ("places", "freight", "tax"), [(0, "7", "1"), (1, "7.5", "1.1"), (3, "7.456", "1.112"), (4, "7.4556", "1.1115")]
)
def test_amounts_are_rounded_half_away_from_zero_to_the_currencys_decimals(company: Company, places, freight, tax):
    currency = {"currencyname": "Test", "isocurrencycode": "XTS", "currencysymbol": "x", "exchangerate": 1}
    currency_id = company.create("transactioncurrency", **currency, currencyprecision=places)
    given = {"pricelevelid": None, "transactioncurrencyid": currency_id, "freightamount": "7.4556"}
    quote = company.quote(write_in("Work", 10, tax="1.1115"), **given)
    (detail,) = company.lines("quote", quote)
    assert company.columns("quote", quote, "freightamount", "totaltax") == (Decimal(freight), Decimal(tax))
    assert detail["tax"] == Decimal(tax)
    assert company.total("quote", quote) == 10 + Decimal(freight) + Decimal(tax)
