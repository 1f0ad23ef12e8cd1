# SPDX-License-Identifier: EUPL-1.2
"""``POST /v1/leveringen``: a freshly sealed, minimised set for who holds a token and the key it is bound to.

``{"regel", "elementen"?}`` → 200 ``{"levering", "set", "logbewijs": {"id", "leaf"}}``. With ``Accept:
application/jose`` the same JSON as compact JWE to the client's ``encryption`` key, ``typ: levering+jwe`` (system.md 4).
Refusals are RFC 9457 problems with ``reden``; a token or proof that does not count gets ``WWW-Authenticate: DPoP``.
Every answer carries a fresh ``DPoP-Nonce``.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from starlette.background import BackgroundTask
from starlette.responses import Response

from blauweknop.adapters.status.contract import StatusUnknownError
from blauweknop.core.delivery.model import Reason, Refusal
from blauweknop.core.oauth.errors import InvalidRequestError, OAuthError
from blauweknop.core.wire.jwe import encrypt_compact
from blauweknop.core.wire.problem import MEDIA_TYPE, Problem, problem
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import Actor, BlauweKnopError
from blauweknop.services.source.claims import DeliveryCall, read_claim

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.core.scheme.detail import RegisteredKey
    from blauweknop.services.source.parts import Parts
    from blauweknop.services.source.pipeline import Delivery, Pipeline
    from blauweknop.services.source.plus_parts import PlusParts

API_VERSION: Final = "1.0.0"
JOSE: Final = "application/jose"
_NS: Final = 1_000_000_000
_LARGEST: Final = 65_536
_HOUR: Final = 3600  # seconds
_PASSING: Final = {Reason.STATUS_UNKNOWN: 503, Reason.HOUR_FULL: 429}  # RFC 6585 §4
_TYPE_URN: Final = "levering-geweigerd"


class Deliveries:
    """The endpoint over one source's parts."""

    def __init__(self, parts: Parts, plus: PlusParts, pipeline: Pipeline) -> None:
        """``pipeline``: the one every door shares."""
        self._parts, self._plus, self._pipeline = parts, plus, pipeline

    async def post(self, request: Request) -> Response:
        """See the module."""
        try:
            return await self._answer(request)
        except OAuthError as error:
            return self._refuse_client(error)
        except StatusUnknownError as error:
            return self._problem(problem(error.code, error.title(), 503, reden=Reason.STATUS_UNKNOWN), wait=1)
        except BlauweKnopError as error:
            # The register does not know or does not vouch: unknown is refused. What passes may be asked again.
            passes = error.actor in {Actor.OTHER_PARTY, Actor.INFRASTRUCTURE}
            return self._problem(problem(error.code, error.title(), 503 if passes else 403), wait=int(passes))

    async def _answer(self, request: Request) -> Response:
        claim = await read_claim(await _read(request), self._parts, self._plus)
        encrypted = JOSE in request.headers.get("accept", "")
        if encrypted and claim.encrypt_to is None:
            # Said before anything is delivered: no turn is used up by an answer that nobody gets.
            raise InvalidRequestError("the register has no encryption key of this client", clause="system.md 4")
        async with self._plus.statuses.delivering():
            await self._plus.statuses.fresh(claim.status)
            outcome = await self._pipeline.deliver(claim.grant, claim.person, claimant=claim.claimant)
        if isinstance(outcome, Refusal):
            return self._refuse(outcome)
        body = encode(
            {"levering": outcome.id, "set": outcome.set.compact().decode("ascii"), "logbewijs": outcome.proof}
        )
        if encrypted and claim.encrypt_to is not None:
            body = _encrypt(body, claim.encrypt_to)
        return Response(
            body,
            media_type=JOSE if encrypted else "application/json",
            headers=self._headers(),
            background=BackgroundTask(self._sent, outcome),
        )

    async def _sent(self, delivery: Delivery) -> None:
        await self._pipeline.sent(delivery)

    def _refuse(self, refusal: Refusal) -> Response:
        # What passes by itself says when: the rest is refused for good.
        wait = self._wait(refusal.reason)
        said = problem(
            _TYPE_URN,
            "De bron mag dit niet leveren",
            _PASSING.get(refusal.reason, 403),
            detail=refusal.element,
            reden=refusal.reason.value,
        )
        return self._problem(said, wait=wait)

    def _wait(self, reason: Reason) -> int:
        if reason is Reason.HOUR_FULL:
            return _HOUR - self._parts.clock.now_ns() // _NS % _HOUR
        return 1 if reason is Reason.STATUS_UNKNOWN else 0

    def _refuse_client(self, error: OAuthError) -> Response:
        challenged = error.error in {"invalid_token", "invalid_dpop_proof", "use_dpop_nonce"}
        status = 401 if challenged else error.status  # RFC 9449 §7.1: here, and not at the token endpoint
        response = self._problem(problem(error.code, error.title(), status, detail=error.detail))
        if challenged:
            response.headers["WWW-Authenticate"] = f'DPoP error="{error.error}", algs="ES256 PS256 EdDSA"'
        return response

    def _problem(self, said: Problem, *, wait: int = 0) -> Response:
        headers = {**self._headers(), **({"Retry-After": str(wait)} if wait else {})}
        return Response(said.encode(), status_code=said.status, media_type=MEDIA_TYPE, headers=headers)

    def _headers(self) -> dict[str, str]:
        now = self._parts.clock.now_ns() // _NS
        return {"API-Version": API_VERSION, "DPoP-Nonce": self._plus.nonces.make(now), "Cache-Control": "no-store"}


def _encrypt(body: bytes, key: RegisteredKey) -> bytes:
    header = {"typ": "levering+jwe", "kid": key.kid}
    return encrypt_compact(body, key.public_key, header=header, random=secrets.token_bytes)  # type: ignore[arg-type]


async def _read(request: Request) -> DeliveryCall:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise InvalidRequestError("Content-Type: application/json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise InvalidRequestError(f"at most {_LARGEST} bytes")
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in request.headers.items():
        headers[name] = (*headers.get(name, ()), value)
    return DeliveryCall(headers=headers, body=bytes(body))
