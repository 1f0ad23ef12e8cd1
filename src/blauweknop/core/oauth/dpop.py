# SPDX-License-Identifier: EUPL-1.2
"""DPoP proofs (RFC 9449 §4.3), with the windows of system.md 6. The table ``PROOF`` holds the rules, in order.

- ``htu`` is compared with the configured public URL of the endpoint, never with ``Host``;
- a nonce that is there must count; without one ``iat`` lies between −60 and +10 seconds, otherwise one is asked for;
- with a nonce that counts any ``iat`` will do for apps (old phones' clocks), for requesters none over 60 seconds ahead;
- that a ``jti`` is used once is a row of the pipelines, after everything else.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.oauth.claims import CLOCK_SKEW, MAX_JTI, claims_of, text_claim, time_claim
from blauweknop.core.oauth.errors import InvalidDpopProofError, UseDpopNonceError
from blauweknop.core.oauth.nonce import LIFETIME as NONCE_LIFETIME
from blauweknop.core.oauth.rows import Row, check_rows
from blauweknop.core.wire.any_key import check_signature
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import jwk_thumbprint, parse_jwk
from blauweknop.core.wire.jws import parse_compact
from blauweknop.errors import MalformedError, SignatureInvalidError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blauweknop.core.oauth.client import Profile
    from blauweknop.core.oauth.nonce import Nonces
    from blauweknop.core.wire.jwk import PublicKey
    from blauweknop.core.wire.jws import UnverifiedJws

TYP: Final = "dpop+jwt"
MAX_BYTES: Final = 4_000
OLDEST: Final = 60
FARTHEST_AHEAD: Final = 60  # of a requester, with a nonce
_END_OF_PATH: Final = re.compile(r"[?#]")
NO_TOKEN: Final = b""  # states that no access token comes with this request
# A proof can be used again while its iat window or its nonce lasts; the store forgets its jti after that.
REMEMBERED: Final = OLDEST + NONCE_LIFETIME + 2 * CLOCK_SKEW


@dataclass(frozen=True, slots=True)
class UnverifiedProof:
    """A proof as it came in, with the key that it brings along; ``jkt``: that key's thumbprint (RFC 9449 §6.1)."""

    jws: UnverifiedJws
    key: PublicKey
    jkt: str
    dangerous_claims: dict[str, Any]

    @property
    def jti(self) -> str:
        """Its own name."""
        return text_claim(self.dangerous_claims, "jti")


@dataclass(frozen=True, slots=True)
class VerifiedProof:
    """Who sent this request holds the key ``jkt``; ``jti`` still has to be used for the first time."""

    jkt: str
    jti: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSituation:
    """What the rows look at.

    ``url``: the configured public URL of the endpoint; ``access_token``: ASCII, or ``NO_TOKEN``; ``at``: now, seconds.
    """

    proof: UnverifiedProof
    method: str
    url: str
    profile: Profile
    nonces: Nonces
    at: int
    access_token: bytes = NO_TOKEN


def parse_proof(headers: Sequence[str]) -> UnverifiedProof:
    """The proof in the ``DPoP`` header fields of a request, of which there must be one.

    Raises: ``InvalidDpopProofError``. Spec: RFC 9449 §4.3 steps 1–3 and 6 (``jwk`` holds no private key).
    """
    if len(headers) != 1:
        raise InvalidDpopProofError("not exactly one DPoP header", clause="RFC 9449 §4.3(1)")
    if len(headers[0]) > MAX_BYTES:
        raise InvalidDpopProofError("too large")
    try:
        jws = parse_compact(headers[0].encode("utf-8"), allow=("jwk",))
        key = _key_in(jws)
        return UnverifiedProof(jws, key, jwk_thumbprint(key), claims_of(jws))
    except MalformedError as error:
        raise InvalidDpopProofError(error.detail, clause=error.clause or "RFC 9449 §4.3(2)") from error


