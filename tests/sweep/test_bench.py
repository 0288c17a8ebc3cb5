"""The benchmark names functions of the engine and copies its rows; what breaks it must not wait for the next run."""

import handsel
from bench.company import make_company, make_opportunities
from bench.handwritten import HandWritten
from bench.routes import CONVERSION_ROUTES
from bench.shares import steps


def test_every_timed_step_is_there() -> None:
    for name, owner, attribute in steps():
        assert callable(getattr(owner, attribute, None)), f"{name}: {owner.__name__} has no {attribute}"


def test_the_copy_by_hand_copies(session: handsel.Session) -> None:
    route = CONVERSION_ROUTES[0]
    source, other = make_opportunities(session, make_company(session), 2, 2)
    made = session.execute(route.message(source))
    yardstick = HandWritten(session.url, route.tables, (source, made.id))
    yardstick.copy([other])
    yardstick.close()
    assert session.count(route.tables.target) == 2
    assert session.count(route.tables.target_lines) == 4
