"""Every setting of the organization has an effect, or the deviations say that it has none."""

import re
from pathlib import Path

from handsel.engine.numbering import numberings
from handsel.tables.info import table_info

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "handsel"
DEVIATIONS = (ROOT / "docs" / "deviations.md").read_text(encoding="utf-8")
BESIDES = {"organizationid", "name", "basecurrencysymbol", "versionnumber"}
"""Columns of the organization that are no settings."""


def listed() -> set[str]:
    section = DEVIATIONS.split("## Settings without effect")[1].split("\n## ")[0]
    return set(re.findall(r"`([a-z_]+)`", section))


def read() -> set[str]:
    """The settings whose names stand in the source, or that number rows."""
    files = [file for file in SOURCE.rglob("*.py") if not {"tests", "migrations"} & set(file.parts)]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    counted = {name for each in numberings().values() for name in (each.prefix, each.current)}
    return counted | {name for name in table_info("organization").columns if f'"{name}"' in text}


def test_every_setting_has_an_effect_or_is_listed() -> None:
    settings = {name for name, column in table_info("organization").columns.items() if column.writable}
    assert settings - BESIDES - read() - listed() == set()


def test_only_settings_are_listed_and_only_those_that_nobody_reads() -> None:
    assert listed() <= table_info("organization").columns.keys()
    # Currencies have a column of this name, which is read.
    assert listed() & read() <= {"currencysymbol"}
