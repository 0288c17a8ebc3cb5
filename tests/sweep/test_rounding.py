"""Amounts are rounded, and padded to their decimals, by `handsel.money.rounding` alone."""

import ast
from pathlib import Path

import handsel

PACKAGE = Path(handsel.__file__).parent


def quantizing(source: str) -> list[int]:
    """The lines of a module that name `quantize`, which by itself rounds by whatever decimal context is current."""
    nodes = ast.walk(ast.parse(source))
    return [node.lineno for node in nodes if isinstance(node, ast.Attribute) and node.attr == "quantize"]


def test_nothing_but_money_quantizes() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in PACKAGE.rglob("*.py")
        if path.parent != PACKAGE / "money"
        for line in quantizing(path.read_text(encoding="utf-8"))
    }
    assert not found, f"Call handsel.money.rounding.round_amount or at_scale instead: {sorted(found)}"


def test_what_money_does_is_found() -> None:
    assert quantizing((PACKAGE / "money" / "rounding.py").read_text(encoding="utf-8"))
    assert quantizing("price = value.quantize(cent)") == [1]
