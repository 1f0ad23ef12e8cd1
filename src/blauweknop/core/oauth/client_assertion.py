# SPDX-License-Identifier: EUPL-1.2
"""Client authentication by ``private_key_jwt`` (RFC 7523 §3, OpenID Connect Core §9, FAPI 2.0 §5.3.2.1).

The table ``ASSERTION`` holds the rules, in order. ``aud`` is this server's issuer string and nothing else: neither a
list nor the token endpoint, so that an assertion cannot be used at another server (FAPI 2.0 §5.3.2.1).
That a ``jti`` is used once is a row of the pipelines, after everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.oauth.claims import CLOCK_SKEW, MAX_JTI, claims_of, text_claim, time_claim
from blauweknop.core.oauth.errors import InvalidClientError
from blauweknop.core.oauth.rows import Row, check_rows
from blauweknop.core.wire.any_key import check_signature
from blauweknop.core.wire.jws import parse_compact
from blauweknop.errors import MalformedError, SignatureInvalidError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.core.wire.jwk import PublicKey
    from blauweknop.core.wire.jws import UnverifiedJws

ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LIFETIME: Final = 300  # seconds, from iat and until exp
MAX_BYTES: Final = 4_000
_TYPES: Final = (None, "JWT", "client-authentication+jwt")


@dataclass(frozen=True, slots=True)
class UnverifiedAssertion:
    """An assertion as it came in; ``unverified_client_id`` may only be used to find the client and its keys."""

    jws: UnverifiedJws
    dangerous_claims: dict[str, Any]

    @property
    def unverified_client_id(self) -> str:
        """Who it says it is from."""
        return text_claim(self.dangerous_claims, "sub")

    @property
    def jti(self) -> str:
        """Its own name."""
        return text_claim(self.dangerous_claims, "jti")

    @property
    def until(self) -> int:
        """Until when it could be used again, seconds since 1970."""
        return (time_claim(self.dangerous_claims, "exp") or 0) + CLOCK_SKEW


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionSituation:
    """What the rows look at; ``at``: now, seconds since 1970."""

    assertion: UnverifiedAssertion
    client_id: str
    keys: Mapping[str, PublicKey]
    issuer: str
    at: int


def parse_assertion(token: str) -> UnverifiedAssertion:
    """Takes ``token`` apart without believing it. Raises: ``InvalidClientError``."""
    if len(token) > MAX_BYTES:
        raise InvalidClientError("client_assertion is too large")
    try:
        jws = parse_compact(token.encode("utf-8"))
        return UnverifiedAssertion(jws, claims_of(jws))
    except MalformedError as error:
        raise InvalidClientError("client_assertion is not a signed JWT", clause="RFC 7523 §3") from error


def check_assertion(situation: AssertionSituation) -> None:
    """Raises ``InvalidClientError`` unless the assertion is by this client, for this server, now."""
    check_rows(ASSERTION, situation)


def _check_typ(s: AssertionSituation) -> None:
    if s.assertion.jws.unverified_header.get("typ") not in _TYPES:
        raise InvalidClientError("typ", clause="RFC 8725 §3.11")


def _check_signature(s: AssertionSituation) -> None:
    kid = s.assertion.jws.unverified_header.get("kid")
    # Without a kid there must be one key only (RFC 7515 §4.1.4 leaves it to us).
    found = [key for name, key in s.keys.items() if kid in (None, name)]
    if len(found) != 1:
        raise InvalidClientError("no key of this client that the assertion can be by", clause="RFC 7515 §4.1.4")
    try:
        check_signature(s.assertion.jws, found[0])
    except SignatureInvalidError as error:
        raise InvalidClientError(str(error.detail), clause="RFC 7523 §3(9)") from error


def _check_issuer(s: AssertionSituation) -> None:
    if text_claim(s.assertion.dangerous_claims, "iss") != s.client_id:
        raise InvalidClientError("iss", clause="RFC 7523 §3(1)")


def _check_subject(s: AssertionSituation) -> None:
    if text_claim(s.assertion.dangerous_claims, "sub") != s.client_id:
        raise InvalidClientError("sub", clause="RFC 7523 §3(2)")


def _check_audience(s: AssertionSituation) -> None:
    if s.assertion.dangerous_claims.get("aud") != s.issuer:
        raise InvalidClientError("aud is not exactly the issuer of this server", clause="FAPI 2.0 §5.3.2.1")


def _check_expiry(s: AssertionSituation) -> None:
    expires = time_claim(s.assertion.dangerous_claims, "exp")
    if expires is None or not s.at - CLOCK_SKEW < expires <= s.at + LIFETIME + CLOCK_SKEW:
        raise InvalidClientError("exp", clause="RFC 7523 §3(4)")


def _check_issued(s: AssertionSituation) -> None:
    issued = time_claim(s.assertion.dangerous_claims, "iat")
    if issued is None or not s.at - LIFETIME - CLOCK_SKEW <= issued <= s.at + CLOCK_SKEW:
        raise InvalidClientError("iat", clause="RFC 7523 §3(6), FAPI 2.0 §5.3.2.1")


def _check_not_before(s: AssertionSituation) -> None:
    claims = s.assertion.dangerous_claims
    starts = time_claim(claims, "nbf")
    if "nbf" in claims and (starts is None or starts > s.at + CLOCK_SKEW):
        raise InvalidClientError("nbf", clause="RFC 7523 §3(5)")


def _check_jti(s: AssertionSituation) -> None:
    if not 1 <= len(s.assertion.jti) <= MAX_JTI:
        raise InvalidClientError("jti", clause="RFC 7523 §3(7), OpenID Connect Core §9")


ASSERTION: Final[tuple[Row[AssertionSituation], ...]] = (
    Row("typ", "RFC 8725 §3.11", _check_typ),
    Row("signature", "RFC 7523 §3(9), RFC 8725 §3.1", _check_signature),
    Row("iss", "RFC 7523 §3(1)", _check_issuer),
    Row("sub", "RFC 7523 §3(2)", _check_subject),
    Row("aud", "FAPI 2.0 §5.3.2.1", _check_audience),
    Row("exp", "RFC 7523 §3(4)", _check_expiry),
    Row("iat", "RFC 7523 §3(6)", _check_issued),
    Row("nbf", "RFC 7523 §3(5)", _check_not_before),
    Row("jti", "RFC 7523 §3(7)", _check_jti),
)
