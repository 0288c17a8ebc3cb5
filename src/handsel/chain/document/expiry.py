"""Documents that can be accepted until a day: whether it has passed, and what is done about it (behaviour 3.6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handsel.chain.document.dates import day_of
from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.chain.document.policy import judge, policy_of
from handsel.chain.system.options import Policy
from handsel.database.row import Item, Notice, Row
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.work import Work
from handsel.errors import InvalidState

EXPIRED = "expired"
"""The kind of the notice."""


def expired_on(kind: DocumentKind, row: Mapping[str, Any], today: date) -> date | None:
    """The last day of a document that still waits to be accepted, if that day has passed; in UTC."""
    return _passed(kind, row, today) if row.get("statecode") in kind.open_states else None


def _passed(kind: DocumentKind, row: Mapping[str, Any], day: date) -> date | None:
    last = row.get(kind.valid_until) if kind.valid_until is not None else None
    return day_of(last) if last is not None and day_of(last) < day else None


def check_expiry(work: Work, item: Item[object], row: Row, accepted: date | None) -> None:
    """Do what the organization wants done when a document is accepted after its last day (`hs_expiredquotes`).

    `accepted` is the day on which it was; None stands for today.
    """
    kind, lifecycle = kind_of(row.table), lifecycle_of(row.table)
    last = _passed(kind, row, accepted or work.now.date())
    if last is None or lifecycle is None:
        return
    fact = f"{lifecycle.name(row)} was valid until {last.isoformat()} only"
    judge(
        work,
        item,
        policy_of(work, "hs_expiredquotes", Policy.WARN),
        Notice(EXPIRED, f"{fact}.", (row.reference,)),
        InvalidState(
            f"{fact}, so it can no longer be accepted. Revise it and give the revision a later {kind.valid_until}, or "
            "allow expired quotes (organization.hs_expiredquotes).",
            table=row.table,
            id=str(row.id),
        ),
    )
