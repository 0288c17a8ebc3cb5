"""Contracts of import-linter that follow from what the folders of the chain say, so that nothing lists the folders."""

from __future__ import annotations

from typing import Any

from importlinter.contracts.layers import LayersContract

import handsel.chain
from handsel.chain.folders import folders

CHAIN = handsel.chain.__name__


class ChainOrder(LayersContract):
    """The folders of the chain, in the order of their UPSTREAM. `foundation` names the modules below all of them."""

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        options = dict(contract_options)
        foundation = options.pop("foundation")
        order = [folder.name for folder in reversed(folders()) if folder.is_ours]
        options |= {"containers": [CHAIN], "layers": [*order, *foundation], "exhaustive": "true"}
        super().__init__(name, session_options, options)


class FolderFiles(LayersContract):
    """The files inside every folder of the chain, but for those of `besides`, which have contracts of their own."""

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        options = dict(contract_options)
        besides = options.pop("besides")
        options["containers"] = [each.package for each in folders() if each.is_ours and each.name not in besides]
        super().__init__(name, session_options, options)
