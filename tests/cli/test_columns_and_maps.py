import json

import pytest

import handsel
from tests.cli.conftest import Command


def _shown(handsel_command: Command, url: str, between: str, column: str) -> list[list[str]]:
    """The lines of a map that start with a column."""
    shown = handsel_command("maps", between, url=url).out
    return [line.split() for line in shown.splitlines() if line.startswith(column)]


def test_an_own_column_is_automatic_until_it_is_switched_off(handsel_command: Command, database_url: str) -> None:
    for table in ("quote", "salesorder"):
        handsel_command("column", "add", table, "new_project", "--type", "text", url=database_url)
    for between in ("quote.salesorder", "quote.quote"):
        assert _shown(handsel_command, database_url, between, "new_") == [["new_project", "automatic", "new_project"]]
        column = (between, "new_project")
        off = handsel_command("maps", "--switch-off", *column, url=database_url)
        assert off.out == f"From now on nothing is copied from quote to {between.split('.')[1]}.new_project.\n"
        assert _shown(handsel_command, database_url, between, "new_") == [["new_project", "switched", "off"]]
        assert handsel_command("maps", "--switch-off", *column, url=database_url).status == 0
        assert handsel_command("maps", "--switch-on", *column, url=database_url).status == 0
        assert _shown(handsel_command, database_url, between, "new_") == [["new_project", "automatic", "new_project"]]
        assert handsel_command("maps", "--switch-on", *column, url=database_url).status == 1


def test_an_added_mapping_is_switched_off_and_on_and_replaced(handsel_command: Command, sqlite_url: str) -> None:
    for table, name in (("quote", "new_one"), ("quote", "new_two"), ("salesorder", "new_two")):
        handsel_command("column", "add", table, name, "--type", "text", url=sqlite_url)
    assert handsel_command("maps", "--add", "quote.salesorder", "new_one", "new_two", url=sqlite_url).status == 0
    steps = {"--switch-off": ["new_two", "switched", "off"], "--switch-on": ["new_two", "added", "new_one"]}
    for step, line in steps.items():
        assert handsel_command("maps", step, "quote.salesorder", "new_two", url=sqlite_url).status == 0
        assert _shown(handsel_command, sqlite_url, "quote.salesorder", "new_two") == [line]
    handsel_command("maps", "--switch-off", "quote.salesorder", "new_two", url=sqlite_url)
    assert handsel_command("maps", "--add", "quote.salesorder", "name", "new_two", url=sqlite_url).status == 0
    assert _shown(handsel_command, sqlite_url, "quote.salesorder", "new_two") == [["new_two", "added", "name"]]
    refused = handsel_command("maps", "--switch-off", "quote.salesorder", "freightamount", url=sqlite_url)
    assert refused.status == 1
    assert "own map" in refused.err


def test_an_own_column_that_does_not_fit_is_shown_with_the_reason(handsel_command: Command, sqlite_url: str) -> None:
    for table, type in (("quote", "integer"), ("salesorder", "text")):
        handsel_command("column", "add", table, "new_size", "--type", type, url=sqlite_url)
    (line,) = _shown(handsel_command, sqlite_url, "quote.salesorder", "new_size")
    assert " ".join(line) == "new_size does not fit Integer does not become String"


def test_a_custom_column_travels_where_a_map_says_so(handsel_command: Command, sample_url: str) -> None:
    for table in ("quote", "salesorder"):
        added = handsel_command(
            "column", "add", table, "new_Project", "--type", "text", "--label", "Project", url=sample_url
        )
        assert added.out.startswith(f"Added {table}.new_project (text, 'Project').")
    mapped = handsel_command("maps", "--add", "quote.salesorder", "new_project", "new_project", url=sample_url)
    assert mapped.status == 0
    with handsel.open(sample_url) as session:
        quote = next(session.rows("quote", "statecode eq 1"))
        draft = {"statecode": 0}
        session.execute(handsel.Update("quote", quote.id, draft))
        session.execute(handsel.Update("quote", quote.id, {"new_project": "Harbour"}))
        session.execute(handsel.Update("quote", quote.id, {"statecode": 1}))
        order = session.execute(handsel.ConvertQuoteToSalesOrder(quote.id))
        assert order["new_project"] == "Harbour"
    shown = handsel_command("maps", "quote.salesorder", url=sample_url).out
    assert [line.split() for line in shown.splitlines() if line.startswith("new_project")] == [
        ["new_project", "added", "new_project"]
    ]


