"""The benchmark names functions of the engine; a renamed one must not wait for the next run to be noticed."""

from bench.shares import steps


def test_every_timed_step_is_there() -> None:
    for name, owner, attribute in steps():
        assert callable(getattr(owner, attribute, None)), f"{name}: {owner.__name__} has no {attribute}"
