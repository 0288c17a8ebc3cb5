"""No file imports itself around corners, imports for typing and those inside functions included."""

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
