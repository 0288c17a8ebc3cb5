"""How long fuzzers run.

By default as short as every test, with the same requests in every run; or, to find more, with other ones every time:
`HANDSEL_FUZZ_EXAMPLES=5000 pytest tests/fuzz`.
"""

import os

from hypothesis import settings

WANTED = int(os.environ.get("HANDSEL_FUZZ_EXAMPLES", "0"))
ROUNDS = settings(max_examples=WANTED or 100, derandomize=not WANTED, deadline=None)
