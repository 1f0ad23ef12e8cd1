# SPDX-License-Identifier: EUPL-1.2
"""Calling out: one host and port, nothing followed, nothing too large, nothing too slow."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import ssl
import time
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from blauweknop.adapters.http.client import (
    MAX_BYTES,
    AddressRefusedError,
    CallFailedError,
    HttpCaller,
    check_address,
    is_loopback,
)
from tests.contract.back_ends import serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def _answer(request: Request) -> Response:
    size = int(request.headers.get("x-size", "2"))
    status = int(request.headers.get("x-status", "200"))
    return PlainTextResponse("a" * size, status_code=status, headers={"location": "/elders", "X-Shown": "Ja"})


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = Starlette(routes=[Route("/{path:path}", _answer, methods=["GET", "POST"])])
    async with serve(app) as port:
        yield f"http://127.0.0.1:{port}"


async def call(address: str, path: str = "/", *, timeout: float = 5.0, **headers: str) -> tuple[int, bytes]:  # noqa: ASYNC109
    caller = HttpCaller(address)
    try:
        answer = await caller.call("GET", path, timeout=timeout, headers={f"x-{k}": v for k, v in headers.items()})
    finally:
        await caller.close()
    return answer.status, answer.body


async def test_an_answer_arrives_whole(address: str) -> None:
    assert await call(address, size=str(MAX_BYTES)) == (200, b"a" * MAX_BYTES)


async def test_one_byte_more_is_too_much(address: str) -> None:
    with pytest.raises(CallFailedError) as caught:
        await call(address, size=str(MAX_BYTES + 1))
    assert caught.value.reason == "te-groot"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("301", "doorverwijzing"),
        ("302", "doorverwijzing"),
        ("304", "doorverwijzing"),
        ("308", "doorverwijzing"),
        ("400", "geweigerd"),
        ("401", "geweigerd"),
        ("404", "geweigerd"),
        ("429", "onbereikbaar"),
        ("500", "onverwacht"),
        ("503", "onbereikbaar"),
    ],
)
async def test_a_status_has_its_reason(address: str, status: str, reason: str) -> None:
    with pytest.raises(CallFailedError) as caught:
        await call(address, status=status)
    assert (caught.value.reason, caught.value.detail) == (reason, f"{reason}: status {status}")


async def test_a_status_that_the_caller_expects_is_an_answer(address: str) -> None:
    caller = HttpCaller(address)
    answer = await caller.call("GET", "/", timeout=5, headers={"x-status": "404"}, accept=(404,))
    await caller.close()
    assert (answer.status, answer.media_type, answer.headers["x-shown"]) == (404, "text/plain", "Ja")


@pytest.mark.parametrize("path", ["@elsewhere.example/", ".elsewhere.example/", "9/"])
async def test_a_path_cannot_lead_to_another_host(address: str, path: str) -> None:
    with pytest.raises(AddressRefusedError):
        await call(address, path)


async def test_proxies_of_the_environment_are_not_used(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert (await call(address))[0] == 200


@contextlib.asynccontextmanager
async def speaking(
    words: Callable[[asyncio.StreamWriter], Awaitable[None]], tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """A server that answers every request by ``words``, on the port given."""
    tasks: list[asyncio.Future[None]] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            await words(writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(
        lambda r, w: tasks.append(asyncio.ensure_future(handle(r, w))), "127.0.0.1", 0, ssl=tls
    )
    async with server:
        yield server.sockets[0].getsockname()[1]
    await asyncio.gather(*tasks)


async def test_bytes_that_are_not_http_are_unreadable() -> None:
    async def words(writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        await writer.drain()

    async with speaking(words) as port:
        with pytest.raises(CallFailedError) as caught:
            await call(f"http://127.0.0.1:{port}")
    assert caught.value.reason == "onleesbaar"


async def test_a_server_that_drips_its_headers_is_too_late() -> None:
    stop = asyncio.Event()

    async def words(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not stop.is_set():
            writer.write(b"x: y\r\n")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.05)

    began = time.monotonic()
    async with speaking(words) as port:
        with pytest.raises(CallFailedError) as caught:
            await call(f"http://127.0.0.1:{port}", timeout=0.3)
        stop.set()
    assert caught.value.reason == "te-laat"
    assert time.monotonic() - began < 2.0


async def test_a_certificate_is_checked(tmp_path: Path) -> None:
    """The same server is answered once its certificate is trusted, and unreachable before."""

    async def words(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
        await writer.drain()

    certificate = self_signed(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    async with speaking(words, tls) as port:
        address = f"https://localhost:{port}"
        trusting = HttpCaller(address, tls=ssl.create_default_context(cafile=certificate))
        assert (await trusting.call("GET", "/", timeout=5)).body == b"ok"
        await trusting.close()
        with pytest.raises(CallFailedError) as caught:
            await call(address)
    assert caught.value.reason == "onbereikbaar"


def self_signed(folder: Path) -> Path:
    """A key and a certificate for localhost in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/",
        "brp.example",
        "https://",
        "http://brp.example",
        "http://127.0.0.1.example",
        "http://10.0.0.1",
        "https://name:word@brp.example",
        "https://brp.example/?q=1",
        "https://brp.example/#top",
        "https://brp.example:99999",
        "https://[::1",
    ],
)
def test_addresses_that_may_not_be_called(address: str) -> None:
    with pytest.raises(AddressRefusedError):
        check_address(address)


@pytest.mark.parametrize("address", ["https://brp.example", "http://localhost:1", "http://[::1]:1", "http://127.9.9.9"])
def test_addresses_that_may_be_called(address: str) -> None:
    assert check_address(address).hostname


@pytest.mark.parametrize("host", ["localhost.example", "", "0.0.0.0", "127.1", "2130706433"])
def test_what_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)
