"""Nothing in the chain, the engine or the jobs reads rows around the two doors, but for what is listed here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "handsel"
FOLDERS = ("chain", "engine", "jobs", "connectors")

DOORS = {
    "engine/access.py": "says which rows may be read",
    "engine/reading.py": "reads them",
    "engine/rights/held.py": "asks the predicates of one row",
    "engine/row_reader.py": "the doors of a round",
    "engine/readable_queryset.py": "querysets of Python's callers, by the door's predicate",
    "engine/narrowing.py": "the access door's condition on a table of a query",
    "engine/rights/reaching.py": "the access door's predicates, with those of rows above inside",
}
AROUND = {
    # With a round at hand, but by other means than a door has.
    "chain/audit/details.py": "the audit itself; rows that it names by the doors",
    "chain/audit/messages.py": "the audit of rows that the door showed",
    "chain/party/uniqueness.py": "a text without regard to case, so not listed by the text itself",
    "chain/rights/unit_tree.py": "all units, of which there are few, with all above and below",
    "chain/party/user_rules.py": "the root business unit, by the lack of a parent",
    "chain/pricelist/states.py": "counts by the database, for a list that many customers may have",
    "chain/product/copying.py": "a text without regard to case, as above",
    "chain/product/published.py": "the audit, which is no table of rows",
    "chain/document/default_price_lists.py": "as the user, the first two of what may be many",
    "chain/document/snapshot/history.py": "the audit, as above",
    "chain/document/snapshot/related.py": "as the user, the first ten of what may be many",
    "engine/numbering.py": "the numbers with a prefix, of which there may be many",
    # Before there is a round.
    "chain/quote/messages.py": "which messages of a list take turns",
    "engine/lock_order.py": "rows to lock first, and the documents of lines",
    "engine/idempotency.py": "the result of a message that was done before",
    "engine/hidden_rows.py": "whether a row that was not found exists, for organizations that tell",
    "engine/outbox.py": "as the user, the rows that events are about",
    "chain/rights/explaining/holders.py": "as the user, who asks who else may do something",
    "engine/rights/denial.py": "as the user, who owns a row",
    "engine/customization/keys.py": "a row by the values of a key, also for addresses of the Web API",
    "chain/handover/connector_rules.py": "which connectors have deliveries, however many",
    "jobs/convert.py": "what was converted already, of a page of a job",
}
"""Each says in the call whose eyes it reads with (`read_as`), or takes `all_rows`, which are the system's."""

SQL = {
    "chain/document/second_conversion.py": "settings of pairs of tables, by metadata version",
    "engine/conversion.py": "mappings of administrators, by metadata version",
    "engine/crud/dependents.py": "finds and counts what refers to rows, for all tables at once",
    "engine/customization/change_column.py": "forgets the values of a column",
    "engine/customization/columns.py": "definitions",
    "engine/customization/string_map.py": "the labels of columns, which follow from the definitions",
    "engine/customization/definitions.py": "definitions",
    "engine/customization/keys.py": "ids by an index over custom columns; `fetch` narrows them",
    "engine/idempotency.py": "a table of the engine",
    "engine/organization.py": "settings, and whether the user is enabled",
    "engine/outbox.py": "a table of the engine",
    "engine/persist.py": "writes",
    "engine/reading.py": "the doors' own statements",
    "engine/owned_rows.py": "gives the rows of a user or team that moves their new unit, all at once",
    "engine/rights/denial.py": "the profiles that open a column, and names of principals in an explanation",
    "engine/rights/versions.py": "raises the version of the rights",
    "engine/rights/holders.py": "the roles of users and teams, by rights version",
    "engine/rights/grants.py": "what roles grant, by version of the rights",
    "engine/sight.py": "the ids that a view of a table rests on",
    "jobs/checkpoint.py": "a table of jobs",
    "connectors/queue.py": "claims deliveries for a while, without reading what they deliver",
}
"""Who sends statements of their own: about definitions, counters and the like, and two about rows."""

READS = {"fetch", "fetch_each", "rows", "all_rows", "predicate", "predicate_of"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for file in sorted((SOURCE / folder).rglob("*.py")):
            if "tests" not in file.parts:
                yield file.relative_to(SOURCE).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module, *sources: str) -> set[str]:
    return {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in sources
        for name in node.names
    }


def reads(tree: ast.Module) -> set[str]:
    """The means by which a module reads rows on its own."""
    found = imported(tree, "handsel.engine.reading", "handsel.engine.access") & READS
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            of_access = isinstance(node.value, ast.Name) and node.value.id in ("access", "reading")
            if node.attr in MANAGERS or (of_access and node.attr in READS):
                found.add(node.attr)
    return found


def sends(tree: ast.Module) -> set[str]:
    """The means by which a module sends statements of its own."""
    return imported(tree, "handsel.database.statements") & {"run", "run_each", "send"}


@pytest.mark.parametrize(("means", "listed"), [(reads, DOORS | AROUND), (sends, SQL)], ids=["rows", "statements"])
def test_who_reads_around_the_doors_is_listed(means, listed: dict[str, str]) -> None:
    found = {name: means(tree) for name, tree in modules()}
    around = {name: how for name, how in found.items() if how}
    assert {name: how for name, how in around.items() if name not in listed} == {}
    assert set(listed) - set(around) == set()  # what is no longer needed goes from the list


def test_a_round_has_no_third_door() -> None:
    from handsel.engine.work import Work

    assert not {"load", "row", "children", "prefetch"} & set(dir(Work))
