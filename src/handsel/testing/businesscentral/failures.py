"""Failures that were asked for: which requests fail, how, and how often."""

from __future__ import annotations

from fnmatch import fnmatchcase

import msgspec

from handsel.testing.businesscentral.refusals import bad_request


class Failure(msgspec.Struct, forbid_unknown_fields=True):
    """One rule. It does one thing, after waiting `slow` seconds: an answer, a cut, an expired token, a stale etag."""

    method: str = "*"
    path: str = "*"
    """A pattern for the path below the company, as in `salesOrders*`; `token` is the token endpoint."""
    status: int | None = None
    """The status of the answer."""
    retry_after: int | None = None
    """Seconds in the answer's `Retry-After`; 429 has one in any case."""
    slow: float = 0.0
    """Seconds before the answer, or until the rules are dropped."""
    cut: bool = False
    """The connection ends without an answer."""
    committed: bool = False
    """What the request asks for is done and stored first, and fails then."""
    expired_token: bool = False
    """All tokens expire just before the request."""
    stale_etag: bool = False
    """Somebody else changes the row just before the request."""
    times: int | None = 1
    """How often; always if it is none."""
    after: int = 0
    """How many such requests pass before."""

    def is_for(self, method: str, path: str) -> bool:
        """Whether a request is one of those."""
        return self.method in ("*", method) and fnmatchcase(path, self.path)


class Failures:
    """The rules, in the order in which they were given. The first that fits a request is used."""

    def __init__(self) -> None:
        self.rules: list[Failure] = []

    def add(self, rule: Failure) -> None:
        """One more rule. Refuses one that would do nothing, or that cannot be."""
        if rule.status is not None and not 400 <= rule.status <= 599:
            raise bad_request(f"A failure answers a status from 400 to 599, not {rule.status}.")
        if not (rule.status or rule.slow or rule.cut or rule.expired_token or rule.stale_etag):
            raise bad_request("A failure needs one of status, slow, cut, expired_token, stale_etag.")
        if rule.committed and (rule.expired_token or rule.stale_etag):
            raise bad_request("An expired token and a stale etag come before the request, never committed.")
        if rule.status == 429 and rule.retry_after is None:
            rule.retry_after = 1
        self.rules.append(rule)

    def next(self, method: str, path: str) -> Failure | None:
        """The rule for a request, which is used up by one."""
        for rule in self.rules:
            if not rule.is_for(method, path):
                continue
            if rule.after:
                rule.after -= 1
                continue
            if rule.times is not None:
                rule.times -= 1
                if rule.times <= 0:
                    self.rules.remove(rule)
            return rule
        return None
