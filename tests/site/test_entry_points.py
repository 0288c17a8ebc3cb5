"""Price code in another package is found by its entry point, in every process."""

import os
import subprocess
import sys
from pathlib import Path

MODULE = """
import handsel


@handsel.on(handsel.CalculatePrice)
def ten_percent_from_a_thousand(event):
    total = sum(line["quantity"] * line["priceperunit"] for line in event.lines)
    event.set(event.document, {"totalamount": total * 9 / 10 if total >= 1000 else total})
"""

PROGRAM = """
import sys
import handsel

with handsel.open(sys.argv[1], user="admin") as session:
    organization = next(session.rows("organization"))
    session.execute(handsel.Update("organization", organization.id, {"oobpricecalculationenabled": False}))
    for price in (999, 1000):
        line = {"productdescription": "Desk", "quantity": 1, "priceperunit": price}
        deal = session.execute(handsel.Create("opportunity", {"name": "Deal", "product_opportunities": [line]}))
        print(deal["totalamount"])
"""


def test_a_rule_that_discounts_by_total_is_loaded_by_its_entry_point(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "example_prices.py").write_text(MODULE)
    metadata = tmp_path / "example_prices-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: example-prices\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[handsel.handlers]\nprices = example_prices\n")
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, database_url],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert ended.returncode == 0, ended.stderr
    assert [float(text) for text in ended.stdout.split()] == [999.0, 900.0]
