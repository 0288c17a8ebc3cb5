import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import handsel
from tests.cli.conftest import Command


def test_init_prints_the_password_once(handsel_command: Command, empty_database_url: str) -> None:
    first = handsel_command("init", "--currency", "EUR", "--organization", "Test House", url=empty_database_url)
    password = re.search(r"Password:\s+(\S+)", first.out)
    assert first.status == 0
    assert password is not None
    file = Path(empty_database_url.removeprefix("sqlite:///"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 if file.exists() else "postgresql" in empty_database_url
    again = handsel_command("init", url=empty_database_url)
    assert again.status == 0
    assert "nothing was changed" in again.out
    assert "Password" not in again.out
    with handsel.open(empty_database_url) as session:
        user = session.queryset("systemuser").get(domain_name="admin")
        assert user.check_password(password.group(1))
        assert next(session.rows("transactioncurrency"))["isocurrencycode"] == "EUR"
        assert session.queryset("organization").get().name == "Test House"


def test_the_sample_is_added_to_a_database_that_has_none(handsel_command: Command, empty_database_url: str) -> None:
    handsel_command("init", "--currency", "EUR", url=empty_database_url)
    with handsel.open(empty_database_url) as session:
        session.execute(handsel.Create("account", {"name": "Mine"}))
    outcome = handsel_command("init", "--sample", url=empty_database_url)
    assert (outcome.status, "Added the sample company; there are now 11 products" in outcome.out) == (0, True)
    assert "Password" not in outcome.out
    with handsel.open(empty_database_url) as session:
        assert session.count("account", "name eq 'Mine'") == 1
        before = session.count("account")
    again = handsel_command("init", "--sample", url=empty_database_url)
    assert (again.status, "with the sample company; nothing was changed" in again.out) == (0, True)
    with handsel.open(empty_database_url) as session:
        assert session.count("account") == before > 1


def test_a_sample_that_cannot_be_added_leaves_the_database_as_it_was(handsel_command: Command, sqlite_url: str) -> None:
    """A product of the same number is there."""
    with handsel.open(sqlite_url) as session:
        group = session.execute(handsel.Create("uomschedule", {"name": "Pieces", "baseuomname": "Piece"}))
        unit = next(session.rows("uom")).reference
        values = {"name": "Desk", "productnumber": "DSK-160", "defaultuomscheduleid": group, "defaultuomid": unit}
        session.execute(handsel.Create("product", {**values, "quantitydecimal": 0}))
    outcome = handsel_command("init", "--sample", url=sqlite_url)
    assert (outcome.status, "DSK-160" in outcome.err) == (1, True)
    with handsel.open(sqlite_url) as session:
        assert (session.count("product"), session.count("account"), session.count("pricelevel")) == (1, 0, 0)


def test_init_refuses_an_unknown_base_currency(handsel_command: Command, tmp_path: Path) -> None:
    outcome = handsel_command("init", "--currency", "XXX", url=f"sqlite:///{tmp_path}/new.sqlite3")
    assert outcome.status == 1
    assert "XXX cannot be the base currency" in outcome.err
    assert not (tmp_path / "new.sqlite3").exists()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://x/y", "is not supported"),
        ("sqlite://", "names no file"),
        ("sqlite:///nowhere/none.sqlite3", "There is no database at"),
        ("postgresql://admin:geheim@localhost:1/none", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence(handsel_command: Command, url: str, sentence: str) -> None:
    outcome = handsel_command("events", url=url)
    assert outcome.status == 1
    assert sentence in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert "geheim" not in outcome.err


def test_a_file_that_is_no_database_is_one_sentence(handsel_command: Command, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no database at all, but long enough to look at " * 40)
    outcome = handsel_command("show", "QUO-01000", url=f"sqlite:///{tmp_path}/note.txt")
    assert outcome.status == 1
    assert len(outcome.err.splitlines()) == 1
    assert "Traceback" not in outcome.err


def test_the_environment_names_the_database(
    handsel_command: Command, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSEL_DATABASE_URL", sqlite_url)
    assert handsel_command("doctor").status == 0


def test_options_may_stand_before_or_behind_the_command(handsel_command: Command, sqlite_url: str) -> None:
    assert handsel_command("--database", sqlite_url, "--as", "admin", "events").status == 0
    assert handsel_command("events", "--as", "nobody", url=sqlite_url).err.startswith(
        "handsel: There is no user 'nobody'"
    )


def test_wrong_usage_is_status_2(handsel_command: Command) -> None:
    assert handsel_command().status == 2
    assert handsel_command("sell").status == 2
    assert handsel_command("show").status == 2
    assert handsel_command("events", "--limit", "0").status == 2
    assert handsel_command("show", "a", "--wrong").status == 2


def test_importing_the_command_line_loads_no_django() -> None:
    code = "import sys, handsel.site.cli as cli; cli.main(['--version']); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"handsel {handsel.__version__}\n")


def test_sample_company_is_complete(handsel_command: Command, sample_url: str) -> None:
    with handsel.open(sample_url) as session:
        states = {row["statecode"] for row in session.rows("opportunity")}
        assert states == {0, 1, 2}
        assert {row["statecode"] for row in session.rows("quote")} >= {0, 1, 2, 3}
        assert {row["pricingmethodcode"] for row in session.rows("productpricelevel")} == {1, 2, 3, 4, 5, 6}
        assert session.count("product", "productstructure eq 3 and statecode eq 0") == 1
        assert session.count("pricelevel") == session.count("transactioncurrency") == 2
        assert not [row for row in session.rows("opportunityproduct") if row["pricingerrorcode"]]
        named = [row["name"] for row in session.rows("account")]
        assert named
        assert all("(sample data)" in name for name in named)


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_sample_company_in_another_base_currency(handsel_command: Command, tmp_path: Path, currency: str) -> None:
    url = f"sqlite:///{tmp_path}/sample.sqlite3"
    assert handsel_command("init", "--sample", "--currency", currency, url=url).status == 0
    assert handsel_command("demo", url=url).status == 0


def test_sample_company_on_postgresql(handsel_command: Command, empty_postgresql_url: str) -> None:
    assert handsel_command("init", "--sample", url=empty_postgresql_url).status == 0
    assert handsel_command("demo", url=empty_postgresql_url).status == 0
    assert handsel_command("doctor", url=empty_postgresql_url).status == 0
