# SPDX-License-Identifier: EUPL-1.2
"""Calling out: to exactly the host and port that the configuration names, and nowhere else.

1. The address is https; http only on a loopback address. It holds no user name and no query.
2. Redirects are not followed, proxies of the environment not used; certificates are checked.
3. One time-out for the whole exchange, so that a server that sends a byte a second cannot hold us.
4. At most 1 MB is read; a compressed answer is refused (nothing was offered), so nothing can expand.

Personal data belong in bodies, never in a path: what is called is logged by others. No error text holds any part of a
request or an answer.

Spec: RFC 9110 §15; trust.md "SSRF".
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import ssl
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import SplitResult, urlsplit

import httpx2
import msgspec

from blauweknop.errors import ConfigurationError, OtherPartyError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MAX_BYTES: Final = 1_000_000
# Shorter than servers keep idle connections: one that they close just as we use it again would look like a failure.
_LIMITS: Final = httpx2.Limits(keepalive_expiry=2.0)
_LOOPBACK_NAME: Final = "localhost"
Reason = Literal["onbereikbaar", "te-laat", "geweigerd", "onleesbaar", "te-groot", "doorverwijzing", "onverwacht"]


class CallFailedError(OtherPartyError):
    """A call to another system gave no usable answer."""

    code = "aanroep-mislukt"

    def __init__(self, reason: Reason, more: str = "") -> None:
        """``reason`` of the closed list; ``more``: safe words, such as a status code."""
        self.reason = reason
        super().__init__(f"{reason}: {more}" if more else reason)


class AddressRefusedError(ConfigurationError):
    """An address may not be called."""

    code = "adres-geweigerd"


class HttpAnswer(msgspec.Struct, frozen=True):
    """``headers``: lower-case names; ``body``: all of it, no more than its caller allows."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case; empty when absent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine itself, by name or address."""
    if host == _LOOPBACK_NAME:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(address: str) -> SplitResult:
    """The parts of an address that may be called. Raises: ``AddressRefusedError`` saying what is wrong with it."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise AddressRefusedError("not a URL") from error
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise AddressRefusedError("start it with https://")
    if parts.username is not None or parts.query or parts.fragment:
        raise AddressRefusedError("leave out user name, query and fragment")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise AddressRefusedError("use https: http is for loopback addresses only")
    return parts


@functools.cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _no_tls() -> ssl.SSLContext:
    """For http on loopback: a context without any root, so that it could not be used by mistake."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class HttpCaller:
    """Calls one host and port. Use within one event loop; ``close`` when done."""

    def __init__(self, address: str, *, tls: ssl.SSLContext | None = None, max_bytes: int = MAX_BYTES) -> None:
        """``address``: scheme, host, port and an optional path of all calls; ``max_bytes``: of an answer."""
        self._max_bytes = max_bytes
        self._parts = check_address(address)
        self._base = address.rstrip("/")
        self._tls = tls
        self._client: httpx2.AsyncClient | None = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        timeout: float,  # noqa: ASYNC109 - one deadline for all of the exchange, set by who calls
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        accept: Collection[int] = (),
    ) -> HttpAnswer:
        """One exchange within ``timeout`` seconds. Answers a status of 200–299, and those in ``accept``.

        Raises: ``CallFailedError`` for everything else.
        """
        try:
            async with asyncio.timeout(timeout):
                return await self._exchange(method, path, headers=headers or {}, body=body, accept=accept)
        except TimeoutError as error:
            raise CallFailedError("te-laat") from error
        except httpx2.TimeoutException as error:
            raise CallFailedError("te-laat") from error
        except (httpx2.RemoteProtocolError, httpx2.DecodingError) as error:
            raise CallFailedError("onleesbaar", "no complete HTTP answer") from error
        except httpx2.RequestError as error:
            raise CallFailedError("onbereikbaar") from error

    async def _exchange(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None, accept: Collection[int]
    ) -> HttpAnswer:
        client = self._open()
        url = self._url(path)
        sent = {"accept-encoding": "identity", **headers}
        async with client.stream(method, url, headers=sent, content=body) as response:
            self._check_status(response.status_code, accept)
            if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
                raise CallFailedError("onleesbaar", "compressed")
            content = bytearray()
            async for chunk in response.aiter_raw():
                content += chunk
                if len(content) > self._max_bytes:
                    raise CallFailedError("te-groot")
            return HttpAnswer(response.status_code, dict(response.headers), bytes(content))

    def _url(self, path: str) -> str:
        url = self._base + path
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != (self._parts.scheme, self._parts.netloc):
            raise AddressRefusedError("the path leads to another host")
        return url

    @staticmethod
    def _check_status(status: int, accept: Collection[int]) -> None:
        if status in accept or 200 <= status < 300:  # noqa: PLR2004
            return
        if 300 <= status < 400:  # noqa: PLR2004
            raise CallFailedError("doorverwijzing", f"status {status}")
        if status in {429, 502, 503, 504}:
            raise CallFailedError("onbereikbaar", f"status {status}")
        raise CallFailedError("geweigerd" if 400 <= status < 500 else "onverwacht", f"status {status}")  # noqa: PLR2004

    def _open(self) -> httpx2.AsyncClient:
        if self._client is None:
            tls = self._tls or (_tls() if self._parts.scheme == "https" else _no_tls())
            self._client = httpx2.AsyncClient(
                verify=tls, trust_env=False, follow_redirects=False, timeout=None, limits=_LIMITS
            )
        return self._client

    async def close(self) -> None:
        """Closes connections; safe to call twice."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None
