# SPDX-License-Identifier: EUPL-1.2
"""An authorization server as a service mounts it: real store, real routes, real edge, and a citizen who says yes."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from blauweknop.adapters.http.serving import Edge, Limits, Routed, content_security_policy, security_headers
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.grants.sqlite import SqliteGrantStore
from blauweknop.core.dataset.definition import Text
from blauweknop.core.oauth.client import Client
from blauweknop.core.oauth.client_assertion import ASSERTION_TYPE
from blauweknop.core.oauth.errors import InvalidTargetError
from blauweknop.core.oauth.model import Denied, Granted, Identity, PushedRequest, Standing, StatusRef
from blauweknop.core.oauth.rar import Registration
from blauweknop.core.wire.strict_json import encode
from blauweknop.endpoints.authorization.browser import CodeAnswers
from blauweknop.endpoints.authorization.parts import AuthorizationParts
from blauweknop.endpoints.authorization.routes import LARGER_BODIES, authorization_routes
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.services.consent.openapi import API_VERSION
from tests.contract.described import Described
from tests.contract.documents import CONSENT
from tests.unit.core.oauth.kit import (
    APP,
    CHALLENGE,
    DPOP_KEY,
    INCOME,
    ISSUER,
    NONCES,
    NOW,
    REGISTRATION,
    REQUESTER,
    SOURCE_KEY,
    TODAY,
    TOKEN_KEY,
    TOKEN_SIGNER,
    VERIFIER,
    PrivateKey,
    assertion,
    chance,
    changed,
    proof,
)

BSN = "999996149"
HTML = {"accept": "text/html"}


class StandingClock:
    """Stands still until it is moved."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def now_ns(self) -> int:
        return self.now * 1_000_000_000

    def monotonic_ns(self) -> int:
        return self.now_ns()

    def today(self) -> str:
        return TODAY


class Citizen:
    """Says yes to everything at once, or no; also the grants and the register's clients."""

    def __init__(self, clients: Iterable[Client], *, life: int = 9_000) -> None:
        self.clients = {client.client_id: client for client in clients}
        self.grants: dict[str, Standing] = {}
        self.given_up_grants: list[str] = []
        self.minted: list[tuple[str, str]] = []
        self.says_no = False
        self.answers: CodeAnswers | None = None
        self.begun: list[PushedRequest] = []
        self.life = life
        self.now = NOW

    async def find(self, client_id: str) -> Client | None:
        return self.clients.get(client_id)

    async def origins(self) -> frozenset[str]:
        return frozenset().union(*(client.app_origins for client in self.clients.values()))

    async def begin(self, request: Request, pushed: PushedRequest, client: Client) -> Response:
        assert self.answers is not None
        self.begun.append(pushed)
        if self.says_no:
            return await self.answers.answer(pushed, Denied())
        grant_id = f"g-{len(self.grants) + 1}"
        lines = tuple(msgspec.structs.replace(line, regel=f"r-{n}") for n, line in enumerate(pushed.lines))
        self.grants[grant_id] = Standing(lines=lines, until=self.now + self.life, sub="pairwise-1", acr="substantieel")
        return await self.answers.answer(pushed, Granted(grant_id=grant_id, lines=lines))

    async def standing(self, grant_id: str, client_id: str) -> Standing | None:
        return self.grants.get(grant_id)

    async def mint(self, grant_id: str, source: str) -> Identity:
        if source not in {line.source for line in self.grants[grant_id].lines}:
            raise InvalidTargetError
        self.minted.append((grant_id, source))
        status = StatusRef(f"{ISSUER}/status/1/1", 7)
        return Identity(person={"bsn": BSN}, key=SOURCE_KEY.public_key(), kid="enc-1", status=status)

    async def given_up(self, grant_id: str) -> None:
        self.given_up_grants.append(grant_id)
        self.change(grant_id, ended="opgezegd")

    def change(self, grant_id: str, **changes: Any) -> None:
        self.grants[grant_id] = dataclasses.replace(self.grants[grant_id], **changes)


