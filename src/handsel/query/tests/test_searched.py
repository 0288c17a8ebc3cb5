"""Texts that have an index are found as any other text, whatever letters they hold."""

import pytest

import handsel
from handsel import Session
from handsel.query.compile.comparing import behind_prefix
from handsel.tables.fold_case import fold_case

NAMES = [
    "Kelvin",
    "\u212aelvin",  # the Kelvin sign, whose small letter is the Latin k
    "İstanbul",
    "istanbul",
    "ISTANBUL",
    "ΟΔΟΣ",
    "οδοσ",
    "Émile",
    "émile",
    "EMILE",
    "z\U0010ffff",
    "Z",
    "zz",
    "\ud7ff next",
    "ÿ",
    "Ā",
    "!",
    "_%",
]


@pytest.fixture
def names(session: Session) -> list[str]:
    session.execute_many([handsel.Create("account", {"name": name}) for name in NAMES])
    return NAMES


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def found(session: Session, filter: str | None = None) -> list[str]:
    return [row["name"] for row in session.rows("account", filter, order_by="name")]


def in_order(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: (fold_case(name) or "", NAMES.index(name)))


def test_equal(session: Session, names: list[str]) -> None:
    for wanted in names:
        same = [name for name in names if fold_case(name) == fold_case(wanted)]
        assert found(session, f"name eq {quoted(wanted)}") == in_order(same)
    assert found(session, "name eq 'kelvin'") == NAMES[:2]
    assert found(session, "name eq 'ISTANBUL'") == NAMES[2:5]


def test_starts_with(session: Session, names: list[str]) -> None:
    for prefix in ["k", "K", "\u212aEL", "i", "É", "z", "Z\U0010ffff", "\U0010ffff", "\ud7ff", "ο", "ÿ", "_", "%", "!"]:
        expected = [name for name in names if (fold_case(name) or "").startswith(fold_case(prefix) or "")]
        assert found(session, f"startswith(name,{quoted(prefix)})") == in_order(expected), prefix


def test_order(session: Session, names: list[str]) -> None:
    assert found(session) == in_order(names)


def test_a_changed_name_is_found_by_what_it_is_now(session: Session, names: list[str]) -> None:
    (row,) = session.rows("account", "name eq '!'")
    session.execute(handsel.Update("account", row.id, {"name": "ÉTÉ"}))
    assert found(session, "name eq 'été'") == ["ÉTÉ"]
    assert found(session, "name eq '!'") == []
    session.execute(handsel.Update("account", row.id, {"name": None}))
    assert found(session, "name eq 'été'") == []
    assert len(found(session, "name eq null")) == 1


def test_a_derived_name_is_found(session: Session) -> None:
    session.execute(handsel.Create("contact", {"firstname": "Zoë", "lastname": "ÅBERG"}))
    assert session.count("contact", "fullname eq 'zoë åberg'") == 1
    assert session.count("contact", "startswith(fullname,'ZOË Å')") == 1


def test_the_end_of_a_prefix() -> None:
    assert behind_prefix("ab") == "ac"
    assert behind_prefix("a\U0010ffff") == "b"
    assert behind_prefix("\U0010ffff") is None
    assert behind_prefix("\ud7ff") == "\ue000"
