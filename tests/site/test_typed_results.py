"""What a type checker says about a program that uses the package: results have types, mistakes are found."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CONFIG = f"""
[mypy]
strict = true
mypy_path = {ROOT / "src"}
[mypy-program]
disallow_any_expr = true
"""

RIGHT = """
from decimal import Decimal
from typing import assert_type
from uuid import UUID

import handsel


def sell(deal: UUID) -> Decimal:
    with handsel.open("sqlite:///shop.sqlite3") as session:
        assert_type(session.execute(handsel.CanCloseOpportunity(deal))["Reasons"], list[str])
        quote = session.execute(handsel.GenerateQuoteFromOpportunity(deal), idempotency_key="4711")
        assert_type(quote, handsel.Row)
        assert_type(session.retrieve("quote", quote.id), handsel.Row)
        assert_type(session.execute(handsel.QualifyLead(deal, True, True, True, 3)), list[handsel.Reference])
        orders = session.execute_many([handsel.ConvertQuoteToSalesOrder(quote.id)])
        assert_type(orders, list[handsel.Row])
        collected = session.execute_many([handsel.ReviseQuote(quote.id)], on_refusal="collect")
        assert_type(collected, list[handsel.Row | handsel.Refusal])
        for row in session.rows("quote"):
            print(row["name"], row.get("totalamount"), row.id)
        return orders[0].value("totalamount", Decimal)


@handsel.on(handsel.CalculatePrice)
def price(event: handsel.PriceEvent) -> None:
    print(event)


def win(session: handsel.Session, quote: handsel.Row) -> None:
    assert_type(session.execute_many([handsel.WinQuote({"quoteid": quote.id})]), list[None])
"""

WRONG = {
    "session.execute(handsel.GenrateQuoteFromOpportunity(key))": "GenerateQuoteFromOpportunity",
    "session.execute(handsel.ReviseQuote)": "type[ReviseQuote]",
    'session.execute("ReviseQuote")': '"str"',
    "session.execute(handsel.ReviseQuote(quote=key))": "quote",
    "session.execute(handsel.ReviseQuote(4711))": '"int"',
    "number: int = session.execute(handsel.ReviseQuote(key))": "Row",
    'session.execute(handsel.ReviseQuote(key))["totalamount"] + 1': "Unsupported",
}


def _checked(folder: Path, program: str) -> list[str]:
    (folder / "program.py").write_text(program, encoding="utf-8")
    (folder / "mypy.ini").write_text(CONFIG, encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--no-error-summary", "program.py")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if ": error:" in line]


def test_a_program_sees_the_type_of_every_result_and_nothing_of_any_type(tmp_path: Path) -> None:
    assert _checked(tmp_path, RIGHT) == []


def test_each_mistake_is_found(tmp_path: Path) -> None:
    head = "from uuid import UUID\n\nimport handsel\n\n\ndef run(session: handsel.Session, key: UUID) -> None:\n"
    found = _checked(tmp_path, head + "".join(f"    {line}\n" for line in WRONG))
    for number, (line, words) in enumerate(WRONG.items(), head.count("\n") + 1):
        assert any(f":{number}: " in error and words in error for error in found), (line, found)
