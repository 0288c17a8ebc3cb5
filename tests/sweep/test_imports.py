"""No file imports itself around corners, or the package as a whole, for typing and inside functions included."""

from graphlib import CycleError, TopologicalSorter

import grimp


def test_no_circle_among_files() -> None:
    graph = grimp.build_graph("handsel", include_external_packages=False)
    # The package itself is a facade over everything, and tests import what they test.
    modules = {module for module in graph.modules if module != "handsel" and ".tests" not in module}
    imports = {module: graph.find_modules_directly_imported_by(module) & modules for module in modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise AssertionError(f"These files import each other: {circle}") from error


def test_nothing_inside_imports_the_facade() -> None:
    """It leads to everything, so an import of it would lead up, past every contract."""
    graph = grimp.build_graph("handsel", include_external_packages=False)
    importers = graph.find_modules_that_directly_import("handsel")
    assert {module for module in importers if ".tests" not in module} == set()
