"""An asynchronous client behind the calls of a synchronous one, so that the same tests drive both."""

import asyncio
import inspect
from typing import Any


class Awaited:
    """An object whose calls run to their end: coroutines give their results, async iterators lists.

    Whatever else of its package comes out of it, and every async context manager, is wrapped alike.
    """

    def __init__(self, inner: Any, runner: asyncio.Runner, package: str) -> None:
        vars(self).update(_inner=inner, _runner=runner, _package=package)

    def __getattr__(self, name: str) -> Any:
        return self._settled(getattr(self._inner, name))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._inner, name, value)

    def __enter__(self) -> Any:
        return self._settled(self._inner.__aenter__())

    def __exit__(self, *error: Any) -> None:
        self._settled(self._inner.__aexit__(*error))

    def _settled(self, value: Any) -> Any:
        if inspect.isroutine(value):
            return lambda *given, **named: self._settled(value(*given, **named))
        if inspect.iscoroutine(value):
            return self._settled(self._runner.run(value))
        if inspect.isasyncgen(value):
            return self._runner.run(_listed(value))
        if hasattr(value, "__aenter__") or type(value).__module__.startswith(self._package):
            return Awaited(value, self._runner, self._package)
        return value


async def _listed(pages: Any) -> list[Any]:
    return [page async for page in pages]
