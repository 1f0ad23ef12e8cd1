# SPDX-License-Identifier: EUPL-1.2
"""POSTs that carry a DPoP proof (RFC 9449): to the consent service and to the sources.

A nonce that the server asks for goes into a new proof, once (§8, §9); whatever else went wrong is not sent again.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.http.client import CallFailedError, HttpAnswer, HttpCaller
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from blauweknop.core.oauth.client_side import ProofKey

TIMEOUT: Final = 10.0
TOKEN_BYTES: Final = 16
_ASKS: Final = b"use_dpop_nonce"


class ProvenCalls:
    """Calls to one server; ``caller`` is closed by whoever opened it."""

    def __init__(self, address: str, caller: HttpCaller, key: ProofKey, *, now: Callable[[], int]) -> None:
        """``address``: exactly as in the register; ``caller``: of that address; ``now``: seconds since 1970."""
        self.address = address
        self._caller = caller
        self._key = key
        self._now = now
        self._nonce = ""

    async def post(
        self,
        path: str,
        body: Callable[[], bytes],
        *,
        headers: Mapping[str, str],
        accept: Collection[int],
        token: str = "",
    ) -> HttpAnswer:
        """The answer. ``body``: made anew for each attempt; ``accept``: statuses beside 2xx that are answers.

        Raises: ``CallFailedError``.
        """
        answer = await self._send(path, body(), headers, accept, token)
        if answer.status in {400, 401} and _ASKS in answer.headers.get("www-authenticate", "").encode() + answer.body:
            answer = await self._send(path, body(), headers, accept, token)
        return answer

    async def _send(
        self, path: str, body: bytes, headers: Mapping[str, str], accept: Collection[int], token: str
    ) -> HttpAnswer:
        bound: dict[str, Any] = {"access_token": token.encode("ascii")} if token else {}
        jti = secrets.token_urlsafe(TOKEN_BYTES)
        proof = self._key.prove("POST", self.address + path, jti=jti, at=self._now(), nonce=self._nonce, **bound)
        sent = {**headers, "dpop": proof, **({"authorization": f"DPoP {token}"} if token else {})}
        answer = await self._caller.call("POST", path, timeout=TIMEOUT, headers=sent, body=body, accept=accept)
        self._nonce = answer.headers.get("dpop-nonce", self._nonce)
        return answer


def read_json(answer: HttpAnswer, *media_types: str) -> dict[str, Any]:
    """The JSON object of ``answer``. Raises: ``CallFailedError``."""
    if answer.media_type not in media_types:
        raise CallFailedError("onleesbaar", "another media type")
    try:
        return parse_object(answer.body)
    except MalformedError as error:
        raise CallFailedError("onleesbaar", "no strict JSON") from error


def word(text: object) -> str:
    """``text`` as a code: what another server writes does not enter our errors, but for letters, digits, _ and -."""
    return "".join(each for each in str(text)[:64] if each.isascii() and (each.isalnum() or each in "_-"))
