"""The Northwind example, on a few orders made up like those of the real files."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

import handsel
from tests.examples.running import run_example, summary, write

CUSTOMERS = """
customerID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax
HANAR,Hanari Carnes,Mario Pontes,Accountant,Rua do Paço, 67,Rio de Janeiro,RJ,05454-876,Brazil,(21) 555-0091,NULL
VICTE,Victuailles en stock,Mary Saveley,Sales Agent,2, rue du Commerce,Lyon,NULL,69004,France,78.32.54.86,NULL
"""
PRODUCTS = """
productID,productName,supplierID,categoryID,quantityPerUnit,unitPrice,unitsInStock,unitsOnOrder,reorderLevel,discontinued
1,Chai,1,1,10 boxes x 20 bags,18.00,39,0,10,0
2,Chang,1,1,24 - 12 oz bottles,19.00,17,40,25,0
3,Aniseed Syrup,1,2,12 - 550 ml bottles,10.00,13,70,25,1
"""
EMPLOYEES = """
employeeID,lastName,firstName,title,titleOfCourtesy,homePhone,address,city,region,postalCode,country,notes,reportsTo
1,Davolio,Nancy,"Vice, Sales",Ms.,NULL,507 - 20th Ave.,Seattle,WA,98122,USA,"Took ""Cold Calls"".",2
2,Fuller,Andrew,President,Dr.,NULL,908 W. Capital Way,Tacoma,WA,98401,USA,,NULL
"""
# 10250: 10 × 18.00; 16.90 less 5 %, which is 0.845 and rounds to 0.85: 196.05, freight 65.83: 261.88
# 10251: 6 × 7.75 less 15 %, which is 6.975 and rounds to 6.98: 39.52, freight 41.34: 80.86
# 10252: 2 × 18.00, no freight: 36.00
ORDERS = """
orderID,customerID,employeeID,orderDate,requiredDate,freight,shipName,shipAddress,shipCity,shipRegion,shipPostalCode,shipCountry
10250,HANAR,1,1996-07-08 00:00:00.000,1996-08-05,65.83,Hanari Carnes,Rua do Mercado, 12, fundos,Resende,NULL,08737,Brazil
10251,VICTE,1,1996-07-09 00:00:00.000,1996-08-06,41.34,Victuailles en stock,2, rue du Commerce,Lyon,NULL,69004,France
10252,HANAR,NULL,1996-07-10 00:00:00.000,NULL,0,Hanari Carnes,"Rua do Paço, 67",Rio de Janeiro,RJ,NULL,Brazil
"""  # noqa: E501
DETAILS = """
orderID,productID,unitPrice,quantity,discount
10250,1,18.00,10,0
10250,2,16.90,1,0.05
10251,3,7.75,6,0.15
10252,1,18.00,2,0
"""
SUMMARY = {
    "opportunities": 3,
    "lines": 4,
    "quotes": 3,
    "orders": 3,
    "invoices": 3,
    "freight": "107.17",
    "total": "378.74",
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The files of three orders."""
    made = tmp_path / "northwind files"
    write(
        made,
        customers=CUSTOMERS,
        products=PRODUCTS,
        employees=EMPLOYEES,
        orders=ORDERS,
        order__details=DETAILS,
    )
    return made


def test_sells_every_order_in_an_empty_database(empty_database_url: str, directory: Path) -> None:
    assert summary(run_example("northwind", directory, empty_database_url)) == SUMMARY

    with handsel.open(empty_database_url) as session:
        (invoice,) = session.rows("invoice", "name eq 'Northwind order 10250'")
        assert invoice["totalamount"] == Decimal("261.88")
        assert invoice["billto_line1"] == "Rua do Paço, 67"
        assert invoice["billto_stateorprovince"] == "RJ"
        assert invoice["shipto_line1"] == "Rua do Mercado, 12, fundos"
        assert invoice["shipto_city"] == "Resende"
        assert invoice["shipto_stateorprovince"] is None
        owner = session.retrieve("systemuser", invoice["ownerid"])
        assert owner["fullname"] == "Nancy Davolio"
        assert session.retrieve("systemuser", owner["parentsystemuserid"])["fullname"] == "Andrew Fuller"

        lines = list(session.rows("invoicedetail", f"invoiceid eq {invoice.id}", order_by="lineitemnumber"))
        assert [line["ispriceoverridden"] for line in lines] == [False, True]
        assert [line["manualdiscountamount"] for line in lines] == [Decimal(0), Decimal("0.85")]
        assert [line["extendedamount"] for line in lines] == [Decimal("180.00"), Decimal("16.05")]

        (order,) = session.rows("salesorder", "name eq 'Northwind order 10250'")
        assert order["requestdeliveryby"].date().isoformat() == "1996-08-05"
        assert order["shipto_line1"] == "Rua do Mercado, 12, fundos"

        (opportunity,) = session.rows("opportunity", "name eq 'Northwind order 10250'")
        assert opportunity["statecode"] == 1
        assert opportunity["actualvalue"] == Decimal("261.88")
        assert opportunity["actualclosedate"].isoformat() == "1996-07-08"

        (account,) = session.rows("account", "accountnumber eq 'VICTE'")
        assert account["address1_line1"] == "2, rue du Commerce"
        assert session.retrieve("contact", account["primarycontactid"])["lastname"] == "Saveley"


