# SPDX-License-Identifier: EUPL-1.2
"""The edge of every service: limits first, an answer whatever happens, and nothing personal in the log."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from blauweknop.adapters.http.refusals import status_of
from blauweknop.adapters.http.serving import (
    Edge,
    Limits,
    UnexpectedError,
    content_security_policy,
    security_headers,
)
from blauweknop.errors import BlauweKnopError, MalformedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

pytestmark = pytest.mark.anyio
BSN = "999996149"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def answer(_request: Request, error: BlauweKnopError) -> Response:
    return PlainTextResponse(error.code, status_code=status_of(error))


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(body)(scope, receive, send)


def edge(app: ASGIApp = echo, **limits: Any) -> Edge:
    return Edge(
        app,
        hosts=frozenset({"bron.example"}),
        headers=security_headers(content_security_policy(), https=True),
        answer=answer,
        limits=Limits(**limits),
    )


class Client:
    """Sends one request as ASGI messages, and keeps what comes back."""

    def __init__(self, messages: Sequence[Message | float]) -> None:
        self.messages = list(messages)
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        if not self.messages:
            await asyncio.Event().wait()
        message = self.messages.pop(0)
        if isinstance(message, float):
            await asyncio.sleep(message)
            return await self.receive()
        return message

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}


def part(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def ask(app: Edge, *messages: Message | float, **headers: str) -> Client:
    client = Client(messages or [part(b"")])
    fields = {"host": "bron.example", **headers}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()],
    }
    await app(scope, client.receive, client.send)
    return client


async def test_a_body_in_pieces_arrives_whole() -> None:
    client = await ask(edge(), part(b"een", more=True), part(b"twee"))
    assert (client.status, client.body) == (200, b"eentwee")
    assert client.headers["cache-control"] == "no-store"
    assert client.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize(
    ("messages", "headers", "status"),
    [
        ([part(b"x" * 11)], {}, 413),
        ([part(b"x" * 6, more=True), part(b"x" * 6)], {}, 413),
        ([part(b"")], {"content_length": "11"}, 413),
        ([part(b"")], {"content_length": "-1"}, 400),
        ([part(b"")], {"content_length": "1e1"}, 400),
        ([part(b"")], {"content_length": "9" * 5_000}, 413),
        ([part(b"x", more=True)], {}, 408),
        ([part(b"x", more=True), {"type": "http.disconnect"}], {}, 408),
        ([part(b"")], {"host": "kwaad.example"}, 421),
        ([part(b"")], {"host": ""}, 421),
        ([part(b"")], {"x": "y" * 20_000}, 431),
    ],
)
async def test_a_request_with_one_thing_wrong_reaches_nobody(
    messages: list[Message], headers: dict[str, str], status: int
) -> None:
    reached = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope)
        await echo(scope, receive, send)

    limited = edge(app, body=10, body_seconds=0.05)
    assert (await ask(limited, part(b"x" * 10))).status == 200
    assert (await ask(limited, *messages, **headers)).status == status
    assert len(reached) == 1


async def test_a_body_of_a_byte_now_and_then_ends_in_time() -> None:
    drops: list[Message | float] = [step for _ in range(50) for step in (0.01, part(b"x", more=True))]
    assert (await ask(edge(body_seconds=0.1), *drops)).status == 408


async def test_some_addresses_take_more() -> None:
    app = edge(body=10, larger_bodies={"/": 20})
    assert (await ask(app, part(b"x" * 20))).status == 200
    assert (await ask(app, part(b"x" * 21))).status == 413


async def test_what_nobody_foresaw_is_500_and_its_text_is_kept_from_client_and_log() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError(BSN)

    app = edge(broken)
    with structlog.testing.capture_logs() as logs:
        client = await ask(app)
    assert (client.status, client.body) == (500, b"onverwacht")
    assert app.failures == 1
    assert logs == [{"event": "onverwacht", "log_level": "error", "soort": "RuntimeError"}]
    assert (await ask(edge())).status == 200


async def test_an_answer_that_breaks_half_way_is_broken_off_without_its_cause() -> None:
    async def half(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError(BSN)

    with pytest.raises(UnexpectedError) as caught:
        await ask(edge(half))
    assert BSN not in repr(caught.value)
    assert caught.value.__suppress_context__


async def test_an_error_of_ours_after_the_start_is_not_answered_twice() -> None:
    async def half(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise MalformedError

    with pytest.raises(MalformedError):
        await ask(edge(half))


async def test_the_end_of_the_server_closes_what_was_opened() -> None:
    closed = []

    async def close() -> None:
        closed.append(1)

    app = Edge(echo, hosts=frozenset(), headers={}, answer=answer, limits=Limits(), closing=[close])
    client = Client([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    await app({"type": "lifespan"}, client.receive, client.send)
    assert [message["type"] for message in client.sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert closed == [1]


async def test_only_http_is_served() -> None:
    client = Client([])
    with pytest.raises(UnexpectedError):
        await edge()({"type": "websocket"}, client.receive, client.send)
