"""Making a database: its tables, its organization, its first user."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import OperationalError, connections, transaction

from handsel.chain.system.connect_rows import ADMINISTRATOR, connect_rows
from handsel.database.context import Actor, Context, current, entered
from handsel.database.dialect import dialect_of
from handsel.database.row import Row
from handsel.database.statements import key_value, mark, run
from handsel.engine.conversion import all_maps
from handsel.errors import InvalidArgument, SetupError
from handsel.site.database import masked, register, require_database_file, sqlite_file
from handsel.tables.info import table_info
from handsel.tables.keys import new_key

CURRENCIES = {
    "USD": ("US Dollar", "$", 2),
    "EUR": ("Euro", "€", 2),
    "GBP": ("Pound Sterling", "£", 2),
    "CHF": ("Swiss Franc", "CHF", 2),
    "JPY": ("Japanese Yen", "¥", 0),
    "KWD": ("Kuwaiti Dinar", "KD", 3),
}
"""Currencies offered as base: name, symbol, decimals. Any other can be added later, not as base."""


@dataclass(frozen=True, slots=True)
class Created:
    """What `create` did. `password` is the first user's, shown once; None when the database was there before."""

    url: str
    is_new: bool
    password: str | None


def create(url: str, *, currency: str = "USD", organization: str = "Handsel") -> Created:
    """Make the tables and base rows of a database; on one that has them, change nothing.

    `currency` is the ISO code of the base currency. Raises SetupError when the database cannot be reached or made.
    """
    if currency not in CURRENCIES:
        raise InvalidArgument(f"{currency} cannot be the base currency here. Take one of {', '.join(CURRENCIES)}.")
    alias = register(url)
    file = sqlite_file(url)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"The directory {file.parent} cannot be made: {error.strerror}.") from error
        require_database_file(file)
    try:
        if _is_made(alias):
            return Created(url, is_new=False, password=None)
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        password = secrets.token_urlsafe(12)
        with transaction.atomic(using=alias):
            _base_rows(alias, currency, organization, password)
        return Created(url, is_new=True, password=password)
    except OperationalError as error:
        raise SetupError(f"The database {masked(url)} cannot be opened: {str(error).strip()}") from error
    finally:
        connections[alias].close()


def _is_made(alias: str) -> bool:
    tables = connections[alias].introspection.table_names()
    if "organization" not in tables:
        if {"quote", "salesorder"} & set(tables):
            raise SetupError("The database holds other tables. Give Handsel a database or file of its own.")
        return False
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organization")
        return bool(cursor.fetchone()[0])


def _base_rows(alias: str, currency: str, organization: str, password: str) -> None:
    unit, user, organization_id, currency_id, team = (new_key() for _ in range(5))
    name, symbol, places = CURRENCIES[currency]
    dialect = dialect_of(connections[alias].vendor)
    context = Context(alias, dialect, Actor(user, "admin", unit, is_integration_user=False))
    with entered(context):
        _insert("transactioncurrency", currency_id, {
            "currencyname": name,
            "isocurrencycode": currency,
            "currencysymbol": symbol,
            "currencyprecision": places,
            "exchangerate": Decimal(1),
            "statecode": 0,
            "statuscode": 1,
        })  # fmt: skip
        defaults = {column.logical_name: column.default for column in table_info("organization").columns.values()}
        _insert("organization", organization_id, {
            **{name: value for name, value in defaults.items() if value is not None},
            "name": organization,
            "basecurrencyid": currency_id,
            "basecurrencyprecision": places,
            "basecurrencysymbol": symbol,
            "hs_metadataversion": 0,
        })  # fmt: skip
        _insert("businessunit", unit, {"name": organization, "isdisabled": False, "transactioncurrencyid": currency_id})
        _insert("systemuser", user, {
            "domainname": "admin",
            "lastname": "admin",
            "fullname": "admin",
            "businessunitid": unit,
            "isdisabled": False,
            "isintegrationuser": False,
            "accessmode": 0,
        })  # fmt: skip
        set_password(user, password)
        _insert("team", team, {"name": organization, "isdefault": True, "businessunitid": unit, "teamtype": 0})
        _insert_maps()
        for table, group in itertools.groupby(connect_rows(unit), key=lambda row: row[0]):
            _insert_rows(table, [dict(values) for _, values in group])
        _insert("systemuserroles", new_key(), {"systemuserid": user, "roleid": ADMINISTRATOR})


def _insert_maps() -> None:
    """The shipped column maps as rows, so that they can be read like any other data (behaviour 7)."""
    for column_map in all_maps():
        map_id = new_key()
        _insert("entitymap", map_id, {"sourceentityname": column_map.source, "targetentityname": column_map.target})
        pairs = [*((name, name) for name in column_map.same), *((s, t) for t, s in column_map.renamed.items())]
        _insert_rows(
            "attributemap",
            [
                {"entitymapid": map_id, "sourceattributename": source, "targetattributename": target, "issystem": True}
                for source, target in pairs
            ],
        )


def _insert(table: str, id: Any, values: dict[str, Any]) -> None:
    _insert_rows(table, [{table_info(table).primary_key: id, **values}])


def _insert_rows(table: str, rows: list[dict[str, Any]]) -> None:
    """Base rows, before there is an organization that messages could work in."""
    stored = current().dialect.storage(table)
    now = datetime.now(UTC).replace(microsecond=0)
    made = []
    for values in rows:
        row = Row(table, new_key(), values)
        row.setdefault(stored.key, row.id)
        row.setdefault("versionnumber", 0)
        if "createdon" in stored.name_set:
            row["createdon"] = row["modifiedon"] = now
        made.append(row)
    if not made:
        return
    columns = tuple(name for name, value in made[0].items() if value is not None)
    stored.insert(columns, made)


def set_password(user_id: Any, password: str) -> None:
    """Store a user's password as an Argon2 hash. The password itself is kept nowhere."""
    hashed = make_password(password)
    run(f"UPDATE systemuser SET password = {mark()} WHERE systemuserid = {mark()}", (hashed, key_value(user_id)))
