"""Starting Django for Handsel, once per process and never inside another Django project."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import entry_points

from handsel.errors import HandselError, SetupError

_lock = threading.RLock()
_started = False


def start() -> None:
    """Configure Django with Handsel's settings and load every table, message and rule.

    Raises SetupError inside another Django project, whose settings, user model and databases must stay as they are.
    """
    global _started
    with _lock:
        if _started:
            return
        _configure()
        with _declaring():
            import django

            django.setup()
            _load_chain()
        _started = True
        # Last, because such a module imports handsel, which calls start().
        for entry_point in entry_points(group="handsel.handlers"):
            _load(entry_point.module)
        from handsel.engine.operation_info import check_messages

        check_messages()


@contextmanager
def _declaring() -> Iterator[None]:
    """Load declarations, which live as long as the process, without looking for garbage among them.

    Excluded from garbage collection, they no longer make a full collection in the middle of a page of documents take a
    tenth of a second, and as much is saved while they are loaded.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()


def _configure() -> None:
    from django.conf import settings

    from handsel.site import settings as ours

    if settings.configured:
        if not getattr(settings, "HANDSEL", False):
            raise SetupError(_INSIDE)
        return
    named = os.environ.get("DJANGO_SETTINGS_MODULE")
    if named and named != ours.__name__:
        raise SetupError(_INSIDE)
    settings.configure(**{name: getattr(ours, name) for name in dir(ours) if name.isupper()})


_INSIDE = (
    "Handsel cannot be opened inside another Django project, because both bring their own settings and user model. "
    "Run it in a process of its own and call it over its Web API or command line."
)


def _load(module: str) -> None:
    try:
        import_module(module)
    except HandselError:
        raise
    except Exception as error:  # any error of a wrong declaration
        raise SetupError(f"{module.replace('.', '/')}.py: {type(error).__name__}: {error}.") from error


def _load_chain() -> None:
    from handsel.chain.folders import folders

    import_module("handsel.engine.crud.messages")
    import_module("handsel.engine.auto_number")
    import_module("handsel.engine.customization.add_column")
    import_module("handsel.engine.customization.change_column")
    import_module("handsel.engine.customization.key_messages")
    import_module("handsel.engine.crud.initializing")
    import_module("handsel.engine.crud.rollup_field")
    import_module("handsel.engine.secure_column")
    import_module("handsel.engine.crud.state_transition")
    for folder in folders():
        for module in folder.behavior_modules():
            _load(module)
    from handsel.chain.document.completeness import check_documents
    from handsel.engine.conversion import check_maps

    check_documents()
    check_maps()
