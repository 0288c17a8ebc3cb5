"""The document that a message works on."""

from __future__ import annotations

from handsel.engine.roots import root_row as root_row
