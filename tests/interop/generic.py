# SPDX-License-Identifier: EUPL-1.2
"""An SD-JWT VC of anybody, verified with the generic parts of the seal: no profile, no certificates, any spelling."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.seal.content import TYP
from blauweknop.core.seal.disclosures import Revealed, decode_disclosure, reveal
from blauweknop.core.seal.fingerprint import fingerprint
from blauweknop.core.seal.key_binding import HolderProof, verify_key_binding
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jws import parse_compact
from blauweknop.core.wire.strict_json import parse_object


def verify_any(compact: str, key: ec.EllipticCurvePublicKey) -> Revealed:
    """RFC 9901 §7.1 on ``compact``, signed by ``key``."""
    jwt, *disclosures, _ = compact.encode().split(b"~")
    payload = parse_object(parse_compact(jwt).verify(key, typ=TYP).payload)
    return reveal(payload, disclosures, [decode_disclosure(each) for each in disclosures])


def verify_any_proof(compact: str, jwk: dict[str, Any], expect: HolderProof, *, at: int) -> None:
    """RFC 9901 §7.3 step 5 on ``compact``."""
    shown, _, kb_jwt = compact.rpartition("~")
    verify_key_binding(kb_jwt.encode(), jwk, expect, show_print=fingerprint(f"{shown}~".encode()), at=at)


def private_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """``key`` as a private JWK."""
    numbers = key.private_numbers()
    parts = {"x": numbers.public_numbers.x, "y": numbers.public_numbers.y, "d": numbers.private_value}
    encoded = {name: b64url_encode(number.to_bytes(32, "big")) for name, number in parts.items()}
    return {"kty": "EC", "crv": "P-256", **encoded}
