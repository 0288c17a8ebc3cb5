"""The files of an embedded database are the owner's alone: they hold customers, prices and hashes of passwords."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator

from handsel.site.database import sqlite_file

_BESIDE = ("", "-wal", "-shm")


def make_private(url: str) -> Iterator[str]:
    """Take the rights of other users of this machine from the files of a database; a sentence for each that had some.

    Rights of the group are left: an administrator may have given them. SQLite makes its other files like the database.
    """
    file = sqlite_file(url)
    if file is None or sys.platform == "win32":
        return
    file = file.resolve()  # the others stand beside the file that a link names
    for each in (file.with_name(file.name + end) for end in _BESIDE):
        try:
            mode = stat.S_IMODE(each.stat().st_mode)
            if not mode & stat.S_IRWXO:
                continue
            os.chmod(each, 0o600)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield f"All users of this machine may open {each}, and that cannot be changed: {error.strerror}."
            continue
        yield f"All users of this machine could open {each} (mode {mode:o}). It is the owner's alone now (600)."
