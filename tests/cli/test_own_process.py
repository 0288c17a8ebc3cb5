"""Each command in a process of its own, where nothing has started Handsel before it."""

import subprocess
import sys

import pytest

MAIN = "import sys; from handsel.site.cli import main; sys.exit(main())"
COMMANDS = (
    "message --list",
    "maps quote.salesorder",
    "column list quote",
    "convert quote --to order --all",
    "show QUO-01000",
    "price-trace QUO-01000",
    "events --limit 1",
    "doctor",
    "upgrade",
    "token create --user admin",
    "token list",
    "token revoke 0196f1b2-0000-7000-8000-000000000000",
    "client create --user admin --name ERP",
    "client list",
    "client revoke 0196f1b2-0000-7000-8000-000000000000",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_needs_another_to_have_started_handsel(command: str, sample_url: str) -> None:
    arguments = [sys.executable, "-c", MAIN, *command.split(), "--database", sample_url]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)
