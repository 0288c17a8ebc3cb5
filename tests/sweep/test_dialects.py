"""Which database it is, is asked in one place; and every database answers all that its interface asks."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import handsel
from handsel.database import postgresql, sqlite
from handsel.database.dialect import Dialect, QuerySql, dialect_of

SOURCE = Path(handsel.__file__).parent
INSIDE = ("database/dialect.py", "database/postgresql/", "database/sqlite/")
ALLOWED = {
    "site/database.py": "reads the address of a database, whose scheme names its kind, for Django's settings",
    "testing/build_template.py": "the test server that we hand out always runs on an SQLite file, made once",
    "testing/restoring.py": "the same: it goes back to that file",
    "testing/template.py": "the same: it keeps the file for the next run, and locks it meanwhile",
    "testing/businesscentral/state_file.py": "its file holds what another system would, and no table of Handsel",
}
"""Modules that may know which database it is, and why."""
NAMES = frozenset(("postgres", "postgresql", "sqlite", "sqlite3", "psycopg"))
DIALECTS = [postgresql.DIALECT, sqlite.DIALECT]


def asked(tree: ast.AST) -> Iterator[str]:
    """Where a module asks which database it is, or speaks with one driver only."""
    granted = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dialect_of"
        for argument in node.args
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="vendor") if id(node) not in granted:
                yield f"{node.lineno}: the name of the database is read"
            case ast.Constant(value=str(text)) if text.lower() in NAMES:
                yield f"{node.lineno}: '{text}'"
            case ast.keyword(arg=str(name)) | ast.FunctionDef(name=name) if name.removeprefix("as_") in NAMES:
                yield f"{node.lineno}: {name}"
            case ast.Import(names=names) if any(name.name.partition(".")[0] in NAMES for name in names):
                yield f"{node.lineno}: the driver is imported"
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in NAMES or module.startswith(
                ("handsel.database.postgresql", "handsel.database.sqlite")
            ):
                yield f"{node.lineno}: {module} is imported"


def modules() -> Iterator[tuple[str, ast.AST]]:
    for file in SOURCE.rglob("*.py"):
        name = file.relative_to(SOURCE).as_posix()
        if not name.startswith(INSIDE) and "/tests/" not in name:
            yield name, ast.parse(file.read_text(encoding="utf-8"))


def test_nobody_else_asks_which_database_it_is() -> None:
    found = [f"{name}:{where}" for name, tree in modules() if name not in ALLOWED for where in asked(tree)]
    assert not found, "\n".join(["Ask `current().dialect` for what you need instead:", *found])


def test_whoever_is_allowed_to_still_does() -> None:
    asking = {name for name, tree in modules() if any(asked(tree))}
    assert asking == set(ALLOWED)


@pytest.mark.parametrize(
    "source",
    [
        "if connection.vendor == 'x': pass",
        "kind = context.vendor",
        "mark = '%s' if kind == 'postgresql' else '?'",
        "import sqlite3",
        "import psycopg.errors",
        "from psycopg import errors",
        "from handsel.database.sqlite.functions import FOLD_CASE",
        "Test('a', sqlite='b')",
        "def as_sqlite(self, compiler, connection): pass",
    ],
)
def test_a_question_is_seen(source: str) -> None:
    assert list(asked(ast.parse(source)))


def test_reaching_the_dialect_is_no_question() -> None:
    assert not list(asked(ast.parse("dialect_of(connection.vendor).mark; 'sqlite:///shop.sqlite3'")))


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_dialect_fills_its_interface(dialect: Dialect) -> None:
    """Every method with the parameters that callers give, and a value for everything that is no method."""
    assert dialect_of(dialect.name) is dialect
    for made, interface in ((dialect, Dialect), (dialect.query, QuerySql)):
        kind = type(made)
        assert not [name for name in inspect.get_annotations(interface) if not hasattr(kind, name)]
        for name in interface.__abstractmethods__:
            wanted, given = (inspect.signature(getattr(each, name)).parameters for each in (interface, kind))
            assert [(each.name, each.kind) for each in given.values()] == [
                (each.name, each.kind) for each in wanted.values()
            ], name
        public = {name for name in vars(kind) if not name.startswith("_")}
        assert public <= set(dir(interface)) | set(inspect.get_annotations(interface)), "what others do not have"


def test_each_package_that_is_named_like_a_database_holds_its_dialect() -> None:
    packages = [file.parent.name for file in (SOURCE / "database").glob("*/dialect.py")]
    assert sorted(import_module(f"handsel.database.{name}").DIALECT.name for name in packages) == sorted(packages)
    assert {dialect.name for dialect in DIALECTS} == set(packages)
