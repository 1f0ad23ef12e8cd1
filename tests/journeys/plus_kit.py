# SPDX-License-Identifier: EUPL-1.2
"""A source that is open for Plus, beside a real register.

Tokens and stands are made by the test, as the consent service would make them, so that each can be wrong in one way.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx2
import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from blauweknop.adapters.clock import SystemClock
from blauweknop.adapters.config.settings import PlusSettings
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key, load_bare_signer
from blauweknop.adapters.keys.chain import ChainSource, keys_folder
from blauweknop.adapters.keys.contract import Purpose
from blauweknop.adapters.keys.folder import load_signer
from blauweknop.adapters.keys.register_folder import register_trust_folder
from blauweknop.adapters.store.log.contract import Record
from blauweknop.core.consent.line import DataPeriod, Line
from blauweknop.core.oauth.access_token import AccessTokenClaims, Confirmation, StatusClaim, issue_access_token
from blauweknop.core.oauth.model import StatusRef
from blauweknop.core.oauth.subject import Subject, seal_subject
from blauweknop.core.scheme.registration import Registration
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.core.status.stand import RegisterSeen, Stand, issue_stand
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, issue_status_list
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import jwk_thumbprint, make_jwk
from blauweknop.core.wire.keys import P256Signer
from blauweknop.core.wire.strict_json import encode
from blauweknop.services.register.administration import Administration, Content, Unsigned
from blauweknop.services.register.app import create_app as register_app
from blauweknop.services.register.assemble import assemble_register
from blauweknop.services.register.parts import RegisterParts
from blauweknop.services.register.signing import sign_status_list
from blauweknop.services.source.deliveries import Deliveries
from blauweknop.services.source.parts import Parts
from blauweknop.services.source.pipeline import Pipeline
from blauweknop.services.source.plus_assembly import plus_parts
from blauweknop.services.source.traces import citizen_key
from blauweknop.testing.organisations import admit, consent_registration, requester_registration, source_registration
from blauweknop.testing.register_service import register_settings, registration
from blauweknop.testing.serving import free_port, serving
from tests.contract.described import Described
from tests.contract.documents import SOURCE
from tests.journeys.delivery import BSN, ISS, Backend, answer, make_parts
from tests.journeys.raw import recording

SOURCE_OIN = "00000001999999999000"
CONSENT_OIN = "00000001777777777000"
LENDER_OIN = "00000001888888888000"
APP_OIN = "00000001666666666000"
LENDER = "https://hypotheek.voorbeeld.example"
APP = "https://app.voorbeeld.example"
GRANT = "g" * 22
NOW_LINE = Line(
    type="gegevensset",
    locations=(ISS,),
    datatypes=("inkomen/1",),
    actions=("ophalen",),
    elementen=("belastingjaar", "verzamelinkomen"),
    periode=DataPeriod("P3Y"),
    dienst="hypotheek/1",
    geldig_tot="2099-12-31",
    frequentie="maandelijks",
    bewaartermijn="P90D",
    regel="r1",
)


@dataclass
class Consent:
    """Signs what a consent service signs; what it says can be changed."""

    iss: str
    token: P256Signer
    status: P256Signer
    statuses: StatusList = field(default_factory=lambda: StatusList(64))
    serial: int = 1
    down: bool = False
    signed: tuple[int, bytes] = (0, b"")
    relayed: tuple[int, bytes] | None = None  # volgnr and token of the register's list, once it is relayed

    @property
    def uri(self) -> str:
        return f"{self.iss}/status/{SOURCE_OIN}/lijsten/1"

    def set(self, index: int, value: int) -> None:
        self.statuses.set(index, value)
        self.serial += 1

    def app(self) -> Starlette:
        async def stand(_request: Request) -> Response:
            if self.down:
                return Response(status_code=503)
            now = int(time.time())
            lists = {self.uri: b64url_encode(hashlib.sha256(self._list()).digest())}
            said = Stand(
                iss=self.iss,
                sub=SOURCE_OIN,
                iat=now,
                exp=now + 60,
                serial=self.serial,
                lists=lists,
                register_seen=RegisterSeen(self.relayed[0], now) if self.relayed else None,
            )
            return Response(issue_stand(said, self.status))

        async def listed(_request: Request) -> Response:
            return Response(self._list())

        async def participants(_request: Request) -> Response:
            assert self.relayed is not None
            return Response(self.relayed[1])

        prefix = f"/status/{SOURCE_OIN}"
        own = [Route(f"{prefix}/stand", stand), Route(f"{prefix}/lijsten/1", listed)]
        return Starlette(routes=[*own, Route("/status/deelnemers", participants)])

    def _list(self) -> bytes:
        # Signed once for each change: a signature is another one each time, and the stand names its hash.
        if self.signed[0] != self.serial:
            self.signed = (self.serial, self._sign())
        return self.signed[1]

    def _sign(self) -> bytes:
        times = StatusListTimes(1_700_000_000, int(time.time()) // 3600 * 3600 + 86_400, 30)
        return issue_status_list(self.statuses, uri=self.uri, times=times, signer=self.status, serial=self.serial)


@dataclass
class World:
    """The source under test and everybody around it. Every answer to ``client`` is held to the OpenAPI document.

    ``raw``: all that the source put on the wire to ``client``.
    """

    home: Path
    parts: Parts
    backend: Backend
    consent: Consent
    register: RegisterParts
    client: httpx2.AsyncClient
    encryption_kid: str
    described: Described
    raw: bytearray
    register_away: Callable[[], Awaitable[None]]

    def signer(self, slug: str, purpose: str) -> P256Signer:
        return load_bare_signer(bare_key_path(keys_folder(self.home, slug), purpose), purpose)

    def claims(self, *, jkt: str = "", line: Line = NOW_LINE, bsn: str = BSN, **changes: Any) -> AccessTokenClaims:
        now = int(time.time())
        good = AccessTokenClaims(
            iss=self.consent.iss,
            aud=ISS,
            client_id=LENDER,
            sub="pairwise",
            iat=now,
            exp=now + 300,
            jti=secrets.token_urlsafe(16),
            cnf=Confirmation(jkt or self.signer("bank", "dpop").kid),
            grant_id=GRANT,
            acr="substantieel",
            environment="test",
            authorization_details=(line,),
            status=StatusClaim(StatusRef(uri=self.consent.uri, idx=5)),
        )
        claims = msgspec.structs.replace(good, **changes)
        if not claims.subject:
            claims = msgspec.structs.replace(claims, subject=self.subject(claims, bsn))
        return claims

    def subject(self, claims: AccessTokenClaims, bsn: str = BSN, **changes: Any) -> str:
        key = load_bare_key(bare_key_path(keys_folder(self.home, "proef"), "encryption"), "encryption").public_key()
        person = Subject(grant_id=claims.grant_id, jti=claims.jti, aud=claims.aud, bsn=bsn)
        person = msgspec.structs.replace(person, **changes)
        return seal_subject(person, key, kid=self.encryption_kid, random=secrets.token_bytes)

    def token(self, **changes: Any) -> str:
        return issue_access_token(self.claims(**changes), self.consent.token)

    def proof(self, token: str, *, slug: str = "bank", **changes: Any) -> str:
        return make_proof(self.home, slug, token, **changes)

    async def ask(
        self,
        token: str,
        *,
        proof: str | None = None,
        body: bytes = b'{"regel":"r1"}',
        headers: dict[str, str] | None = None,
    ) -> httpx2.Response:
        sent = {
            "authorization": f"DPoP {token}",
            "dpop": self.proof(token) if proof is None else proof,
            "content-type": "application/json",
            "idempotency-key": secrets.token_urlsafe(16),
            **(headers or {}),
        }
        return await self.client.post("/v1/leveringen", headers=sent, content=body)

    async def decide(self, act: Act, oin: str, content: Content) -> None:
        await Administration(self.register).decide(act, oin, content, Unsigned())

    async def relay(self) -> None:
        """The consent service has seen the register's list of this moment."""
        serial = await self.register.store.read(lambda state: state.last_change())
        self.consent.relayed = (serial, await sign_status_list(self.register))

    async def records(self) -> list[tuple[Record, dict[str, Any]]]:
        found = await self.parts.log.of_citizen(citizen_key(self.parts.log_secret, BSN))
        return [(record, msgspec.json.decode(record.entry_json)) for record in found]


