"""The folders of the business: found on disk, in the order that they state, each under the import contracts."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from handsel.chain.folders import folders

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
OURS = [folder for folder in folders() if folder.is_ours]


def names(layers: list[str]) -> list[str]:
    """The names in the layers of a contract, from the highest to the lowest."""
    return [name for layer in layers for name in re.findall(r"\w+", layer)]


def test_folders_that_hold_no_document_have_contracts_of_their_own() -> None:
    document = next(each for each in CONTRACTS if each["id"] == "document")
    others = [name for each in CONTRACTS for name in each.get("containers", []) if name.startswith("handsel.chain.")]
    assert sorted(others) == sorted(f"handsel.chain.{name}" for name in document["besides"])
    assert {name.rpartition(".")[2] for name in others} <= {folder.name for folder in OURS}


@pytest.mark.parametrize(
    "contract", [each for each in CONTRACTS if "chain" in str(each.get("containers", ""))], ids=lambda each: each["id"]
)
def test_each_of_them_names_all_its_files(contract: dict[str, Any]) -> None:
    assert contract["exhaustive"]


def test_the_document_contract_names_all_kinds_of_files() -> None:
    document = next(each for each in CONTRACTS if each["id"] == "document")
    kinds = ["screens", "printed", "messages", "rules", "conversions", "states", "tables", "options"]
    assert [name for name in names(document["layers"]) if name in kinds] == kinds
    assert document["exhaustive"]
