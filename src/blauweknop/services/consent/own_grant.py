# SPDX-License-Identifier: EUPL-1.2
"""A client reads its own grant: ``/v1/toestemmingen`` and its receipt (system.md 3, 6).

1. an access token for this server itself (table ``resource.OWN``), scheme DPoP, never Bearer;
2. a DPoP proof by the token's key, for this request, used for the first time (RFC 9449 §7.1);
3. the grant in the token, and no other: another id is not there.

A grant that ended can still be read for as long as the token lives: that is how a client sees that it ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog
from starlette.responses import Response

from blauweknop.adapters.http.refusals import NotFoundError
from blauweknop.core.consent.consent import state_at
from blauweknop.core.consent.receipt import MEDIA_TYPE
from blauweknop.core.oauth.dpop import REMEMBERED
from blauweknop.core.oauth.errors import InvalidDpopProofError, InvalidTokenError, OAuthError
from blauweknop.core.oauth.resource import (
    OWN,
    TokenExpected,
    parse_access_token,
    parse_authorization,
    verify_dpop,
)
from blauweknop.core.wire.problem import MEDIA_TYPE as PROBLEM
from blauweknop.core.wire.problem import problem
from blauweknop.endpoints.authorization.answers import json_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from blauweknop.adapters.store.consents.contract import StoredConsent
    from blauweknop.endpoints.authorization.parts import AuthorizationParts
    from blauweknop.services.consent.parts import ConsentParts

log = structlog.get_logger()
_UNAUTHORIZED: Final = 401


class OwnGrant:
    """See the module."""

    def __init__(self, parts: ConsentParts, authorization: AuthorizationParts) -> None:
        """``authorization``: the server whose tokens these are."""
        self._parts = parts
        self._authorization = authorization

    async def all(self, request: Request) -> Response:
        """``GET /v1/toestemmingen``: the one grant of the token, in a list."""
        return await self._answer(request, lambda stored: json_answer({"toestemmingen": [self._spelt(stored)]}))

    async def one(self, request: Request) -> Response:
        """``GET /v1/toestemmingen/{id}``."""
        return await self._answer(request, lambda stored: json_answer(self._spelt(stored)))

    async def receipt(self, request: Request) -> Response:
        """``GET /v1/toestemmingen/{id}/bewijs``: the receipt as it was signed; own access has none."""
        return await self._answer(request, _receipt_of)

    async def _answer(self, request: Request, spell: Callable[[StoredConsent], Response]) -> Response:
        try:
            response = spell(await self._read(request))
        except OAuthError as error:
            # A resource answers 401 and names the scheme, also for a proof or a missing nonce (RFC 9449 §7.1, §9).
            log.info("fout", code=error.code, status=_UNAUTHORIZED, regel=error.clause)
            shown = problem(error.code, error.title(), _UNAUTHORIZED, detail=str(error))
            response = Response(shown.encode(), status_code=_UNAUTHORIZED, media_type=PROBLEM)
            response.headers["www-authenticate"] = f'DPoP error="{error.error}"'
        response.headers["dpop-nonce"] = self._parts.nonces.make(self._parts.now())
        return response

    async def _read(self, request: Request) -> StoredConsent:
        now = self._parts.now()
        # 1.
        token = parse_access_token(parse_authorization(request.headers.getlist("authorization")))
        expected = TokenExpected(
            issuer=self._parts.iss,
            keys=self._authorization.keys(),
            audience=self._parts.iss,
            environment=self._parts.environment,
        )
        verified = token.verify(expected, at=now, rows=OWN)
        client = await self._authorization.clients.find(verified.claims.client_id)
        if client is None or client.refusal:
            raise InvalidTokenError("its client takes no part", clause="system.md 4")
        # 2.
        proof = verify_dpop(
            request.headers.getlist("dpop"),
            verified,
            method="GET",
            url=self._parts.iss + request.url.path,
            profile=client.profile,
            nonces=self._parts.nonces,
            at=now,
        )
        if not await self._parts.grants.first_use("proof", proof.jkt, proof.jti, until=now + REMEMBERED, now=now):
            raise InvalidDpopProofError("used before", clause="RFC 9449 §11.1")
        # 3.
        named = request.path_params.get("id", verified.claims.grant_id)
        stored = await self._parts.store.load(verified.claims.grant_id) if named == verified.claims.grant_id else None
        if stored is None or stored.consent.client != verified.claims.client_id:
            raise NotFoundError
        return stored

    def _spelt(self, stored: StoredConsent) -> dict[str, Any]:
        consent = stored.consent
        state, reason = state_at(consent, self._parts.now())
        return {
            "id": consent.id,
            "soort": consent.kind,
            "dienst": consent.service,
            "status": state.value,
            "reden": "" if reason is None else reason.value,
            "gegeven_op": consent.given_at,
            "geldig_tot": consent.last_day,
            "regels": [line.as_json() for line in consent.lines],
        }


def _receipt_of(stored: StoredConsent) -> Response:
    if stored.consent.kind != "gegevensset":
        raise NotFoundError
    return Response(stored.receipt, media_type=MEDIA_TYPE)
