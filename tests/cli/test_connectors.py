"""Orders handed over by command line: set a connector up, submit, deliver, look, retry, and what is refused."""

import json
from pathlib import Path

import handsel
from tests.cli.conftest import Command


def test_an_order_leaves_by_command_line(handsel_command: Command, sample_url: str, tmp_path: Path) -> None:
    def do(*arguments: str, status: int = 0) -> str:
        done = handsel_command(*arguments, url=sample_url)
        assert done.status == status, done.out + done.err
        return done.out + done.err

    place = tmp_path / "erp"
    assert do("connector", "list").startswith("There are no connectors.")
    assert do("connector", "add", "files", "erp", "--directory", str(place)).startswith("Made connector erp.")
    assert do("connector", "check", "erp") == "Connector erp can be delivered to.\n"
    assert "Submit the order instead" in do("convert", "order", "ORD-01000", "--to", "invoice", status=1)
    do("set", "ORD-01000", "statecode=1")
    waiting = json.loads(do("connector", "list", "--json"))
    assert (waiting["connector"], waiting["waiting"]) == ("erp", 1)

    do("connector", "pause", "erp")
    assert do("deliver", "--once") == ""
    do("connector", "resume", "erp")
    subject = json.loads(do("delivery", "list", "--json"))["subject"]
    assert subject.startswith("ORD-01000-")
    assert subject.endswith(" to erp")
    assert "Due" in do("delivery", "list")
    told = json.loads(do("deliver", "--once", "--json"))
    assert (told["outcome"], told["connector"]) == ("accepted", "erp")
    [file] = (place / "orders").iterdir()
    assert "ORD-01000" in file.name
    assert do("delivery", "list") == "Nothing waits for delivery.\n"
    shown = json.loads(do("delivery", "show", "ORD-01000", "--json"))
    assert (shown["state"], shown["tries"]) == ("delivered", 1)
    assert "no delivery that could be delivered again" in do("delivery", "retry", "ORD-01000", status=1)
    assert "no delivery that could be dropped" in do("delivery", "drop", "ORD-01000", status=1)
    assert "deliver" in do("connector", "remove", "erp", status=1).lower()
    assert "There is no connector 'x'." in do("connector", "pause", "x", status=1)
    with handsel.open(sample_url) as session:
        [row] = session.rows("salesorder", "statecode eq 1")
        assert row["submitstatus"] == 1
        [user] = session.rows("systemuser", "domainname eq 'connector-erp'")
        assert user["isintegrationuser"]
