# SPDX-License-Identifier: EUPL-1.2
"""Serves an ASGI app on this machine for as long as a block lasts: real HTTP, in the same event loop."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from typing import TYPE_CHECKING, Final

import uvicorn

from blauweknop.adapters.http.protocol import server_options
from blauweknop.errors import InfrastructureError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.types import ASGIApp

HOST = "127.0.0.1"
# Below what systems give to who calls out (Linux: from 32768): one of those can be taken between finding and serving.
_NOT_GIVEN: Final = range(15_000, 32_000)


class PortTakenError(InfrastructureError):
    """A port that the demo needs is in use by another program."""

    code = "poort-bezet"


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the event loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def free_port() -> int:
    """A port that nobody uses now, and that no call of anybody is given meanwhile."""
    with bound_socket() as found:
        return int(found.getsockname()[1])


def bound_socket() -> socket.socket:
    """A socket bound to such a port of 127.0.0.1."""
    while True:
        found = socket.socket()
        try:
            found.bind((HOST, secrets.choice(_NOT_GIVEN)))
        except OSError:
            found.close()
            continue
        return found


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
