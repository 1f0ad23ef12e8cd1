# SPDX-License-Identifier: EUPL-1.2
"""The bytes themselves: what a server put on the wire, and whether a secret is in it in any of its usual spellings."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
from collections.abc import AsyncIterator, Iterable

HOST = "127.0.0.1"


def spellings(secret: str) -> list[bytes]:
    """``secret`` as text, hex, and inside base64 and base64url at any of the three places where it can begin."""
    text = secret.encode()
    inside = []
    for before in range(3):
        encoded = base64.urlsafe_b64encode(b"\0" * before + text).rstrip(b"=")
        # The first characters depend on what stands before it, the last on what comes after.
        whole = encoded[(before * 8 + 5) // 6 : (before + len(text)) * 8 // 6]
        inside += [whole, whole.translate(bytes.maketrans(b"-_", b"+/"))]
    return list(dict.fromkeys([text, text.hex().encode(), *inside]))


def traces(raw: bytes, secrets: Iterable[str]) -> list[str]:
    """The secrets that are in ``raw``."""
    return [secret for secret in secrets if any(spelling in raw for spelling in spellings(secret))]


@contextlib.asynccontextmanager
async def recording(port: int) -> AsyncIterator[tuple[int, bytearray]]:
    """A port that leads to ``port``, and all that came back through it."""
    raw = bytearray()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, keep: bool) -> None:
        with contextlib.suppress(ConnectionError):
            while part := await reader.read(65_536):
                if keep:
                    raw.extend(part)
                writer.write(part)
                await writer.drain()
        writer.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection(HOST, port)
        await asyncio.gather(pump(reader, to_writer, keep=False), pump(to_reader, writer, keep=True))

    server = await asyncio.start_server(connected, HOST)
    async with server:
        yield server.sockets[0].getsockname()[1], raw


def raw_answer(address: str, head: str, body: str = "") -> bytes:
    """All that the server at ``address`` (``localhost:PORT``) sends back; ``head``: request line and header fields."""
    host, _, port = address.partition(":")
    lines = [*head.splitlines(), f"Host: {address}", "Connection: close", f"Content-Length: {len(body)}", "", body]
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode())
        return b"".join(iter(lambda: connection.recv(65_536), b""))
