"""The figures of the source tree, counted by hand on a small one."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FACADE = '''"""The shop."""
from shop.goods import apple
'''

GOODS = '''"""Goods."""
import typing
from typing import Any


def apple(given: Any, *more: Any) -> int:
    """An apple."""
    from shop import till

    def peel(deep: Any) -> Any:
        import os
        return deep

    return peel(given)


class Tree:
    def grow(self, *, into: "dict[str, Any]") -> None:
        pass

    def fall(self, **how: Any) -> None:
        """Fall."""

    def _hide(self, what: Any) -> None:
        pass


class _Root:
    def grow(self, what: Any) -> None:
        pass
'''

TILL = '''"""The till."""


def price(
    name,
):
    return name  # type: ignore[no-any-return]  # noqa: F841


async def pay() -> list["typing.Any"]:
    text = "# type: ignore"
    return [text]
'''

OVERVIEW = """\
Modules                       3
Lines                         44
Module, median                12 lines
Module, largest               30 lines, shop/goods/__init__.py
Functions                     8
Function, median              2.5 lines
Functions over 50 lines       0 of 8, 0.00 %
Returns annotated             7 of 8, 87.5 %
Docstrings, modules           3 of 3, 100.0 %
Docstrings, public functions  2 of 5, 40.0 %
Docstrings, all functions     2 of 8, 25.0 %
Public functions with Any     3 of 5, 60.0 %
type: ignore                  1
noqa                          1
Imports inside functions      2
"""

PACKAGES = """\
Package     modules  lines  median  largest  functions  median  public  with Any  percent
(directly)        1      2       2        2          0       0       0         0      0.0
goods             1     30      30       30          6       2       3         2     66.7
till              1     12      12       12          2     3.5       2         1     50.0
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    sources = {"__init__": FACADE, "goods/__init__": GOODS, "till/sale": TILL}
    left_out = dict.fromkeys(["goods/tests/test_goods", "fixtures", "migrations/first"], "broken (")
    for name, text in {**sources, **left_out}.items():
        file = tmp_path / "shop" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def figures(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts" / "house-figures", "shop", *arguments]
    return subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)


def test_figures_of_a_small_tree(shop: Path) -> None:
    ended = figures(shop)
    assert ended.returncode == 0, ended.stderr
    overview, packages, longest = ended.stdout.split("\n\n")
    assert f"{overview}\n" == OVERVIEW
    assert f"{packages}\n" == PACKAGES
    assert longest.splitlines()[:3] == [
        "Longest functions",
        "     9 lines  shop/goods/__init__.py:6: apple",
        "     4 lines  shop/till/sale.py:4: price",
    ]


def test_list_names_every_place(shop: Path) -> None:
    places = figures(shop, "--list").stdout.partition("\n\nPublic functions with Any")[2]
    assert places.splitlines() == [
        ": 3",
        "  shop/goods/__init__.py:6: apple",
        "  shop/goods/__init__.py:18: Tree.grow",
        "  shop/till/sale.py:10: pay",
        "",
        "type: ignore: 1",
        "  shop/till/sale.py:7: # type: ignore[no-any-return]  # noqa: F841",
        "",
        "noqa: 1",
        "  shop/till/sale.py:7: # type: ignore[no-any-return]  # noqa: F841",
        "",
        "Imports inside functions: 2",
        "  shop/goods/__init__.py:8: from shop import till",
        "  shop/goods/__init__.py:11: import os",
    ]


def test_check_says_which_limit_is_exceeded(shop: Path) -> None:
    large = "# type: ignore\n" * 401
    (shop / "shop" / "large.py").write_text(large, encoding="utf-8")
    ended = figures(shop, "--check")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines() == [
        "Any stands in the signature of 3 of 5 public functions (60.0 %); at most 5 % may have it.",
        "`type: ignore` stands in 402 places; at most 12 may.",
        "shop/large.py has 401 lines; at most 400 are allowed.",
        "scripts/house-figures --list names the places.",
    ]


def test_check_is_silent_within_the_limits(shop: Path) -> None:
    for file in (shop / "shop").rglob("*.py"):
        file.write_text('"""Nothing."""\n', encoding="utf-8")
    ended = figures(shop, "--check")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
