# SPDX-License-Identifier: EUPL-1.2
"""What every service does around its routes: limits on what comes in, headers on what goes out, one edge for errors.

1. the request is meant for this host; its address and header fields are not too large;
2. its body arrives whole within ``body_seconds`` and is not too large: handlers only ever see a whole body;
3. an error of ours is answered by ``answer`` (a page or a problem, RFC 9457), any other exception by 500, counted and
   logged by its class alone: its text could hold personal data;
4. every answer carries the security headers, and ``no-store`` unless the handler said otherwise.

It leaves TLS, connection time-outs and the number of connections to the server (uvicorn) and the proxy before it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Router

from blauweknop.adapters.http.refusals import (
    HeadersTooLargeError,
    MethodNotAllowedError,
    MisdirectedError,
    NotFoundError,
    RefusedRequestError,
    RequestTooLargeError,
    RequestTooSlowError,
    TargetTooLongError,
)
from blauweknop.errors import BlauweKnopError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()


class UnexpectedError(BlauweKnopError):
    """Something went wrong here that nobody foresaw."""

    code = "onverwacht"


class Answer(Protocol):
    """Turns an error into what the client sees."""

    def __call__(self, request: Request, error: BlauweKnopError, /) -> Response:
        """The answer to ``request``; never raises."""
        ...


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes and seconds; ``larger_bodies``: path prefixes that take more than ``body``."""

    target: int = 2_000
    headers: int = 16_000
    body: int = 64_000
    body_seconds: float = 4.0
    larger_bodies: Mapping[str, int] = field(default_factory=dict)

    def body_at(self, path: str) -> int:
        """The largest body that ``path`` takes."""
        return next((size for prefix, size in self.larger_bodies.items() if path.startswith(prefix)), self.body)


def content_security_policy(*form_targets: str) -> str:
    """The policy of our pages: nothing inline, nothing from elsewhere; forms go here and to ``form_targets`` (origins).

    Spec: CSP Level 3 §6. A form's redirect counts as its target, so the login's origin stands there.
    """
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            " ".join(["form-action", "'self'", *form_targets]),
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ]
    )


def security_headers(policy: str, *, https: bool) -> dict[str, str]:
    """Header fields for every answer under Content-Security-Policy ``policy``."""
    fields = {
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    if https:
        fields["strict-transport-security"] = "max-age=31536000"
    return fields


class Edge:
    """The outermost ASGI application of a service. ``failures`` counts unforeseen errors since the start."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: frozenset[str],
        headers: Mapping[str, str],
        answer: Answer,
        limits: Limits,
        closing: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        """``hosts``: values of ``Host`` that mean this service; ``headers``: put on every answer.

        ``closing``: called in order when the server ends, in its event loop, or by ``close``.
        """
        self._closing = tuple(closing)
        self._app = app
        self._hosts = hosts
        self._headers = headers
        self._answer = answer
        self._limits = limits
        self.failures = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            raise UnexpectedError("only HTTP is served")
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._add_headers(message)
            await send(message)

        try:
            self._check(scope)
            body = await self._whole_body(scope, receive)
            await self._app(scope, _replay(body, receive), send_with_headers)
        except BlauweKnopError as error:
            if started:
                raise
            await self._refuse(scope, error, send_with_headers)
        except Exception as error:  # noqa: BLE001 - the process edge: the client gets an answer and we a count
            self.failures += 1
            log.error("onverwacht", soort=type(error).__name__)  # noqa: TRY400 - see 3.
            if started:
                raise UnexpectedError from None  # the server breaks the answer off, and logs only this
            await self._refuse(scope, UnexpectedError(), send_with_headers)

    async def close(self) -> None:
        """Closes what is open behind it, where no server does so."""
        for close in self._closing:
            await close()

    async def _live(self, receive: Receive, send: Send) -> None:
        """The ASGI lifespan protocol: starts, waits for the end, closes."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
                continue
            await self.close()
            await send({"type": "lifespan.shutdown.complete"})
            return

    async def _refuse(self, scope: Scope, error: BlauweKnopError, send: Send) -> None:
        response = self._answer(Request(scope), error)
        await response(scope, _nothing_more, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            raise MisdirectedError(clause="RFC 9110 §7.4")
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > self._limits.target:
            raise TargetTooLongError(clause="RFC 9110 §4.1")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._limits.headers:
            raise HeadersTooLargeError(clause="RFC 6585 §5")

    async def _whole_body(self, scope: Scope, receive: Receive) -> bytes:
        limit = self._limits.body_at(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isascii() or not announced.isdigit():
            raise RefusedRequestError("Content-Length is no number", clause="RFC 9110 §8.6")
        if int(announced[:20]) > limit:
            raise RequestTooLargeError(clause="RFC 9110 §15.5.14")
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RequestTooSlowError("the client went away before its request was whole")
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > limit:
                        raise RequestTooLargeError(clause="RFC 9110 §15.5.14")
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError as error:
            raise RequestTooSlowError(clause="RFC 9110 §15.5.9") from error

    def _add_headers(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "no-store")


def _replay(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the whole body once, then what the server says (the client's going away)."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


class Routed:
    """The routes of a service as an application whose "not here" and "not so" are errors of ours."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        """``routes``: tried in order."""
        self._router = Router(routes=routes, redirect_slashes=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request. Raises: ``NotFoundError``, ``MethodNotAllowedError``."""
        try:
            await self._router({**scope, "app": self}, receive, send)
        except HTTPException as error:
            if error.status_code == MethodNotAllowedError.status:
                raise MethodNotAllowedError(clause="RFC 9110 §15.5.6") from error
            raise NotFoundError(clause="RFC 9110 §15.5.5") from error


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}
