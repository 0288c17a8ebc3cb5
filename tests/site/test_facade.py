"""Everything a Python developer uses is an attribute of `handsel`; `__init__.pyi` lists each name once."""

import ast
import os
import pickle
import pydoc
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from hatchling.builders.wheel import WheelBuilder

import handsel
from handsel.engine.message import Message, message_names, message_type

ROOT = Path(__file__).resolve().parents[2]
STUB = Path(handsel.__file__).with_suffix(".pyi")
IMPORTS = [node for node in ast.parse(STUB.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom)]


def run_program(program: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python text in a process of its own."""
    env = {**os.environ, **variables}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=env)


def test_every_message_is_an_attribute() -> None:
    assert issubclass(handsel.Create, Message)  # loads every message
    for name in message_names():
        if message_type(name).__module__.startswith("handsel."):
            assert getattr(handsel, name) is message_type(name)


def test_each_public_name_stands_once_and_is_there() -> None:
    listed = [(alias.name, alias.asname) for node in IMPORTS if node.module != "__future__" for alias in node.names]
    names = [name for name, _shown in listed]
    assert names == list(dict.fromkeys(names))
    assert set(names) == set(handsel.__all__) == set(dir(handsel)) - {"__version__"}
    assert all(name == shown for name, shown in listed)
    assert all(hasattr(handsel, name) for name in names)


def test_a_star_brings_every_public_name() -> None:
    scope: dict[str, object] = {}
    exec("from handsel import *", scope)
    assert scope["WinQuote"] is handsel.WinQuote
    assert scope["HandselError"] is handsel.HandselError
    assert set(handsel.__all__) <= set(scope)


def test_a_name_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'handsel' has no attribute 'Nonsense'"):
        _ = handsel.Nonsense


def test_help_shows_signature_and_words() -> None:
    page = pydoc.plain(pydoc.render_doc(handsel.ReviseQuote))
    assert "ReviseQuote(quote_id: 'UUID', column_set: 'ColumnSet | None' = None)" in page
    assert "Make the next draft revision of a closed quote" in page


def test_messages_can_be_pickled() -> None:
    message = handsel.ReviseQuote(UUID(int=1), handsel.ColumnSet(False, ("name",)))
    assert pickle.loads(pickle.dumps(message)) == message


def test_importing_handsel_loads_almost_nothing() -> None:
    ended = run_program(
        "import sys; before = set(sys.modules); import handsel;"
        "print(sorted(name for name in set(sys.modules) - before if name.startswith(('handsel', 'django'))))"
    )
    assert ended.stdout.strip() == "['handsel', 'handsel.version']"


def test_errors_and_plain_types_do_not_start_django() -> None:
    ended = run_program(
        "import sys, handsel; handsel.HandselError, handsel.Code, handsel.Reference, handsel.Row, handsel.ColumnSet;"
        "print('django' in sys.modules)"
    )
    assert ended.stdout.strip() == "False"


def test_a_variable_of_other_packages_changes_nothing() -> None:
    """`EAGER_IMPORT` makes packages that load on demand load at once; the tables are not there yet then."""
    ended = run_program("import sys, handsel; print('django' in sys.modules, handsel.WinQuote)", EAGER_IMPORT="1")
    assert ended.stdout.startswith("False <class"), ended.stderr


def test_the_list_is_shipped() -> None:
    shipped = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert {"handsel/__init__.pyi", "handsel/py.typed", "handsel/__init__.py"} <= shipped
