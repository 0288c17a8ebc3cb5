"""`handsel init`: make a database with its organization and first user."""

from __future__ import annotations

import argparse

HELP = "Make a database: its tables, its organization and the user admin, whose password is printed once."


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--sample", action="store_true", help="also make the sample company, to look around in")
    parser.add_argument("--currency", default="USD", metavar="CODE", help="the base currency (default: USD)")
    parser.add_argument("--organization", metavar="NAME", help="the organization's name")
    parser.add_argument(
        "--force", action="store_true", help="put Handsel's tables beside those of another program in one database"
    )


def run(options: argparse.Namespace) -> int:
    """Make the database, or say that it exists already."""
    from handsel.site.cli.opening import address
    from handsel.site.database import masked
    from handsel.site.opening import open
    from handsel.site.sample import NAME, make_sample
    from handsel.site.start import start

    start()
    from handsel.site.setup import create

    url = address(options)
    name = options.organization or (NAME if options.sample else "Handsel")
    made = create(url, currency=options.currency, organization=name, force=options.force)
    if not made.is_new:
        return _existing(url, options)
    print(f"Made the database {masked(url)}.")
    print("First user: admin")
    print(f"Password:   {made.password}   (shown only now)")
    if options.sample:
        with open(url) as session:
            print(f"Made the sample company: {make_sample(session)}.")
    return 0


def _existing(url: str, options: argparse.Namespace) -> int:
    """A database that exists keeps what it has; it gets the sample company if that is asked for and not there."""
    from handsel.site.database import masked
    from handsel.site.opening import open
    from handsel.site.sample import has_sample, make_sample

    print(f"The database {masked(url)} is there already", end="")
    if not options.sample:
        print("; nothing was changed.")
        return 0
    with open(url, user=options.user) as session:
        if has_sample(session):
            print(", with the sample company; nothing was changed.")
            return 0
        made_rows = make_sample(session)
    print(f".\nAdded the sample company; there are now {made_rows}.")
    return 0
