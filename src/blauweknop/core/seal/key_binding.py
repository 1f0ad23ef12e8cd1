# SPDX-License-Identifier: EUPL-1.2
"""The holder's proof: a key binding JWT over what is shown (RFC 9901 §4.3, §7.3).

Whether a proof must be there is the verifier's own decision, never read from what came in (§7.3 step 1). So a verifier
always says one of

- ``NO_HOLDER_PROOF``: a set bound to nobody (a downloaded file, a delivery); one that is bound, or shown, is refused;
- ``HolderProof(nonce, audience)``: a set bound to its holder, shown to me, now;
- ``OWN_COPY``: the holder itself reads what it received; bound or not, but not shown to anybody.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.seal.errors import (
    HolderProofInvalidError,
    HolderProofMissingError,
    HolderProofUnexpectedError,
)
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.jws import parse_compact
from blauweknop.core.wire.keys import COORDINATE_BYTES
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import DocumentError, MalformedError

if TYPE_CHECKING:
    from blauweknop.core.wire.keys import Signer

TYP: Final = "kb+jwt"
MAX_AGE: Final = 300  # seconds
SKEW: Final = 30  # seconds a clock may be ahead: 10 is accepted, 60 refused (docs/profile/sd-jwt-vc.md)
_COORDINATE_CHARACTERS: Final = 43
_HEADER: Final = b64url_encode(encode({"alg": "ES256", "typ": TYP})).encode("ascii")


@dataclass(frozen=True, slots=True)
class HolderProof:
    """What the proof must be for: the ``nonce`` this verifier gave out, and its own name."""

    nonce: str
    audience: str


class WithoutProof(enum.Enum):
    """Expectations without a proof."""

    NO_HOLDER_PROOF = "no holder proof"
    OWN_COPY = "own copy"


NO_HOLDER_PROOF: Final = WithoutProof.NO_HOLDER_PROOF
OWN_COPY: Final = WithoutProof.OWN_COPY
Expectation = HolderProof | WithoutProof


def check_expectation(expect: Expectation, *, bound: bool, shown: bool) -> None:
    """RFC 9901 §7.3 steps 1 and 2: what came in is of the kind expected.

    ``bound``: the set names a holder's key; ``shown``: a key binding JWT came with it.
    Raises: ``HolderProofMissingError``, ``HolderProofUnexpectedError``.
    """
    if isinstance(expect, HolderProof):
        if not bound:
            raise HolderProofMissingError("the set names no key of a holder", clause="RFC 9901 §7.3(5.a)")
        if not shown:
            raise HolderProofMissingError("no key binding JWT", clause="RFC 9901 §7.3(2)")
        return
    if shown:
        raise HolderProofUnexpectedError("a key binding JWT", clause="RFC 9901 §7.3(1)")
    if bound and expect is NO_HOLDER_PROOF:
        raise HolderProofMissingError("the set is bound to a holder", clause="RFC 9901 §7.3(2)")


def verify_key_binding(kb_jwt: bytes, jwk: Any, expect: HolderProof, *, show_print: str, at: int) -> None:
    """RFC 9901 §7.3 step 5: ``kb_jwt`` is by the key ``jwk``, over ``show_print``, for this verifier, now.

    Raises: ``HolderProofInvalidError``.
    """
    # 5.a to 5.d: key, algorithm, signature, type
    key = holder_key(jwk)
    try:
        proof = parse_compact(kb_jwt).verify(key, typ=TYP)
        claims = parse_object(proof.payload)
    except DocumentError as error:
        raise HolderProofInvalidError(str(error), clause="RFC 9901 §7.3(5)") from error
    # 5.e: made just now
    made = claims.get("iat")
    if type(made) is not int or not at - MAX_AGE <= made <= at + SKEW:
        raise HolderProofInvalidError("iat is not of the last five minutes", clause="RFC 9901 §7.3(5.e)")
    # 5.f: for this verifier and this occasion
    if claims.get("nonce") != expect.nonce:
        raise HolderProofInvalidError("another nonce", clause="RFC 9901 §7.3(5.f)")
    if claims.get("aud") != expect.audience:
        raise HolderProofInvalidError("for another audience", clause="RFC 9901 §7.3(5.f)")
    # 5.g: over exactly these disclosures
    if claims.get("sd_hash") != show_print:
        raise HolderProofInvalidError("over another selection", clause="RFC 9901 §7.3(5.g)")
    # 5.h: a valid JWT in all other respects
    starts, ends = claims.get("nbf", made), claims.get("exp", at)
    if type(starts) is not int or type(ends) is not int or starts > at + SKEW or ends <= at - SKEW:
        raise HolderProofInvalidError("nbf or exp does not allow this moment", clause="RFC 9901 §7.3(5.h)")


def make_key_binding(show_print: str, *, nonce: str, audience: str, at: int, holder: Signer) -> bytes:
    """The key binding JWT by ``holder`` over ``show_print``; ASCII. Spec: RFC 9901 §4.3."""
    claims = encode({"iat": at, "aud": audience, "nonce": nonce, "sd_hash": show_print})
    signing_input = b"%b.%b" % (_HEADER, b64url_encode(claims).encode("ascii"))
    return b"%b.%b" % (signing_input, b64url_encode(holder.sign(signing_input)).encode("ascii"))


def holder_key(jwk: Any) -> ec.EllipticCurvePublicKey:
    """The public P-256 key that ``jwk`` spells; other public members are let be (RFC 7517 §4, RFC 7518 §6.2).

    Raises: ``HolderProofInvalidError``.
    """
    if type(jwk) is not dict or "d" in jwk:
        raise HolderProofInvalidError("the holder's key is not a public key", clause="RFC 7800 §3.2")
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise HolderProofInvalidError("the holder's key is not on P-256", clause="RFC 7518 §6.2.1")
    x, y = jwk.get("x"), jwk.get("y")
    if type(x) is not str or type(y) is not str or not len(x) == len(y) == _COORDINATE_CHARACTERS:
        raise HolderProofInvalidError("a coordinate is 32 bytes", clause="RFC 7518 §6.2.1.2")
    try:
        point = b"\x04" + b64url_decode(x) + b64url_decode(y)
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (MalformedError, ValueError) as error:
        raise HolderProofInvalidError("the holder's key is no point of P-256", clause="RFC 7518 §6.2.1") from error


def public_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """``key`` (P-256) as a JWK, for ``cnf``."""
    numbers = key.public_numbers()
    x, y = (b64url_encode(number.to_bytes(COORDINATE_BYTES, "big")) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
