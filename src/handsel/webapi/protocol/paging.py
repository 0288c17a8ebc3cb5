"""The link to the next page (Web API 5)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from handsel.query.tree.request import Expand
from handsel.webapi.protocol.call import Call

_IN_PATH = "/()=,'$."
_TOKENS = frozenset(("$skiptoken", "$deltatoken"))


def next_link(call: Call, token: str) -> str:
    """All options of this request, with the token of the next page."""
    return link(call, {"$skiptoken": token})


def link(call: Call, tokens: Mapping[str, str]) -> str:
    """All options of this request, with these tokens instead of its own."""
    options = {**{name: value for name, value in call.options.items() if name not in _TOKENS}, **tokens}
    return f"{call.root}{quote(call.path, safe=_IN_PATH)}?{_listed(options)}"


def related_link(call: Call, address: str, expand: Expand, token: str) -> str:
    """The link to further rows of an expanded collection. `address` is the URL of the row they belong to."""
    aliases = {name: value for name, value in call.options.items() if name.startswith("@")}
    return f"{address}/{expand.navigation}?{_listed({**dict(expand.options), **aliases, '$skiptoken': token})}"


def _listed(options: Mapping[str, str]) -> str:
    return "&".join(f"{quote(name, safe='$@')}={quote(value, safe='')}" for name, value in options.items())