def make_proof(home: Path, slug: str, token: str, *, purpose: str = "dpop", **changes: Any) -> str:
    """A DPoP proof by the key of ``slug``; ``changes`` to header (``header_…``) and claims."""
    key = load_bare_key(bare_key_path(keys_folder(home, slug), purpose), purpose)
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": make_jwk(key.public_key())}
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(16),
        "htm": "POST",
        "htu": f"{ISS}/v1/leveringen",
        "iat": int(time.time()),
        "ath": b64url_encode(hashlib.sha256(token.encode()).digest()),
    }
    for name, value in changes.items():
        target, member = (header, name.removeprefix("header_")) if name.startswith("header_") else (claims, name)
        target[member] = value
    signing_input = f"{b64url_encode(encode(header))}.{b64url_encode(encode(claims))}"
    signature = P256Signer(key, kid="").sign(signing_input.encode())
    return f"{signing_input}.{b64url_encode(signature)}"


Change = Callable[[Registration], Registration]


@contextlib.asynccontextmanager
async def world(
    home: Path, *, clock: SystemClock | None = None, own_access_per_hour: int = 1000
) -> AsyncIterator[World]:
    """A register, the source of ``delivery.py``, and what a consent service says of consents."""
    now = int(time.time())
    backend = Backend(answer())
    parts = make_parts(home, backend)
    if clock is not None:
        object.__setattr__(parts, "clock", clock)
    register_port, consent_port = free_port(), free_port()
    settings = register_settings(home, iss=f"http://localhost:{register_port}")
    register = await assemble_register(settings)
    consent_source = ChainSource(
        slug="toestemming", name="Toestemmingsdienst", oin=CONSENT_OIN, iss=f"http://localhost:{consent_port}"
    )
    for one in registrations(home, consent_source, now):
        await admit(register, one)
    folder = keys_folder(home, "toestemming")
    consent = Consent(
        consent_source.iss,
        token=load_bare_signer(bare_key_path(folder, "token"), "token"),
        status=load_signer(folder, Purpose.STATUS),
    )
    plus = plus_parts(
        cast("Any", parts),
        PlusSettings(
            register=register.iss,
            trust=str(register_trust_folder(home)),
            memory=str(home / "geheugen"),
            consent_service=consent.iss,
            own_access_per_hour=own_access_per_hour,
        ),
    )
    app = Starlette(routes=[Route("/v1/leveringen", Deliveries(parts, plus, Pipeline(parts)).post, methods=["POST"])])
    async with contextlib.AsyncExitStack() as stack:
        register_line = await stack.enter_async_context(contextlib.AsyncExitStack())
        await register_line.enter_async_context(serving(register_app(register), port=register_port))
        await stack.enter_async_context(serving(consent.app(), port=consent_port))
        port, raw = await stack.enter_async_context(recording(await stack.enter_async_context(serving(app))))
        client = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=10)
        described = Described(SOURCE)
        described.hears_async(client)
        await stack.enter_async_context(client)
        for close in plus.closing:
            stack.push_async_callback(close)
        stack.push_async_callback(parts.close)
        kid = jwk_thumbprint(plus.encryption_key.public_key())
        yield World(home, parts, backend, consent, register, client, kid, described, raw, register_line.aclose)
    assert described.faults == []


def registrations(home: Path, consent: ChainSource, now: int) -> list[Registration]:
    """Everybody who takes part."""
    from types import SimpleNamespace

    source = SimpleNamespace(
        slug="proef", oin=SOURCE_OIN, iss=ISS, name=SimpleNamespace(nl="Proefbron", en="Trial source")
    )
    lender = requester_registration(
        home,
        "bank",
        oin=LENDER_OIN,
        name="Demo Hypotheekverlener BV",
        iss=LENDER,
        services=("hypotheek/1",),
        now=now,
        private=True,
    )
    app = registration(
        APP_OIN, "Voorbeeldapp", APP, Role.APP, private=True, redirect_uris=(f"{APP}/terug",), app_origins=(APP,)
    )
    return [
        source_registration(home, cast("Any", source), ("inkomen/1", "huishouden/1"), now=now),
        consent_registration(home, consent, now=now),
        lender,
        app,
    ]