def test_leaves_nothing_behind_without_a_database(directory: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    assert summary(run_example("northwind", directory, TMPDIR=str(temporary))) == SUMMARY

    assert list(temporary.iterdir()) == []


def test_does_not_import_twice(sqlite_url: str, directory: Path) -> None:
    summary(run_example("northwind", directory, sqlite_url))

    again = run_example("northwind", directory, sqlite_url)

    assert again.returncode == 1
    assert again.stderr.startswith("The database already holds a Northwind import")
    with handsel.open(sqlite_url) as session:
        assert session.count("opportunity") == 3


def test_reports_amounts_that_differ_from_the_files(sqlite_url: str, directory: Path) -> None:
    with handsel.open(sqlite_url) as session:  # a discount per unit takes 6 × 6.98 off instead of 6.98
        (organization,) = session.rows("organization")
        session.execute(handsel.Update("organization", organization.id, {"discountcalculationmethod": 1}))

    done = run_example("northwind", directory, sqlite_url)

    assert done.returncode == 1
    assert "invoice 'Northwind order 10251': 45.9600 instead of 80.86" in done.stdout
    assert "4 differences." in done.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("orders.csv", "Paço, 67\"", "Paço, 67\",x", "orders.csv, line 4: 13 columns, expected 12."),
        ("customers.csv", "Paço, 67", "Paço,67", "customers.csv, line 2: 12 columns, expected 11."),
        ("order-details.csv", "10252,1,", "10253,1,", "lines of order 10253, which orders.csv lacks."),
        ("order-details.csv", "10252,1,18.00", "10252,1,?", "Order 10252: unitPrice is '?', which is no number."),
        ("orders.csv", "10251,VICTE", "10251,NOONE", "Order 10251 names customer NOONE, which customers.csv lacks."),
        ("order-details.csv", "10252,1,", "10252,9,", "Order 10252 names product 9, which products.csv lacks."),
    ],
)  # fmt: skip
def test_refuses_what_it_cannot_read(directory: Path, file: str, old: str, new: str, reason: str) -> None:
    path = directory / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    done = run_example("northwind", directory)

    assert done.returncode == 1
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_cuts_no_text(sqlite_url: str, directory: Path) -> None:
    path = directory / "customers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Hanari Carnes", "H" * 161), encoding="utf-8")

    done = run_example("northwind", directory, sqlite_url)

    assert done.returncode == 1
    assert "Account: name" in done.stderr
    assert "160" in done.stderr
    with handsel.open(sqlite_url) as session:
        assert session.count("account") == 0


def test_says_which_file_is_missing(directory: Path) -> None:
    (directory / "orders.csv").unlink()

    done = run_example("northwind", directory)

    assert done.returncode == 1
    assert done.stderr == f"{directory} lacks orders.csv.\n"


@pytest.mark.skipif("HANDSEL_NORTHWIND_DIR" not in os.environ, reason="HANDSEL_NORTHWIND_DIR names no real files")
def test_sells_the_real_orders(empty_database_url: str) -> None:
    done = run_example("northwind", Path(os.environ["HANDSEL_NORTHWIND_DIR"]), empty_database_url)

    # 1,265,793.0395 of goods with exact discounts are 1,265,792.76 with each discount rounded to cents.
    assert summary(done) == {
        "opportunities": 830,
        "lines": 2155,
        "quotes": 830,
        "orders": 830,
        "invoices": 830,
        "freight": "64942.69",
        "total": "1330735.45",
    }
