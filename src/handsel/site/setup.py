"""Making a database: its tables, its organization, its first user."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, OperationalError, connections

from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.database.context import Actor, Context, entered
from handsel.database.dialect import Fault, dialect_of
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.grants import some_step
from handsel.errors import InvalidArgument, SetupError
from handsel.site.database import make_file, masked, open_anew, register, require_database_file, sqlite_file
from handsel.site.schema import listed, read_only, read_schema, refusal, unopened
from handsel.site.standard_rows import add_standard_rows, insert_rows
from handsel.site.upgrading.migrating import alone, migrate
from handsel.tables.info import all_tables, table_info
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


PATIENCE = 10.0
"""Seconds to wait for another process that makes the same database."""


@dataclass(frozen=True, slots=True)
class Created:
    """The result of `create`. `password` is the first user's, shown once; None if the database existed before."""

    url: str
    is_new: bool
    password: str | None


def create(url: str, *, currency: str = "USD", organization: str = "Handsel", force: bool = False) -> Created:
    """Make the tables and base rows of a database; a database that has them is not changed.

    `currency` is the ISO code of the base currency. A database that holds tables of another program is refused, unless
    `force` says that both shall share it. Raises SetupError when the database cannot be reached or made, or has another
    schema than this Handsel needs.
    """
    if currency not in CURRENCIES:
        raise InvalidArgument(f"{currency} cannot be the base currency here. Take one of {', '.join(CURRENCIES)}.")
    alias = register(url)
    open_anew(alias)
    file = sqlite_file(url)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"The directory {file.parent} cannot be made: {error.strerror}.") from error
        require_database_file(file)
        make_file(file)
    try:
        _connect(alias)
        if _is_made(alias, url, force=force):
            return Created(url, is_new=False, password=None)
        with alone(alias):
            if _is_made(alias, url, force=force):  # another process was faster
                return Created(url, is_new=False, password=None)
            migrate(alias)
            password = secrets.token_urlsafe(12)
            _base_rows(alias, currency, organization, password)
        return Created(url, is_new=True, password=password)
    except DatabaseError as error:
        raise unopened(url, error) from error
    finally:
        connections[alias].close()


def _connect(alias: str) -> None:
    """Open the connection. SQLite refuses one, without waiting, while another process makes the file."""
    connection = connections[alias]
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return connection.ensure_connection()
        except OperationalError as error:
            cause = error.__cause__ or error
            if dialect_of(connection.vendor).fault(cause) is not Fault.LOCKED or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _is_made(alias: str, url: str, *, force: bool) -> bool:
    """Whether it is Handsel's already. Raises SetupError if it may not become Handsel's."""
    schema = read_schema(alias)
    if schema.is_current:
        return True
    if schema.applied:
        raise refusal(schema, url)
    connection = connections[alias]
    reason = dialect_of(connection.vendor).why_read_only(connection)
    if reason:
        raise read_only(url, reason)
    ours = {info.logical_name for info in all_tables()}
    taken = sorted(ours.intersection(name.lower() for name in schema.foreign))
    if taken:
        raise SetupError(
            f"The database {masked(url)} holds tables of another program, of which {listed(taken)} have names that "
            "Handsel needs. Give Handsel a database or file of its own."
        )
    if schema.foreign and not force:
        raise refusal(schema, url)
    return False


def _base_rows(alias: str, currency: str, organization: str, password: str) -> None:
    unit, user, organization_id, currency_id = (new_key() for _ in range(4))
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
            "hs_rightsversion": some_step(),
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
        add_standard_rows(unit)
        _insert("systemuserroles", new_key(), {"systemuserid": user, "roleid": ADMINISTRATOR})


def _insert(table: str, id: UUID, values: dict[str, object]) -> None:
    insert_rows(table, [{table_info(table).primary_key: id, **values}])


def set_password(user_id: UUID, password: str) -> None:
    """Store a user's password as an Argon2 hash. The password itself is not stored."""
    hashed = make_password(password)
    run(f"UPDATE systemuser SET password = {mark()} WHERE systemuserid = {mark()}", (hashed, key_value(user_id)))
