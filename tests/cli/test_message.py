import io
import json
import re
from decimal import Decimal

import pytest

import handsel
from tests.cli.conftest import Command

NOBODY = "01961234-0000-7000-8000-000000000000"


def test_a_message_by_name_with_exact_decimals(handsel_command: Command, database_url: str) -> None:
    given = '{"Table": "account", "Values": {"name": "Example", "creditlimit": 12345678901.23}}'
    outcome = handsel_command("message", "Create", given, url=database_url)
    assert outcome.status == 0
    assert '"creditlimit": 12345678901.23' in outcome.out
    row = json.loads(outcome.out, parse_float=Decimal)
    assert row["creditlimit"] == Decimal("12345678901.23")
    asked = json.dumps({"Table": "account", "Id": row["accountid"], "ColumnSet": ["name"]})
    read = handsel_command("message", "Retrieve", asked, url=database_url)
    assert json.loads(read.out) == {"accountid": row["accountid"], "name": "Example"}


def test_a_row_is_printed_with_its_id_and_what_was_set(handsel_command: Command, sqlite_url: str) -> None:
    given = ("message", "Create", '{"Table": "account", "Values": {"name": "Example", "fax": "1"}}')
    assert set(json.loads(handsel_command(*given, url=sqlite_url).out)) == {"accountid", "name", "fax"}
    everything = json.loads(handsel_command(*given, "--all", url=sqlite_url).out)
    assert (everything["statecode"], everything["telephone1"]) == (0, None)


def test_a_conversion_is_printed_with_its_number_and_total(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        deal = next(session.rows("opportunity", "startswith(name,'Paper')")).id
    printed = handsel_command(
        "message", "GenerateQuoteFromOpportunity", json.dumps({"OpportunityId": str(deal)}), url=sample_url
    )
    found = json.loads(printed.out, parse_float=Decimal)
    names = {"quoteid", "quotenumber", "name", "statecode", "statuscode", "totalamount", "transactioncurrencyid"}
    assert set(found) == names
    assert found["totalamount"] == Decimal("1569.43")


def test_the_list_cites_nothing_that_a_user_lacks(handsel_command: Command) -> None:
    listed = " ".join(handsel_command("message", "--list").out.split())
    assert not re.search(r"\((behaviour|pricing|Web API|tables|architecture|decision) ", listed)


def test_parameters_from_standard_input(
    handsel_command: Command, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"Table": "account", "Values": {"name": "Piped"}}'))
    assert '"name": "Piped"' in handsel_command("message", "Create", "-", url=sqlite_url).out


def test_an_idempotency_key_gives_the_first_result_again(handsel_command: Command, sqlite_url: str) -> None:
    given = ("message", "Create", '{"Table": "account", "Values": {"name": "Once"}}', "--idempotency-key", "k1")
    first, second = handsel_command(*given, url=sqlite_url), handsel_command(*given, url=sqlite_url)
    assert json.loads(first.out)["accountid"] == json.loads(second.out)["accountid"]


def test_the_list_names_every_message_with_its_parameters(handsel_command: Command) -> None:
    listed = handsel_command("message", "--list").out
    for name in ("Create", "WinQuote", "ConvertQuoteToSalesOrder", "AddColumn", "RetrievePriceTrace", "QualifyLead"):
        assert name in listed
    assert "QuoteId*" in listed


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("Create", "{", "0x80040203", "not valid JSON"),
        ("Create", "[1]", "0x80040203", "must be a JSON object"),
        ("Create", '{"a": NaN}', "0x80040203", "NaN is no number"),
        ("Create", '{"Table": "a", "Table": "b"}', "0x80040203", "'Table' is given twice"),
        ("Create", "[" * 100_000, "0x80040203", "nested too deep"),
        ("Create", '{"Table": ' + "9" * 5000 + "}", "0x80040203", "not valid JSON"),
        ("Create", '{"Table": "account", "Values": {"name": "\\ud800"}}', "0x80040203", "half of a character"),
        ("Create", "{}", "0x80040203", "needs the parameters Table and Values"),
        ("Create", '{"Table": 1, "Values": {}}', "0x80040203", "Table must be text"),
        ("Create", '{"Table": "account", "Values": 7}', "0x80040203", "Values must be an object"),
        ("Create", '{"Table": "nope", "Values": {}}', "0x80041102", "no table named 'nope'"),
        ("Create", '{"Table": "account", "Values": {"nope": 1}}', "0x80048d19", "no column 'nope'"),
        ("Create", '{"Table": "account", "Values": {"name": 1}}', "0x80048d19", "name cannot hold 1"),
        ("Create", '{"Table": "account", "Values": {"creditlimit": "much"}}', "0x80048d19", "creditlimit cannot hold"),
        ("Create", '{"Table": "account", "Values": {"creditlimit": 1e40}}', "0x80044330", "outside its range"),
        ("Create", '{"Table": "account", "Values": {"numberofemployees": 1.5}}', "0x80048d19", "whole number"),
        ("Create", '{"Table": "account", "Values": {"name": "' + "x" * 161 + '"}}', "0x80044331", "at most 160"),
        ("Create", '{"Table": "account", "Values": {}, "Extra": 1}', "0x80040203", "no parameter 'Extra'"),
        ("Retrieve", f'{{"Table": "quote", "Id": "{NOBODY}"}}', "0x80040217", "Does Not Exist"),
        ("Update", '{"Table": "quote", "Id": "x", "Values": {}}', "0x80040203", "must be an id"),
        ("GenerateQuoteFromOpportunity", f'{{"OpportunityId": "{NOBODY}"}}', "0x80040217", "Does Not Exist"),
        ("WinQuote", '{"QuoteClose": {}, "Status": "high"}', "0x80040203", "whole number"),
        ("MakeMoney", "{}", "0x80040203", "no message named 'MakeMoney'"),
    ],
)
def test_bad_input_is_one_sentence_with_its_code(
    handsel_command: Command, sqlite_url: str, name: str, text: str, code: str, words: str
) -> None:
    outcome = handsel_command("message", name, text, url=sqlite_url)
    assert outcome.status == 1
    assert outcome.out == ""
    assert words in outcome.err
    assert outcome.err.endswith(f"({code})\n")
    assert len(outcome.err.splitlines()) == 1


def test_without_a_name_it_is_wrong_usage(handsel_command: Command, sqlite_url: str) -> None:
    assert handsel_command("message", url=sqlite_url).status == 2
