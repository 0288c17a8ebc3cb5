"""The checks of `handsel doctor`. Each looks at one thing and says what it found and what to do."""

from __future__ import annotations

import platform
import sqlite3
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from handsel.database.counters import missing_counters
from handsel.engine.conversion import all_maps, undecided
from handsel.engine.handlers import listeners
from handsel.engine.message import message_type
from handsel.site.database import masked, sqlite_file
from handsel.tables.info import UnknownTable, table_info

OLDEST_SQLITE = (3, 35, 0)
OLDEST_POSTGRESQL = 15
"""SQLite gives back changed rows since 3.35; PostgreSQL 15 is the oldest version that is tried."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `advice` says what to do, also about what is only noteworthy."""

    what: str
    is_good: bool
    detail: str
    advice: str = ""


def database(alias: str, url: str) -> Finding:
    """Can it be reached?"""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return Finding(
            "database",
            False,
            f"there is no file {file}",
            "Make it with `handsel init`, or name another with --database.",
        )
    try:
        connections[alias].ensure_connection()
    except DatabaseError as error:
        return Finding(
            "database", False, f"{masked(url)}: {_one_line(error)}", "Check address, user, password and server."
        )
    return Finding("database", True, f"{masked(url)} answers")


def versions(alias: str, url: str) -> Finding:
    """Are Python, Handsel and the database new enough?"""
    from handsel.version import VERSION

    known = f"Handsel {VERSION}, Python {platform.python_version()}"
    if connections[alias].vendor == "sqlite":
        good = sqlite3.sqlite_version_info >= OLDEST_SQLITE
        advice = "" if good else f"Use a Python that brings SQLite {'.'.join(map(str, OLDEST_SQLITE[:2]))} or newer."
        return Finding("versions", good, f"{known}, SQLite {sqlite3.sqlite_version}", advice)
    version = _rows(alias, "SHOW server_version_num")[0][0]
    major = int(version) // 10_000
    good = major >= OLDEST_POSTGRESQL
    advice = "" if good else f"Upgrade the server to PostgreSQL {OLDEST_POSTGRESQL} or newer."
    return Finding("versions", good, f"{known}, PostgreSQL {major}", advice)


def tables(alias: str, url: str) -> Finding:
    """Are the tables those that this version expects?"""
    loader = MigrationLoader(connections[alias])
    known = {name for app, name in loader.disk_migrations if app == "handsel"}
    applied = {name for app, name in loader.applied_migrations if app == "handsel"}
    if not applied:
        return Finding("tables", False, "none of Handsel's tables are there", "Run `handsel init` on the database.")
    if known != applied:
        return Finding(
            "tables", False, "made by another version of Handsel", "Use that version, or upgrade the database."
        )
    present = set(connections[alias].introspection.table_names())
    from django.apps import apps

    missing = sorted({model._meta.db_table for model in apps.get_app_config("handsel").get_models()} - present)
    if missing:
        advice = "Restore them from a backup, or make a new database: this one was made by another build."
        return Finding("tables", False, f"missing: {', '.join(missing)}", advice)
    return Finding("tables", True, f"{len(applied)} migration, all tables there")


def counters(alias: str, url: str) -> Finding:
    """Are the counters for versions and numbers there?"""
    missing = missing_counters(alias)
    if missing:
        return Finding(
            "counters",
            False,
            f"missing: {', '.join(missing)}",
            "Restore the database from a backup; without counters nothing can be numbered.",
        )
    return Finding("counters", True, "all there")


def settings(alias: str, url: str) -> Finding:
    """Is there one organization with usable settings?"""
    rows = _rows(
        alias,
        "SELECT basecurrencyid, pricingdecimalprecision, oobpricecalculationenabled, discountcalculationmethod "
        "FROM organization",
    )
    if len(rows) != 1:
        return Finding(
            "settings",
            False,
            f"{len(rows)} organization rows instead of one",
            "Run `handsel init` on an empty database.",
        )
    currency, precision, is_system_priced, method = rows[0]
    wrong = []
    if currency is None or not _rows(
        alias, "SELECT 1 FROM transactioncurrency WHERE transactioncurrencyid = %s", (currency,)
    ):
        wrong.append("the base currency is missing")
    if precision is not None and not 0 <= precision <= 4:
        wrong.append(f"pricingdecimalprecision is {precision}, not 0 to 4")
    if method not in (None, 0, 1):
        wrong.append(f"discountcalculationmethod is {method}, not 0 or 1")
    if wrong:
        advice = "Set them with `handsel message Update` on the table organization."
        return Finding("settings", False, "; ".join(wrong), advice)
    if is_system_priced is not None and not is_system_priced and not list(listeners(message_type("CalculatePrice"))):
        advice = "Install a package with a CalculatePrice handler, or set oobpricecalculationenabled to true."
        return Finding(
            "settings", False, "system pricing is off and no own price code is registered: nothing is priced", advice
        )
    return Finding("settings", True, "one organization, base currency and precisions in order")


