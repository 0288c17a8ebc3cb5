"""npm's dynamics-web-api, unmodified, against a real server: the tests themselves are beside it, in `node/`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.conftest import Server, serving

NODE = Path(__file__).parent / "node"
FILES = sorted(file.name for file in NODE.glob("*.test.mjs"))


def run(file: str, server: Server) -> None:
    """Run one file of tests; a failure shows what Node says about it."""
    node = Path(sys.executable).parent / "node"
    command = [node, "--test", "--test-reporter=spec", "--test-timeout=20000", file]
    # The client asks a proxy of the environment even for what NO_PROXY names.
    environment = {**os.environ, **dict.fromkeys(("http_proxy", "https_proxy"), "")}
    environment.update(HANDSEL_ADDRESS=server.address, HANDSEL_TOKEN=server.token)
    done = subprocess.run(command, cwd=NODE, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", FILES)
def test_over_https(server: Server, file: str) -> None:
    run(file, server)


def test_the_chain_over_plain_http_on_sqlite(sqlite_url: str) -> None:
    with serving(sqlite_url, None) as server:
        run("chain.test.mjs", server)
