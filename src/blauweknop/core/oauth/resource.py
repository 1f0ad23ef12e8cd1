# SPDX-License-Identifier: EUPL-1.2
"""The source's side: an access token is believed only by ``UnverifiedAccessToken.verify``; table ``ACCESS``, in order.

Then ``verify_dpop`` (the sender holds the token's key, RFC 9449 §7.1) and ``open_subject`` (who it is about). Whether
the participant, the key and the consent still stand is asked of ``decide`` (system.md 3.3).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.oauth.access_token import MAX_BYTES, TYP, AccessTokenClaims
from blauweknop.core.oauth.claims import CLOCK_SKEW, claims_of, text_claim, time_claim
from blauweknop.core.oauth.dpop import ProofSituation, VerifiedProof, check_proof, parse_proof
from blauweknop.core.oauth.errors import InvalidDpopProofError, InvalidTokenError
from blauweknop.core.oauth.model import TOKEN_SECONDS
from blauweknop.core.oauth.rows import Row, check_rows
from blauweknop.core.oauth.subject import decrypt_subject
from blauweknop.core.wire.any_key import check_signature
from blauweknop.core.wire.jws import parse_compact
from blauweknop.errors import MalformedError, SignatureInvalidError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.oauth.client import Profile
    from blauweknop.core.oauth.nonce import Nonces
    from blauweknop.core.oauth.subject import Subject
    from blauweknop.core.wire.jws import UnverifiedJws

_SCHEME: Final = "dpop "


@dataclass(frozen=True, kw_only=True)
class TokenExpected:
    """What a source knows beforehand. ``issuer``: the consent service (or its own AS); ``keys``: those of the issuer
    for purpose ``token`` that count now, by ``kid``; ``audience``: its own ``iss``.
    """

    issuer: str
    keys: Mapping[str, ec.EllipticCurvePublicKey]
    audience: str
    environment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSituation:
    """What the rows look at; ``at``: now, seconds since 1970."""

    jws: UnverifiedJws
    claims: dict[str, Any]
    expected: TokenExpected
    at: int


@dataclass(frozen=True, slots=True)
class VerifiedAccessToken:
    """A token that was believed; ``raw``: as it came, ASCII, for ``ath``."""

    claims: AccessTokenClaims
    raw: bytes


@dataclass(frozen=True, slots=True)
class UnverifiedAccessToken:
    """A token as it came in. ``unverified_issuer`` and ``unverified_kid`` may only be used to find the keys."""

    jws: UnverifiedJws
    dangerous_claims: dict[str, Any]
    raw: bytes

    @property
    def unverified_issuer(self) -> str:
        """Who it says it is by."""
        return text_claim(self.dangerous_claims, "iss")

    @property
    def unverified_kid(self) -> str:
        """The key it says it is by."""
        return text_claim(self.jws.unverified_header, "kid")

    def verify(
        self, expected: TokenExpected, *, at: int, rows: tuple[Row[AccessSituation], ...] | None = None
    ) -> VerifiedAccessToken:
        """The token, once it keeps all rules at ``at``; ``rows``: ``ACCESS`` where none is given, or ``OWN``.

        Raises: ``InvalidTokenError``.
        """
        check_rows(
            ACCESS if rows is None else rows,
            AccessSituation(jws=self.jws, claims=self.dangerous_claims, expected=expected, at=at),
        )
        try:
            claims = msgspec.convert(self.dangerous_claims, AccessTokenClaims, strict=True)
        except msgspec.ValidationError as error:
            raise InvalidTokenError("a claim is missing or of another type", clause="RFC 9068 §2.2") from error
        return VerifiedAccessToken(claims, self.raw)


def parse_authorization(headers: Sequence[str]) -> bytes:
    """The token in the ``Authorization`` header fields of a request: scheme ``DPoP`` only, never ``Bearer``.

    Raises: ``InvalidTokenError``. Spec: RFC 9449 §7.1.
    """
    if len(headers) != 1 or not headers[0].lower().startswith(_SCHEME) or not headers[0].isascii():
        raise InvalidTokenError("Authorization: DPoP and one token", clause="RFC 9449 §7.1")
    return headers[0][len(_SCHEME) :].strip(" ").encode("ascii")


def parse_access_token(token: bytes) -> UnverifiedAccessToken:
    """Takes ``token`` apart without believing it. Raises: ``InvalidTokenError``."""
    if len(token) > MAX_BYTES:
        raise InvalidTokenError("too large")
    try:
        jws = parse_compact(token)
        return UnverifiedAccessToken(jws, claims_of(jws), token)
    except MalformedError as error:
        raise InvalidTokenError("not a signed JWT", clause="RFC 9068 §4") from error


def verify_dpop(
    headers: Sequence[str],
    token: VerifiedAccessToken,
    *,
    method: str,
    url: str,
    profile: Profile,
    nonces: Nonces,
    at: int,
) -> VerifiedProof:
    """Who sends ``token`` holds its key. ``headers``: the ``DPoP`` header fields; ``url``: configured, public.

    The caller must still see that ``jti`` is used for the first time (for ``dpop.REMEMBERED`` seconds).
    Raises: ``InvalidDpopProofError``, ``UseDpopNonceError``. Spec: RFC 9449 §7.1.
    """
    proof = parse_proof(headers)
    if not hmac.compare_digest(proof.jkt, token.claims.cnf.jkt):
        raise InvalidDpopProofError("another key than the token is bound to", clause="RFC 9449 §7.1")
    situation = ProofSituation(
        proof=proof, method=method, url=url, profile=profile, nonces=nonces, at=at, access_token=token.raw
    )
    return check_proof(situation)


def open_subject(token: VerifiedAccessToken, key: ec.EllipticCurvePrivateKey) -> Subject:
    """Who ``token`` is about. Raises: ``InvalidTokenError``, also for a subject that belongs to another token."""
    subject = decrypt_subject(token.claims.subject, key)
    claims = token.claims
    if (subject.grant_id, subject.jti, subject.aud) != (claims.grant_id, claims.jti, claims.aud):
        raise InvalidTokenError("subject belongs to another token", clause="system.md 3.2")
    return subject


def _check_typ(s: AccessSituation) -> None:
    if s.jws.unverified_header.get("typ") not in (TYP, f"application/{TYP}"):
        raise InvalidTokenError("typ", clause="RFC 9068 §4")


def _check_issuer(s: AccessSituation) -> None:
    if s.claims.get("iss") != s.expected.issuer:
        raise InvalidTokenError("iss", clause="RFC 9068 §4")


def _check_signature(s: AccessSituation) -> None:
    key = s.expected.keys.get(text_claim(s.jws.unverified_header, "kid"))
    if key is None:
        raise InvalidTokenError("no key of the issuer", clause="RFC 9068 §4")
    try:
        check_signature(s.jws, key)
    except SignatureInvalidError as error:
        raise InvalidTokenError(error.detail or "signature", clause="RFC 9068 §4") from error


def _check_audience(s: AccessSituation) -> None:
    if s.claims.get("aud") != s.expected.audience:
        raise InvalidTokenError("aud is another", clause="RFC 9068 §4, RFC 8707 §2")


def _check_environment(s: AccessSituation) -> None:
    if s.claims.get("omgeving") != s.expected.environment:
        raise InvalidTokenError("omgeving", clause="system.md 4")


def _check_expiry(s: AccessSituation) -> None:
    expires = time_claim(s.claims, "exp")
    if expires is None or s.at >= expires + CLOCK_SKEW:
        raise InvalidTokenError("exp", clause="RFC 9068 §4")


def _check_issued(s: AccessSituation) -> None:
    issued, expires = time_claim(s.claims, "iat"), time_claim(s.claims, "exp")
    if issued is None or issued > s.at + CLOCK_SKEW or (expires or 0) - issued > TOKEN_SECONDS:
        raise InvalidTokenError("iat, or a life of more than 300 seconds", clause="system.md 3")


def _check_subject(s: AccessSituation) -> None:
    if not text_claim(s.claims, "subject"):
        raise InvalidTokenError("no subject", clause="system.md 3")


def _check_lines(s: AccessSituation) -> None:
    lines = s.claims.get("authorization_details")
    places = [line.get("locations") for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    if not places or any(place != [s.expected.audience] for place in places):
        raise InvalidTokenError("authorization_details of another source", clause="system.md 3.2")


ACCESS: Final[tuple[Row[AccessSituation], ...]] = (
    Row("typ", "RFC 9068 §4, RFC 8725 §3.11", _check_typ),
    Row("iss", "RFC 9068 §4", _check_issuer),
    Row("signature", "RFC 9068 §4, RFC 8725 §3.1", _check_signature),
    Row("aud", "RFC 9068 §4, RFC 8707 §2", _check_audience),
    Row("omgeving", "system.md 4: environments never meet", _check_environment),
    Row("exp", "RFC 9068 §4", _check_expiry),
    Row("iat", "system.md 3: at most 300 seconds", _check_issued),
    Row("subject", "system.md 3: a source refuses a token without subject", _check_subject),
    Row("lines", "system.md 3.2: authorization_details of this audience alone", _check_lines),
)

# A token for the authorization server itself: it reads its own grant, and has neither ``subject`` nor lines.
OWN: Final[tuple[Row[AccessSituation], ...]] = tuple(row for row in ACCESS if row.name not in ("subject", "lines"))
