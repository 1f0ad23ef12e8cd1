# SPDX-License-Identifier: EUPL-1.2
"""Serves an ASGI app on this machine for as long as a block lasts: real HTTP, in the same event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING

import uvicorn

from blauweknop.adapters.http.protocol import server_options
from blauweknop.errors import InfrastructureError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.types import ASGIApp

HOST = "127.0.0.1"


class PortTakenError(InfrastructureError):
    """A port that the demo needs is in use by another program."""

    code = "poort-bezet"


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the event loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether this machine lets us listen on ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, *, port: int = 0, shared: bool = False) -> AsyncIterator[int]:
    """Serves ``app`` on loopback; gives the port. Raises: ``PortTakenError``.

    ``shared``: other processes may serve on this port too; the kernel gives each connection to one of them.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise PortTakenError(f"port {port}") from error
    config = uvicorn.Config(app, lifespan="off", **server_options())
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        await task
        listener.close()
