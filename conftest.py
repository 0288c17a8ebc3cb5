"""Fixtures of every test, beside the code and under tests/."""

import gc
import signal

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

# The same examples on every machine and in every run.
settings.register_profile(
    "handsel",
    derandomize=True,
    max_examples=100,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("handsel")

# A suite that a shell started in the background ignores SIGINT, and so would every program that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What is there now stays until the end: looking for garbage in it, again and again, would be in vain."""
    gc.collect()
    gc.freeze()
