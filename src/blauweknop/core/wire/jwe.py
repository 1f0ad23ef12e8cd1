# SPDX-License-Identifier: EUPL-1.2
"""Compact JWE (RFC 7516 §7.1) to one P-256 key: ``ECDH-ES`` with ``A256GCM``, and nothing else.

- the algorithms come from the key: a header that names others is refused (RFC 8725 §3.1);
- ``typ`` must be the one expected; ``zip``, ``crit``, ``jku``, ``jwk`` and ``x5u`` are refused: no bomb, no choice;
- the encrypted key is empty (RFC 7518 §4.6), the IV has 96 bits, the tag 128 (RFC 7518 §5.3);
- the ephemeral key must be a point on P-256 in its one spelling (RFC 7518 §6.2.1).

Randomness comes in as an argument: each encryption takes ``EPHEMERAL_BYTES`` and ``IV_BYTES`` of it.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.jwk import make_jwk, parse_jwk
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import MalformedError, SignatureInvalidError

if TYPE_CHECKING:
    from collections.abc import Callable

ALG: Final = "ECDH-ES"
ENC: Final = "A256GCM"
IV_BYTES: Final = 12
EPHEMERAL_BYTES: Final = 40  # 64 bits more than the order: no bias (FIPS 186-5 A.2.1)
_TAG_BYTES: Final = 16
_KEY_BITS: Final = 256
_PARTS: Final = 5
_REFUSED: Final = ("zip", "crit", "jku", "jwk", "x5u")
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class UnverifiedJwe:
    """A JWE as it came in. ``unverified_header`` may only be used to find the key."""

    unverified_header: dict[str, Any]
    protected: bytes
    iv: bytes
    sealed: bytes  # ciphertext ‖ tag

    def decrypt(self, key: ec.EllipticCurvePrivateKey, *, typ: str) -> bytes:
        """The plaintext. Raises: ``MalformedError``, ``SignatureInvalidError`` (another key, or changed)."""
        header = self.unverified_header
        if (header.get("alg"), header.get("enc")) != (ALG, ENC):
            raise MalformedError(f"alg and enc are not {ALG} and {ENC}", clause="RFC 8725 §3.1")
        if header.get("typ") != typ:
            raise MalformedError(f"typ is not {typ}", clause="RFC 8725 §3.11")
        ephemeral = header.get("epk")
        public = parse_jwk(ephemeral) if isinstance(ephemeral, dict) else None
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise MalformedError("epk is not a key on P-256", clause="RFC 7518 §4.6.1.1")
        info = tuple(b64url_decode(_text(header, name)) for name in ("apu", "apv"))
        secret = derive_key(key.exchange(ec.ECDH(), public), ENC, *info, bits=_KEY_BITS)
        try:
            return AESGCM(secret).decrypt(self.iv, self.sealed, self.protected)
        except InvalidTag as error:
            raise SignatureInvalidError("not encrypted to this key, or changed", clause="RFC 7516 §5.2") from error


def parse_compact_jwe(token: bytes) -> UnverifiedJwe:
    """Takes ``token`` (ASCII) apart without believing it. Raises: ``MalformedError``. Spec: RFC 7516 §5.2."""
    parts = token.split(b".")
    if len(parts) != _PARTS:
        raise MalformedError("a compact JWE has five parts", clause="RFC 7516 §7.1")
    header = parse_object(b64url_decode(parts[0]))
    for name in _REFUSED:
        if name in header:
            raise MalformedError(f"header {name} is not accepted", clause="RFC 8725 §3.6, §3.10")
    iv, ciphertext, tag = (b64url_decode(part) for part in parts[2:])
    if parts[1] or len(iv) != IV_BYTES or len(tag) != _TAG_BYTES:
        raise MalformedError("an encrypted key, or an IV or tag of another length", clause="RFC 7518 §4.6, §5.3")
    return UnverifiedJwe(header, parts[0], iv, ciphertext + tag)


def encrypt_compact(
    plaintext: bytes, key: ec.EllipticCurvePublicKey, *, header: dict[str, Any], random: Callable[[int], bytes]
) -> bytes:
    """``plaintext`` for the holder of ``key`` under ``header`` (``typ``, ``kid``, …; the rest is added). ASCII."""
    number = int.from_bytes(random(EPHEMERAL_BYTES), "big") % (_ORDER - 1) + 1
    ephemeral = ec.derive_private_key(number, ec.SECP256R1())
    full = {"alg": ALG, "enc": ENC, **header, "epk": make_jwk(ephemeral.public_key())}
    protected = b64url_encode(encode(full)).encode("ascii")
    secret = derive_key(ephemeral.exchange(ec.ECDH(), key), ENC, b"", b"", bits=_KEY_BITS)
    iv = random(IV_BYTES)
    sealed = AESGCM(secret).encrypt(iv, plaintext, protected)
    parts = [b"", iv, sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]]
    return b".".join([protected, *(b64url_encode(part).encode("ascii") for part in parts)])


def derive_key(shared: bytes, algorithm: str, party_u: bytes, party_v: bytes, *, bits: int) -> bytes:
    """Concat KDF with SHA-256, one round: at most 256 ``bits``. Spec: RFC 7518 §4.6.2, NIST SP 800-56A §5.8.1."""
    fields = b"".join(struct.pack(">I", len(part)) + part for part in (algorithm.encode("ascii"), party_u, party_v))
    return hashlib.sha256(struct.pack(">I", 1) + shared + fields + struct.pack(">I", bits)).digest()[: bits // 8]


def _text(header: dict[str, Any], name: str) -> str:
    value = header.get(name, "")
    if not isinstance(value, str):
        raise MalformedError(f"{name} is not text", clause="RFC 7518 §4.6.1")
    return value
