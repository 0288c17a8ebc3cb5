"""What holds for connectors: they work by an integration user, and no secret stands in their rows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from handsel.database.row import Row, referenced
from handsel.engine import access
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, Refused, abbreviated

SECRETS = frozenset(
    ("secret", "password", "passwd", "passphrase", "token", "key", "apikey", "credential", "credentials")
)
"""A setting with one of these words in its name holds a secret, or says where one is."""
PUBLIC_ENDS = frozenset(("url", "address", "endpoint", "id"))
"""Last words of names that are no secrets all the same: `token-url`."""
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_PLACE = re.compile(r"[A-Z][A-Z0-9_]*|(/|[A-Za-z]:[/\\]).+")
"""The name of an environment variable, or the absolute path of a file."""
_SECRET = re.compile(r"-----BEGIN |eyJ[\w-]{10,}\.|(?i:bearer|basic)\s+\S|[a-z][a-z0-9+.-]*://[^/\s@]*:[^/\s@]*@")
"""A private key, a signed token, a header of authorization, an address with a password."""


def check_connectors(work: Work, entries: Sequence[Entry]) -> None:
    """A connector's settings are texts by name and hold no secret; its user is an integration user (erp 2, 9)."""
    users = work.as_system.load("systemuser", {entry.row.get("systemuserid") for entry in entries} - {None})

    def check(entry: Entry) -> None:
        row = entry.row
        name = f"Connector {abbreviated(row.get('hs_name') or '')}"
        if entry.changed("hs_address") and _SECRET.search(row.get("hs_address") or ""):
            raise _refused(
                row,
                f"The address of {name} holds a password, and secrets are not stored. Leave it out, and name in a "
                "setting the environment variable or the file that has it.",
            )
        if entry.changed("hs_settings"):
            _check_settings(row, name)
        user = users.get(referenced(row.get("systemuserid")))
        if entry.changed("systemuserid") and user is not None and not user.get("isintegrationuser"):
            raise _refused(
                row,
                f"{name} works by user {user.get('domainname')}, who is no integration user, and only those write to "
                "submitted orders. Choose an integration user, or make this one so (isintegrationuser).",
            )

    each_entry(work, entries, check)


def keep_used(work: Work, entries: Sequence[Entry]) -> None:
    """A connector that orders were handed over to stays: its deliveries and couplings tell where they are."""
    ids = [entry.row.id for entry in entries]
    used = set(
        access.all_rows("hs_delivery").filter(hs_connector__in=ids).values_list("hs_connector", flat=True).distinct()
    )

    def check(entry: Entry) -> None:
        if entry.row.id in used:
            raise Refused(
                f"Connector {abbreviated(entry.row.get('hs_name') or '')} cannot be removed: orders were submitted to "
                "it, and its deliveries tell what became of them. Pause it (hs_ispaused); then it gets no more orders.",
                table="hs_connector",
                id=str(entry.row.id),
            )

    each_entry(work, entries, check)


def _refused(row: Row, text: str) -> InvalidArgument:
    return InvalidArgument(text, table="hs_connector", id=str(row.id))


def _check_settings(row: Row, name: str) -> None:
    for setting, value in _settings(row, name).items():
        words = [word.lower() for word in _WORDS.findall(setting)]
        is_secret = not SECRETS.isdisjoint(words) and words[-1] not in PUBLIC_ENDS
        if _SECRET.search(value) or (is_secret and not _PLACE.fullmatch(value)):
            raise _refused(
                row,
                f"Setting {abbreviated(setting)} of {name} looks like a secret, and secrets are not stored. Put the "
                "secret into an environment variable or a file of the worker, and give its name here, in capitals "
                "(ERP_SECRET), or its path from the root.",
            )


def _settings(row: Row, name: str) -> Mapping[str, str]:
    try:
        found = json.loads(row.get("hs_settings") or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise _refused(row, f'The settings of {name} are no JSON object of texts. Give them as {{"setting": "value"}}.')
    return found
