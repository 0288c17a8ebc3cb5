"""The kernel names no business: no table and no column of the sales process stands in its code.

What counts, in `money`, `pricing`, `tables`, `database`, `engine` and `query`, docstrings and comments left out:

* every text, word by word: the logical name of a table of the business, or of a column that only such tables have;
* every name that the code gives or uses, without its underscores: the same;
* a column that is called by one plain word (`Reason`): only a text that is this word alone, as in `row["reason"]`.

Tables of the business are those of all folders of the chain but the platform's: the organization's own tables
(`chain/system`), those of rights (`chain/rights`), and the people who work with it. What these have the kernel may
know: who owns a row, who changed it and when, its state, its name, its currency, the settings.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import handsel
from handsel.tables.info import all_tables

SOURCE = Path(handsel.__file__).parent
KERNEL = ("money", "pricing", "tables", "database", "engine", "query")

PEOPLE = {"businessunit", "systemuser", "team", "teammembership", "systemuserroles", "teamroles"}
"""Tables of `chain/party` that belong to the platform: whoever acts, owns and is granted something."""

PRICES = {
    *("amount", "percentage", "price"),
    *("quantity", "tax", "discount", "product", "productid", "uom", "quantitydecimal", "currentcost", "standardcost"),
    *("priceperunit", "baseamount", "extendedamount", "manualdiscountamount", "volumediscountamount"),
    *("discountamount", "discountpercentage", "freightamount", "estimatedvalue"),
    *("totalamount", "totalamountlessfreight", "totaldiscountamount", "totallineitemamount"),
    *("totallineitemdiscountamount", "totaltax", "isamounttype", "highquantity", "lowquantity"),
    *("ispricelocked", "ispriceoverridden", "isproductoverridden", "pricingerrorcode"),
}
"""What `pricing` is about: it takes a product's quantity, costs and discounts, and its results are called like the
columns they are stored in, so that a trace of them can be read beside the row."""

ALLOWED = {
    ("tables/columns.py", "precision"): "of a column that is declared, not of a property",
    ("engine/customization/add_column.py", "precision"): "the same, of a custom column",
    ("engine/customization/change_column.py", "precision"): "the same",
    ("engine/customization/columns.py", "precision"): "the same",
    ("tables/columns.py", "baseamount"): "an amount in the base currency (docs/glossary.md), not the column of lines",
    ("engine/values.py", "quote"): "an example in a sentence for people",
    ("engine/values.py", "quotedetail"): "an example in a sentence for people",
    ("engine/values.py", "account"): "an example in a sentence for people",
    ("engine/values.py", "contact"): "an example in a sentence for people",
    ("engine/parameters.py", "account"): "an example in a sentence for people",
    ("engine/customization/add_column.py", "account"): "an example in a sentence for people",
    ("query/run/cookies.py", "quote"): "the function of the standard library that quotes a text for an address",
    ("query/odata/tokens.py", "quote"): "the character around a text",
}


def is_platform(module: str, table: str) -> bool:
    return (
        module.startswith(("handsel.chain.system.", "handsel.chain.rights.", "handsel.chain.audit.")) or table in PEOPLE
    )


def business_names() -> tuple[set[str], set[str]]:
    """Names of the business: tables and columns that only they have; apart, columns called by one plain word."""
    business = {info for info in all_tables() if not is_platform(info.model.__module__, info.logical_name)}
    known = {name for info in all_tables() if info not in business for name in info.columns}
    schema_names = {name: column.schema_name for info in business for name, column in info.columns.items()}
    columns = schema_names.keys() - known
    plain = {name for name in columns if schema_names[name][1:].islower()}
    tables = {info.logical_name for info in business}
    return tables | (columns - plain), plain - tables


def words(file: Path) -> Iterator[tuple[int, str, bool]]:
    """Every word in texts and every name in the code of a file, in lower case, with its line.

    Last, whether the word is a text by itself.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped = {
        statement.value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if node not in skipped:
                for word in re.findall(r"[a-z_][a-z_0-9]*", text.lower()):
                    yield node.lineno, word, word == text
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node.lineno, name.lower().replace("_", ""), False
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name.lower().replace("_", ""), False
            case ast.alias(name=name):
                yield node.lineno, name.rpartition(".")[2].lower().replace("_", ""), False


def files() -> list[Path]:
    found = [file for package in KERNEL for file in sorted((SOURCE / package).rglob("*.py"))]
    return [file for file in found if "tests" not in file.parts]


@pytest.mark.parametrize("package", KERNEL)
def test_the_kernel_names_no_table_and_no_column_of_the_business(package: str) -> None:
    names, plain = business_names()
    allowed = PRICES if package == "pricing" else set()
    found = [
        f"{file.relative_to(SOURCE)}:{line} names {word}"
        for file in files()
        if file.relative_to(SOURCE).parts[0] == package
        for line, word, is_alone in words(file)
        if (word in names or (is_alone and word in plain))
        and word not in allowed
        and (file.relative_to(SOURCE).as_posix(), word) not in ALLOWED
    ]
    assert found == []


def test_what_is_allowed_is_still_there() -> None:
    there = {(file.relative_to(SOURCE).as_posix(), each[1]) for file in files() for each in words(file)}
    assert set(ALLOWED) - there == set()
    pricing = {
        word
        for file in files()
        if file.relative_to(SOURCE).parts[0] == "pricing"
        for _line, word, _alone in words(file)
    }
    assert PRICES - pricing == set()
    names, plain = business_names()
    assert names | plain >= PRICES
