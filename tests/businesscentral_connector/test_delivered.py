"""Submitted orders are in Business Central, with our amounts, by whatever discounts they came about (erp 4)."""

from decimal import Decimal

import pytest

import handsel
from handsel.site.cli import main
from handsel.testing.businesscentral import BusinessCentral
from tests.businesscentral_connector.conftest import Handing, handing_over
from tests.scenarios.company import line, write_in

FURTHER = ("--freight-account", "6810", "--write-in-item", "WRITE-IN")
LONG = "Made to measure, " * 10


def test_an_order_with_everything(handing: Handing):
    company = handing.company
    handing.connect(*FURTHER)
    order = handing.submit(
        line(company.lamp, 3, manualdiscountamount="1.5"),
        write_in(LONG, "12.345", 2),
        line(company.cable, "2.25"),
        discountpercentage="10",
        discountamount="2",
        freightamount="7.5",
        requestdeliveryby="2026-12-24",
        shipto_line1="Main St 1",
        shipto_line2="Floor 2",
        shipto_line3="Door 3",
        shipto_city="Bern",
        shipto_country="CH",
    )
    handing.deliver()
    handing.require_equal(order)
    theirs = handing.theirs(order)
    assert (theirs["customerNumber"], theirs["currencyCode"]) == ("C1", "USD")
    assert theirs["requestedDeliveryDate"] == "2026-12-24"
    assert theirs["shipToAddressLine2"] == "Floor 2, Door 3"
    assert (theirs["shipToCity"], theirs["shipToCountry"]) == ("Bern", "CH")
    lines = theirs["salesOrderLines"]
    numbers = [each["lineObjectNumber"] for each in lines]
    assert numbers == ["P-LAMP", "WRITE-IN", "", "P-CABLE", "6810"]
    assert " ".join(each["description"] for each in lines[1:3]) == LONG.strip()
    # 3 × 19.99 − 1.50; 2 × 12.35 or 12.345 by the precision of prices; 2.25 × 3
    assert Decimal(lines[0]["amountExcludingTax"]) == Decimal("58.47")
    assert Decimal(lines[0]["discountAmount"]) == Decimal("1.5")
    assert lines[0]["unitOfMeasureCode"] == "PCS"
    assert Decimal(lines[3]["amountExcludingTax"]) == Decimal("6.75")
    assert Decimal(lines[4]["amountExcludingTax"]) == Decimal("7.5")


def test_discounts_for_each_unit_and_foreign_currency(handing: Handing):
    company = handing.company
    company.settings(discountcalculationmethod=1)
    handing.connect()
    of_unit = handing.submit(line(company.desk, 4, manualdiscountamount="2.5"))
    in_euro = handing.submit(
        line(company.lamp, 7), pricelevelid=company.euro_list, transactioncurrencyid=company.euro, discountamount="0.03"
    )
    of_ann = handing.submit(line(company.desk, 1), customerid=handsel.Reference("contact", company.ann))
    handing.deliver()
    for order in (of_unit, in_euro, of_ann):
        handing.require_equal(order)
    assert Decimal(handing.theirs(of_unit)["totalAmountExcludingTax"]) == 990  # 4 × (250 − 2.50)
    assert handing.theirs(in_euro)["currencyCode"] == "EUR"
    assert Decimal(handing.theirs(in_euro)["totalAmountExcludingTax"]) == Decimal("139.9")  # 7 × 19.99 − 0.03


def test_what_they_would_not_take_is_refused_in_sentences(handing: Handing, capsys: pytest.CaptureFixture[str]):
    company, bc = handing.company, handing.bc
    handing.connect()
    refused = {
        "'Carpet' is a write-in": handing.submit(write_in("Carpet", 10)),
        "has freight": handing.submit(line(company.desk), freightamount=5),
        "no unit 'Dozen'": handing.submit(line(company.cable, 1, uomid=company.dozen)),
        "There is no item P-Chair": handing.submit(
            line(*company.products({"name": "Chair"}), ispriceoverridden=True, priceperunit=5)
        ),
    }
    bc.change_item("P-LAMP", blocked=True)
    refused["Item P-Lamp (Lamp) is blocked"] = handing.submit(line(company.lamp))
    other = company.create("account", name="Other")
    refused["Other has no account number"] = handing.submit(
        line(company.desk), customerid=handsel.Reference("account", other)
    )
    numbered = company.create("account", name="Numbered", accountnumber="C9")
    refused["There is no customer C9"] = handing.submit(
        line(company.desk), customerid=handsel.Reference("account", numbered)
    )
    handing.deliver()
    for sentence, order in refused.items():
        said = handing.order(order)["submitstatusdescription"]
        assert said.startswith("Rejected by erp: "), said
        assert sentence in said
    assert bc.orders() == []
    company.products({"name": "Sold here", "productstructure": 2}, published=False)
    capsys.readouterr()
    assert main(["connector", "check", "erp", "--database", handing.url]) == 1
    said = capsys.readouterr().out
    for text in ("lacks customers that we have: C9", "lacks items that we have: P-Chair.", "lacks units that we have:"):
        assert text in said
    assert "Dozen" in said


def test_the_check_tells_what_is_wrong_with_the_connection(
    handing: Handing, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    handing.connect("--freight-account", "9999")
    check = ["connector", "check", "erp", "--database", handing.url]

    def said() -> str:
        capsys.readouterr()
        assert main(check) == 1
        return capsys.readouterr().out

    assert "--freight-account 9999 is not among the accounts" in said()
    handing.bc.fail("GET", "*", status=500)
    assert "answers 500" in said()
    handing.bc.configure(company_gone=True)
    assert "no company 'Sample Company'" in said()
    monkeypatch.setenv("SAMPLE_BC_SECRET", "wrong")
    assert "Invalid client secret" in said()


def test_on_postgresql(postgresql_url: str, bc: BusinessCentral):
    for handing in handing_over(postgresql_url, bc):
        handing.connect()
        order = handing.submit(line(handing.company.lamp, 3), discountpercentage=5)
        handing.deliver()
        handing.require_equal(order)
