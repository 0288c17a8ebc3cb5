"""Who has a right on a row, and why."""

from __future__ import annotations

from collections.abc import Iterator

from handsel.chain.rights.explaining.answer import Holder
from handsel.chain.rights.explaining.explain import Asked
from handsel.chain.rights.explaining.questions import about_right
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.rights.grants import rights_of_users
from handsel.engine.work import Work


def holders_of(work: Work, verb: Privilege, row: Row) -> Iterator[Holder]:
    """The enabled users who have a right on a row, by user name, as far as the acting user may read users."""
    question = about_right(verb, row.table, row)
    users = access.rows(work.actor, "systemuser").filter(is_disabled=False).order_by("domain_name")
    found = list(users.values_list("pk", "domain_name", "business_unit__name"))
    rights = rights_of_users(id for id, *_names in found)
    for id, name, unit in found:
        asked = Asked(work, rights[id], question)
        if not asked.lacking() and not asked.beyond():
            yield Holder(name, id, unit, asked.reason())
