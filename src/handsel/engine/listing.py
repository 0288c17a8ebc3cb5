"""How a refusal lists rows: it names those that the acting user may see and counts the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handsel.database.row import Row
from handsel.engine.work import Work
from handsel.errors import HandselError, enumerated

MOST_LISTED = 5


def list_rows(
    work: Work,
    rows: Sequence[Row],
    name: Callable[[Row], str],
    *,
    joined: str | None = None,
    hidden: tuple[str, str] = ("", ""),
    most: int = MOST_LISTED,
) -> str:
    """Rows of one table as a refusal lists them: `A, B and C, and 3 more, and 2 more that you may not see`.

    `joined` stands between all names instead. `hidden` is what the refusal says of one row, and of several, if the user
    may see none of them: "is still live", "are still live".
    """
    visible = [row for row in rows if work.as_user.sees(row)]
    unseen = len(rows) - len(visible)
    if not visible:
        info = work.info(rows[0].table)
        label, said = (info.label, hidden[0]) if unseen == 1 else (info.plural_label, hidden[1])
        return f"{unseen} {label.lower()} that you may not see {said}".rstrip()
    names = [name(row) for row in visible[:most]]
    parts = [enumerated(names) if joined is None else joined.join(names)]
    if len(visible) > most:
        parts.append(f"{len(visible) - most} more")
    if unseen:
        parts.append(f"{unseen} more that you may not see")
    return ", and ".join(parts)


def name_row(work: Work, row: Row, name: Callable[[Row], str]) -> str:
    """How a refusal names one row: its name, or `a quote that you may not see`."""
    return name(row) if work.as_user.sees(row) else _unnamed(work, row)


def one(label: str) -> str:
    """The label of a table as a refusal says one of its rows: `an order`, `a unit`."""
    word = label.lower()
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"


def _unnamed(work: Work, row: Row) -> str:
    return f"{one(work.info(row.table).label)} that you may not see"


def veiled(work: Work, row: Row, error: HandselError) -> HandselError:
    """A refusal about `row`, or one that does not name it if the acting user may not see it.

    For rows that a message changes besides those it names.
    """
    if work.as_user.sees(row):
        return error
    return type(error)(f"{capitalized(_unnamed(work, row))} stands in the way.", error.code)


def capitalized(text: str) -> str:
    """A text as a sentence begins."""
    return f"{text[0].upper()}{text[1:]}"
