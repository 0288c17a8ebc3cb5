"""The folders of the business, upstream first: those in `chain/`, and those of other packages.

A package brings a folder by an entry point of the group `handsel.documents`, whose value is the package of the folder:

    [project.entry-points."handsel.documents"]
    returnorder = "acme_returns.returnorder"

There is no list of folders: each names in its `__init__.py` those it builds on, as in `UPSTREAM = ("salesorder",)`.
"""

from __future__ import annotations

import functools
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import handsel.chain
from handsel.errors import SetupError

GROUP = "handsel.documents"

_FIRST = ("states", "conversions", "rules", "messages")
"""The folders that are loaded first, in this order: all others may build on them."""


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder: its short name, its package, its directory, and the folders it builds on."""

    name: str
    package: str
    path: Path
    upstream: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        """Whether it is in `chain/`."""
        return self.package.startswith(f"{handsel.chain.__name__}.")

    def file(self, name: str) -> str:
        """A file of the folder as messages name it: `handsel/chain/quote/states.py`."""
        return f"{self.package.replace('.', '/')}/{name}"

    def table_modules(self) -> list[str]:
        """The modules that declare tables: `tables`, then those whose names end in `_tables`."""
        found = [name for name in self._modules() if name == "tables" or name.endswith("_tables")]
        return [f"{self.package}.{name}" for name in sorted(found, key=lambda name: (name != "tables", name))]

    def behavior_modules(self) -> list[str]:
        """All others, which may use the tables."""
        of_tables = set(self.table_modules())
        names = [name for name in self._modules() if f"{self.package}.{name}" not in of_tables]
        ordered = sorted(names, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
        return [f"{self.package}.{name}" for name in ordered]

    def _modules(self) -> list[str]:
        return [module.name for module in pkgutil.iter_modules([str(self.path)]) if not module.ispkg]


@functools.cache
def folders() -> tuple[Folder, ...]:
    """Every folder, upstream first. Raises SetupError, which names the wrong file and what to write there."""
    found: dict[str, Folder] = {}
    for folder in (*_ours(), *_brought()):
        other = found.setdefault(folder.name, folder)
        if other is not folder:
            raise SetupError(
                f"Two folders are called {folder.name}: {other.package} and {folder.package}. Rename one of them."
            )
    for folder in found.values():
        for name in folder.upstream:
            if name not in found:
                raise SetupError(
                    f"{folder.file('__init__.py')} stands upon '{name}', which is no folder of the business. "
                    f"UPSTREAM can name {', '.join(sorted(found))}."
                )
    return tuple(found[name] for name in _upstream_first(found))


def migration_directories() -> list[str]:
    """The directories of the migrations that other packages bring; those of `chain/` are in `handsel/migrations`."""
    return [str(folder.path / "migrations") for folder in folders() if not folder.is_ours]


def _ours() -> Iterator[Folder]:
    for module in pkgutil.iter_modules(handsel.chain.__path__):
        if module.ispkg:
            yield _folder(f"{handsel.chain.__name__}.{module.name}")


def _brought() -> Iterator[Folder]:
    for entry_point in sorted(entry_points(group=GROUP), key=lambda each: each.value):
        try:
            yield _folder(entry_point.value)
        except ImportError as error:
            raise SetupError(
                f"The entry point {entry_point.name} of {GROUP} names the package {entry_point.value}, which cannot be "
                f"imported: {error}."
            ) from error


def _folder(package: str) -> Folder:
    module = import_module(package)
    name = package.rpartition(".")[2]
    upstream = getattr(module, "UPSTREAM", None)
    if not isinstance(upstream, tuple) or not all(isinstance(each, str) for each in upstream):
        raise SetupError(
            f"{package.replace('.', '/')}/__init__.py does not say what the folder stands upon. Write there "
            'UPSTREAM = ("salesorder",), with the folders whose documents it grows from.'
        )
    return Folder(name, package, Path(module.__path__[0]), upstream)


def _upstream_first(found: dict[str, Folder]) -> Iterator[str]:
    """The names in order: each after those it builds on; otherwise ours first, then by name."""
    sorter = TopologicalSorter({name: folder.upstream for name, folder in found.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise SetupError(f"Folders of the business stand upon each other: {circle}. Change UPSTREAM of one.") from None
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=lambda name: (not found[name].is_ours, name))
        yield from ready
        sorter.done(*ready)
