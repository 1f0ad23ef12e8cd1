# SPDX-License-Identifier: EUPL-1.2
"""The server's side of a connection: how long and how large the head of a request may be.

uvicorn waits for ever for a request line and header fields, and keeps all of them. Here they arrive whole within
``HEAD_SECONDS`` and ``HEAD_BYTES``, or the client gets 408 or 431 and the connection ends. What comes after the head is
bounded by ``serving.py``. WebSockets are not served.

Spec: RFC 9110 §15.5.9, RFC 6585 §5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

HEAD_SECONDS: Final = 4.0
HEAD_BYTES: Final = 32_000
_CLOSE: Final = b"connection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\n" + _CLOSE
_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\n" + _CLOSE


class BoundedHttp(HttpToolsProtocol):
    """HTTP/1.1 with a bounded head."""

    _waiting: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; its first request must come."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes came in; while they belong to a head they are counted."""
        if self._waiting is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES and b"\r\n\r\n" not in data[:HEAD_BYTES]:
                self._refuse(_TOO_LARGE)
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._stop()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._stop()
        self._waiting = self.loop.call_later(HEAD_SECONDS, self._refuse, _TOO_SLOW)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = None
        self._head = 0

    def _refuse(self, answer: bytes) -> None:
        self._stop()
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()


def server_options() -> dict[str, Any]:
    """How uvicorn serves our applications, wherever it runs: nothing logged by it, nothing said about it."""
    return {
        "http": BoundedHttp,
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
    }
