"""Opening a database: what `handsel.open` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handsel.site.start import start

if TYPE_CHECKING:
    from handsel.site.session import Session


def open(url: str | None = None, *, user: str | None = None) -> Session:
    """Open an existing database and act as `user` (default `admin`).

    `url` is `sqlite:///FILE` or `postgresql://…`; without one, `HANDSEL_DATABASE_URL` or `handsel.sqlite3` in the
    current directory. Raises SetupError if there is no Handsel database, or inside another Django project.
    """
    start()
    from handsel.site.session import open_session

    return open_session(url, user=user)
