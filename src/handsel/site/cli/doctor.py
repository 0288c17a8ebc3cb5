"""`handsel doctor`: check the database, and say what to do about each problem."""

from __future__ import annotations

import argparse

HELP = "Check database, versions, settings and data; exit status 1 and advice when something is wrong."


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no arguments besides the common ones."""


def run(options: argparse.Namespace) -> int:
    """Run the checks one after another."""
    from handsel.errors import HandselError
    from handsel.site.cli.opening import address
    from handsel.site.database import register

    url = address(options)
    try:
        from handsel.site.start import start

        start()
        from handsel.site.cli import checks

        alias = register(url)
    except (HandselError, AssertionError) as error:
        print(f"✗ start: {error}")
        return 1
    wrong = 0
    for check in checks.CHECKS:
        finding = checks.checked(check, alias, url)
        print(f"{'✓' if finding.is_good else '✗'} {finding.what}: {finding.detail}")
        if finding.advice:
            print(f"  → {finding.advice}")
        wrong += not finding.is_good
        if not finding.is_good and check in checks.FUNDAMENTAL:
            break
    print("Everything is in order." if not wrong else f"{wrong} {'check' if wrong == 1 else 'checks'} failed.")
    return 1 if wrong else 0
