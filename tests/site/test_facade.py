"""Everything a Python developer uses is an attribute of `handsel`, for programs and for type checkers alike."""

import ast
from pathlib import Path

import handsel
from handsel.engine.message import Message, message_names, message_type


def test_every_message_is_an_attribute() -> None:
    assert issubclass(handsel.Create, Message)  # loads every message
    for name in message_names():
        assert getattr(handsel, name) is message_type(name)


def test_type_checkers_see_what_programs_get() -> None:
    tree = ast.parse(Path(handsel.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == handsel._MODULE_OF
    assert set(seen) < set(handsel.__all__)
    assert all(hasattr(handsel, name) for name in handsel.__all__)
