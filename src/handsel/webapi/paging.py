"""The address that asks for the next page (Web API 5)."""

from __future__ import annotations

from urllib.parse import quote

from handsel.webapi.call import Call

_IN_PATH = "/()=,'$."


def next_link(call: Call, token: str) -> str:
    """Every option again, and the token that stands for the rows behind this page."""
    options = {name: value for name, value in call.options.items() if name != "$skiptoken"}
    options["$skiptoken"] = token
    listed = "&".join(f"{quote(name, safe='$@')}={quote(value, safe='')}" for name, value in options.items())
    return f"{call.root}{quote(call.path, safe=_IN_PATH)}?{listed}"
