"""Makes a template database: `python -m handsel.testing.build_template DIRECTORY CURRENCY [--sample]`."""

from __future__ import annotations

import argparse
import hashlib
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from handsel.errors import HandselError

if TYPE_CHECKING:
    from handsel.site.session import Session

from handsel.testing.template import DATABASE, DESCRIPTION, Access, Description


def make(directory: Path, currency: str, *, sample: bool) -> None:
    """Make the database and, last, its description. Raises HandselError."""
    from handsel.site.opening import open
    from handsel.site.sample import NAME, make_sample
    from handsel.site.start import start

    start()
    from handsel.site.setup import create

    file = directory / DATABASE
    url = f"sqlite:///{file}"
    create(url, currency=currency, organization=NAME if sample else "Handsel")
    with open(url) as session:
        if sample:
            make_sample(session)
        access = _access(session)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # so that the file alone is the database
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    description = directory / DESCRIPTION
    description.write_bytes(msgspec.json.encode(Description(digest, access)))
    for kept in (file, description):
        os.chmod(kept, 0o600)


def _access(session: Session) -> Access:
    from handsel.site.identity.clients import create_client
    from handsel.site.identity.tokens import create_token

    with session.entered():
        token = create_token(session.user.user_id, name="testing")
        client = create_client(session.user.user_id, name="testing")
    (organization,) = session.rows("organization")
    return Access(token, str(session.user.user_id), str(organization.id), str(client.client_id), client.secret)


def main() -> None:
    """Make a template from the arguments of the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=Path)
    parser.add_argument("currency")
    parser.add_argument("--sample", action="store_true")
    options = parser.parse_args()
    try:
        make(options.directory, options.currency, sample=options.sample)
    except HandselError as error:
        sys.exit(error.message)


if __name__ == "__main__":
    main()
