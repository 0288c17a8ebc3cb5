"""What somebody may do with one row: the same predicates that narrow every read, asked of that row (security 3.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Value, When

from handsel.database.row import Row
from handsel.engine.predicate import NO_ROWS
from handsel.engine.rights.access_rights import IN_ORDER
from handsel.engine.rights.grants import Rights
from handsel.engine.rights.privileges import Privilege, coverage_of, verbs_of
from handsel.engine.rights.reaching import reached
from handsel.tables.info import table_info


def held_on(rights: Rights, row: Row) -> list[Privilege]:
    """The rights on a row, in the order of their bits. One statement where the row has to be looked at."""
    covered = coverage_of(row.table)
    exist = verbs_of(covered.stem, [covered])
    found = {verb: reached(rights, verb, row.table) for verb in IN_ORDER if verb in exist}
    doubtful = {verb: allowed.test for verb, allowed in found.items() if allowed.narrows and allowed != NO_ROWS}
    held = {verb for verb, allowed in found.items() if not allowed.narrows}
    tests = {verb: test for verb, test in doubtful.items() if test is not None}
    if tests:
        columns = {
            f"has_{verb.name.lower()}": Case(
                When(test, then=Value(True)), default=Value(False), output_field=models.BooleanField()
            )
            for verb, test in tests.items()
        }
        rows = table_info(row.table).model._default_manager.filter(pk=row.id).annotate(**columns)
        for values in rows.values_list(*columns):
            held |= {verb for verb, has in zip(tests, values, strict=True) if has}
    return [verb for verb in IN_ORDER if verb in held]
