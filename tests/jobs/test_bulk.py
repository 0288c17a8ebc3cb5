"""Bulk runs: pages with a checkpoint, continued after an interruption, nothing twice, a bad row fails alone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel.chain.document.routes import conversion_routes
from handsel.jobs.bulk import Listener, Refused, run_bulk
from handsel.jobs.checkpoint import Checkpoint, Counts, JobTaken, advance, begin, fingerprint
from handsel.jobs.convert import conversion_task, pages_by_filter, pages_of

ROUTE = conversion_routes()[("opportunity", "quote")]
MARK = fingerprint("opportunity", "quote", "test")


class Killed(BaseException):
    """Stands for a process that ends in the middle of something."""


@pytest.fixture
def opportunities(session: handsel.Session) -> list[UUID]:
    """Ten open opportunities of one written-in line each."""
    account = session.execute(handsel.Create("account", {"name": "Buyer"}))
    currency = next(session.rows("transactioncurrency"))
    price_list = session.execute(
        handsel.Create("pricelevel", {"name": "Standard", "transactioncurrencyid": currency.id})
    )
    line = {"isproductoverridden": True, "productdescription": "Thing", "quantity": 2, "priceperunit": 5}
    made = session.execute_many(
        [
            handsel.Create(
                "opportunity",
                {
                    "name": f"Deal {number}",
                    "customerid": account.reference,
                    "pricelevelid": price_list.id,
                    "product_opportunities": [line],
                },
            )
            for number in range(10)
        ]
    )
    return sorted(row.id for row in made)


def _begin(session: handsel.Session, **options: Any) -> Checkpoint:
    return begin(session.context, "convert", MARK, "test", **options)


def _sold(session: handsel.Session) -> list[UUID]:
    return sorted(row["opportunityid"] for row in session.rows("quote"))


def test_pages_end_with_a_finished_run(session: handsel.Session, opportunities: Sequence[UUID]) -> None:
    pages: list[Counts] = []
    task = conversion_task(ROUTE, pages_by_filter("opportunity", None))
    listener = Listener(page_done=pages.append)
    counts = run_bulk(session.context, task, _begin(session), page_size=4, listener=listener)
    assert counts == Counts(converted=10)
    assert [page.converted for page in pages] == [4, 8, 10]
    assert _sold(session) == opportunities
    assert _begin(session).counts == Counts()


def test_an_interrupted_run_goes_on_behind_its_last_page(
    session: handsel.Session, opportunities: Sequence[UUID]
) -> None:
    """Sources with a target are converted again here, so only the checkpoint prevents duplicates."""
    task = conversion_task(ROUTE, pages_by_filter("opportunity", None), again=True)

    def interrupt(counts: Counts) -> None:
        if counts.converted == 6:
            raise Killed

    with pytest.raises(Killed):
        run_bulk(session.context, task, _begin(session), page_size=3, listener=Listener(page_done=interrupt))
    assert _sold(session) == opportunities[:6]
    resumed = _begin(session)
    assert resumed.is_resumed
    assert (resumed.position, resumed.counts) == (opportunities[5], Counts(converted=6))
    assert run_bulk(session.context, task, resumed, page_size=3) == Counts(converted=10)
    assert _sold(session) == opportunities


def test_a_page_and_its_checkpoint_are_one_transaction(
    session: handsel.Session, opportunities: Sequence[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends after the page was written and before it was committed: nothing of the page is there."""

    def advance_and_die(checkpoint: Checkpoint, position: UUID, added: Counts) -> Checkpoint:
        moved = advance(checkpoint, position, added)
        if position == opportunities[5]:
            raise Killed
        return moved

    monkeypatch.setattr("handsel.jobs.bulk.advance", advance_and_die)
    task = conversion_task(ROUTE, pages_of(opportunities), again=True)
    with pytest.raises(Killed):
        run_bulk(session.context, task, _begin(session), page_size=3)
    assert _sold(session) == opportunities[:3]
    monkeypatch.undo()
    resumed = _begin(session)
    assert resumed.position == opportunities[2]
    assert run_bulk(session.context, task, resumed, page_size=3) == Counts(converted=10)
    assert _sold(session) == opportunities


