import pytest

import handsel
from handsel.site.cli.progress import Progress
from tests.cli.conftest import Command


def test_all_and_all_again_makes_nothing_twice(handsel_command: Command, sample_url: str) -> None:
    first = handsel_command("convert", "opportunity", "--to", "quote", "--all", url=sample_url)
    assert (first.status, first.lines[-1]) == (0, "Converted 5, already converted 4, refused 0.")
    again = handsel_command("convert", "opportunity", "--to", "quote", "--all", url=sample_url)
    assert (again.status, again.lines[-1]) == (0, "Converted 0, already converted 9, refused 0.")
    more = handsel_command(
        "convert", "opportunity", "--to", "quote", "--all", "--again", "--page-size", "2", url=sample_url
    )
    assert (more.status, more.lines[-1]) == (0, "Converted 8, already converted 0, not ready 1, refused 0.")


def test_what_is_made_is_named_and_what_is_not_ready_is_counted(handsel_command: Command, sample_url: str) -> None:
    """The sample has a draft, an active, a won and two closed quotes; the won one has its order."""
    outcome = handsel_command("convert", "quote", "--to", "order", "--all", url=sample_url)
    with handsel.open(sample_url) as session:
        (quote,) = session.rows("quote", "statecode eq 2 and name eq 'Chairs for the shop'")
        (order,) = session.rows("salesorder", f"quoteid eq {quote.id}")
    assert outcome.lines == [
        f"{quote['quotenumber']} → {order['ordernumber']}",
        "Converted 1, already converted 1, not ready 3, refused 0.",
    ]
    assert outcome.status == 0


def test_a_lost_opportunity_by_its_name_is_refused(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("convert", "opportunity", "--to", "order", "Waiting room chairs", url=sample_url)
    assert (outcome.status, outcome.lines[-1]) == (1, "Converted 0, already converted 0, refused 1.")
    assert "'Waiting room chairs' is lost" in outcome.out
    assert "(0x80040233)" in outcome.out


def test_a_filter_narrows_and_the_new_documents_are_right(handsel_command: Command, sample_url: str) -> None:
    filter = "statecode eq 0 and totalamount gt 10000"
    outcome = handsel_command("convert", "opportunity", "--to", "order", "--filter", filter, url=sample_url)
    with handsel.open(sample_url) as session:
        wanted = {row.id: row["totalamount"] for row in session.rows("opportunity", filter)}
        made = {row["opportunityid"]: row["totalamount"] for row in session.rows("salesorder", "quoteid eq null")}
    assert len(wanted) > 1
    assert made == wanted
    assert outcome.lines[-1] == f"Converted {len(wanted)}, already converted 0, refused 0."


def test_named_documents_each_with_its_outcome(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        active = next(session.rows("quote", "statecode eq 1"))["quotenumber"]
        draft = next(session.rows("quote", "statecode eq 0"))["quotenumber"]
    outcome = handsel_command("convert", "quote", "--to", "order", active, draft, "nothing", url=sample_url)
    assert outcome.status == 1
    assert f"{active} → ORD-" in outcome.out
    assert f"Quote {draft} is draft" in outcome.out
    assert "Refused nothing: There is no quote 'nothing'." in outcome.out
    assert outcome.lines[-1] == "Converted 1, already converted 0, refused 2."
    again = handsel_command("convert", "quote", "--to", "order", active, url=sample_url)
    assert (again.status, again.lines[-1]) == (0, "Converted 0, already converted 1, refused 0.")


def test_orders_become_invoices(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("convert", "order", "--to", "invoice", "--all", url=sample_url)
    assert (outcome.status, outcome.lines[-1]) == (0, "Converted 1, already converted 0, refused 0.")


def test_wrong_usage(handsel_command: Command, sample_url: str) -> None:
    for arguments in (
        ("quote", "--to", "invoice", "--all"),
        ("quote", "--to", "order"),
        ("quote", "--to", "order", "--all", "--filter", "statecode eq 1"),
        ("quote", "--to", "order", "QUO-01000", "--all"),
        ("quote", "--to", "order", "--all", "--page-size", "0"),
        ("lead", "--to", "order", "--all"),
    ):
        outcome = handsel_command("convert", *arguments, url=sample_url)
        assert outcome.status == 2
        assert outcome.out == ""


def test_a_bad_filter_is_one_sentence(handsel_command: Command, sample_url: str) -> None:
    for filter in ("statecode eq", "nope eq 1", "statecode eq 'x'"):
        outcome = handsel_command("convert", "quote", "--to", "order", "--filter", filter, url=sample_url)
        assert outcome.status == 1
        assert len(outcome.err.splitlines()) == 1
        assert "Traceback" not in outcome.err


def test_an_interrupted_run_says_so_and_goes_on(
    handsel_command: Command, sample_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is converted again, so only the checkpoint keeps the second run from starting over."""
    given = ("convert", "opportunity", "--to", "quote", "--filter", "statecode ne 2", "--again", "--page-size", "3")
    with handsel.open(sample_url) as session:
        before = session.count("quote")

    def interrupt(progress: Progress, done: int, _refused: int) -> None:
        progress.done = done
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "at", interrupt)
    stopped = handsel_command(*given, url=sample_url)
    assert stopped.status == 130
    assert "Stopped after 3; the same command goes on from there." in stopped.err
    monkeypatch.undo()
    resumed = handsel_command(*given, url=sample_url)
    assert "3 documents done" in resumed.err
    assert (resumed.status, resumed.lines[-1]) == (0, "Converted 8, already converted 0, refused 0.")
    with handsel.open(sample_url) as session:
        assert session.count("quote") == before + 8
