"""Handsel carries a sale from opportunity to quote, to sales order, to paid invoice.

    import handsel

    with handsel.open("sqlite:///shop.sqlite3") as session:
        quote = session.execute(handsel.GenerateQuoteFromOpportunity(opportunity_id))

Every message (`handsel.Create`, `handsel.WinQuote`, …) and every error is an attribute of this module; `__init__.pyi`
lists them. What needs the tables is imported when it is first asked for, so that `import handsel` is quick and harmless
inside other programs.
"""

from __future__ import annotations

import functools
from importlib import import_module

from handsel.version import VERSION

__version__ = VERSION

_PLAIN = ("handsel.database.result", "handsel.database.row", "handsel.engine.column_set", "handsel.errors")
"""Modules that work without the tables, also inside another Django project."""


@functools.cache
def _listed() -> dict[str, str]:
    """Every public name with the module it stands in, as the stub lists them."""
    import ast
    from pathlib import Path

    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    return {
        alias.name: f"handsel.{node.module}"
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def __getattr__(name: str) -> object:
    if name == "__all__":
        return list(_listed())
    if name not in _listed():
        raise AttributeError(f"module 'handsel' has no attribute '{name}'")
    if _listed()[name] not in _PLAIN:
        from handsel.site.start import start

        start()
    found = globals()[name] = getattr(import_module(_listed()[name]), name)
    return found


def __dir__() -> list[str]:
    return [*_listed(), "__version__"]
