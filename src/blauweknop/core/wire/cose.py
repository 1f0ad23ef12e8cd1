# SPDX-License-Identifier: EUPL-1.2
"""COSE_Sign1 (RFC 9052 §4.2), signed with ES256, in one spelling only.

- tagged with 18, protected header exactly ``{1: -7 (alg ES256), 4: kid}``, empty unprotected header;
- everything in deterministic CBOR; the payload is carried, not detached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blauweknop.core.wire.cbor import encode_cbor, parse_cbor
from blauweknop.core.wire.keys import verify_es256
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.wire.keys import Signer

_TAG_SIGN1 = b"\xd2"  # tag 18, RFC 9052 §2
_ALG, _KID = 1, 4  # RFC 9052 §3.1
_ES256 = -7  # RFC 9053 §2.1
_PARTS = 4
SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class UnverifiedSign1:
    """A COSE_Sign1 as it came in; ``unverified_kid`` may only be used to find the key."""

    unverified_kid: bytes
    dangerous_payload: bytes
    protected: bytes
    signature: bytes

    def verify(self, key: ec.EllipticCurvePublicKey) -> bytes:
        """The payload, once the signature is by ``key``. Raises: ``SignatureInvalidError``. Spec: RFC 9052 §4.4."""
        verify_es256(key, self.signature, _to_be_signed(self.protected, self.dangerous_payload))
        return self.dangerous_payload


def sign_sign1(payload: bytes, *, kid: bytes, signer: Signer) -> bytes:
    """``payload`` as a tagged COSE_Sign1 by ``signer`` (an ES256 key). Spec: RFC 9052 §4.4."""
    protected = encode_cbor({_ALG: _ES256, _KID: kid})
    signature = signer.sign(_to_be_signed(protected, payload))
    return _TAG_SIGN1 + encode_cbor([protected, {}, payload, signature])


def sign1_length(payload_bytes: int, kid_bytes: int) -> int:
    """How many bytes ``sign_sign1`` gives for a payload and kid of these sizes."""
    protected = encode_cbor({_ALG: _ES256, _KID: bytes(kid_bytes)})
    return len(_TAG_SIGN1 + encode_cbor([protected, {}, bytes(payload_bytes), bytes(SIGNATURE_BYTES)]))


def parse_sign1(data: bytes, *, max_bytes: int) -> UnverifiedSign1:
    """Takes ``data`` apart without believing it. Raises: ``MalformedError``."""
    if not data.startswith(_TAG_SIGN1):
        raise MalformedError("not a tagged COSE_Sign1", clause="RFC 9052 §4.2")
    parts = parse_cbor(data[1:], max_bytes=max_bytes)
    if not isinstance(parts, list) or len(parts) != _PARTS:
        raise MalformedError("a COSE_Sign1 is an array of four", clause="RFC 9052 §4.2")
    protected, unprotected, payload, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
        raise MalformedError("header, payload and signature are byte strings", clause="RFC 9052 §4.2")
    if unprotected != {}:
        raise MalformedError("the unprotected header is not empty", clause="RFC 9052 §3")
    return UnverifiedSign1(
        unverified_kid=_kid(protected), dangerous_payload=payload, protected=protected, signature=signature
    )


def _kid(protected: bytes) -> bytes:
    header = parse_cbor(protected, max_bytes=len(protected))
    if not isinstance(header, dict) or set(header) != {_ALG, _KID}:
        raise MalformedError("the protected header is not alg and kid", clause="RFC 9052 §3.1")
    if header[_ALG] != _ES256 or not isinstance(header[_KID], bytes):
        raise MalformedError("alg is not ES256, or kid no byte string", clause="RFC 9053 §2.1")
    kid: bytes = header[_KID]
    return kid


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return encode_cbor(["Signature1", protected, b"", payload])  # Sig_structure, RFC 9052 §4.4
