"""The messages as the pages list them agree with the published signatures and with what Handsel offers."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from handsel.webapi.metadata.operations import operations

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED: dict[str, Any] = json.loads((ROOT / "tests" / "data" / "operations.json").read_text(encoding="utf-8"))
FACTS = (ROOT / "docs" / "facts" / "behaviour.md").read_text(encoding="utf-8")
DEVIATIONS = (ROOT / "docs" / "deviations.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)`( \(function\))? \| (.*) \| (.*) \|$", re.MULTILINE)

import_module("handsel.webapi.operations.invoke")  # what the Web API answers by itself is declared there


def listed_as_left_out() -> list[str]:
    section = DEVIATIONS.split("### Messages left out")[1].split("\n### ")[0]
    entries = re.findall(r"^- .*?: (`[A-Z]\w+`(?:, `\w+`)*)$", section, re.MULTILINE)
    return [name for entry in entries for name in re.findall(r"`(\w+)`", entry)]


def test_what_is_left_out_is_listed_once_with_its_reason() -> None:
    listed = listed_as_left_out()
    assert sorted(listed) == sorted(set(listed))
    assert set(PUBLISHED) - set(operations()) == set(listed), "neither offered nor listed in docs/deviations.md"


def test_the_table_of_messages_is_complete_and_true() -> None:
    section = FACTS.split("\n## 3. Messages")[1].split("\n### ")[0]
    rows = {name: (function, bound, parameters) for name, function, bound, parameters in ROW.findall(section)}
    offered = {name for name, fact in PUBLISHED.items() if name in operations() and fact["kind"] != "message"}
    assert set(rows) == offered
    for name, (function, bound, parameters) in rows.items():
        found = operations()[name]
        assert (found.kind == "function") is bool(function), name
        tables = "–" if not found.bound_to else ", ".join(found.bound_to)
        assert bound == (f"the collection of {tables}" if found.on_collection else tables), name
        shown = ", ".join(f"`{each.name}`{'?' if each.nullable else ''}" for each in found.parameters)
        assert parameters == (shown or "–"), name


def test_parameters_are_the_published_ones() -> None:
    wrong = []
    for name, fact in PUBLISHED.items():
        found = operations().get(name)
        if found is None or fact["kind"] == "message":
            continue
        declared = {each.name: each.nullable for each in found.parameters}
        published = {each: nullable for each, (_type, nullable) in fact["parameters"].items()}
        if name == "CanCloseOpportunity":
            published["Quote"] = True  # an opportunity without a quote is asked about, too; docs/deviations.md
        if name == "RetrieveUserPrivilegeByPrivilegeName":
            published["ExcludeTeamBasic"] = True  # which is newer than the list
        if declared != published or list(declared) != list(published):
            wrong.append(name)
    assert wrong == []