def test_an_added_mapping_is_removed_one_of_handsel_is_not(handsel_command: Command, sqlite_url: str) -> None:
    for table, name in (("quote", "new_project"), ("salesorder", "new_code")):
        handsel_command("column", "add", table, name, "--type", "text", url=sqlite_url)
    assert handsel_command("maps", "--add", "quote.salesorder", "new_project", "new_code", url=sqlite_url).status == 0
    assert "new_code" in handsel_command("maps", "quote.salesorder", url=sqlite_url).out
    assert handsel_command("maps", "--remove", "quote.salesorder", "new_Code", url=sqlite_url).status == 0
    assert "new_code" not in handsel_command("maps", "quote.salesorder", url=sqlite_url).out
    for column, words in (
        ("new_code", "has no mapping"),
        ("o'clock", "has no mapping into o'clock"),
        ("name", "a mapping of Handsel itself"),
    ):
        refused = handsel_command("maps", "--remove", "quote.salesorder", column, url=sqlite_url)
        assert (refused.status, words in refused.err) == (1, True)


def test_columns_are_listed(handsel_command: Command, sqlite_url: str) -> None:
    assert "no custom columns" in handsel_command("column", "list", url=sqlite_url).out
    handsel_command(
        "column", "add", "account", "new_size", "--type", "choice", "--options", "1:Small", "2:Large", url=sqlite_url
    )
    handsel_command("column", "add", "quote", "new_agency", "--type", "lookup", "--target", "account", url=sqlite_url)
    listed = handsel_command("column", "list", url=sqlite_url).out
    assert "1:Small, 2:Large" in listed
    assert "to account" in listed
    assert "new_size" not in handsel_command("column", "list", "quote", url=sqlite_url).out


def test_a_column_is_removed_with_its_values_only_if_that_is_said(handsel_command: Command, sample_url: str) -> None:
    handsel_command("column", "add", "account", "new_rank", "--type", "integer", url=sample_url)
    handsel_command("set", "account", "Example Bakery", "new_rank=3", url=sample_url)
    refused = handsel_command("column", "remove", "account", "new_rank", url=sample_url)
    assert (refused.status, "have a value in new_rank: 1" in refused.err) == (1, True)
    removed = handsel_command("column", "remove", "account", "new_Rank", "--yes", url=sample_url)
    assert (removed.status, removed.out) == (0, "Removed account.new_rank.\n")
    assert "no custom columns" in handsel_command("column", "list", url=sample_url).out
    again = handsel_command("column", "remove", "account", "new_rank", "--yes", url=sample_url)
    assert (again.status, "has no column new_rank" in again.err) == (1, True)


