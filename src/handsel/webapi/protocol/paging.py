"""The address that asks for the next page (Web API 5)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from handsel.query.tree.request import Expand
from handsel.webapi.protocol.call import Call

_IN_PATH = "/()=,'$."
_TOKENS = frozenset(("$skiptoken", "$deltatoken"))


def next_link(call: Call, token: str) -> str:
    """Every option again, and the token that stands for the rows behind this page."""
    return link(call, {"$skiptoken": token})


def link(call: Call, tokens: Mapping[str, str]) -> str:
    """Every option again, with these tokens instead of those that led here."""
    options = {**{name: value for name, value in call.options.items() if name not in _TOKENS}, **tokens}
    return f"{call.root}{quote(call.path, safe=_IN_PATH)}?{_listed(options)}"


def related_link(call: Call, address: str, expand: Expand, token: str) -> str:
    """The rows of an expanded collection behind the first ones. `address` is that of the row they belong to."""
    aliases = {name: value for name, value in call.options.items() if name.startswith("@")}
    return f"{address}/{expand.navigation}?{_listed({**dict(expand.options), **aliases, '$skiptoken': token})}"


def _listed(options: Mapping[str, str]) -> str:
    return "&".join(f"{quote(name, safe='$@')}={quote(value, safe='')}" for name, value in options.items())
