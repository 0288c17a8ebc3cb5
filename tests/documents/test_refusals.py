"""An incomplete folder is refused at start, in a sentence that names the file and what to write there."""

import shutil
from pathlib import Path

import pytest

from tests.documents.installed import FOLDER, PACKAGE, run_installed

START = "from handsel.site.start import start; start()"

MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "no upstream": (
        "__init__.py", 'UPSTREAM = ("salesorder",)', "",
        '__init__.py does not say what the folder stands upon. Write there UPSTREAM = ("salesorder",)',
    ),
    "unknown upstream": (
        "__init__.py", '"salesorder"', '"order"',
        "__init__.py stands upon 'order', which is no folder of the business. UPSTREAM can name activities, audit,",
    ),
    "itself upstream": (
        "__init__.py", '("salesorder",)', '("salesorder", "returnorder")',
        "stand upon each other: returnorder → returnorder",
    ),
    "no application": (
        "tables.py", '        app_label = "handsel"\n', "",
        'tables.py: a table outside of Handsel names the application it belongs to. Write app_label = "handsel"',
    ),
    "no lookup behind the parent": (
        "tables.py", 'parent="returnorderid"', 'parent="orderid"',
        "tables.py: ReturnOrderDetail says parent='orderid', and has no such lookup.",
    ),
    "lines without parent": (
        "tables.py", '        parent="returnorderid",\n', "",
        'tables.py: returnorderdetail does not say whose lines it holds. Write parent="returnorderid"',
    ),
    "no price lock to show": (
        "tables.py",
        '    is_price_locked = Boolean("Prices Locked", required=Required.APPLICATION, default=False)\n', "",
        "tables.py: ReturnOrderDetail shows ReturnOrderIsPriceLocked of its parent, but ReturnOrder has no field named",
    ),
    "a lookup to nowhere": (
        "tables.py", '"salesorderdetail", "Order Product"', '"orderline", "Order Product"',
        "tables.py: returnorderdetail.salesorderdetailid refers to 'orderline', which no tables.py declares.",
    ),
    "a number that is not given": (
        "tables.py", 'DocumentNumber("Return ID", "Return", "RET")', 'Text(100, "Return ID")',
        "tables.py: returnorder.returnnumber gives new rows no number. Declare it as DocumentNumber(…).",
    ),
    "events without the number": (
        "tables.py", 'announced=("returnnumber", "totalamount")', 'announced=("totalamount",)',
        'tables.py: an event about a row of returnorder would not tell its number. Write announced=("returnnumber", …)',
    ),
    "no such column to announce": (
        "tables.py", '"returnnumber", "totalamount"', '"returnnumber", "total"',
        "tables.py: returnorder announces 'total', which it has not.",
    ),
    "the settings of another document": (
        "tables.py", '"Return", "RET"', '"Invoice", "RET"',
        "tables.py: ReturnOrder numbers its rows by the word 'Invoice', which another table has already.",
    ),
    "the entity set of another table": (
        "tables.py", '"returnorders"', '"invoices"',
        "tables.py: returnorder and invoice have the same entity set, 'invoices'. Give one another.",
    ),
    "the collection of another lookup": (
        "tables.py", '"order_returnorders"', '"order_details"',
        "tables.py: returnorder and salesorderdetail have the same collection at salesorder, 'order_details'.",
    ),
    "the type code of another table": (
        "tables.py", "10101", "1090",
        "tables.py: returnorder and invoice have the same object type code, '1090'. Give one another.",
    ),
    "no states": (
        "states.py", "LIFECYCLE = lifecycle(", "LIFECYCLE = (",
        'states.py: returnorder has a statecode, but no lifecycle. Write there LIFECYCLE = lifecycle(Lifecycle(',
    ),
    "a step without its message": (
        "states.py", '("ReceiveReturnOrder",)', '("TakeBack",)',
        "states.py: the step Receive is done by TakeBack, and no messages.py declares such a message.",
    ),
    "a guard before no step": (
        "states.py", '@LIFECYCLE.guard("Receive")', '@LIFECYCLE.guard("Take")',
        "states.py: a guard stands before the step 'Take', which returnorder has not.",
    ),
    "a state without rule": (
        "states.py",
        'StateRule(OPEN, "Open", True, statuses_of(ReturnOrderStatus, OPEN), int(ReturnOrderStatus.NEW)),',
        "",
        "states.py: state 0 Open of returnorder has no rule. Write a StateRule for it.",
    ),
    "whatever else goes wrong": (
        "options.py", '    CANCELED = 2, "Canceled"\n', '    CANCELED = 2, "Canceled"\n    LOST = 9, "Lost"\n',
        "states.py: ValueError: too many values to unpack (expected 3).",
    ),
    "an undecided column": (
        "conversions.py", '| {"returnnumber", "reason"}', '| {"returnnumber"}',
        "conversions.py: the map salesorder → returnorder of 'order → return order' does not decide reason.",
    ),
    "a column that is not there": (
        "conversions.py", '"opportunityid", "salesorderid"', '"opportunityid", "salesorderid", "weight"',
        "conversions.py: the map salesorder → returnorder of 'order → return order' names weight, which salesorder has",
    ),
    "no link back": (
        "conversions.py", 'link="salesorderid"', 'link="quoteid"',
        "conversions.py: 'order → return order' names the link 'quoteid', but returnorder has no such lookup to",
    ),
    "no such conversion message": (
        "conversions.py", 'message="ConvertSalesOrderToReturnOrder"', 'message="Return"',
        "conversions.py: 'order → return order' is done by Return, and no messages.py declares such a message.",
    ),
    "not registered": (
        "rules.py", "", "",
        "rules.py: returnorder has lines (returnorderdetail), but is registered as no document. Write there KIND =",
    ),
    "an incomplete kind": (
        "rules.py", '        word="return",\n', "",
        "rules.py: TypeError: DocumentKind.__init__() missing 1 required positional argument: 'word'.",
    ),
    "no word": (
        "rules.py", 'word="return"', 'word=""',
        "The document returnorder has no word.",
    ),
    "a word that is taken": (
        "rules.py", 'word="return"', 'word="order"',
        "The documents salesorder and returnorder have the same word, 'order'.",
    ),
}  # fmt: skip
"""What is done to a file (a text replaced by another; an empty text: the file is emptied), and what is said."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_it_is_said_at_start_what_a_folder_lacks(mistake: str, tmp_path: Path) -> None:
    sentence = MISTAKES[mistake][3]
    said = start_with(mistake, tmp_path)
    assert said.startswith("handsel.errors.SetupError: ")
    assert sentence in said
    if not sentence.startswith(("stand upon", "The document")):
        assert f"{FOLDER}/" in said


def start_with(mistake: str, directory: Path) -> str:
    """The last line of Handsel's output when it is started with the package and a mistake in one of its files."""
    name, old, new, _sentence = MISTAKES[mistake]
    package = directory / "package"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    file = package / FOLDER / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new) if old else "", encoding="utf-8")
    ended = run_installed(directory, "-c", START, package=package)
    assert ended.returncode != 0
    return ended.stderr.strip().splitlines()[-1]


def test_a_folder_without_migration_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "returnorder_0*"))
    ended = run_installed(tmp_path, "-c", START, package=package)
    assert f"{FOLDER}/migrations holds no migration, so no database has the tables of returnorder." in ended.stderr


def test_a_word_of_two_names_columns_without_blank(tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    tables = package / FOLDER / "tables.py"
    tables.write_text(tables.read_text(encoding="utf-8").replace('"Return", "RET"', '"Return Order", "RET"'))
    program = (
        f"{START}; from handsel.tables.info import table_info; organization = table_info('organization').columns;"
        "print(organization['returnorderprefix'].schema_name, organization['currentreturnordernumber'].label);"
        "print(table_info('returnorder').columns['returnnumber'].numbering.prefix)"
    )
    ended = run_installed(tmp_path, "-c", program, package=package)
    assert ended.stdout.splitlines() == [
        "ReturnOrderPrefix Current Return Order Number",
        "returnorderprefix",
    ], ended.stderr


def test_a_package_that_is_not_there_is_named(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    shutil.copy(PACKAGE / "pyproject.toml", package)
    ended = run_installed(tmp_path, "-c", START, package=package)
    assert "names the package acme_returns.returnorder, which cannot be imported" in ended.stderr
