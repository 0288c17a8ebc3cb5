"""Text as comparisons see it: one fold of case for every character, equal on both databases."""

from __future__ import annotations

# In Python the lower case of these depends on the neighbours or is two characters; in PostgreSQL it is one letter.
_ONE_TO_ONE = str.maketrans({"Σ": "σ", "İ": "i"})


def fold_case(text: str | None) -> str | None:
    """A text as comparisons see it: every character in lower case, as PostgreSQL's `lower` makes it."""
    if not isinstance(text, str):
        return text
    return text.lower() if text.isascii() else text.translate(_ONE_TO_ONE).lower()