class Service:
    """The server and a client beside it. Every answer is held to the OpenAPI document of the consent service."""

    def __init__(self, parts: AuthorizationParts, citizen: Citizen, http: httpx2.AsyncClient) -> None:
        self.parts, self.citizen, self.http = parts, citizen, http
        self.described = Described(CONSENT)
        self.described.hears_async(http)
        self._numbers = itertools.count(1)

    @property
    def clock(self) -> StandingClock:
        clock = self.parts.clock
        assert isinstance(clock, StandingClock)
        return clock

    async def post(
        self, path: str, fields: dict[str, Any], *, key: PrivateKey | None = DPOP_KEY, app: bool = False, **sent: Any
    ) -> httpx2.Response:
        """``fields`` for ``path``, with a fresh assertion and proof where none are given."""
        number, url, at = next(self._numbers), self.parts.issuer + path, self.clock.now
        headers = dict(sent.get("headers", {}))
        if key is not None:
            headers["dpop"] = sent.get("proof") or proof(key=key, url=url, jti=f"p-{number}", at=at)
        who: dict[str, Any] = {"client_id": APP.client_id}
        if not app:
            made = sent.get("assertion") or assertion(jti=f"a-{number}", at=at, aud=self.parts.issuer)
            who = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": made}
        return await self.http.post(path, data=changed(who, fields), headers=headers)

    async def push(
        self, lines: list[dict[str, Any]] | None = None, *, app: bool = False, **sent: Any
    ) -> httpx2.Response:
        client = APP if app else REQUESTER
        fields = {
            "response_type": "code",
            "redirect_uri": min(uri for uri in client.redirect_uris if uri.startswith("https")),
            "state": "s-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "authorization_details": encode(lines or [INCOME]).decode(),
            **sent.pop("fields", {}),
        }
        return await self.post("/par", fields, app=app, **sent)

    async def arrive(self, request_uri: str, client_id: str = REQUESTER.client_id) -> httpx2.Response:
        query = urlencode({"client_id": client_id, "request_uri": request_uri})
        return await self.http.get(f"/autoriseren?{query}", headers=HTML)

    async def code(self, lines: list[dict[str, Any]] | None = None, *, app: bool = False, **sent: Any) -> str:
        """A code, the whole way."""
        pushed = await self.push(lines, app=app, **sent)
        assert pushed.status_code == 201, pushed.text
        back = await self.arrive(pushed.json()["request_uri"], (APP if app else REQUESTER).client_id)
        assert back.status_code == 303, back.text
        return httpx2.URL(back.headers["location"]).params["code"]

    async def redeem(
        self, code: str, *, app: bool = False, fields: dict[str, Any] | None = None, **sent: Any
    ) -> httpx2.Response:
        client = APP if app else REQUESTER
        whole = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": min(uri for uri in client.redirect_uris if uri.startswith("https")),
            "code_verifier": VERIFIER,
            **(fields or {}),
        }
        return await self.post("/token", whole, app=app, **sent)

    async def refresh(self, token: str, *, fields: dict[str, Any] | None = None, **sent: Any) -> httpx2.Response:
        whole = {"grant_type": "refresh_token", "refresh_token": token, **(fields or {})}
        return await self.post("/token", whole, **sent)


def make_app(parts: AuthorizationParts) -> Edge:
    """As a service mounts it."""
    pages = Pages(Site(name=Text(nl="Toestemming", en="Consent"), environment="test", secure=True))
    return Edge(
        Routed(authorization_routes(parts)),
        hosts=frozenset({urlsplit(parts.issuer).netloc}),
        headers={
            **security_headers(content_security_policy(), https=parts.issuer.startswith("https")),
            "api-version": API_VERSION,
        },
        answer=Failures(pages),
        limits=Limits(larger_bodies=LARGER_BODIES),
    )


def make_parts(citizen: Citizen, engine: SqliteEngine, **changes: Any) -> AuthorizationParts:
    parts = AuthorizationParts(
        issuer=ISSUER,
        environment="test",
        clients=citizen,
        grants=SqliteGrantStore(engine),
        decider=citizen,
        mint=citizen,
        registration=always(REGISTRATION),
        signer=TOKEN_SIGNER,
        keys=lambda: {"token-1": TOKEN_KEY.public_key()},
        nonces=NONCES,
        clock=StandingClock(),
        random=chance().randbytes,
    )
    parts = dataclasses.replace(parts, **changes)
    citizen.answers = CodeAnswers(parts)
    return parts


@asynccontextmanager
async def service(folder: Path, **changes: Any) -> AsyncIterator[Service]:
    """A service with a fresh store in ``folder``."""
    engine = SqliteEngine.open(folder / "consent.db", migrations=load_migrations("consent"))
    citizen = Citizen([REQUESTER, APP])
    parts = make_parts(citizen, engine, **changes)
    transport = httpx2.ASGITransport(app=make_app(parts))
    async with httpx2.AsyncClient(transport=transport, base_url=parts.issuer) as http:
        made = Service(parts, citizen, http)
        yield made
    assert made.described.faults == []
    await engine.close()


def always(registration: Registration) -> Callable[[], Awaitable[Registration]]:
    async def current() -> Registration:
        return registration

    return current


def offered(source: str, *sets: str) -> Registration:
    return dataclasses.replace(REGISTRATION, sources={source: frozenset(sets)})
