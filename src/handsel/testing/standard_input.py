"""Standard input as the sign of life of whoever started a server."""

from __future__ import annotations

import os
import stat


def is_in_the_background() -> bool:
    """Whether standard input is /dev/null, or none at all: it then tells nothing."""
    try:
        return stat.S_ISCHR(os.fstat(0).st_mode) and not os.isatty(0)
    except OSError:
        return True