def test_refused_ones_are_reported_and_the_rest_of_the_page_is_done(
    session: handsel.Session, opportunities: Sequence[UUID]
) -> None:
    session.execute(handsel.LoseOpportunity({"opportunityid": opportunities[3]}))
    refused: list[Refused] = []
    task = conversion_task(ROUTE, pages_of(opportunities))
    counts = run_bulk(session.context, task, _begin(session), listener=Listener(refused=refused.append))
    assert counts == Counts(converted=9, refused=1)
    assert [entry.key for entry in refused] == [opportunities[3]]
    assert "'Deal 3' is lost" in refused[0].reason
    assert "(0x80040233)" in refused[0].reason


def test_a_page_that_fails_as_a_whole_is_halved(session: handsel.Session, opportunities: Sequence[UUID]) -> None:
    """One message cannot even be made; the nine others are converted, each once and in order."""
    task = conversion_task(ROUTE, pages_of(opportunities))
    bad = opportunities[6]

    def message(key: UUID) -> Any:
        if key == bad:
            raise RuntimeError("broken row")
        return task.message(key)

    refused: list[Refused] = []
    broken = type(task)(task.pages, message, task.made)
    counts = run_bulk(session.context, broken, _begin(session), listener=Listener(refused=refused.append))
    assert counts == Counts(converted=9, refused=1)
    assert [(entry.key, entry.reason) for entry in refused] == [(bad, "Unexpected RuntimeError: broken row")]
    assert _sold(session) == [key for key in opportunities if key != bad]


def test_what_another_caller_converts_meanwhile_is_left_alone(
    session: handsel.Session, opportunities: Sequence[UUID]
) -> None:
    """Between the check for existing targets and the lock, another caller makes a quote."""
    task = conversion_task(ROUTE, pages_of(opportunities))
    looks = 0

    def made(keys: Any) -> Any:
        nonlocal looks
        looks += 1
        found = task.made(keys)
        if looks == 1:
            session.execute(handsel.GenerateQuoteFromOpportunity(opportunities[2]))
        return found

    racing = type(task)(task.pages, task.message, made)
    assert run_bulk(session.context, racing, _begin(session)) == Counts(converted=9, skipped=1)
    assert _sold(session) == opportunities


def test_two_processes_cannot_carry_on_the_same_run(session: handsel.Session, opportunities: Sequence[UUID]) -> None:
    task = conversion_task(ROUTE, pages_of(opportunities), again=True)
    mine, theirs = _begin(session), _begin(session)
    assert theirs.is_resumed

    def overtake(_counts: Counts) -> None:
        with pytest.raises(JobTaken):
            run_bulk(session.context, task, theirs, page_size=5)

    assert run_bulk(session.context, task, mine, page_size=5, listener=Listener(page_done=overtake)) == Counts(10)
    assert _sold(session) == opportunities


def test_restart_forgets_an_unfinished_run(session: handsel.Session, opportunities: Sequence[UUID]) -> None:
    with session.entered():
        advance(_begin(session), opportunities[4], Counts(converted=5))
    fresh = _begin(session, restart=True)
    assert (fresh.position, fresh.counts, fresh.is_resumed) == (None, Counts(), False)


def test_the_number_of_statements_does_not_grow_with_the_page(
    session: handsel.Session, opportunities: Sequence[UUID]
) -> None:
    from handsel.database.statements import counted_statements

    numbers = []
    for page_size in (2, 10):
        task = conversion_task(ROUTE, pages_of(opportunities[:page_size]), again=True)
        with counted_statements() as count:
            run_bulk(session.context, task, _begin(session, restart=True), page_size=page_size)
        numbers.append(len(count))
    assert numbers[0] == numbers[1]
