"""The pipeline example, on a few deals made up like those of the real files."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

import handsel
from tests.examples.running import run_example, summary, write

ACCOUNTS = """
account,sector,year_established,revenue,employees,office_location,subsidiary_of
Cancity,technolgy,1996,1100.04,2822,Philipines,Isdom
Isdom,medical,,,,Kenya,
"""
PRODUCTS = """
product,series,sales_price
GTX Pro,GTX,4821
MG Special,MG,55
"""
TEAMS = """
sales_agent,manager,regional_office
Moses Frase,Dustin Brinkmann,Central
Darcel Schlecht,Melvin Marxen,Central
"""
PIPELINE = """
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
1C1I7A6R,Moses Frase,MG Special,Cancity,Won,2016-10-20,2017-03-01,50
Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Won,2016-10-25,2017-03-11,4514
EC4QE1BX,Darcel Schlecht,MG Special,Cancity,Lost,2016-10-25,2017-03-07,0
MV1LWRNH,Moses Frase,GTXPro,,Engaging,2016-10-25,,
PE84CX4O,Moses Frase,MG Special,,Prospecting,,,
"""
SUMMARY = {
    "opportunities": 5,
    "open": 2,
    "won": 2,
    "lost": 1,
    "quotes": 2,
    "orders": 2,
    "invoices": 2,
    "won_value": "4564.00",
    "total": "4564.00",
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The files of five deals."""
    made = tmp_path / "pipeline"
    write(made, accounts=ACCOUNTS, products=PRODUCTS, sales_teams=TEAMS, sales_pipeline=PIPELINE)
    return made


def test_wins_and_loses_what_the_file_says(empty_database_url: str, directory: Path) -> None:
    done = run_example("crm-pipeline", directory, empty_database_url)

    assert summary(done) == SUMMARY
    assert "Repaired the spelling 'GTXPro' in 2 rows." in done.stdout
    with handsel.open(empty_database_url) as session:
        deals = {row["name"].split()[0]: row for row in session.rows("opportunity")}
        won, lost, engaging = deals["Z063OYW0"], deals["EC4QE1BX"], deals["MV1LWRNH"]
        assert won["statecode"] == 1
        assert won["actualvalue"] == Decimal(4514)
        assert won["actualclosedate"].isoformat() == "2017-03-11"
        assert lost["statecode"] == 2
        assert lost["actualclosedate"].isoformat() == "2017-03-07"
        assert lost["estimatedvalue"] == Decimal(55)
        assert engaging["statecode"] == 0
        assert engaging["estimatedvalue"] == Decimal(4821)
        assert session.retrieve("account", engaging["customerid"])["name"] == "Not stated"

        (cancity,) = session.rows("account", "name eq 'Cancity'")
        assert cancity["crm_sector"] == "technology"
        assert cancity["crm_established"] == 1996
        assert cancity["revenue"] == Decimal("1100040000.00")
        assert session.retrieve("account", cancity["parentaccountid"])["name"] == "Isdom"

        agent = session.retrieve("systemuser", won["ownerid"])
        assert agent["fullname"] == "Darcel Schlecht"
        assert session.retrieve("systemuser", agent["parentsystemuserid"])["fullname"] == "Melvin Marxen"


def test_does_not_import_twice(sqlite_url: str, directory: Path) -> None:
    summary(run_example("crm-pipeline", directory, sqlite_url))

    again = run_example("crm-pipeline", directory, sqlite_url)

    assert again.returncode == 1
    assert again.stderr.startswith("The database already holds a pipeline import")
    with handsel.open(sqlite_url) as session:
        assert session.count("opportunity") == 5


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Cancity,Won", "Cancity,Gained", "opportunity 1C1I7A6R: deal_stage is 'Gained'"),
        ("2017-03-01,50", "2017-03-01,", "opportunity 1C1I7A6R: close_value is '', which is no number."),
        ("Special,Cancity", "Special,Nobody", "1C1I7A6R names account 'Nobody', which its file lacks."),
        ("2017-03-01,50", "2017-03-01,50,60", "sales_pipeline.csv, line 2: the row has not 8 columns."),
    ],
)
def test_refuses_what_it_cannot_read(sqlite_url: str, directory: Path, old: str, new: str, reason: str) -> None:
    path = directory / "sales_pipeline.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    done = run_example("crm-pipeline", directory, sqlite_url)

    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    with handsel.open(sqlite_url) as session:
        assert session.count("opportunity") == 0


@pytest.mark.skipif("HANDSEL_PIPELINE_DIR" not in os.environ, reason="HANDSEL_PIPELINE_DIR names no real files")
def test_closes_the_real_deals(empty_database_url: str) -> None:
    done = run_example("crm-pipeline", Path(os.environ["HANDSEL_PIPELINE_DIR"]), empty_database_url)

    found = summary(done)  # counts and sum as the README of the data gives them
    assert {name: found[name] for name in ("opportunities", "won", "lost")} == {
        "opportunities": 8800,
        "won": 4238,
        "lost": 2473,
    }
    assert (found["invoices"], found["won_value"], found["total"]) == (4238, "10005534.00", "10005534.00")
