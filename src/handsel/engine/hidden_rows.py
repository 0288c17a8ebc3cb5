"""What is said of a row that the acting user may not see: as a rule that it does not exist (security 8.2).

Two refusals come in its place. Without the privilege to read the table at all, that is said, for an unknown id as well.
And where the organization tells hidden rows (`hs_tellhiddenrows`), a row that exists is 403 instead of 404, as the
vendor has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.access import Privilege, ReadAs
from handsel.engine.reading import fetch
from handsel.errors import Code, HandselError, NotFound
from handsel.tables.info import declared_names, table_info


def as_told(actor: Actor, settings: Row, error: HandselError) -> HandselError:
    """The refusal to give for `error`: of a row that was not found, what the user may be told; any other as it is."""
    table, id = error.details.get("table"), error.details.get("id")
    if not isinstance(error, NotFound) or error.code is not Code.OBJECT_DOES_NOT_EXIST:
        return error
    if not isinstance(table, str) or not isinstance(id, str) or table not in declared_names():
        return error
    if not access.holds(actor, Privilege.READ, table):
        return access.lacking(actor, Privilege.READ, table)
    if not settings.get("hs_tellhiddenrows"):
        return error
    found = fetch(table, table_info(table).primary_key, [UUID(id)], read_as=ReadAs.SYSTEM)
    return _of_hidden(actor, found) or error


def key_as_told(
    actor: Actor, settings: Row, table: str, find: Callable[[], Sequence[Row]], error: NotFound
) -> HandselError:
    """The same for a row named by the values of a unique key, with which the user may read none.

    `find` reads the rows that there are with them, whoever may read them; of a hidden one nothing but the id is told.
    """
    if not access.holds(actor, Privilege.READ, table):
        return access.lacking(actor, Privilege.READ, table)
    if not settings.get("hs_tellhiddenrows"):
        return error
    return _of_hidden(actor, find()) or error


def _of_hidden(actor: Actor, found: Sequence[Row]) -> HandselError | None:
    if not access.unreached(actor, Privilege.READ, found):
        return None
    # Nothing but the id.
    return access.out_of_reach(actor, Privilege.READ, Row(found[0].table, found[0].id))
