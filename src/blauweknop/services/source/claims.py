# SPDX-License-Identifier: EUPL-1.2
"""From an HTTP request with a token to a grant, a person and a claimant: everything that is verified before ``decide``.

1. one ``Authorization: DPoP`` and one ``Idempotency-Key``
2. the token, by the issuer's keys in the register (RFC 9068 §4)
3. the proof, for this method, address and token (RFC 9449 §7.1); a nonce is asked for before anything is used up
4. the proof's name, used once
5. the body, and the line of the token that it asks for
6. ``subject``: who it is about, opened with this source's key and held to the token
7. the client, as the register has it now

What is refused here is the client's doing and is answered in the words of its standard; nothing is fetched or logged.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from blauweknop.adapters.clock import amsterdam_day
from blauweknop.core.consent.frequency import calendar_period
from blauweknop.core.delivery.decide import Person
from blauweknop.core.delivery.model import Grant
from blauweknop.core.delivery.situation import ASSURANCE_ORDER, Authority
from blauweknop.core.oauth.dpop import REMEMBERED
from blauweknop.core.oauth.errors import InvalidDpopProofError, InvalidRequestError, InvalidTokenError
from blauweknop.core.oauth.resource import (
    TokenExpected,
    open_subject,
    parse_access_token,
    parse_authorization,
    verify_dpop,
)
from blauweknop.core.scheme.errors import ParticipantUnknownError, StatusNotKnownError
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role
from blauweknop.core.seal.content import StatusRef
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import MalformedError
from blauweknop.services.source.scheme_view import SchemeView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.status.contract import ConsentStatuses
    from blauweknop.core.consent.line import Line, LineType
    from blauweknop.core.delivery.model import Door
    from blauweknop.core.delivery.situation import Caller
    from blauweknop.core.oauth.resource import VerifiedAccessToken
    from blauweknop.core.oauth.subject import Subject
    from blauweknop.core.scheme.detail import RegisteredKey
    from blauweknop.core.status.token import VerifiedStatusList
    from blauweknop.services.source.parts import Parts
    from blauweknop.services.source.plus_parts import PlusParts

PATH: Final = "/v1/leveringen"
_NS: Final = 1_000_000_000
_DOORS: Final[Mapping[LineType, Door]] = {"gegevensset": "plus", "eigen_inzage": "app", "bekwaamheid": "bekwaamheid"}
_KEY: Final = re.compile(r'"?([A-Za-z0-9._~-]{16,200})"?', re.ASCII)


class DeliveryCall(msgspec.Struct, frozen=True, kw_only=True):
    """The request: header fields by lower-case name, each with all its values; the body as it came."""

    headers: dict[str, tuple[str, ...]]
    body: bytes

    def values(self, name: str) -> tuple[str, ...]:
        """The header fields ``name``."""
        return self.headers.get(name, ())


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body: ``regel`` of a line in the token, and fewer elements than it has, if fewer are wanted."""

    regel: str
    elementen: tuple[str, ...] | None = None


class TokenClaimant:
    """``Claimant``: the token with the status of its consent as known when it is asked."""

    def __init__(
        self, token: VerifiedAccessToken, line: Line, view: SchemeView, proof_key: str, *, known: Known
    ) -> None:
        """``view``: the register as it is now; ``known``: where status and date of each moment come from."""
        self._token, self._line, self._known = token, line, known
        self._caller = view.caller(token.claims.client_id, proof_key)
        self._source_standing = view.standing(token.claims.aud, Role.SOURCE)
        self._ended = view.ended()
        self.status = _status(token)

    def facts(self, *, quota_used: bool) -> tuple[Caller, Authority]:
        """See ``Claimant.facts``."""
        claims = self._token.claims
        authority = Authority(
            audience=claims.aud,
            client=claims.client_id,
            key=claims.cnf.jkt,
            line=self._line,
            status=self._known.statuses.status_of(self.status) if self.status is not None else "onbekend",
            source_standing=self._source_standing,
            day=amsterdam_day(self._known.clock),
            quota_used=quota_used,
            ended=self._ended,
        )
        return self._caller, authority


