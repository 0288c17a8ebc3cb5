"""One connection of the stand-in: Uvicorn's, and it can be cut."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState


class CuttableProtocol(HttpToolsProtocol):
    """In the ASGI scope it is `state["connection"]`."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._own_state = {"connection": self}
        super().__init__(config, server_state, self._own_state, _loop)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._own_state.clear()  # it refers to this connection

    def cut(self) -> None:
        """End the connection at once, whatever waits to be sent."""
        self.transport.abort()
