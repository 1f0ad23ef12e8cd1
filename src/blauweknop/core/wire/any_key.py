# SPDX-License-Identifier: EUPL-1.2
"""Signatures by keys of others, who may choose: ES256, PS256 or EdDSA (system.md 4).

The algorithm comes from the key; a token that names another one is refused (RFC 8725 §3.1). Ed25519 has two names:
``EdDSA`` (RFC 8037 §3.1) and, since RFC 9864 §2.2, ``Ed25519``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding

from blauweknop.core.wire.jwk import algorithm_of
from blauweknop.core.wire.keys import verify_es256
from blauweknop.errors import SignatureInvalidError

if TYPE_CHECKING:
    from blauweknop.core.wire.jwk import PublicKey
    from blauweknop.core.wire.jws import UnverifiedJws


def check_signature(jws: UnverifiedJws, key: PublicKey) -> None:
    """Raises ``SignatureInvalidError`` unless ``jws`` is signed by ``key`` with the algorithm of that key.

    Spec: RFC 7515 §5.2, RFC 7518 §3.4 and §3.5, RFC 8037 §3.1.
    """
    if jws.unverified_header.get("alg") not in _NAMES[algorithm_of(key)]:
        raise SignatureInvalidError("alg is not the one of the key", clause="RFC 8725 §3.1")
    if isinstance(key, ec.EllipticCurvePublicKey):
        verify_es256(key, jws.signature, jws.signing_input)
        return
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(jws.signature, jws.signing_input)
        else:
            key.verify(jws.signature, jws.signing_input, _PSS, _SHA256)
    except InvalidSignature as error:
        raise SignatureInvalidError(clause="RFC 7515 §5.2") from error


_NAMES = {"ES256": ("ES256",), "PS256": ("PS256",), "EdDSA": ("EdDSA", "Ed25519")}
_SHA256 = hashes.SHA256()
_PSS = padding.PSS(mgf=padding.MGF1(_SHA256), salt_length=_SHA256.digest_size)
