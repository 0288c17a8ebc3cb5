"""`handsel show`, `new`, `set` and `line`: a quote is made and changed without JSON."""

import json
import re

import handsel
from tests.cli.conftest import Command


def new_quote(handsel_command: Command, url: str) -> str:
    """An empty quote of the sample company, by its number."""
    outcome = handsel_command(
        "new", "quote", "name=Q", "customer=Example School", "pricelevel=Example Standard", url=url
    )
    assert outcome.status == 0, outcome.err
    return outcome.lines[0].split()[2].rstrip(":")


def test_a_row_of_any_table_by_number_name_and_id(handsel_command: Command, sample_url: str) -> None:
    by_number = handsel_command("show", "product", "DSK-160", url=sample_url).out
    assert by_number == handsel_command("show", "desk 160 × 80", url=sample_url).out
    assert re.search(r"List Price +\$420\.00", by_number)
    with handsel.open(sample_url) as session:
        user = next(session.rows("systemuser", "domainname eq 'sample.seller.one'"))
    for words in (("users", "sample.seller.one"), ("Sample Seller One",), (str(user.id),)):
        assert "User Sample Seller One" in handsel_command("show", *words, url=sample_url).out
    shown = json.loads(handsel_command("show", "account", "Example Bakery", "--json", url=sample_url).out)
    assert (shown["name"], shown["address1_city"]) == ("Example Bakery (sample data)", "Sampleton")


def test_several_and_none_are_refused(handsel_command: Command, sample_url: str) -> None:
    several = handsel_command("show", "account", "Example", url=sample_url)
    assert (several.status, "means several records" in several.err) == (1, True)
    missing = handsel_command("show", "product", "NO-1", url=sample_url)
    assert (missing.status, "no product 'NO-1'" in missing.err) == (1, True)
    assert "one record at a time" in handsel_command("show", "Office", "move", url=sample_url).err


def test_columns_by_name_and_label_values_by_text(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command(
        "set",
        "Office move, 12 workplaces",
        "customer=Example Bakery",
        "status reason=On Hold",
        "closeprobability=30",
        "ownerid=Sample Seller Two",
        "description=",
        url=sample_url,
    )
    assert outcome.status == 0, outcome.err
    with handsel.open(sample_url) as session:
        row = next(session.rows("opportunity", "startswith(name,'Office move')"))
        owner = session.retrieve("systemuser", row.value("owninguser", type(row.id)))
        customer = session.retrieve("account", row.value("customerid", type(row.id)))
    assert (row["statuscode"], row["closeprobability"], row["description"]) == (2, 30, None)
    assert (owner["domainname"], customer["name"]) == ("sample.seller.two", "Example Bakery (sample data)")
    assert re.search(r"Status Reason +On Hold", outcome.out)


def test_a_wrong_column_value_or_form_changes_nothing(handsel_command: Command, sample_url: str) -> None:
    topic = "Office move, 12 workplaces"
    for given, words in (
        ("closeprobabilty=3", "Did you mean closeprobability"),
        ("statecode=Sold", "Open (0), Won (1), Lost (2)"),
        ("ownerid=Nobody", "'Nobody'"),
        ("isrevenuesystemcalculated=perhaps", "yes or no"),
        ("closeprobability=many", "closeprobability"),
    ):
        outcome = handsel_command("set", topic, "description=changed", given, url=sample_url)
        assert (outcome.status, words in outcome.err) == (1, True), outcome.err
    assert handsel_command("set", topic, url=sample_url).status == 1
    with handsel.open(sample_url) as session:
        assert session.count("opportunity", "description eq 'changed'") == 0


def test_lines_are_added_changed_and_removed(handsel_command: Command, sample_url: str) -> None:
    """Three desks at 429.00 less 5 %: 1287.00 - 64.35. Two deliveries at 19.90 less 1.00, tax 3.00: 38.80 + 3.00."""
    quote = new_quote(handsel_command, sample_url)
    out = handsel_command("line", "add", quote, "DSK-160", "--quantity", "3", "--discount", "5%", url=sample_url).out
    assert re.search(r"1 +Desk 160 × 80 +3 +Piece +429\.00 +64\.35 +1,222\.65", out)
    written = ("--write-in", "Delivery", "--price", "19.9", "--tax", "3")
    assert handsel_command("line", "add", quote, *written, url=sample_url).status == 0
    out = handsel_command("line", "set", quote, "2", "--quantity", "2", "--discount", "1", url=sample_url).out
    assert re.search(r"2 +Delivery +2 +19\.90 +1\.00 +38\.80 +3\.00 +41\.80", out)
    # Net 1222.65 + 38.80, tax 3.00.
    assert re.search(r"Detail amount +1,261\.45", out)
    assert re.search(r"Total USD +1,264\.45", out)
    out = handsel_command("line", "remove", quote, "Desk", url=sample_url).out
    assert re.search(r"1 +Delivery", out)
    assert "Desk" not in out


def test_bundle_parts_are_numbered_and_show_their_quantity(handsel_command: Command, sample_url: str) -> None:
    quote = new_quote(handsel_command, sample_url)
    out = handsel_command("line", "add", quote, "WKP-1", "--quantity", "2", url=sample_url).out
    numbers = [int(number) for number in re.findall(r"^(\d+) ", out, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 1
    assert all(re.search(r" +\d+ +Piece", line) for line in out.splitlines() if "  + " in line)


def test_a_line_that_is_refused_leaves_the_document_as_it_was(handsel_command: Command, sample_url: str) -> None:
    quote = new_quote(handsel_command, sample_url)
    for arguments, words in (
        (("add", quote), "Name a product"),
        (("add", quote, "DSK-160", "--write-in", "x"), "one of them"),
        (("add", quote, "--write-in", "x"), "--price"),
        (("add", quote, "NO-1"), "no product 'NO-1'"),
        (("add", quote, "DSK-160", "--quantity", "many"), "--quantity"),
        (("add", quote, "DSK-160", "--discount", "101%"), "--discount"),
        (("set", quote, "1", "--quantity", "2"), "has no line '1'"),
        (("remove", quote, "Desk"), "has no line 'Desk'"),
    ):
        outcome = handsel_command("line", *arguments, url=sample_url)
        assert (outcome.status, words in outcome.err) == (1, True), outcome.err
    assert "No lines yet" in handsel_command("show", quote, url=sample_url).out


def test_a_user_by_full_name(handsel_command: Command, sample_url: str) -> None:
    assert handsel_command("list", "accounts", "--as", "sample seller one", url=sample_url).status == 0
    outcome = handsel_command("list", "accounts", "--as", "Nobody", url=sample_url)
    assert (outcome.status, "`handsel list users`" in outcome.err) == (1, True)
    with handsel.open(sample_url) as session:
        unit = next(session.rows("businessunit")).reference
        names = {"firstname": "Sample", "lastname": "Seller One", "businessunitid": unit}
        session.execute(handsel.Create("systemuser", {"domainname": "another", **names}))
    outcome = handsel_command("list", "accounts", "--as", "Sample Seller One", url=sample_url)
    assert (outcome.status, "Several users" in outcome.err) == (1, True)


def test_lines_and_close_activities_go_by_their_id(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        for table in ("quotedetail", "quoteclose"):
            id = next(session.rows(table)).id
            outcome = handsel_command("show", str(id), url=sample_url)
            assert (outcome.status, str(id) in outcome.out) == (0, True), outcome.err


def test_an_empty_address_is_no_database(handsel_command: Command) -> None:
    outcome = handsel_command("list", "--database", "")
    assert (outcome.status, "address of the database is empty" in outcome.err) == (1, True)
