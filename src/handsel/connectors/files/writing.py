"""Writing files for another system: whole or not at all, under names that are names on every system."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from handsel.connectors.files.order_csv import orders_csv
from handsel.connectors.files.order_json import Json
from handsel.connectors.files.order_ubl import order_ubl
from handsel.errors import InvalidArgument, abbreviated, enumerated

FORMATS = ("json", "csv", "ubl")


def require_format(name: str) -> str:
    """A format of orders by its name. Raises InvalidArgument for another."""
    if name not in FORMATS:
        raise InvalidArgument(f"Orders are written as {enumerated(FORMATS, 'or')}, not as {abbreviated(name)}.")
    return name


def order_files(order: Json, stem: str, format: str) -> Mapping[str, str]:
    """The texts of an order's files by name. That of the order itself is the last, so it is there when all are."""
    if format == "csv":
        header, lines = orders_csv([order])
        return {f"{stem}-lines.csv": lines, f"{stem}.csv": header}
    if format == "ubl":
        return {f"{stem}.xml": order_ubl(order)}
    return {f"{stem}.json": f"{json.dumps(order, ensure_ascii=False, indent=1)}\n"}


def safe_name(text: str) -> str:
    """A name for a file that is one on every system, whatever a number was set to."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in text).lstrip(".")[:100] or "_"


def write_whole(file: Path, text: str) -> None:
    """Write a file whole: readers see it complete, or not at all, and what is there survives a power cut.

    Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
