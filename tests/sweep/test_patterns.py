"""No regular expression can be made slow by what callers send: no nested repetition, no two adjacent ones that overlap.

Possessive repetition (`*+`, `++`) gives nothing back, so it is allowed everywhere.
"""

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator

import pytest

try:
    from re import _constants as constants
    from re import _parser as parser
except ImportError:  # pragma: no cover
    import sre_constants as constants  # type: ignore[no-redef]
    import sre_parse as parser  # type: ignore[no-redef]

import handsel
from handsel.site.start import start

start()
SAMPLE = string.printable + "é\u2028"
UNBOUNDED = 64
"""A repetition of at most so many is short enough."""


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that a module of the product holds."""
    for module in pkgutil.walk_packages(handsel.__path__, "handsel."):
        if ".tests" in module.name or ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


ALL = dict(patterns())


def is_long(operation: object, argument: object) -> bool:
    """Whether it repeats without a bound, and gives back."""
    return operation in (constants.MAX_REPEAT, constants.MIN_REPEAT) and argument[1] > UNBOUNDED  # type: ignore[index]


def letters(sequence: object, flags: int) -> set[str]:
    """The letters of the sample that can begin what a sequence matches; all of them if it is not a single letter."""
    items = list(sequence)  # type: ignore[call-overload]
    if len(items) != 1:
        return set(SAMPLE)
    state = parser.State()
    state.flags = flags
    state.str = ""
    single = parser.SubPattern(state, items)
    try:
        compiled = re._compiler.compile(single, flags)  # type: ignore[attr-defined]
    except Exception:
        return set(SAMPLE)
    return {letter for letter in SAMPLE if compiled.match(letter)}


def faults(sequence: object, flags: int, *, inside: bool = False) -> Iterator[str]:
    """Repetitions in a repetition, and adjacent ones that can match the same letter."""
    before: list[set[str]] = []
    for operation, argument in sequence:  # type: ignore[attr-defined]
        if is_long(operation, argument):
            if inside:
                yield "a repetition in a repetition"
            own = letters(argument[2], flags)
            if any(own & each for each in before):
                yield "two adjacent repetitions of the same letters"
            before.append(own)
            yield from faults(argument[2], flags, inside=True)
            continue
        children = {
            constants.SUBPATTERN: lambda a: [a[3]],
            constants.BRANCH: lambda a: a[1],
            constants.MAX_REPEAT: lambda a: [a[2]],
            constants.MIN_REPEAT: lambda a: [a[2]],
            constants.ATOMIC_GROUP: lambda a: [a],
            constants.POSSESSIVE_REPEAT: lambda a: [a[2]],
        }.get(operation, lambda a: [])(argument)
        for child in children:
            yield from faults(child, flags, inside=inside and operation is not constants.POSSESSIVE_REPEAT)
            if any(is_long(*item) for item in child):
                before += [letters(item[1][2], flags) for item in child if is_long(*item)]
        is_optional = operation in (constants.MAX_REPEAT, constants.MIN_REPEAT) and argument[0] == 0
        if operation is not constants.AT and not children and not is_optional:
            before.clear()


@pytest.mark.parametrize("name", ALL)
def test_no_pattern_can_be_made_slow(name: str) -> None:
    pattern = ALL[name]
    assert list(faults(parser.parse(pattern.pattern, pattern.flags), pattern.flags)) == []


@pytest.mark.parametrize(
    ("pattern", "is_slow"),
    [
        (r"(?:a+)+b", True),
        (r"\s+(.*?)\s*\Z", True),
        (r"\w+\d*x", True),
        (r"(?:[^,\"]|\"(?:[^\"]|x)*\")+", True),
        (r"\w+:\w+", False),
        (r"(?:a++)+b", False),
        (r"\s*+=\s*+x", False),
        (r"\d{4}-\d\d", False),
    ],
)
def test_what_is_found(pattern: str, is_slow: bool) -> None:
    assert bool(list(faults(parser.parse(pattern), 0))) is is_slow
