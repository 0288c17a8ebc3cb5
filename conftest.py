"""Fixtures of every test, beside the code and under tests/."""

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
