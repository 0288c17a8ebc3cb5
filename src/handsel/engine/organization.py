"""The organization at the start of a transaction: settings, custom columns, and the transaction's row version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from handsel.database.context import Context
from handsel.database.row import Row
from handsel.database.statements import run
from handsel.engine.customization import columns
from handsel.engine.rights.columns import Columns, with_following
from handsel.engine.rights.grants import use_version
from handsel.errors import PrivilegeDenied, SetupError
from handsel.tables.info import TableInfo, table_info
from handsel.tables.referring import Relation, relations_to


@dataclass(frozen=True, slots=True)
class Organization:
    """Settings and schema as one transaction sees them. `version` is the row version of what it writes."""

    settings: Row
    version: int
    transaction_id: int
    extended: dict[str, columns.Extended]
    base_currency: Row | None = None
    """The currency that most documents have: read along with the settings, it costs no statement of its own."""
    secured: Callable[[], Columns] = dict
    """The secured columns, by table; read when they are asked for first."""

    def table(self, name: str) -> TableInfo:
        """A table with this organization's custom columns."""
        found = self.extended.get(name)
        return found.info if found is not None else table_info(name)

    def secured_in(self, table: str) -> frozenset[str]:
        """The secured columns of a table, whoever may read them, with what follows from them."""
        return with_following(self.secured()).get(table, frozenset())

    def relations_to(self, table: str) -> Sequence[Relation]:
        """How rows refer to rows of a table, custom lookups included."""
        return relations_to(table, (found.info for found in self.extended.values()))

    def revive(self, table: str, rows: Iterable[Row]) -> None:
        """Convert the custom values of rows just read to their Python types."""
        found = self.extended.get(table)
        if found is not None:
            for row in rows:
                columns.revived(found.custom, row)


def begin_transaction(context: Context) -> Organization:
    """Read the settings and take the transaction's row version. Refuses a disabled user (0x80040220)."""
    taken = context.dialect.take_version()
    return _organization(context, _asked(context, taken.version, taken.transaction, f", {taken.source}", taken.params))


def read_settings(context: Context) -> Organization:
    """The organization for a call that only reads: no row version is taken (it is 0)."""
    return _organization(context, _asked(context, "0", "0"))


def _asked(
    context: Context, version: str, transaction: str, further: str = "", params: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """Whether the user is disabled, who they are, the version, the transaction's id and the settings, in one statement.

    A user for whom another one acts is as good as disabled while that one is.
    """
    dialect, actor = context.dialect, context.actor
    disabled, users = "u.isdisabled", [actor.user_id]
    if actor.caller_id is not None:
        other = f"(SELECT isdisabled FROM systemuser WHERE systemuserid = {dialect.mark})"
        disabled, users = f"{disabled} OR {other}", [actor.caller_id, actor.user_id]
    names = [f'o."{name}"' for name in dialect.storage("organization").names]
    names += [f'b."{name}"' for name in dialect.storage(_CURRENCY).names]
    return run(
        f"SELECT {disabled}, u.domainname, u.businessunitid, u.isintegrationuser, {version}, {transaction}, "
        f"{', '.join(names)} FROM organization AS o "
        f"LEFT JOIN systemuser AS u ON u.systemuserid = {dialect.mark} "
        f"LEFT JOIN {_CURRENCY} AS b ON b.{_CURRENCY}id = o.basecurrencyid{further}",
        (*map(dialect.key, users), *params),
    )


_CURRENCY = "transactioncurrency"


def _organization(context: Context, found: list[tuple[Any, ...]]) -> Organization:
    if not found:
        raise SetupError("This database has no organization row. Run `handsel init` on it.")
    disabled, name, unit, is_integration, version, transaction_id, *values = found[0]
    if disabled is None or disabled:
        raise PrivilegeDenied(
            f"User {context.actor.domain_name} is disabled or deleted. Ask an administrator to enable the user."
        )
    _bring_up_to_date(context, name, unit, is_integration)
    stored = context.dialect.storage("organization")
    settings = stored.rows([values[: len(stored.names)]])[0]
    currency = values[len(stored.names) :]
    rights = use_version(context, settings.get("hs_rightsversion") or 0)
    base = context.dialect.storage(_CURRENCY).rows([currency])[0] if any(currency) else None
    extended = columns.extended_tables(context.alias, settings.get("hs_metadataversion") or 0)
    return Organization(settings, version, transaction_id, extended, base, lambda: rights.secured)


def _bring_up_to_date(context: Context, name: str, unit: UUID | str | None, is_integration: int | None) -> None:
    """Let a session that has been open for long act as the user is now, who may have been moved meanwhile."""
    business_unit = UUID(unit) if isinstance(unit, str) else unit
    actor = replace(
        context.actor,
        domain_name=name,
        business_unit_id=business_unit,
        is_integration_user=bool(is_integration),
    )
    if actor != context.actor:
        context.actor = actor
