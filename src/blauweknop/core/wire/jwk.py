# SPDX-License-Identifier: EUPL-1.2
"""Public keys as JWK (RFC 7517), strict, and their thumbprint (RFC 7638).

- EC on P-256, OKP Ed25519, RSA of 2048 to 4096 bits; the algorithm that belongs to a key is one: ES256, EdDSA, PS256;
- only the members that the thumbprint covers are read; a JWK with a private member is refused;
- one key has one spelling: coordinates of full length, integers without leading zero bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.keys import COORDINATE_BYTES
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Mapping

PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey
_PRIVATE: Final = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_COVERED: Final = {"EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x"), "RSA": ("e", "kty", "n")}
_ED25519_BYTES: Final = 32
_RSA_BITS: Final = (2048, 4096)
_RSA_EXPONENT: Final = 65537
_CLAUSE: Final = "RFC 7517 §4"


def parse_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """The public key that ``jwk`` describes. Raises: ``MalformedError``. Spec: RFC 7518 §6, RFC 8037 §2."""
    if any(name in jwk for name in _PRIVATE):
        raise MalformedError("a JWK with a private or symmetric key", clause="RFC 7517 §9.2")
    readers = {"EC": _read_ec, "OKP": _read_okp, "RSA": _read_rsa}
    reader = readers.get(str(jwk.get("kty")))
    if reader is None:
        raise MalformedError("kty is not EC, OKP or RSA", clause=_CLAUSE)
    return reader(jwk)


def make_jwk(key: PublicKey) -> dict[str, str]:
    """``key`` as a JWK with the members of its thumbprint, in their order. Spec: RFC 7638 §3.2."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
        x, y = point[:COORDINATE_BYTES], point[COORDINATE_BYTES:]
        return {"crv": "P-256", "kty": "EC", "x": b64url_encode(x), "y": b64url_encode(y)}
    if isinstance(key, ed25519.Ed25519PublicKey):
        return {"crv": "Ed25519", "kty": "OKP", "x": b64url_encode(key.public_bytes_raw())}
    numbers = key.public_numbers()
    return {"e": _encode_number(numbers.e), "kty": "RSA", "n": _encode_number(numbers.n)}


def jwk_thumbprint(key: PublicKey) -> str:
    """SHA-256 thumbprint of ``key``, base64url, 43 characters. Spec: RFC 7638 §3."""
    return b64url_encode(hashlib.sha256(encode(make_jwk(key))).digest())


def jwk_members_thumbprint(jwk: Mapping[str, Any]) -> str:
    """The same of ``jwk`` as it is spelt, without making the key: for one that ``parse_jwk`` took before.

    Raises: ``MalformedError`` where a member is missing. Spec: RFC 7638 §3.2.
    """
    members = _COVERED.get(str(jwk.get("kty")))
    if members is None:
        raise MalformedError("kty is not EC, OKP or RSA", clause=_CLAUSE)
    return b64url_encode(hashlib.sha256(encode({name: _text(jwk, name) for name in members})).digest())


def algorithm_of(key: PublicKey) -> str:
    """The one JOSE algorithm that ``key`` signs with: it comes from the key, never from a token (RFC 8725 §3.1)."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ES256"
    return "EdDSA" if isinstance(key, ed25519.Ed25519PublicKey) else "PS256"


def _read_ec(jwk: Mapping[str, Any]) -> PublicKey:
    if jwk.get("crv") != "P-256":
        raise MalformedError("crv is not P-256", clause="RFC 7518 §6.2.1.1")
    x, y = (_fixed(jwk, name, COORDINATE_BYTES) for name in ("x", "y"))
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x04" + x + y)
    except ValueError as error:
        raise MalformedError("not a point on P-256", clause="RFC 7518 §6.2.1") from error


def _read_okp(jwk: Mapping[str, Any]) -> PublicKey:
    if jwk.get("crv") != "Ed25519":
        raise MalformedError("crv is not Ed25519", clause="RFC 8037 §2")
    return ed25519.Ed25519PublicKey.from_public_bytes(_fixed(jwk, "x", _ED25519_BYTES))


def _read_rsa(jwk: Mapping[str, Any]) -> PublicKey:
    modulus, exponent = _number(jwk, "n"), _number(jwk, "e")
    if not _RSA_BITS[0] <= modulus.bit_length() <= _RSA_BITS[1] or exponent != _RSA_EXPONENT or modulus % 2 == 0:
        raise MalformedError("not an RSA key of 2048 to 4096 bits with exponent 65537", clause="RFC 7518 §3.5")
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


def _fixed(jwk: Mapping[str, Any], name: str, length: int) -> bytes:
    data = b64url_decode(_text(jwk, name))
    if len(data) != length:
        raise MalformedError(f"{name} is not {length} bytes", clause="RFC 7518 §6.2.1.2")
    return data


def _number(jwk: Mapping[str, Any], name: str) -> int:
    data = b64url_decode(_text(jwk, name))
    if not data or data[0] == 0:
        raise MalformedError(f"{name} begins with a zero byte, or is empty", clause="RFC 7518 §2")
    return int.from_bytes(data, "big")


def _text(jwk: Mapping[str, Any], name: str) -> str:
    value = jwk.get(name)
    if not isinstance(value, str):
        raise MalformedError(f"{name} is not text", clause=_CLAUSE)
    return value


def _encode_number(number: int) -> str:
    return b64url_encode(number.to_bytes((number.bit_length() + 7) // 8, "big"))
