# SPDX-License-Identifier: EUPL-1.2
"""The endpoints that clients call: PAR (RFC 9126), token (RFC 6749 §3.2), revocation (RFC 7009).

Each reads, runs its tables (``core/oauth/pipelines.py``), and only then makes or ends something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.clock import amsterdam_day
from blauweknop.adapters.store.grants.contract import NewRefresh
from blauweknop.core.oauth.access_token import TokenOrder, issue_access_token, own_token, source_token, token_answer
from blauweknop.core.oauth.errors import InvalidGrantError, UnsupportedGrantTypeError
from blauweknop.core.oauth.model import (
    OWN_ACCESS_IDLE_SECONDS,
    OWN_ACCESS_SECONDS,
    REQUEST_SECONDS,
    REQUEST_URI,
    CodeContent,
    RefreshContent,
    Standing,
)
from blauweknop.core.oauth.par import ParSituation, pushed_request
from blauweknop.core.oauth.parameters import required
from blauweknop.core.oauth.pipelines import CODE, NOTHING_SKIPPED, PAR, REFRESH, REVOCATION
from blauweknop.core.oauth.rar import parse_authorization_details
from blauweknop.core.oauth.revocation import RevocationSituation
from blauweknop.core.oauth.rows import run_rows
from blauweknop.core.oauth.token import CodeSituation, RefreshSituation
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.endpoints.authorization.answers import json_answer
from blauweknop.endpoints.authorization.parts import ID_BYTES, SECRET_BYTES
from blauweknop.endpoints.authorization.reading import checked_caller, read_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.core.consent.line import Line
    from blauweknop.core.oauth.caller import Caller
    from blauweknop.endpoints.authorization.parts import AuthorizationParts

_CREATED = 201


class ClientEndpoints:
    """The three endpoints over one set of parts."""

    def __init__(self, parts: AuthorizationParts) -> None:
        """``parts``: of this authorization server."""
        self._parts = parts

    async def push(self, request: Request) -> Response:
        """PAR: keeps a request that may be asked, for 90 seconds. Spec: RFC 9126 §2."""
        parameters = await read_parameters(request)
        caller = await checked_caller(self._parts, request, parameters, "par")
        situation = ParSituation(
            parameters=parameters,
            lines=parse_authorization_details(required(parameters, "authorization_details")),
            client=caller.client,
            jkt=caller.jkt,
            environment=self._parts.environment,
            registration=await self._parts.registration(),
            today=amsterdam_day(self._parts.clock),
        )
        await run_rows(PAR, situation, skipped=NOTHING_SKIPPED)
        request_uri = REQUEST_URI + self._secret()
        await self._parts.grants.push(
            request_uri,
            pushed_request(situation, at=caller.at),
            expires_at=caller.at + REQUEST_SECONDS,
            now=caller.at,
        )
        return json_answer({"request_uri": request_uri, "expires_in": REQUEST_SECONDS}, status=_CREATED)

    async def token(self, request: Request) -> Response:
        """A token by code or by refresh token."""
        parameters = await read_parameters(request)
        caller = await checked_caller(self._parts, request, parameters, "token")
        grant_type = required(parameters, "grant_type")
        if grant_type == "authorization_code":
            return await self._by_code(parameters, caller)
        if grant_type == "refresh_token":
            return await self._by_refresh(parameters, caller)
        raise UnsupportedGrantTypeError(clause="RFC 6749 §5.2")

    async def revoke(self, request: Request) -> Response:
        """Ends a refresh token, and with it the grant. Spec: RFC 7009 §2.1; an unknown token is no error (§2.2)."""
        parameters = await read_parameters(request)
        caller = await checked_caller(self._parts, request, parameters, "intrekken")
        token = required(parameters, "token")
        stored = await self._parts.grants.load_refresh(token)
        if stored is not None:
            situation = RevocationSituation(client=caller.client, refresh=stored.content)
            await run_rows(REVOCATION, situation, skipped=NOTHING_SKIPPED)
            # A crash between the two leaves a grant given up whose token still stands: it gives nothing any more.
            await self._parts.mint.given_up(stored.content.grant_id)
            await self._parts.grants.end_grant(stored.content.grant_id)
        return json_answer({})

    async def _by_code(self, parameters: Mapping[str, str], caller: Caller) -> Response:
        code = required(parameters, "code")
        stored = await self._parts.grants.load_code(code)
        if stored is None:
            raise InvalidGrantError("code", clause="RFC 6749 §4.1.2")
        standing = await self._standing(stored.content)
        refresh_token = self._secret()
        refresh = _new_refresh(stored.content, caller, standing, refresh_token)
        situation = CodeSituation(
            parameters=parameters,
            client=caller.client,
            jkt=caller.jkt,
            code=stored.content,
            expires_at=stored.expires_at,
            standing=standing,
            issuer=self._parts.issuer,
            at=caller.at,
            redeem=lambda: self._parts.grants.redeem(code, refresh, now=caller.at),
            used=stored.used,
        )
        await run_rows(CODE, situation, skipped=NOTHING_SKIPPED)
        # While a grant waits its code is answered all the same, but no source token is made (system.md 3.6).
        resource = "" if standing.waiting else parameters.get("resource", "")
        return await self._answer(
            stored.content, caller, standing, resource=resource, lines=standing.lines, refresh=refresh_token
        )

    async def _by_refresh(self, parameters: Mapping[str, str], caller: Caller) -> Response:
        token = required(parameters, "refresh_token")
        stored = await self._parts.grants.load_refresh(token)
        if stored is None:
            raise InvalidGrantError("refresh_token", clause="RFC 6749 §6")
        standing = await self._standing(stored.content)
        situation = RefreshSituation(
            parameters=parameters,
            client=caller.client,
            jkt=caller.jkt,
            refresh=stored.content,
            expires_at=stored.expires_at,
            standing=standing,
            issuer=self._parts.issuer,
            at=caller.at,
        )
        await run_rows(REFRESH, situation, skipped=NOTHING_SKIPPED)
        if stored.content.kind == "eigen_inzage":
            await self._parts.grants.use_refresh(token, now=caller.at)
        resource = parameters.get("resource", "")
        lines = tuple(line for line in standing.lines if resource in ("", self._parts.issuer, line.source))
        return await self._answer(stored.content, caller, standing, resource=resource, lines=lines)

    async def _standing(self, content: CodeContent | RefreshContent) -> Standing:
        standing = await self._parts.mint.standing(content.grant_id, content.client_id)
        if standing is None:
            raise InvalidGrantError("the grant is not there any more", clause="RFC 6749 §5.2")
        return standing

    async def _answer(
        self,
        content: CodeContent | RefreshContent,
        caller: Caller,
        standing: Standing,
        *,
        resource: str,
        lines: tuple[Line, ...],
        refresh: str = "",
    ) -> Response:
        parts = self._parts
        order = TokenOrder(
            issuer=parts.issuer,
            environment=parts.environment,
            client_id=caller.client.client_id,
            grant_id=content.grant_id,
            jkt=caller.jkt,
            jti=b64url_encode(parts.random(ID_BYTES)),
            at=caller.at,
        )
        if parts.own_access_only or resource not in ("", parts.issuer):
            source = resource or parts.issuer
            identity = await parts.mint.mint(content.grant_id, source)
            claims = source_token(order, standing, identity, source=source, random=parts.random)
        else:
            claims = own_token(order, standing)
        token = issue_access_token(claims, parts.signer)
        return json_answer(token_answer(claims, token, lines=lines, refresh_token=refresh))

    def _secret(self) -> str:
        return b64url_encode(self._parts.random(SECRET_BYTES))


def _new_refresh(code: CodeContent, caller: Caller, standing: Standing, token: str) -> NewRefresh:
    own = code.kind == "eigen_inzage"
    return NewRefresh(
        token=token,
        content=RefreshContent(
            client_id=code.client_id,
            grant_id=code.grant_id,
            kind=code.kind,
            # A requester may change its key within its register entry; an app has no other way to be known.
            jkt=caller.jkt if caller.client.profile == "app" else "",
        ),
        expires_at=min(standing.until, caller.at + OWN_ACCESS_SECONDS) if own else standing.until,
        idle_seconds=OWN_ACCESS_IDLE_SECONDS if own else 0,
    )
