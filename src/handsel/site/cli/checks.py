"""The checks of `handsel doctor`. Each checks one thing and returns what it found and what to do."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connections

from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.database.counters import missing_counters
from handsel.database.dialect import Dialect, dialect_of
from handsel.engine.added_maps import Mapped, Pair, made_of, rows_by_tables
from handsel.engine.conversion import READ_MAPPINGS, all_maps, undecided
from handsel.engine.customization.columns import READ_COLUMNS, defined_columns
from handsel.engine.handlers import listeners
from handsel.engine.message import message_type
from handsel.errors import SetupError
from handsel.site.database import masked, require_database_file, sqlite_file, without_password
from handsel.site.schema import listed, read_schema
from handsel.tables.info import TableInfo, UnknownTable, all_tables, table_info


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `advice` says what to do, also for a finding that is no failure."""

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
    advice = "Check address, user, password and server."
    try:
        if file is not None:
            advice = "Restore the file from a backup, or name another with --database."
            require_database_file(file)
        read_schema(alias)
    except SetupError as error:
        return Finding("database", False, error.message, advice)
    except DatabaseError as error:
        return Finding("database", False, f"{masked(url)}: {without_password(error, url)}", advice)
    reason = _dialect(alias).why_read_only(connections[alias])
    if reason:
        return Finding("database", True, f"{masked(url)} answers", f"It can only be read: {reason}.")
    return Finding("database", True, f"{masked(url)} answers")


def versions(alias: str, url: str) -> Finding:
    """Are Python, Handsel and the database new enough?"""
    from handsel.version import VERSION

    known = f"Handsel {VERSION}, Python {platform.python_version()}"
    found = _dialect(alias).check_version(lambda sql: _rows(alias, sql))
    return Finding("versions", not found.advice, f"{known}, {found.detail}", found.advice)


def tables(alias: str, url: str) -> Finding:
    """Are the tables those that this version expects?"""
    schema = read_schema(alias)
    if schema.foreign:
        return Finding("tables", False, f"another program's: {listed(schema.foreign)}", "Name Handsel's own database.")
    if not schema.applied:
        return Finding("tables", False, "none of Handsel's tables are there", "Run `handsel init` on the database.")
    if not schema.is_current:
        advice = "Install the Handsel that made it, or a newer one." if schema.is_too_new else "Run `handsel upgrade`."
        return Finding("tables", False, f"schema {schema.version}, and this Handsel needs {schema.needed}", advice)
    present = set(connections[alias].introspection.table_names(include_views=True))
    from django.apps import apps

    missing = sorted({model._meta.db_table for model in apps.get_app_config("handsel").get_models()} - present)
    if missing:
        advice = "Restore them from a backup, or make a new database: this one was made by another build."
        return Finding("tables", False, f"missing: {', '.join(missing)}", advice)
    return Finding("tables", True, f"schema {schema.version}, all tables there")


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


_ENABLED = "(u.isdisabled IS NULL OR NOT u.isdisabled)"
_ADMINISTRATORS = f"""
    SELECT count(*) FROM systemuser AS u WHERE {_ENABLED} AND u.systemuserid IN (
        SELECT h.systemuserid FROM systemuserroles AS h JOIN role AS r ON r.roleid = h.roleid
            WHERE r.parentrootroleid = %s
        UNION SELECT m.systemuserid FROM teammembership AS m JOIN teamroles AS h ON h.teamid = m.teamid
            JOIN role AS r ON r.roleid = h.roleid WHERE r.parentrootroleid = %s)
"""


def users(alias: str, url: str) -> Finding:
    """Is there an enabled user, and one who may do everything? A database from before roles made all of them that."""
    count = _rows(alias, f"SELECT count(*) FROM systemuser AS u WHERE {_ENABLED}")[0][0]
    administrator = _dialect(alias).key(ADMINISTRATOR)
    administrators = _rows(alias, _ADMINISTRATORS, (administrator, administrator))[0][0]
    found = f"{count} enabled, {administrators} of them System Administrator"
    if not count:
        return Finding("users", False, found, "Enable a user in the table systemuser.")
    if not administrators:
        advice = "Restore the database from a backup: nobody can give roles any more."
        return Finding("users", False, found, advice)
    advice = "" if administrators == 1 else "Take that role from those who do not need it, after giving them another."
    return Finding("users", True, found, advice)


def maps(alias: str, url: str) -> Finding:
    """Do the column maps decide every column, and do added mappings name columns that exist?"""
    rows = _rows(
        alias,
        "SELECT e.sourceentityname, a.sourceattributename, e.targetentityname, a.targetattributename "
        "FROM attributemap AS a JOIN entitymap AS e ON e.entitymapid = a.entitymapid",
    )
    tables = _with_own_columns(alias)
    wrong = [
        f"{entry.source}.{entry.target} leaves {', '.join(undecided(entry))} undecided"
        for entry in all_maps()
        if undecided(entry)
    ]
    for source, source_column, target, target_column in rows:
        wrong += [
            f"{table} has no column {name}"
            for table, name in ((source, source_column), (target, target_column))
            if table not in tables or name not in tables[table].columns
        ]
    if wrong:
        return Finding(
            "maps",
            False,
            "; ".join(wrong),
            "Delete those rows of attributemap, or add the columns with `handsel column add`.",
        )
    left = _left_behind(tables, rows_by_tables(_rows(alias, READ_MAPPINGS)))
    detail = f"{len(all_maps())} maps, {len(rows)} copied columns"
    if left:
        detail += f"; own columns that do not travel: {'; '.join(left)}"
        advice = "Make both columns alike, map to a column that fits (`handsel maps --add`), or say that it stays "
        return Finding("maps", True, detail, f"{advice}(`handsel maps --switch-off`).")
    return Finding("maps", True, detail)


def _with_own_columns(alias: str) -> dict[str, TableInfo]:
    own = defined_columns(_rows(alias, READ_COLUMNS))
    return {info.logical_name: info.with_custom_columns(own.get(info.logical_name, ())) for info in all_tables()}


def _left_behind(tables: Mapping[str, TableInfo], rows: Mapping[Pair, Sequence[Mapped]]) -> list[str]:
    """The own columns of both tables of a map whose values might not fit, with the reason."""
    pairs = dict.fromkeys((entry.source, entry.target) for entry in all_maps())
    return [
        f"{source}.{target} {column} ({reason})"
        for source, target in pairs
        for column, reason in made_of(tables[source], tables[target], rows.get((source, target), ())).unfit.items()
    ]


def custom_columns(alias: str, url: str) -> Finding:
    """Do custom columns belong to tables that exist, without clashing with declared columns?"""
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
    found = _dialect(alias).check_integrity(lambda sql: _rows(alias, sql))
    return Finding("integrity", not found.advice, found.detail, found.advice)


def _dialect(alias: str) -> Dialect:
    return dialect_of(connections[alias].vendor)


def _rows(alias: str, sql: str, params: Any = ()) -> list[Any]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def checked(check: Callable[[str, str], Finding], alias: str, url: str) -> Finding:
    """What a check found; a database that cannot even be read, as a damaged one, is a finding too."""
    try:
        return check(alias, url)
    except DatabaseError as error:
        what = check.__name__.replace("_", " ")
        advice = "Restore the database from a backup." if sqlite_file(url) else "Look into the log of the server."
        return Finding(what, False, without_password(error, url), advice)


CHECKS = (database, versions, tables, counters, settings, users, maps, custom_columns, integrity)
FUNDAMENTAL = (database, tables)
"""If one of these fails, the others cannot run."""
