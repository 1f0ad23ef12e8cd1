# SPDX-License-Identifier: EUPL-1.2
"""What the core asks of a key: to sign, or to verify. The algorithm comes from the key, never from a token.

Signatures are raw ``R || S`` (RFC 7518 §3.4) for ES256, 64 bytes.
"""

from __future__ import annotations

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from blauweknop.errors import SignatureInvalidError

COORDINATE_BYTES = 32


class Signer(Protocol):
    """A private key with one purpose; it may live in a file, a token or a device."""

    @property
    def alg(self) -> str:
        """JOSE name of the algorithm, e.g. ``ES256``."""
        ...

    @property
    def kid(self) -> str:
        """Key id as published."""
        ...

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """DER certificates, own certificate first, without the anchor; empty for a bare key."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over ``data``: raw ``R || S``."""
        ...


class P256Signer:
    """An ES256 key held in memory (RFC 7518 §3.4)."""

    alg = "ES256"

    def __init__(self, key: ec.EllipticCurvePrivateKey, *, kid: str, certificates: tuple[bytes, ...] = ()) -> None:
        """``certificates``: DER, own first, without the anchor."""
        self._key = key
        self.kid = kid
        self.certificates = certificates

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public half."""
        return self._key.public_key()

    def sign(self, data: bytes) -> bytes:
        """Raw ``R || S``, 64 bytes."""
        r, s = decode_dss_signature(self._key.sign(data, _ECDSA_SHA256))
        return r.to_bytes(COORDINATE_BYTES, "big") + s.to_bytes(COORDINATE_BYTES, "big")


def verify_es256(key: ec.EllipticCurvePublicKey, signature: bytes, data: bytes) -> None:
    """Raises ``SignatureInvalidError`` unless ``signature`` (raw, 64 bytes) over ``data`` is by ``key`` (P-256).

    Spec: RFC 7518 §3.4.
    """
    if not isinstance(key.curve, ec.SECP256R1):
        raise SignatureInvalidError("the key is not on P-256", clause="RFC 7518 §3.4")
    if len(signature) != 2 * COORDINATE_BYTES:
        raise SignatureInvalidError("an ES256 signature is 64 bytes", clause="RFC 7518 §3.4")
    r = int.from_bytes(signature[:COORDINATE_BYTES], "big")
    s = int.from_bytes(signature[COORDINATE_BYTES:], "big")
    try:
        key.verify(encode_dss_signature(r, s), data, _ECDSA_SHA256)
    except InvalidSignature as error:
        raise SignatureInvalidError(clause="RFC 7515 §5.2") from error


_ECDSA_SHA256 = ec.ECDSA(hashes.SHA256())
