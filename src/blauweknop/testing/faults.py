# SPDX-License-Identifier: EUPL-1.2
"""Back-ends that fail on demand, in the ways real ones do: one ASGI wrapper around any app.

While ``Faults.mode`` is empty the app answers itself. Modes:

- ``html``: a page with status 200; ``te-groot``: two million bytes; ``gecomprimeerd``: a compressed body;
- ``afgekapt``: half of the true answer, and the connection ends; ``halve-json``: that half as if it were whole;
- ``andere-persoon``: the true answer with another number in it;
- ``druppel``: a byte a second, without end; ``hangt``: no answer at all;
- ``doorverwijzing`` (307), ``geweigerd`` (403), ``storing`` (500), ``onderhoud`` (503).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MODES: Final = (
    "html",
    "afgekapt",
    "halve-json",
    "andere-persoon",
    "druppel",
    "doorverwijzing",
    "storing",
    "onderhoud",
    "geweigerd",
    "te-groot",
    "hangt",
    "gecomprimeerd",
)
_JSON: Final = "application/json; charset=utf-8"
_HALF_MEGABYTE: Final = 500_000
_MARK: Final = b"burgerservicenummer"


class Faults:
    """Wraps ``app``; set ``mode`` to make every answer fail that way. ``calls`` counts the requests."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.mode = ""
        self.calls = 0
        self.stop = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not self.mode:
            self.calls += scope["type"] == "http"
            await self.app(scope, receive, send)
            return
        self.calls += 1
        await self._fail(scope, receive, send)

    async def _fail(self, scope: Scope, receive: Receive, send: Send) -> None:
        plain: dict[str, tuple[int, str, bytes]] = {
            "html": (200, "text/html; charset=utf-8", b"<!doctype html><title>Inloggen</title>"),
            "storing": (500, "application/problem+json", b'{"status":500}'),
            "onderhoud": (503, "application/problem+json", b'{"status":503}'),
            "geweigerd": (403, "application/problem+json", b'{"status":403}'),
        }
        if self.mode in plain:
            status, media_type, body = plain[self.mode]
            await _answer(send, status, body, media_type)
            return
        ways: dict[str, Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]] = {
            "afgekapt": self._cut,
            "halve-json": self._half,
            "andere-persoon": self._other,
            "druppel": self._drip,
            "doorverwijzing": self._redirect,
            "te-groot": self._flood,
            "hangt": self._hang,
            "gecomprimeerd": self._compressed,
        }
        await ways[self.mode](scope, receive, send)

    async def _true_body(self, scope: Scope, receive: Receive) -> bytes:
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            parts.append(message.get("body", b""))

        await self.app(scope, receive, collect)
        return b"".join(parts)

    async def _cut(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await self._true_body(scope, receive)
        await _start(send, 200, [(b"content-type", _JSON.encode()), (b"content-length", str(len(body)).encode())])
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        raise ConnectionAbortedError("cut off, as asked")

    async def _half(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await self._true_body(scope, receive)
        await _answer(send, 200, body[: len(body) // 2], _JSON)

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await self._true_body(scope, receive)
        at = body.index(b'"', body.index(_MARK) + len(_MARK) + 1) + 1
        await _answer(send, 200, body[:at] + b"999999990" + body[at + 9 :], _JSON)

    async def _drip(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await _start(send, 200, [(b"content-type", _JSON.encode())])
        while not self.stop.is_set():
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
            await self._pause(1.0)

    async def _redirect(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        await _start(send, 307, [(b"location", scope["path"].encode()), (b"content-length", b"0")])
        await send({"type": "http.response.body", "body": b""})

    async def _flood(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await _start(send, 200, [(b"content-type", _JSON.encode())])
        for more in (True, True, True, False):
            await send({"type": "http.response.body", "body": b" " * _HALF_MEGABYTE, "more_body": more})

    async def _hang(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive, send
        await self._pause(3600.0)

    async def _compressed(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        headers = [(b"content-type", _JSON.encode()), (b"content-encoding", b"gzip"), (b"content-length", b"2")]
        await _start(send, 200, headers)
        await send({"type": "http.response.body", "body": b"\x1f\x8b"})

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stop.wait(), seconds)
        except TimeoutError:
            return


async def _answer(send: Send, status: int, body: bytes, media_type: str) -> None:
    await _start(send, status, [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())])
    await send({"type": "http.response.body", "body": body})


def _start(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> Awaitable[None]:
    return send({"type": "http.response.start", "status": status, "headers": headers})
