"""What the server is told by a TOML file: `handsel serve --config handsel.toml`, or HANDSEL_CONFIG.

Every section may be missing. A file that cannot be read, and a name that means nothing, stop the server at its start.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from handsel.engine.errors import SetupError


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file; without one, all defaults."""


def read_configuration(file: Path | None) -> Configuration:
    """The configuration in a file, or the defaults. Raises SetupError that names file and entry."""
    if file is None:
        return Configuration()
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Configuration)
    except OSError as error:
        raise SetupError(f"The configuration {file} cannot be read: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"The configuration {file} cannot be read: {error}.") from error