def _key_in(jws: UnverifiedJws) -> PublicKey:
    jwk = jws.unverified_header.get("jwk")
    if not isinstance(jwk, dict):
        raise MalformedError("jwk is not an object", clause="RFC 9449 §4.2")
    return parse_jwk(jwk)


def check_proof(situation: ProofSituation) -> VerifiedProof:
    """The proof, once it is for this request. Raises: ``InvalidDpopProofError``, ``UseDpopNonceError``."""
    check_rows(PROOF, situation)
    return VerifiedProof(situation.proof.jkt, situation.proof.jti)


def _check_typ(s: ProofSituation) -> None:
    if s.proof.jws.unverified_header.get("typ") != TYP:
        raise InvalidDpopProofError("typ", clause="RFC 9449 §4.3(4)")


def _check_signature(s: ProofSituation) -> None:
    try:
        check_signature(s.proof.jws, s.proof.key)
    except SignatureInvalidError as error:
        raise InvalidDpopProofError(error.detail or "signature", clause="RFC 9449 §4.3(5, 6)") from error


def _check_method(s: ProofSituation) -> None:
    if s.proof.dangerous_claims.get("htm") != s.method:
        raise InvalidDpopProofError("htm", clause="RFC 9449 §4.3(8)")


def _check_url(s: ProofSituation) -> None:
    # Query and fragment are left out of the comparison; nothing else is.
    if _END_OF_PATH.split(text_claim(s.proof.dangerous_claims, "htu"), maxsplit=1)[0] != s.url:
        raise InvalidDpopProofError("htu", clause="RFC 9449 §4.3(9)")


def _check_nonce(s: ProofSituation) -> None:
    if "nonce" in s.proof.dangerous_claims and not _nonce_counts(s):
        raise UseDpopNonceError("the nonce does not count (any more)", clause="RFC 9449 §4.3(10)")


def _check_time(s: ProofSituation) -> None:
    issued = time_claim(s.proof.dangerous_claims, "iat")
    if issued is None:
        raise InvalidDpopProofError("iat", clause="RFC 9449 §4.2")
    if not _nonce_counts(s):
        if not -OLDEST <= issued - s.at <= CLOCK_SKEW:
            raise UseDpopNonceError("iat is too far from now to go without a nonce", clause="RFC 9449 §4.3(11)")
    elif s.profile == "vrager" and issued > s.at + FARTHEST_AHEAD:
        raise InvalidDpopProofError("iat is in the future", clause="RFC 9449 §4.3(11)")


def _check_access_token(s: ProofSituation) -> None:
    if s.access_token == NO_TOKEN:
        return
    made = b64url_encode(hashlib.sha256(s.access_token).digest())
    if not hmac.compare_digest(text_claim(s.proof.dangerous_claims, "ath").encode(), made.encode()):
        raise InvalidDpopProofError("ath", clause="RFC 9449 §4.3(12)")


def _check_jti(s: ProofSituation) -> None:
    if not 1 <= len(s.proof.jti) <= MAX_JTI:
        raise InvalidDpopProofError("jti", clause="RFC 9449 §4.2")


def _nonce_counts(s: ProofSituation) -> bool:
    return s.nonces.counts(text_claim(s.proof.dangerous_claims, "nonce"), s.at)


PROOF: Final[tuple[Row[ProofSituation], ...]] = (
    Row("typ", "RFC 9449 §4.3(4)", _check_typ),
    Row("signature", "RFC 9449 §4.3(5, 6)", _check_signature),
    Row("htm", "RFC 9449 §4.3(8)", _check_method),
    Row("htu", "RFC 9449 §4.3(9)", _check_url),
    Row("nonce", "RFC 9449 §4.3(10), §8", _check_nonce),
    Row("iat", "RFC 9449 §4.3(11), system.md 6", _check_time),
    Row("ath", "RFC 9449 §4.3(12)", _check_access_token),
    Row("jti", "RFC 9449 §4.2", _check_jti),
)
