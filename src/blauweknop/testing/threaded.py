# SPDX-License-Identifier: EUPL-1.2
"""Serves an ASGI app in a thread of its own, with its lifespan: for tests that drive it from outside (a browser)."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import uvicorn

from blauweknop.adapters.http.protocol import server_options
from blauweknop.testing.serving import bound_socket

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from starlette.types import ASGIApp


def free_socket() -> socket.socket:
    """A listening socket on 127.0.0.1; the port is held from here on, so nobody else can take it."""
    found = bound_socket()
    found.listen(128)
    return found


def address_of(listening: socket.socket) -> str:
    """``http://localhost:PORT`` of a listening socket."""
    return f"http://localhost:{listening.getsockname()[1]}"


@contextlib.contextmanager
def served_in_thread(app: ASGIApp, listening: socket.socket) -> Iterator[None]:
    """Serves ``app`` on ``listening`` until the block ends."""
    config = uvicorn.Config(app, lifespan="on", loop="asyncio", timeout_graceful_shutdown=1, **server_options())
    server = uvicorn.Server(config)
    ready = threading.Event()

    class _Thread(threading.Thread):
        def run(self) -> None:
            server.run(sockets=[listening])

    thread = _Thread(daemon=True)
    original = server.startup

    async def startup(sockets: list[socket.socket] | None = None) -> None:
        await original(sockets)
        ready.set()

    server.startup = startup  # type: ignore[method-assign]
    thread.start()
    if not ready.wait(10):
        raise RuntimeError("the server did not start")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
