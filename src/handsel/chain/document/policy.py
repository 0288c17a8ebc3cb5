"""What an organization wants done where somebody may not have meant it: allow it, tell it, or refuse it."""

from __future__ import annotations

from handsel.chain.system.options import Policy
from handsel.database.row import Item, Notice
from handsel.engine.work import Work
from handsel.errors import HandselError


def policy_of(work: Work, column: str, default: Policy) -> Policy:
    """The organization's setting in a column; `default` where it is empty."""
    value = work.organization.settings.get(column)
    return default if value is None else Policy(value)


def judge(work: Work, item: Item[object], policy: Policy, notice: Notice, refusal: HandselError) -> None:
    """Refuse the item, tell it the notice, or do neither."""
    if policy is Policy.REFUSE:
        work.refuse(item, refusal)
    elif policy is Policy.WARN:
        work.notice(item, notice)
