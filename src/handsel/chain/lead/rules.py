"""What is deleted along with a lead."""

from __future__ import annotations

from handsel.engine.crud.hooks import cascade

cascade("lead", "annotation", "objectid")
