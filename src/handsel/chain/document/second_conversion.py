"""What happens when a document is converted that has been converted before (behaviour 3.4, 3.5; `hs_secondconversion`).

The decision is taken under the lock of the source, so that of many callers at once one is the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from handsel.chain.document.policy import policy_of
from handsel.chain.system.options import Policy
from handsel.database.row import Item, Notice, Row
from handsel.database.statements import run
from handsel.engine.conversion import Conversion
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.listing import MOST_LISTED, list_rows
from handsel.engine.row_reader import Prefetch
from handsel.engine.work import Work
from handsel.errors import Refused

CONVERTED_BEFORE = "converted_before"
"""The kind of the notice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A source to convert. `again` is None where the message cannot say that another document is meant."""

    item: Item[object]
    source: Row
    again: bool | None = None


def made_before(conversion: Conversion, sources: Iterable[UUID]) -> tuple[Prefetch, ...]:
    """The read of the documents that were made from these sources; none for a conversion without a link."""
    if not conversion.link:
        return ()
    return (Prefetch(conversion.header.target, list(sources), parent=conversion.link),)


def check_second(work: Work, conversion: Conversion, asked: Iterable[Asked]) -> None:
    """Tell or refuse conversions of what has been converted; documents that came to nothing do not count."""
    if not conversion.link:
        return
    asked = list(asked)
    target, lifecycle = conversion.header.target, lifecycle_of(conversion.header.target)
    assert lifecycle is not None
    found = work.as_system.children(target, conversion.link, [each.source.id for each in asked])
    for each in asked:
        standing = [row for row in found[each.source.id] if row.get("statecode") not in lifecycle.void_states]
        if standing and each.item.refusal is None:
            _decide(work, conversion, each, standing)


def _decide(work: Work, conversion: Conversion, asked: Asked, standing: list[Row]) -> None:
    policy = _policy(work, conversion)
    fact = _fact(work, conversion, asked.source, standing)
    if policy is Policy.REFUSE:
        way = "Use what there is, or allow second conversions (hs_secondconversion of the map or the organization)."
        work.refuse(asked.item, _refusal(asked.source, f"{fact} {way}"))
    elif asked.again is False:
        work.refuse(asked.item, _refusal(asked.source, f"{fact} Use what there is, or ask for another one by Again."))
    else:
        seen = [row.reference for row in standing if work.as_user.sees(row)][:MOST_LISTED]
        is_warning = policy is Policy.WARN
        work.notice(asked.item, Notice(CONVERTED_BEFORE, fact, tuple(seen), is_warning=is_warning))


def _fact(work: Work, conversion: Conversion, source: Row, standing: list[Row]) -> str:
    here, there = lifecycle_of(source.table), lifecycle_of(conversion.header.target)
    assert here is not None
    assert there is not None
    return f"{here.name(source)} has been converted before, to {list_rows(work, standing, there.name)}."


def _refusal(source: Row, text: str) -> Refused:
    return Refused(text, table=source.table, id=str(source.id))


_policies: dict[str, tuple[int, Mapping[tuple[str, str], int]]] = {}
"""By database: the metadata version that was read last, and the settings of pairs of tables."""


def _policy(work: Work, conversion: Conversion) -> Policy:
    """The setting of the pair of tables, else that of the organization."""
    own = _of_pairs(work).get((conversion.header.source, conversion.header.target))
    return policy_of(work, "hs_secondconversion", Policy.ALLOW) if own is None else Policy(own)


def _of_pairs(work: Work) -> Mapping[tuple[str, str], int]:
    version = work.organization.settings.get("hs_metadataversion") or 0
    if version == 0:
        return {}
    known = _policies.get(work.context.alias)
    if known is None or known[0] != version:
        sql = (
            "SELECT sourceentityname, targetentityname, hs_secondconversion FROM entitymap "
            "WHERE hs_secondconversion IS NOT NULL"
        )
        known = _policies[work.context.alias] = (version, {(here, there): own for here, there, own in run(sql)})
    return known[1]