class Known(msgspec.Struct, frozen=True):
    """What changes between two decisions."""

    statuses: ConsentStatuses
    clock: Clock


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A request that was believed. ``status``: the place of its consent, if it has one; ``encrypt_to``: the client's
    key for an encrypted answer, if it has one.
    """

    grant: Grant
    person: Person
    claimant: TokenClaimant
    status: StatusRef | None
    encrypt_to: RegisteredKey | None


async def read_claim(call: DeliveryCall, parts: Parts, plus: PlusParts) -> Claim:
    """The claim of ``call``. Raises: ``OAuthError`` and its kinds, errors of the register."""
    at = parts.clock.now_ns() // _NS
    # 1.
    raw = parse_authorization(call.values("authorization"))
    key = _idempotency_key(call.values("idempotency-key"))
    # 2.
    unverified = parse_access_token(raw)
    view = await _view(plus, at, unverified.dangerous_claims.get("client_id"))
    issuer_keys = {kid: one.public_key for kid, one in view.keys(plus.consent_service, KeyPurpose.TOKEN).items()}
    expected = TokenExpected(
        issuer=plus.consent_service,
        keys=issuer_keys,  # type: ignore[arg-type]  # the register holds token keys to P-256
        audience=parts.iss,
        environment=parts.environment,
    )
    token = unverified.verify(expected, at=at)
    # 3.
    profile = _profile(view, token.claims.client_id)
    proof = verify_dpop(
        call.values("dpop"), token, method="POST", url=parts.iss + PATH, profile=profile, nonces=plus.nonces, at=at
    )
    # 4.
    if not await plus.proofs.first_use(proof.jkt, proof.jti, until=at + REMEMBERED, now=at):
        raise InvalidDpopProofError("jti was used", clause="RFC 9449 §11.1")
    # 5.
    asked = _asked(call.body)
    line = _line(token, asked.regel)
    # 6.
    subject = open_subject(token, plus.encryption_key)
    # 7.
    claimant = TokenClaimant(token, line, view, proof.jkt, known=Known(plus.statuses, parts.clock))
    grant = msgspec.structs.replace(
        # A repeat is of one line and one choice: the same key with another of either counts by itself.
        _grant(parts, token, line, asked, f"{proof.jkt}:{token.claims.grant_id}:{line.regel}:{asked.elementen}:{key}"),
        recipient=_recipient(view, token.claims.client_id),
        per_hour=plus.own_access_per_hour if line.type == "eigen_inzage" else 0,
    )
    return Claim(
        grant=grant,
        person=_person(token, subject),
        claimant=claimant,
        status=claimant.status,
        encrypt_to=_encrypt_to(view, token.claims.client_id),
    )


async def _view(plus: PlusParts, at: int, client: object) -> SchemeView:
    register = await plus.register.register()
    wanted = [plus.oin, register.by_iss(plus.consent_service).oin]
    # The token may still be anybody's: it is refused by its own checks, or by ``decide``.
    with contextlib.suppress(ParticipantUnknownError):
        wanted.append(register.by_iss(client if isinstance(client, str) else "").oin)
    register = await plus.register.with_details(*dict.fromkeys(wanted))
    return SchemeView(register, await _participants(plus), at)


async def _participants(plus: PlusParts) -> VerifiedStatusList:
    try:
        return await plus.register.statuses(plus.statuses.stand())
    except StatusNotKnownError:
        # Past its ttl a list counts beside a stand of this second, and a newer one is relayed with that.
        await plus.statuses.fresh(None)
        return await plus.register.statuses(plus.statuses.stand())


def _idempotency_key(values: Sequence[str]) -> str:
    match = _KEY.fullmatch(values[0]) if len(values) == 1 else None
    if match is None:
        raise InvalidRequestError("Idempotency-Key: one, of 16 to 200 characters", clause="system.md 3.3")
    return match[1]


def _profile(view: SchemeView, client: str) -> Literal["vrager", "app"]:
    try:
        return "app" if view.profile_of(client) == "app" else "vrager"
    except ParticipantUnknownError:
        return "vrager"


def _status(token: VerifiedAccessToken) -> StatusRef | None:
    status = token.claims.status
    return StatusRef(uri=status.status_list.uri, idx=status.status_list.idx) if status is not None else None


def _recipient(view: SchemeView, client: str) -> str:
    try:
        return view.oin(client)
    except ParticipantUnknownError:
        return ""  # ``decide`` refuses: a client that the register does not know


def _encrypt_to(view: SchemeView, client: str) -> RegisteredKey | None:
    try:
        return next(iter(view.keys(client, KeyPurpose.ENCRYPTION).values()), None)
    except ParticipantUnknownError:
        return None


def _asked(body: bytes) -> Asked:
    try:
        return msgspec.convert(parse_object(body, max_bytes=65_536, max_depth=8), Asked, strict=True)
    except (MalformedError, msgspec.ValidationError) as error:
        raise InvalidRequestError('the body is {"regel", "elementen"?}', clause="system.md 3.4") from error


def _line(token: VerifiedAccessToken, rule: str) -> Line:
    for line in token.claims.authorization_details:
        if line.regel == rule:
            return line
    raise InvalidRequestError("regel is not in the token", clause="system.md 3.4")


def _grant(parts: Parts, token: VerifiedAccessToken, line: Line, asked: Asked, idempotency_key: str) -> Grant:
    claims = token.claims
    try:
        period = line.period_on(parts.clock.today())
    except MalformedError as error:
        raise InvalidTokenError("a period that cannot be read", clause="system.md 3.1") from error
    counted = line.type == "gegevensset" and line.frequentie not in {"", "per_keer"}
    return Grant(
        kind=line.type,
        data_set=line.data_set,
        source=line.source,
        elements=line.elementen if asked.elementen is None else asked.elementen,
        client=claims.client_id,
        door=_DOORS[line.type],
        environment=claims.environment,  # type: ignore[arg-type]  # held to this source's own by the token's checks
        idempotency_key=idempotency_key,
        service=line.dienst,
        period=period,
        rule=line.regel,
        grant_id=claims.grant_id,
        retention=line.bewaartermijn,
        quota=calendar_period(line.frequentie, amsterdam_day(parts.clock)) if counted else "",  # type: ignore[arg-type]
    )


def _person(token: VerifiedAccessToken, subject: Subject) -> Person:
    claims = token.claims
    return Person(
        subject=subject.bsn or subject.koppeling,
        assurance=claims.acr if claims.acr in ASSURANCE_ORDER else "laag",  # type: ignore[arg-type]
        authenticated_at=claims.iat,
        expires_at=claims.exp,
    )