def test_adding_a_column_is_audited_and_counts_in_an_open_session(database_url: str) -> None:
    from handsel.database.tables import AuditEntry

    with handsel.open(database_url) as session:
        added = session.execute(
            handsel.AddColumn("account", "new_rank", "integer", minimum="1", maximum="5")  # type: ignore[attr-defined]
        )
        assert added["logicalname"] == "new_rank"
        entry = AuditEntry.objects.using(session.context.alias).get(message="AddColumn")
        assert json.loads(entry.changes)[0]["values"]["logicalname"] == "new_rank"
        account = session.execute(handsel.Create("account", {"name": "Ranked", "new_rank": 5}))
        assert session.retrieve("account", account.id)["new_rank"] == 5
        with pytest.raises(handsel.HandselError):
            session.execute(handsel.Update("account", account.id, {"new_rank": 6}))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("quote", "project", "--type", "text"), "cannot name a custom column"),
        (("quote", "hs_project", "--type", "text"), "cannot name a custom column"),
        (("nope", "new_a", "--type", "text"), "no table named 'nope'"),
        (("quote", "new_a", "--type", "choice"), "needs options"),
        (("quote", "new_a", "--type", "choice", "--options", "Small"), "whole number and a label"),
        (("quote", "new_a", "--type", "lookup"), "needs a target"),
        (("quote", "new_a", "--type", "lookup", "--target", "nope"), "no table named 'nope'"),
        (("quote", "new_a", "--type", "text", "--max-length", "0"), "max_length of a text column is 1 to 4000"),
        (("quote", "new_a", "--type", "boolean", "--precision", "2"), "precision belongs to decimal and money"),
        (("quote", "new_a", "--type", "money", "--precision", "9"), "0 to 4 decimals"),
        (("quote", "new_a", "--type", "integer", "--minimum", "5", "--maximum", "1"), "above maximum"),
        (("quote", "new_a", "--type", "integer", "--minimum", "few"), "decimal number"),
    ],
)
def test_a_column_that_makes_no_sense_is_refused(
    handsel_command: Command, sqlite_url: str, arguments: tuple[str, ...], words: str
) -> None:
    outcome = handsel_command("column", "add", *arguments, url=sqlite_url)
    assert outcome.status == 1
    assert words in outcome.err
    assert "no custom columns" in handsel_command("column", "list", url=sqlite_url).out


def test_a_column_name_is_taken_once(handsel_command: Command, sqlite_url: str) -> None:
    given = ("column", "add", "quote", "new_a", "--type", "text")
    assert handsel_command(*given, url=sqlite_url).status == 0
    assert "already has a column new_a" in handsel_command(*given, url=sqlite_url).err


def test_maps_show_every_conversion_and_refuse_an_unknown_one(handsel_command: Command, sqlite_url: str) -> None:
    overview = handsel_command("maps", url=sqlite_url).out
    for route in ("opportunity.quote", "quotedetail.salesorderdetail", "salesorder.invoice"):
        assert route in overview
    for arguments, words in (
        (("quote.invoice",), "no map 'quote.invoice'"),
        (("quote",), "no map 'quote'"),
        (("--add", "quote.salesorder", "nope", "name"), "no column 'nope'"),
        (("--add", "quote.salesorder", "name", "nope"), "no column 'nope'"),
        (("--second", "quote.salesorder", "never"), "'never' is no policy"),
        (("--second", "quote.quote", "refuse"), "No message makes a quote from a quote"),
    ):
        outcome = handsel_command("maps", *arguments, url=sqlite_url)
        assert outcome.status == 1
        assert words in outcome.err


def test_converting_again_is_refused_for_one_pair_of_tables(handsel_command: Command, sample_url: str) -> None:
    shown = handsel_command("maps", "salesorder.invoice", url=sample_url).out
    assert "Converting again: allow, decided by the organization" in shown
    assert handsel_command("maps", "--second", "salesorder.invoice", "refuse", url=sample_url).status == 0
    shown = handsel_command("maps", "salesorder.invoice", url=sample_url).out
    assert "Converting again: refuse, decided for salesorder.invoice" in shown
    convert = ("convert", "order", "--to", "invoice", "--all", "--again")
    assert handsel_command(*convert, url=sample_url).lines[-1] == "Converted 1, already converted 0, refused 0."
    again = handsel_command(*convert, url=sample_url)
    assert (again.status, again.lines[-1]) == (1, "Converted 0, already converted 0, refused 1.")
    assert "has been converted before, to Invoice INV-" in again.out
    assert handsel_command("maps", "--second", "salesorder.invoice", "warn", url=sample_url).status == 0
    warned = handsel_command(*convert, url=sample_url)
    assert (warned.status, warned.lines[-1]) == (0, "Converted 1, already converted 0, refused 0.")
    assert "Warning: Order ORD-" in warned.out
    assert handsel_command("maps", "--second", "salesorder.invoice", "default", url=sample_url).status == 0
    assert "Warning" not in handsel_command(*convert, url=sample_url).out
