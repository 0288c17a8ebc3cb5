"""The arguments of a function call in a path: `Fn(a=@p1,b='x')?@p1=…` (Web API 9)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handsel.errors import BadRequest
from handsel.http.errors import shown, syntax
from handsel.json_value import Json, JsonObject
from handsel.webapi.protocol.call import parse_json
from handsel.webapi.protocol.keys import literal
from handsel.webapi.protocol.segments import split

_ENUM = re.compile(r"(?:Microsoft\.Dynamics\.CRM|mscrm)\.\w+'([\w,]*)'\Z")
_ALIAS = re.compile(r"@\w+\Z")


def arguments_of(text: str | None, options: Mapping[str, str]) -> JsonObject:
    """The arguments by name. Raises BadRequest (0x80060888) for text that cannot be read."""
    found: JsonObject = {}
    for part in split(text or "", ","):
        name, equals, value = part.partition("=")
        if not part.strip():
            continue
        if not equals or not name.strip().isidentifier() or name.strip() in found:
            raise syntax(f"'{shown(part)}' is no argument: write name=value, each name once.")
        found[name.strip()] = _value(value.strip(), options)
    return found


def _value(text: str, options: Mapping[str, str]) -> Json:
    if _ALIAS.match(text):
        given = options.get(text)
        if given is None:
            raise syntax(f"The parameter alias {text} has no value: add {text}=… to the query.")
        text = given.strip()
    if text[:1] in ("{", "["):
        return _json(text)
    enum = _ENUM.match(text)
    return enum[1] if enum else literal(text)


def _json(text: str) -> Json:
    try:
        return parse_json(text)
    except BadRequest:
        if "'" in text and '"' not in text:  # some clients quote JSON by single quotes
            return parse_json(text.replace("'", '"'))
        raise
