"""Case folding for case-insensitive comparison: the same for every character on both databases."""

from __future__ import annotations

# In Python the lower case of these depends on their neighbours or is two characters; in PostgreSQL it is one letter.
_ONE_TO_ONE = str.maketrans({"Σ": "σ", "İ": "i"})


def fold_case(text: str | None) -> str | None:
    """A text for case-insensitive comparison: every character in lower case, as by PostgreSQL's `lower`."""
    if not isinstance(text, str):
        return text
    return text.lower() if text.isascii() else text.translate(_ONE_TO_ONE).lower()
