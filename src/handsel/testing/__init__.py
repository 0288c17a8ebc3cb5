"""A throw-away Handsel server for the tests of programs that speak to Dynamics, in one line.

    with handsel.testing.serve(sample=True) as server:
        requests.get(f"{server.api_url}/WhoAmI", headers={"Authorization": f"Bearer {server.token}"})

pytest has the fixture `handsel_server`, other languages have `python -m handsel.testing`. The server is a separate
process; neither Django nor Handsel's business code is loaded into the program under test.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handsel.testing.server import Server, serve

__all__ = ["Server", "serve"]


def __getattr__(name: str) -> Any:
    # On demand: every run of pytest imports this package, even without a server.
    if name not in __all__:
        raise AttributeError(f"module 'handsel.testing' has no attribute '{name}'")
    from handsel.testing import server

    return getattr(server, name)
