"""The folders of the business: found on disk, in the order that they state, each under the import contracts."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from handsel.chain.folders import Folder, folders

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
INSIDE = [each for each in CONTRACTS if each.get("containers", [""])[0].startswith("handsel.chain.")]
OURS = [folder for folder in folders() if folder.is_ours]


def names(layers: list[str]) -> list[str]:
    """The names in the layers of a contract, from the highest to the lowest."""
    return [name for layer in layers for name in re.findall(r"\w+", layer)]


def test_the_chain_contract_lists_the_folders_on_disk_as_they_state_their_order() -> None:
    chain = next(each for each in CONTRACTS if each["id"] == "chain")
    listed = [name for name in reversed(names(chain["layers"])) if name != "folders"]
    assert listed == [folder.name for folder in OURS], "pyproject.toml, contract 'chain'"


@pytest.mark.parametrize("folder", OURS, ids=lambda folder: folder.name)
def test_every_folder_is_in_one_exhaustive_contract_that_names_its_files(folder: Folder) -> None:
    holding = [each for each in INSIDE if folder.package in each["containers"]]
    assert len(holding) == 1, f"pyproject.toml: add {folder.package} to the containers of the contract 'document'"
    assert holding[0]["exhaustive"]
    files = {path.stem for path in folder.path.glob("*.py")} - {"__init__"}
    missing = files - set(names(holding[0]["layers"]))
    assert missing == set(), f"pyproject.toml: the contract '{holding[0]['id']}' has no layer for these files"


def test_no_contract_names_a_folder_that_is_gone() -> None:
    assert {name for each in INSIDE for name in each["containers"]} == {folder.package for folder in OURS}


def test_the_document_contract_names_all_kinds_of_files() -> None:
    document = next(each for each in CONTRACTS if each["id"] == "document")
    kinds = ["screens", "printed", "messages", "rules", "conversions", "states", "tables", "options"]
    assert [name for name in names(document["layers"]) if name in kinds] == kinds
