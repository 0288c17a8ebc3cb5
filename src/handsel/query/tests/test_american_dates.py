"""Dates in quotes may be written the American way, in every language of queries (Web API 5, 6)."""

from datetime import UTC, date, datetime

import pytest

import handsel
from handsel.query.compile.moments import moment_in_text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1/31/2026", datetime(2026, 1, 31, tzinfo=UTC)),
        ("01/02/2026", datetime(2026, 1, 2, tzinfo=UTC)),
        ("1/31/2026 17:30", datetime(2026, 1, 31, 17, 30, tzinfo=UTC)),
        ("1/31/2026 5:30 PM", datetime(2026, 1, 31, 17, 30, tzinfo=UTC)),
        ("1/31/2026 12:00:05 am", datetime(2026, 1, 31, 0, 0, 5, tzinfo=UTC)),
        ("1/31/2026 12:00 PM", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
    ],
)
def test_as_a_moment(text: str, moment: datetime) -> None:
    assert moment_in_text(text) == moment


@pytest.mark.parametrize("text", ["31/1/2026", "1/32/2026", "1/1/26", "1/1/2026 13:00 PM", "1/1/2026 x", "1//2026"])
def test_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        moment_in_text(text)


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ("Microsoft.Dynamics.CRM.On(PropertyName='birthdate',PropertyValue='3/4/1980')", ["April"]),
        ("Microsoft.Dynamics.CRM.OnOrAfter(PropertyName='birthdate',PropertyValue='4/1/1980')", ["May"]),
        (
            "Microsoft.Dynamics.CRM.Between(PropertyName='birthdate',PropertyValues=['1/1/1980','12/31/1980'])",
            ["April", "May"],
        ),
        ("Microsoft.Dynamics.CRM.OnOrBefore(PropertyName='createdon',PropertyValue='1/1/2000')", []),
    ],
)
def test_in_query_functions(session: handsel.Session, filter: str, found: list[str]) -> None:
    for name, born in (("April", date(1980, 3, 4)), ("May", date(1980, 4, 3))):
        session.execute(handsel.Create("contact", {"lastname": name, "birthdate": born}))
    assert [row["lastname"] for row in session.rows("contact", filter=filter)] == found
