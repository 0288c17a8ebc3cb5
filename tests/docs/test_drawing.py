"""The drawing of the layers shows the imports that are in the source, and is current."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"

CONTRACTS = """
[tool.importlinter]
root_packages = ["shop"]

[[tool.importlinter.contracts]]
id = "layers"
name = "High knows low"
type = "layers"
containers = ["shop"]
layers = ["(missing)", "till", "(stock) | goods", "base"]

[[tool.importlinter.contracts]]
id = "goods"
name = "Fruit grows on trees"
type = "layers"
containers = ["shop.goods"]
layers = ["fruit", "tree"]
exhaustive = true
"""

SOURCE = {
    "__init__.py": "from shop import till\n",
    "till/__init__.py": '"""Where money is taken (facts 3.1).\n\nMore."""\n',
    "till/sale.py": "import shop.base.words\n\ndef sell():\n    from shop.goods.fruit import apple\n",
    "till/tests/test_sale.py": "import shop.stock\n",
    "stock/__init__.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop import base\n",
    "goods/__init__.py": "",
    "goods/tree/__init__.py": "",
    "goods/fruit/__init__.py": "from ...base import words\nimport shop.goods.tree\n",
    "base/__init__.py": "",
    "base/words.py": "",
    "migrations/__init__.py": "import shop.till\n",
}


def draw(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    script = ROOT / "scripts" / "draw-architecture"
    return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "pyproject.toml").write_text(CONTRACTS, encoding="utf-8")
    for name, text in SOURCE.items():
        file = tmp_path / "src" / "shop" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_drawing_is_current() -> None:
    ended = draw("--check")
    assert ended.returncode == 0, ended.stderr


def test_an_arrow_for_each_import_between_layers(shop: Path) -> None:
    assert draw(shop).returncode == 0
    drawing = ElementTree.parse(shop / "docs" / "architecture.svg")
    dots = [title.text for title in drawing.iterfind(f".//{SVG}circle/{SVG}title")]
    assert sorted(dots, key=str) == [
        "goods imports base",
        "stock imports base",
        "till imports base",
        "till imports goods",
    ]
    assert drawing.findtext(f"{SVG}desc") == (
        "From the highest to the lowest layer: till imports goods, base; stock imports base; goods imports base; "
        "inside goods, from the highest to the lowest: fruit, tree; base imports none of the others."
    )
    shown = [text.text for text in drawing.iter(f"{SVG}text")]
    assert "Where money is taken" in shown
    assert "Red arrows" not in " ".join(map(str, shown))


def test_an_import_against_the_layers_is_red(shop: Path) -> None:
    (shop / "src" / "shop" / "base" / "words.py").write_text("import shop.till\n", encoding="utf-8")
    assert draw(shop).returncode == 0
    drawing = ElementTree.parse(shop / "docs" / "architecture.svg")
    assert len(drawing.findall(f".//{SVG}path[@marker-end='url(#up)']")) == 1


def test_check_notices_a_new_import(shop: Path) -> None:
    draw(shop)
    assert draw("--check", shop).returncode == 0
    (shop / "src" / "shop" / "till" / "shelf.py").write_text("import shop.stock\n", encoding="utf-8")
    ended = draw("--check", shop)
    assert ended.returncode == 1
    assert "run scripts/draw-architecture" in ended.stderr


def test_a_folder_in_no_layer_is_refused(shop: Path) -> None:
    (shop / "src" / "shop" / "web").mkdir()
    (shop / "src" / "shop" / "web" / "page.py").write_text("", encoding="utf-8")
    ended = draw(shop)
    assert ended.returncode == 1
    assert ended.stderr == "The contract `layers` in pyproject.toml gives no layer to src/shop/web.\n"