def users(alias: str, url: str) -> Finding:
    """Can anybody act?"""
    count = _rows(alias, "SELECT count(*) FROM systemuser WHERE isdisabled IS NULL OR NOT isdisabled")[0][0]
    return Finding("users", count > 0, f"{count} enabled", "" if count else "Enable a user in the table systemuser.")


def maps(alias: str, url: str) -> Finding:
    """Do the column maps decide every column, and do added mappings name columns that exist?"""
    own = {(table, name) for table, name in _rows(alias, "SELECT tablename, logicalname FROM hs_customcolumn")}

    def is_known(table: str, column: str) -> bool:
        try:
            return column in table_info(table).columns or (table, column) in own
        except UnknownTable:
            return False

    wrong = [
        f"{entry.source}.{entry.target} leaves {', '.join(undecided(entry))} undecided"
        for entry in all_maps()
        if undecided(entry)
    ]
    rows = _rows(
        alias,
        "SELECT e.sourceentityname, a.sourceattributename, e.targetentityname, a.targetattributename "
        "FROM attributemap AS a JOIN entitymap AS e ON e.entitymapid = a.entitymapid",
    )
    for source, source_column, target, target_column in rows:
        wrong += [
            f"{table} has no column {name}"
            for table, name in ((source, source_column), (target, target_column))
            if not is_known(table, name)
        ]
    if wrong:
        return Finding(
            "maps",
            False,
            "; ".join(wrong),
            "Delete those rows of attributemap, or add the columns with `handsel column add`.",
        )
    return Finding("maps", True, f"{len(all_maps())} maps, {len(rows)} copied columns")


def custom_columns(alias: str, url: str) -> Finding:
    """Do custom columns stand on tables that exist, beside the declared ones?"""
    rows = _rows(alias, "SELECT tablename, logicalname FROM hs_customcolumn")
    wrong = []
    for table, name in rows:
        try:
            if name in table_info(table).columns:
                wrong.append(f"{table}.{name} has the name of a declared column")
        except UnknownTable:
            wrong.append(f"{table}.{name} stands on an unknown table")
    advice = "Ask for help before you change anything: their values are in hs_custom of the rows." if wrong else ""
    return Finding("custom columns", not wrong, "; ".join(wrong) or f"{len(rows)}", advice)


def integrity(alias: str, url: str) -> Finding:
    """Does the database keep its own rules: CHECK and foreign keys?"""
    restore = "Restore the last good backup; if there is none, export what can be read."
    if connections[alias].vendor == "sqlite":
        damage = [row[0] for row in _rows(alias, "PRAGMA quick_check(10)") if row[0] != "ok"]
        damage += [
            f"{table} refers to a missing {parent}"
            for table, _row, parent, _key in _rows(alias, "PRAGMA foreign_key_check")[:10]
        ]
        return Finding(
            "integrity",
            not damage,
            "; ".join(damage) or "file, CHECK and foreign keys in order",
            restore if damage else "",
        )
    found = _rows(
        alias,
        "SELECT conname FROM pg_constraint AS c JOIN pg_namespace AS n ON n.oid = c.connamespace "
        "WHERE n.nspname = current_schema() AND NOT convalidated",
    )
    invalid = _rows(
        alias,
        "SELECT indexrelid::regclass::text FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
        "JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT indisvalid",
    )
    damage = [row[0] for row in (*found, *invalid)]
    if damage:
        advice = "Run ALTER TABLE … VALIDATE CONSTRAINT, or REINDEX, for each; PostgreSQL names the rows in the way."
        return Finding("integrity", False, f"not valid: {', '.join(damage)}", advice)
    return Finding("integrity", True, "CHECK, foreign keys and indexes valid")


def _rows(alias: str, sql: str, params: Any = ()) -> list[Any]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


CHECKS = (database, versions, tables, counters, settings, users, maps, custom_columns, integrity)
FUNDAMENTAL = (database, tables)
"""When one of these fails, the rest cannot be looked at."""
