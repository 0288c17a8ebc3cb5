"""A process killed in the middle of a bulk run leaves whole documents only, and the next run finishes the rest."""

import os
import random
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import handsel
from handsel import Session
from handsel.database.statements import run
from tests.scenarios.company import Company

ROOT = Path(__file__).resolve().parents[2]
DEALS, LINES, PAGE = 150, 4, 5


def bulk_command(url: str) -> list[str]:
    """The bulk conversion as a user types it, in small pages so that there is much to interrupt."""
    program = "import sys; from handsel.site.cli import main; sys.exit(main())"
    options = ["convert", "opportunity", "--to", "quote", "--all", "--page-size", str(PAGE), "--database", url]
    return [sys.executable, "-c", program, *options]


def seed(session: Session) -> None:
    """Opportunities of four lamps each: 79.96."""
    company = Company(session)
    line = {"productid": company.lamp, "quantity": 1}
    session.execute_many(
        [
            handsel.Create(
                "opportunity",
                {
                    "name": f"Deal {number}",
                    "customerid": handsel.Reference("account", company.acme),
                    "pricelevelid": company.price_list,
                    "product_opportunities": [line] * LINES,
                },
            )
            for number in range(DEALS)
        ]
    )


def require_whole(session: Session) -> int:
    """Every quote has all its lines, its total, its audit row and its event, and stands alone; returns how many."""
    with session.entered():
        made = run("SELECT count(*), count(DISTINCT opportunityid) FROM quote")[0]
        lines = run("SELECT count(*) FROM quotedetail")[0][0]
        fewest = run("SELECT count(*) FROM quotedetail GROUP BY quoteid HAVING count(*) <> 4")
        audited = run("SELECT count(DISTINCT objectid) FROM hs_audit WHERE objecttypecode = 'quote'")[0][0]
        announced = run("SELECT count(DISTINCT objectid) FROM hs_outbox WHERE objecttypecode = 'quote'")[0][0]
    count: int = made[0]
    assert made[1] == count
    assert lines == count * LINES
    assert fewest == []
    assert audited == announced == count
    return count


def kill_after(url: str, seconds: float) -> None:
    """Start the bulk run and kill it with SIGKILL a moment after it made its first documents."""
    process = subprocess.Popen(bulk_command(url), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    with handsel.open(url, user="admin") as session:
        before = session.count("quote")
        deadline = time.monotonic() + 30
        while session.count("quote") == before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def test_a_killed_bulk_run_leaves_whole_documents_and_is_finished_by_the_next(
    session: Session, database_url: str
) -> None:
    seed(session)
    delays = random.Random(7)
    reached, interrupted = 0, False
    for _ in range(3):
        kill_after(database_url, delays.uniform(0, 0.05))
        count = require_whole(session)
        assert reached <= count <= DEALS
        reached = count
        interrupted = interrupted or count < DEALS
    assert reached > 0
    assert interrupted, "every run ended before it was killed; make the run longer"
    finished = subprocess.run(bulk_command(database_url), capture_output=True, text=True, cwd=ROOT, check=False)
    assert finished.returncode == 0, finished.stderr
    assert require_whole(session) == DEALS
    assert {row["totalamount"] for row in session.rows("quote")} == {Decimal("79.96")}
    again = subprocess.run(bulk_command(database_url), capture_output=True, text=True, cwd=ROOT, check=False)
    assert again.returncode in (0, 1)
    assert require_whole(session) == DEALS
